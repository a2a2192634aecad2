"""A customer calls: the coach's table is asked, and what was agreed is done in one transaction (L22–L32)."""

from dataclasses import replace

from core.domain import agreement as agreeing, fulfilment
from core.domain.agreement import Agreement, Settled
from core.domain.coaching import Action
from core.domain.ids import OrderId, ProblemId, fresh_id
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.phase import Phase, phase_before, phase_of
from core.domain.problem import Problem, ProblemKind
from core.domain.send import SendKind
from core.domain.sharing import left_of
from core.domain.situation import CALLS_OFF, Situation, fee_if_called_off
from core.domain.stage import Stage
from core.domain.store_rules import StoreRules
from core.domain.trouble_scripts import Task, at_task
from core.services import steps, way_troubles
from core.services.aftermath import Aftermath
from core.services.joining import require_decided
from core.services.refunding import Refunding, fresh
from core.services.telling import Telling
from core.store.unit_of_work import UnitOfWork

MOVES_MONEY = CALLS_OFF | {Action.REFUND, Action.REFUND_PART}


class Coaching:
    """The desk's drawer for the telephone."""

    def __init__(
        self,
        rules: StoreRules,
        aftermath: Aftermath | None = None,
        telling: Telling | None = None,
        refunding: Refunding | None = None,
    ) -> None:
        self._rules = rules
        self._aftermath = aftermath or Aftermath()
        self._telling = telling or Telling()
        self._refunding = refunding or Refunding(self._telling)

    def situation(self, uow: UnitOfWork, order_id: OrderId) -> Situation:
        """Where the order stands, and what is left of its money."""
        order, jobs = uow.orders.get(order_id), uow.deliveries.of(order_id)
        live = uow.deliveries.live_of(order_id)
        job = live or next(iter(jobs), None)
        is_off = order.stage is Stage.CANCELLED and self._is_undecided(uow, order_id)
        is_called = uow.outbox.open_of(order_id, SendKind.BOOK_COURIER) is not None
        return Situation(
            order=order,
            phase=phase_before(order, jobs) if is_off else phase_of(order, job, is_called=is_called),
            left=self._refunding.purse(uow, order).left,
            fee=fee_if_called_off(live),
            job=job,
            is_off=is_off,
        )

    def agree(self, uow: UnitOfWork, order_id: OrderId, agreement: Agreement, now: Moment) -> Settled:
        """Do what was agreed, all of it or nothing; the record fills itself (L33). Raises what `settle` raises."""
        before = self.situation(uow, order_id)
        settled = agreeing.settle(before, agreement, self._rules.staff)
        action = settled.agreement.action
        if action in CALLS_OFF:
            self._call_off(uow, before.order, settled, now)
        if action in MOVES_MONEY:
            self._give_back(uow, order_id, settled, now)
        uow.journal.add([agreeing.called(before, settled, now)])
        self._record(uow, before, settled, now)
        return settled

    def cancel(self, uow: UnitOfWork, order_id: OrderId, agreement: Agreement, now: Moment) -> Settled:
        """Call it off by the table: all or part of the money, as it says for the cause, unless a sum was named."""
        usual = self.situation(uow, order_id).counsel(agreement.cause).usual_cancel
        action = agreement.action if usual is None else usual.action
        return self.agree(uow, order_id, replace(agreement, action=action), now)

    def _is_undecided(self, uow: UnitOfWork, order_id: OrderId) -> bool:
        """Called off from outside after accept, and nobody has said yet who pays (X5)."""
        problem = uow.problems.open_of(order_id, ProblemKind.CANCELLED_LATE)
        return problem is not None and not problem.cause

    def _call_off(self, uow: UnitOfWork, order: Order, settled: Settled, now: Moment) -> None:
        """The courier is dealt with in the same step, the shop's system is told."""
        require_decided(uow, (order.id,))
        reason = reason_of(settled.agreement)
        off, events = fulfilment.cancel(order, by=now.by, reason=reason, at=now.at)
        saved = steps.keep(uow, order, off, events)
        self._aftermath.of(uow, order, saved, now)
        is_all = settled.refund == self._refunding.purse(uow, saved).left
        self._telling.called_off(uow, saved, now, gives_all=is_all)

    def _give_back(self, uow: UnitOfWork, order_id: OrderId, settled: Settled, now: Moment) -> None:
        """The pieces are given up only with all of the money."""
        if not settled.refund.minor:
            return
        order = uow.orders.get(order_id)
        is_all = settled.refund == self._refunding.purse(uow, order).left
        lines = left_of(order) if is_all and settled.agreement.action in CALLS_OFF else {}
        refund = fresh(order, settled.refund, reason_of(settled.agreement), now, lines)
        refund = replace(refund, cause=settled.agreement.cause.value, bearer=settled.bearer.value)
        self._refunding.owe(uow, order, refund, now)

    def _record(self, uow: UnitOfWork, before: Situation, settled: Settled, now: Moment) -> None:
        """On the problem that it is about, else on one of its own, which stays only while something is to be done."""
        order_id, late = before.order.id, uow.problems.open_of(before.order.id, ProblemKind.CANCELLED_LATE)
        if settled.agreement.action is Action.BRING_BACK:
            return uow.problems.save(_filled(_coming_back(uow, order_id, now), settled))
        if late is not None:
            uow.problems.save(_filled(late, settled))
            return self._close_if_done(uow, late.id, before, settled, now)
        if settled.is_open:
            return _to_do(uow, order_id, settled, now)
        return uow.problems.add(_done(order_id, settled, now))

    def _close_if_done(
        self, uow: UnitOfWork, problem_id: ProblemId, before: Situation, settled: Settled, now: Moment
    ) -> None:
        """Nothing was in a bag and nobody drives: there is nothing to put back."""
        problem, order_id = uow.problems.get(problem_id), before.order.id
        is_driven = uow.deliveries.live_of(order_id) is not None or uow.outbox.open_of(order_id) is not None
        if problem is not None and before.phase is Phase.NOT_BEGUN and not is_driven and not settled.is_open:
            steps.close_problem(uow, problem, result_of(settled), now)


