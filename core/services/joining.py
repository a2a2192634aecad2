"""A channel's copy of an order that was keyed in by hand: joined, kept apart, or left to a person (L3, 0029)."""

from collections.abc import Sequence

from core.domain import joined
from core.domain.catalogue import Catalogue, filled_in
from core.domain.events import CopyJoined, KeptApart, OrderKeyedIn
from core.domain.handwritten import PaidHow, is_by_hand
from core.domain.ids import SYSTEM, OrderId
from core.domain.joined import Told
from core.domain.joining import MEMORY, OFF, Likeness, Meeting, meet, meet_keyed
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.problem import Problem, ProblemKind
from core.domain.purchase import Purchase
from core.domain.refusal import Conflict, JoinFirst
from core.domain.stage import Stage
from core.domain.store_rules import StoreRules
from core.services import steps
from core.services.aftermath import Aftermath
from core.services.telling import Telling
from core.store.unit_of_work import UnitOfWork

NOBODY = Meeting()


class Joining:
    """One order for each: never two for one, and never one for two."""

    def __init__(
        self,
        rules: StoreRules,
        aftermath: Aftermath,
        telling: Telling | None = None,
        catalogue: Catalogue | None = None,
    ) -> None:
        self._rules = rules
        self._aftermath = aftermath
        self._telling = telling or Telling()
        self._catalogue = catalogue or {}

    def meet(self, uow: UnitOfWork, copy: Purchase, now: Moment) -> Meeting:
        """Which keyed-in orders a purchase nobody has told of yet may be; it costs next to nothing where none is."""
        keyed = uow.keyed.since(now.at - MEMORY)
        return meet(copy, uow.orders.many(keyed)) if keyed else NOBODY

    def meet_keyed(self, uow: UnitOfWork, keyed: Purchase, now: Moment) -> Meeting:
        """Which orders that came in by themselves the one being keyed in may be."""
        return meet_keyed(keyed, uow.orders.many(uow.keyed.alike(keyed, now.at - MEMORY)))

    def join(
        self, uow: UnitOfWork, hand_id: OrderId, copy: Purchase, now: Moment, copy_id: OrderId | None = None
    ) -> Order:
        """The keyed-in order is the channel's from here on; whatever was done without its knowledge it is told."""
        before = uow.orders.get(hand_id)
        told = Told(at=now.at, by=now.by, paid=_paid(uow, hand_id), copy_id=copy_id)
        after, events = joined.join(before, copy, told, self._rules.accept_within)
        saved = steps.keep(uow, before, filled_in(after, self._catalogue), events)
        self._aftermath.of(uow, before, saved, Moment(now.at, SYSTEM))
        self._look_after(uow, before, saved, now)
        self._catch_up(uow, saved, now)
        self._settle_others(uow, now)
        return uow.orders.get(saved.id)

    def ask(self, uow: UnitOfWork, copy: Order, meeting: Meeting, now: Moment) -> None:
        """A person says whether it is one of these, if there are any; till then nothing is done with it."""
        if not meeting.likely:
            return
        numbers = ", ".join(one.number for one in meeting.likely)
        steps.open_problem(uow, ProblemKind.JOIN_UNSURE, now, order_id=copy.id, detail=numbers)

    def choices(self, uow: UnitOfWork, copy_id: OrderId) -> tuple[tuple[Likeness, Order], ...]:
        """The keyed-in orders it may be, best first."""
        copy = uow.orders.get(copy_id)
        keyed = {order.id: order for order in uow.orders.many(uow.keyed.since(copy.received_at - MEMORY))}
        return tuple((one, keyed[one.order_id]) for one in meet(copy.purchase, keyed.values()).likely)

    def decide(self, uow: UnitOfWork, copy_id: OrderId, hand_id: OrderId | None, now: Moment) -> Order:
        """The same order, or (None) another one; raises `Conflict` when it is decided already."""
        problem = uow.problems.open_of(copy_id, ProblemKind.JOIN_UNSURE)
        if problem is None:
            raise Conflict("this is decided already")
        if hand_id is None:
            return self._keep_apart(uow, problem, copy_id, now)
        hand, copy = uow.orders.get(hand_id), uow.orders.get(copy_id)
        if not is_by_hand(hand.purchase):
            raise Conflict(f"order {hand.number} has its channel's copy already", found=hand.number)
        steps.close_problem(uow, problem, f"the same order as {hand.number}", now)
        self._absorb(uow, copy, hand, now)
        return self.join(uow, hand_id, copy.purchase, now, copy_id)

    def _keep_apart(self, uow: UnitOfWork, problem: Problem, copy_id: OrderId, now: Moment) -> Order:
        steps.close_problem(uow, problem, "another order", now)
        numbers = tuple(problem.detail.split(", "))
        uow.journal.add([KeptApart(order_id=copy_id, at=now.at, by=now.by, numbers=numbers)])
        return uow.orders.get(copy_id)

    def _absorb(self, uow: UnitOfWork, copy: Order, hand: Order, now: Moment) -> None:
        """Of a trouble both have, one is left."""
        for problem in uow.problems.of(copy.id):
            if problem.is_open and uow.problems.open_of(hand.id, problem.kind) is not None:
                steps.close_problem(uow, problem, f"the same order as {hand.number}", now)
        uow.keyed.absorb(copy.id, hand.id)
        gone = CopyJoined(order_id=copy.id, at=now.at, by=now.by, into=hand.id, hand_number=hand.number)
        uow.journal.add([gone])

    def _look_after(self, uow: UnitOfWork, before: Order, order: Order, now: Moment) -> None:
        """What can't be read as a change any more, for the goods have gone or nothing will go."""
        told = joined.differences(before.purchase, order.purchase)
        if before.stage in (Stage.COMPLETED, Stage.RETURNED) and told:
            steps.open_problem(uow, ProblemKind.JOIN_DIFFERS, now, order_id=order.id, detail="; ".join(told))
        if before.stage in OFF:
            self._aftermath.money_back(uow, order, now)
            self._telling.called_off(uow, order, now)

    def _catch_up(self, uow: UnitOfWork, order: Order, now: Moment) -> None:
        """Its channel hears what was done before it could be told."""
        if order.stage in OFF:
            return
        if order.accepted_at is not None:
            self._telling.accepted(uow, order, now)
        if order.ready_at is not None:
            self._telling.packed(uow, order, now)
        if order.left_at is not None:
            self._telling.left(uow, order, now)

    def _settle_others(self, uow: UnitOfWork, now: Moment) -> None:
        """Copies that might have been the one that is taken now."""
        doubts = [problem for problem in uow.problems.all_open() if problem.kind is ProblemKind.JOIN_UNSURE]
        for problem in doubts:
            if problem.order_id is not None and not self.choices(uow, problem.order_id):
                steps.close_problem(uow, problem, "no keyed-in order is left that it could be", Moment(now.at, SYSTEM))


def require_decided(uow: UnitOfWork, order_ids: Sequence[OrderId]) -> None:
    """Neither yes nor no to what may be an order we have already; raises `JoinFirst`."""
    for order_id in order_ids:
        problem = uow.problems.open_of(order_id, ProblemKind.JOIN_UNSURE)
        if problem is not None:
            number = uow.orders.get(order_id).number
            said = f"order {number} may be {problem.detail}, keyed in by hand"
            refusal = JoinFirst(said, found=problem.detail, order_id=order_id)
            refusal.number = number
            raise refusal


def _paid(uow: UnitOfWork, hand_id: OrderId) -> PaidHow | None:
    keyed = (event for event in uow.journal.of(hand_id) if isinstance(event, OrderKeyedIn))
    return next((PaidHow(event.paid) for event in keyed if event.paid in set(PaidHow)), None)
