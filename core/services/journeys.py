"""What couriers report, and what it does to deliveries and orders."""

from collections.abc import Callable
from enum import IntEnum
from typing import Final

from core.domain import fulfilment
from core.domain.delivery import COMING_BACK, MENTIONED, Delivery, DeliveryState, Report
from core.domain.events import DeliveryReported, DriverChanged, LeftUnchecked, SendDone
from core.domain.handover import NO_CUSTOM, Customs, PinAt, door_pin
from core.domain.ids import DeliveryId, fresh_id
from core.domain.moment import Moment
from core.domain.order import Order, Outcome
from core.domain.problem import ProblemKind
from core.domain.proof import WANTED_AFTER, Proof
from core.domain.send import Send
from core.domain.stage import Stage
from core.domain.trouble import ENDED_BY_A_DRIVER
from core.services import steps, strays, way_troubles
from core.services.aftermath import owe_recall, settle_recall
from core.services.searching import Searching
from core.services.telling import Telling
from core.store.unit_of_work import UnitOfWork

# Reports come late or not at all: whatever was delivered or brought back has left before.
HAVING_LEFT: Final = frozenset(
    {DeliveryState.PICKED_UP, DeliveryState.DELIVERED, DeliveryState.RETURNING, DeliveryState.RETURNED}
)

OVER: Final = frozenset({DeliveryState.DELIVERED, DeliveryState.RETURNED})
TAKEN: Final = frozenset({DeliveryState.HEADING_TO_STORE, DeliveryState.AT_STORE, *HAVING_LEFT}) - COMING_BACK
SETTLED_BY_A_BOOKING: Final = (
    ProblemKind.BOOKING_UNSURE,
    ProblemKind.COURIER_DOWN,
    ProblemKind.COURIER_LOCKED_OUT,
)
ENDS_A_RECALL: Final = {
    DeliveryState.PICKED_UP: "the driver has it already",
    DeliveryState.DELIVERED: "the customer has it",
    DeliveryState.RETURNING: "the goods come back",
    DeliveryState.RETURNED: "the goods come back",
    DeliveryState.FAILED: "nobody comes any more",
}


NEWS: Final = ("state", "word", "driver", "former_driver", "reason", "ended_at", *MENTIONED)


class Heard(IntEnum):
    """What became of a report."""

    NOBODYS = 0
    MOVED = 1  # a known driver is elsewhere, or comes at another time; or it was known before
    NEWS = 2