def reason_of(agreement: Agreement) -> str:
    """As order and refund keep it: the staff's own words, else the cause."""
    return agreement.words.strip() or agreement.cause.value.replace("_", " ")


def result_of(settled: Settled) -> str:
    """As a record keeps it; `tui/labels` knows the word."""
    return f"agreed: {settled.agreement.action.value}"


def _filled(problem: Problem, settled: Settled) -> Problem:
    agreement = settled.agreement
    return replace(
        problem,
        cause=agreement.cause.value,
        bearer=settled.bearer.value,
        cost=settled.cost,
        said=agreement.words.strip() or problem.said,
    )


def _coming_back(uow: UnitOfWork, order_id: OrderId, now: Moment) -> Problem:
    """Its money goes when the goods are here (L26)."""
    known = way_troubles.of_way(uow, order_id)
    problem = known or way_troubles.found(uow, order_id, ProblemKind.GOODS_RETURNING, now, "asked back")
    return at_task(problem, Task.TAKE_IN, now.at)


def _to_do(uow: UnitOfWork, order_id: OrderId, settled: Settled, now: Moment) -> None:
    """A coupon or another delivery is owed by a person: it stays until somebody says that it is done."""
    known = uow.problems.open_of(order_id, ProblemKind.CUSTOMER_CALLED)
    owed = known.detail.split(", ") if known else []
    todo = ", ".join(dict.fromkeys([*owed, settled.agreement.action.value]))
    steps.open_problem(uow, ProblemKind.CUSTOMER_CALLED, now, order_id=order_id, detail=todo)
    if (problem := uow.problems.open_of(order_id, ProblemKind.CUSTOMER_CALLED)) is not None:
        uow.problems.save(_filled(problem, settled))


def _done(order_id: OrderId, settled: Settled, now: Moment) -> Problem:
    """Written down and over."""
    problem = Problem(
        id=ProblemId(fresh_id()),
        kind=ProblemKind.CUSTOMER_CALLED,
        opened_at=now.at,
        order_id=order_id,
        detail=settled.agreement.action.value,
    )
    return _filled(problem, settled).closed(result_of(settled), now.at)
