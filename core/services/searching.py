"""Goes on with a search nobody answers, by the store's one policy: one step, one transaction (X6)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from core.domain.delivery import Delivery, DeliveryState
from core.domain.events import SearchWentOn
from core.domain.ids import CourierName, OrderId, SendId, fresh_id
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.problem import ProblemKind
from core.domain.purchase import OrderType
from core.domain.search import Cause, Deed, Search, SearchRules, Step, deed_of
from core.domain.search_steps import after_refusal, next_step
from core.domain.send import Send, SendKind
from core.domain.wish import Wish
from core.ports.courier import Ability
from core.services import steps
from core.services.aftermath import owe_recall
from core.services.choosing import Choosing
from core.services.sends import owe
from core.store.unit_of_work import UnitOfWork

Able = Callable[[Order, Moment], Iterable[CourierName]]
"""Who can carry an order, whom the store prefers first."""


def nobody(order: Order, now: Moment) -> Iterable[CourierName]:
    """Where no courier is configured."""
    return ()


Wishes = Callable[[Order, Moment], Wish]
"""What the store wants for an order just now."""


def anything(order: Order, now: Moment) -> Wish:
    """Where the store has no limits."""
    return Wish()


MINUTE: Final = timedelta(minutes=1)
NO_ABILITIES: Final[Mapping[CourierName, frozenset[Ability]]] = {}


def able(choosing: Choosing) -> Able:
    """Who can carry it, as the store chooses among them."""
    return lambda order, now: [one.courier for one in choosing.carriers_of(order, now) if one.may_be_called]


class Searching:
    """What was done for an order is read from its deliveries and sends: a restart forgets nothing."""

    def __init__(
        self,
        rules: SearchRules | None = None,
        able: Able = nobody,
        abilities: Mapping[CourierName, frozenset[Ability]] = NO_ABILITIES,
        wishes: Wishes = anything,
    ) -> None:
        self._rules = rules or SearchRules()
        self._able = able
        self._wishes = wishes
        self._may_tip = _who(abilities, Ability.TIP)
        self._may_recall = _who(abilities, Ability.CANCEL)

    def may_be_due(self, job: Delivery, now: Moment) -> bool:
        """Whether a look at this live job is worth its reading."""
        if job.state is not DeliveryState.MATCHING:
            return False
        # The search may be older than its job where a driver is called again by itself.
        least = min(self._rules.soonest, MINUTE) if self._rules.calls_by_itself else self._rules.soonest
        return now.at - job.state_since >= least

    def step(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> Step | None:
        """What is to be done for an order now."""
        return next_step(self._search(uow, uow.orders.get(order_id), now), self._rules, now.at)

    def go_on(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> Step | None:
        """Do it; what was done."""
        return self._done(uow, order_id, self.step(uow, order_id, now), now)

    def refused(self, uow: UnitOfWork, send: Send, cause: Cause, now: Moment) -> Step | None:
        """A call came to nothing, and is closed as such: the next courier at once, or None for a person."""
        search = self._search(uow, uow.orders.get(send.order_id), now)
        return self._done(uow, send.order_id, after_refusal(search, self._rules, now.at, cause), now)

    def silent(self, uow: UnitOfWork, send: Send, now: Moment) -> Step | None:
        """As `refused`, of a call that certainly never arrived: after as long as a search may take (`next_after`)."""
        patience = self._rules.next_after
        if patience is None or now.at - send.created_at < patience:
            return None
        return self.refused(uow, send, Cause.SILENT, now)

    def limits(self, send: Send, order: Order, now: Moment) -> Wish | None:
        """What a call that nobody compared must keep to: over the limits no courier is called by itself."""
        wish = self._wishes(order, now)
        return wish if wish.has_limits and deed_of(send) is Deed.NEXT_COURIER else None

    def _search(self, uow: UnitOfWork, order: Order, now: Moment) -> Search:
        told = [problem for problem in uow.problems.of(order.id) if problem.kind is ProblemKind.NO_DRIVER]
        return Search(
            jobs=tuple(sorted(uow.deliveries.of(order.id), key=_age, reverse=True)),
            sends=tuple(uow.outbox.of_couriers(order.id)),
            others=tuple(self._able(order, now)),
            is_wanted=_wants_driver(order, now),
            is_read=not order.changed,
            may_tip=self._may_tip,
            may_recall=self._may_recall,
            told_at=max((problem.opened_at for problem in told), default=None),
        )

    def _done(self, uow: UnitOfWork, order_id: OrderId, step: Step | None, now: Moment) -> Step | None:
        if step is None:
            return None
        if step.deed is Deed.TELL:
            _tell(uow, order_id, step, now)
            return step
        if step.ref or step.cause is not Cause.UNTAKEN:  # told once, with the recall
            uow.journal.add([_went_on(order_id, step, now)])
        if step.ref and step.deed is not Deed.TIP:
            owe_recall(uow, order_id, step.courier, step.ref, now, why=step.packed)
        else:
            owe(uow, _send(order_id, step, now), now)
        return step


def _wants_driver(order: Order, now: Moment) -> bool:
    """What somebody wants to wait calls nobody else by itself."""
    return order.is_in_the_shop and order.purchase.type is OrderType.DELIVERY and not order.is_held(now.at)


def _age(job: Delivery) -> tuple[datetime, bool]:
    return job.booked_at, job.is_live


def _who(abilities: Mapping[CourierName, frozenset[Ability]], wanted: Ability) -> frozenset[CourierName]:
    return frozenset(name for name, able in abilities.items() if wanted in able)


def _tell(uow: UnitOfWork, order_id: OrderId, step: Step, now: Moment) -> None:
    """Of a search that was given up a person is told anew: there is no job to recall any more."""
    words = f"given up after {step.minutes} min" if step.cause is Cause.GIVEN_UP else f"{step.minutes} min"
    if step.cause is Cause.GIVEN_UP:
        steps.settle_problem(uow, ProblemKind.NO_DRIVER, order_id, words, now)
    steps.open_problem(uow, ProblemKind.NO_DRIVER, now, order_id=order_id, detail=f"{step.courier}: {words}")


def _send(order_id: OrderId, step: Step, now: Moment) -> Send:
    is_tip = step.deed is Deed.TIP
    return Send(
        id=SendId(fresh_id()),
        order_id=order_id,
        kind=SendKind.TIP_COURIER if is_tip else SendKind.BOOK_COURIER,
        courier=step.courier,
        key=fresh_id(),
        due_at=now.at,
        created_at=now.at,
        created_by=now.by,
        ref=step.ref,
        tip=step.tip,
        why=step.packed,
    )


def _went_on(order_id: OrderId, step: Step, now: Moment) -> SearchWentOn:
    return SearchWentOn(
        order_id=order_id,
        at=now.at,
        by=now.by,
        deed=step.deed,
        cause=step.cause,
        courier=step.courier,
        minutes=step.minutes,
        amount=step.tip.text if step.tip else "",
        currency=step.tip.currency if step.tip else "",
    )