class Journeys:
    """Repeats, disorder and reports that overtake our own booking's answer are all survived.

    `customs`: which courier shows proofs, and whose PIN is the customer's; `searching` goes on where a job fails
    before pick-up.
    """

    def __init__(
        self,
        customs: Customs | None = None,
        searching: Searching | None = None,
        telling: Telling | None = None,
    ) -> None:
        self._customs = customs or {}
        self._telling = telling or Telling()
        self._searching = searching or Searching()

    def hear(self, uow: UnitOfWork, report: Report, now: Moment) -> Heard:
        """What the report came to: nothing, where it belongs to no job of ours."""
        delivery = uow.deliveries.known_as(report.courier, report.ref, report.our_key)
        if delivery is None:
            return Heard.NEWS if self._overtaken(uow, report, now) else Heard.NOBODYS
        if strays.is_alive_after_all(delivery, report):
            self._alive_after_all(uow, delivery, report, now)
            return Heard.NEWS
        after = self._take_in(uow, delivery, report, now)
        return Heard.NEWS if any(getattr(after, name) != getattr(delivery, name) for name in NEWS) else Heard.MOVED

    def booked(self, uow: UnitOfWork, send: Send, report: Report, now: Moment) -> None:
        """Record a booking's answer; a job the order does not want, or not any more, is recalled at once."""
        current = uow.outbox.get(send.id)
        known = uow.deliveries.known_as(report.courier, report.ref, send.key)
        has_room = known is not None or strays.make_room(uow, current, report, now)
        if current.is_open:
            uow.outbox.save(current.done(report.ref))
            uow.journal.add(
                [SendDone(order_id=send.order_id, at=now.at, send_id=send.id, kind=send.kind, ref=report.ref)]
            )
            for kind in SETTLED_BY_A_BOOKING:
                steps.settle_problem(uow, kind, send.order_id, "it was booked", now)
        if not has_room:
            return strays.recall(uow, send, report, now)
        delivery = known or self._add(uow, current, report, now)
        if delivery.is_live and strays.is_unwanted(uow, current):
            owe_recall(uow, send.order_id, delivery.courier, delivery.ref, now)
        return None

    def lost(self, uow: UnitOfWork, job: Delivery, now: Moment) -> None:
        """The courier knows no such job, and said so more than once: nobody comes."""
        current = uow.deliveries.known_as(job.courier, job.ref)
        if current is not None and current.is_live:
            self._take_in(uow, current, strays.no_such_job(current, now.at), now)

    def _overtaken(self, uow: UnitOfWork, report: Report, now: Moment) -> bool:
        """The courier's call may come before the answer to ours, or after we gave our own up: our key tells."""
        send = uow.outbox.keyed(report.our_key) if report.our_key else None
        if send is None or send.courier != report.courier or not send.may_have_left:
            return False
        if not uow.outbox.recalled(send.order_id, report.courier, report.ref):
            self.booked(uow, send, report, now)
        return True

    def _alive_after_all(self, uow: UnitOfWork, delivery: Delivery, report: Report, now: Moment) -> None:
        """Given up, and a driver comes all the same: taken up again where there is room, else recalled."""
        if uow.outbox.recalled(delivery.order_id, report.courier, report.ref):
            return
        again = strays.alive_again(uow, delivery, report, now)
        if again is not None:
            self._take_in(uow, again, report, now, is_first=True)
        else:
            owe_recall(uow, delivery.order_id, delivery.courier, report.ref, now)

    def _add(self, uow: UnitOfWork, send: Send, report: Report, now: Moment) -> Delivery:
        first = Delivery(
            id=DeliveryId(fresh_id()),
            order_id=send.order_id,
            courier=send.courier,
            ref=report.ref,
            key=send.key,
            state=DeliveryState.MATCHING,
            word=report.word,
            at=min(report.at, now.at),
            state_since=min(report.at, now.at),
            booked_at=now.at,
            pin=self._pin(uow, send),
        )
        uow.deliveries.add(first)
        return self._take_in(uow, first, report, now, is_first=True)

    def _pin(self, uow: UnitOfWork, send: Send) -> str:
        """The customer's own digits, unless the courier makes one up and tells it (C57)."""
        if self._customs.get(send.courier, NO_CUSTOM).pin is not PinAt.DOOR:
            return ""
        return door_pin(uow.orders.get(send.order_id).purchase.customer.phone)

    def _take_in(
        self, uow: UnitOfWork, before: Delivery, report: Report, now: Moment, *, is_first: bool = False
    ) -> Delivery:
        after = before.hear(report).by_our_clock(before, now.at)
        if after.is_live and not before.is_live and uow.deliveries.live_of(before.order_id) is not None:
            self._ask(uow, ProblemKind.GOODS_RETURNING, after, now)  # its place is taken: a person must know
            return before
        if after != before:
            uow.deliveries.moved(before, after)
        if is_first or after.state is not before.state or after.word != before.word:
            uow.journal.add([_reported(after, report, now)])
        if after.driver and after.driver_changed_at != before.driver_changed_at:
            uow.journal.add([_driver_changed(after, now)])
        if after.state is not before.state or is_first:
            self._consequences(uow, after, report.trouble, now)
        return after

    def _consequences(self, uow: UnitOfWork, delivery: Delivery, told: ProblemKind | None, now: Moment) -> None:
        order = uow.orders.get(delivery.order_id)
        if delivery.state in HAVING_LEFT and order.stage is Stage.PREPARING:
            order = self._taken_open(uow, order, now)
        if delivery.state in HAVING_LEFT and order.stage is Stage.READY:
            order = self._move(uow, order, lambda it: fulfilment.leave(it, at=now.at, by=now.by))
            self._telling.left(uow, order, now)
        if delivery.state is DeliveryState.DELIVERED and order.stage is Stage.OUT:
            self._move(uow, order, lambda it: fulfilment.complete(it, at=now.at, by=now.by))
        if delivery.state is DeliveryState.RETURNED and order.stage is Stage.OUT:
            self._move(uow, order, lambda it: fulfilment.come_back(it, at=now.at, by=now.by))
        if delivery.state in OVER and delivery.handed_over_at is None:
            uow.journal.add([_left_unchecked(delivery, now)])
        self._problems(uow, delivery, told, now)
        self._proof(uow, delivery, now)

    def _taken_open(self, uow: UnitOfWork, order: Order, now: Moment) -> Order:
        """Called before the goods were ready, and gone before the bag was closed: a person looks what is missing."""
        if not order.is_packed:
            steps.open_problem(uow, ProblemKind.TAKEN_OPEN, now, order_id=order.id)
        return self._move(uow, order, lambda it: fulfilment.be_taken(it, at=now.at, by=now.by))

    def _move(self, uow: UnitOfWork, order: Order, move: Callable[[Order], Outcome]) -> Order:
        after, events = move(order)
        return steps.keep(uow, order, after, events)

    def _problems(self, uow: UnitOfWork, delivery: Delivery, told: ProblemKind | None, now: Moment) -> None:
        if delivery.state in TAKEN:
            for kind in ENDED_BY_A_DRIVER:
                steps.settle_problem(uow, kind, delivery.order_id, "a driver has taken it", now)
        if (result := ENDS_A_RECALL.get(delivery.state)) is not None:
            settle_recall(uow, uow.orders.get(delivery.order_id), result, now)
        if delivery.state is DeliveryState.DELIVERED:
            way_troubles.arrived(uow, delivery.order_id, now)
        if delivery.state in COMING_BACK and delivery.received_at is None:
            way_troubles.comes_back(uow, delivery, told, now)
        if delivery.state is DeliveryState.FAILED:
            self._failed(uow, delivery, told, now)

    def _failed(self, uow: UnitOfWork, delivery: Delivery, told: ProblemKind | None, now: Moment) -> None:
        """By our own recall, or not: the search may go on, at once."""
        recall = uow.outbox.recall_of(delivery.order_id, delivery.courier, delivery.ref)
        if recall is None or not recall.why:
            steps.settle_problem(uow, ProblemKind.NO_DRIVER, delivery.order_id, "no longer matching", now)
        steps.settle_problem(uow, ProblemKind.LATE, delivery.order_id, "the way is over", now)
        if recall is None:
            way_troubles.failed(uow, delivery, told, now)
        self._searching.go_on(uow, delivery.order_id, now)

    def _ask(self, uow: UnitOfWork, kind: ProblemKind, delivery: Delivery, now: Moment) -> None:
        steps.open_problem(uow, kind, now, order_id=delivery.order_id, detail=delivery.reason or delivery.word)

    def _proof(self, uow: UnitOfWork, delivery: Delivery, now: Moment) -> None:
        """Wanted from now on; the station fetches it when it has time."""
        waypoint = WANTED_AFTER.get(delivery.state)
        if waypoint is not None and self._customs.get(delivery.courier, NO_CUSTOM).has_proofs:
            uow.proofs.want(Proof(delivery_id=delivery.id, waypoint=waypoint, asked_at=now.at))


def _reported(delivery: Delivery, report: Report, now: Moment) -> DeliveryReported:
    return DeliveryReported(
        order_id=delivery.order_id,
        at=now.at,
        by=now.by,
        courier=delivery.courier,
        ref=delivery.ref,
        state=delivery.state,
        word=report.word,
        reason=report.reason,
    )


def _left_unchecked(delivery: Delivery, now: Moment) -> LeftUnchecked:
    return LeftUnchecked(order_id=delivery.order_id, at=now.at, courier=delivery.courier, state=delivery.state)


def _driver_changed(delivery: Delivery, now: Moment) -> DriverChanged:
    driver = delivery.driver
    return DriverChanged(
        order_id=delivery.order_id,
        at=now.at,
        courier=delivery.courier,
        vehicle=driver.vehicle if driver else "",
        plate=driver.plate if driver else "",
    )
