"""What couriers report, and what it does to deliveries and orders."""

from collections.abc import Callable
from typing import Final

from core.domain import fulfilment
from core.domain.delivery import ENDED, Delivery, DeliveryState, Report
from core.domain.events import DeliveryReported, DriverChanged, SendDone
from core.domain.ids import DeliveryId, fresh_id
from core.domain.moment import Moment
from core.domain.order import Order, Outcome
from core.domain.problem import ProblemKind
from core.domain.send import Send
from core.domain.stage import Stage
from core.services import steps
from core.services.aftermath import owe_recall
from core.store.unit_of_work import UnitOfWork

# Reports come late or not at all: whatever was delivered or brought back has left before.
HAVING_LEFT: Final = frozenset(
    {DeliveryState.PICKED_UP, DeliveryState.DELIVERED, DeliveryState.RETURNING, DeliveryState.RETURNED}
)


class Journeys:
    """Repeats, disorder and reports that overtake our own booking's answer are all survived."""

    def hear(self, uow: UnitOfWork, report: Report, now: Moment) -> bool:
        """Whether the report belongs to a job of ours."""
        delivery = uow.deliveries.known_as(report.courier, report.ref, report.our_key)
        if delivery is None:
            return self._overtaken(uow, report, now)
        self._take_in(uow, delivery, report, now)
        return True

    def booked(self, uow: UnitOfWork, send: Send, report: Report, now: Moment) -> Delivery:
        """Record a booking's answer; if the order was called off meanwhile, the job is recalled at once."""
        known = uow.deliveries.known_as(report.courier, report.ref, send.key)
        delivery = known or self._add(uow, send, report, now)
        current = uow.outbox.get(send.id)
        if current.is_open:
            uow.outbox.save(current.done(report.ref))
            uow.journal.add(
                [SendDone(order_id=send.order_id, at=now.at, send_id=send.id, kind=send.kind, ref=report.ref)]
            )
        unwanted = current.is_unwanted or uow.orders.get(send.order_id).has_ended
        if unwanted and delivery.is_live:
            owe_recall(uow, send.order_id, delivery.courier, delivery.ref, now)
        return delivery

    def _overtaken(self, uow: UnitOfWork, report: Report, now: Moment) -> bool:
        """The courier's call may come before the answer to ours, or after we gave our own up: our key tells."""
        send = uow.outbox.keyed(report.our_key) if report.our_key else None
        if send is None or not send.may_have_left:
            return False
        if uow.deliveries.live_of(send.order_id) is None:
            self.booked(uow, send, report, now)
        elif report.state not in ENDED:  # another job is live: this one must not be (X6)
            owe_recall(uow, send.order_id, send.courier, report.ref, now)
        return True

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
        )
        uow.deliveries.add(first)
        return self._take_in(uow, first, report, now, is_first=True)

    def _take_in(
        self, uow: UnitOfWork, before: Delivery, report: Report, now: Moment, *, is_first: bool = False
    ) -> Delivery:
        after = before.hear(report).by_our_clock(before, now.at)
        if after != before:
            uow.deliveries.save(after)
        if is_first or after.state is not before.state or after.word != before.word:
            uow.journal.add([_reported(after, report, now)])
        if before.driver and after.driver and after.driver.name != before.driver.name:
            uow.journal.add([_driver_changed(after, now)])
        if after.state is not before.state or is_first:
            self._consequences(uow, after, now)
        return after

    def _consequences(self, uow: UnitOfWork, delivery: Delivery, now: Moment) -> None:
        order = uow.orders.get(delivery.order_id)
        if delivery.state in HAVING_LEFT and order.stage is Stage.READY:
            order = self._move(uow, order, lambda it: fulfilment.leave(it, at=now.at, by=now.by))
        if delivery.state is DeliveryState.DELIVERED and order.stage is Stage.OUT:
            self._move(uow, order, lambda it: fulfilment.complete(it, at=now.at, by=now.by))
        if delivery.state is DeliveryState.RETURNED and order.stage is Stage.OUT:
            self._move(uow, order, lambda it: fulfilment.come_back(it, at=now.at, by=now.by))
        self._problems(uow, delivery, now)

    def _move(self, uow: UnitOfWork, order: Order, move: Callable[[Order], Outcome]) -> Order:
        after, events = move(order)
        return steps.keep(uow, order, after, events)

    def _problems(self, uow: UnitOfWork, delivery: Delivery, now: Moment) -> None:
        if delivery.state is not DeliveryState.MATCHING:
            steps.settle_problem(uow, ProblemKind.NO_DRIVER, delivery.order_id, "no longer matching", now)
        if delivery.state is DeliveryState.RETURNING:
            self._ask(uow, ProblemKind.GOODS_RETURNING, delivery, now)
        if delivery.state is DeliveryState.FAILED and not self._recalled_by_us(uow, delivery):
            self._ask(uow, ProblemKind.DELIVERY_FAILED, delivery, now)

    def _ask(self, uow: UnitOfWork, kind: ProblemKind, delivery: Delivery, now: Moment) -> None:
        steps.open_problem(uow, kind, now, order_id=delivery.order_id, detail=delivery.reason or delivery.word)

    def _recalled_by_us(self, uow: UnitOfWork, delivery: Delivery) -> bool:
        return uow.outbox.recalled(delivery.order_id, delivery.ref)


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


def _driver_changed(delivery: Delivery, now: Moment) -> DriverChanged:
    driver = delivery.driver
    return DriverChanged(
        order_id=delivery.order_id,
        at=now.at,
        courier=delivery.courier,
        vehicle=driver.vehicle if driver else "",
        plate=driver.plate if driver else "",
    )
