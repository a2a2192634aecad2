"""Troubles as people and the clock deal with them: named, gone through step by step, louder when nobody does."""

from collections.abc import Mapping
from dataclasses import replace

from core.domain.bearer import Bearer
from core.domain.delivery import USUAL_MINUTES, Delivery, DeliveryState
from core.domain.events import ProblemGrew, StepDone
from core.domain.ids import OrderId, ProblemId
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.problem import Problem, ProblemKind
from core.domain.refusal import Conflict, IllegalMove, NoSuchTrouble
from core.domain.stage import Stage
from core.domain.trouble import NAMED, who_was_late
from core.domain.trouble_scripts import done, grown, step_of
from core.services import steps, way_troubles
from core.store.unit_of_work import UnitOfWork

Usual = Mapping[DeliveryState, tuple[int, int]]
"""Minutes a stage of a delivery takes: the second is the most (X8)."""


class Troubles:
    """The desk's drawer for them, and what the station does as time passes; `usual` is the store's own."""

    def __init__(self, usual: Usual | None = None) -> None:
        self._usual = USUAL_MINUTES if usual is None else usual

    def name(self, uow: UnitOfWork, order_id: OrderId, kind: ProblemKind, words: str, now: Moment) -> Problem:
        """Somebody was told on the telephone what is wrong; raises `NoSuchTrouble`, `IllegalMove`."""
        order = uow.orders.get(order_id)
        if kind not in NAMED:
            raise NoSuchTrouble("this opens by itself alone", found=kind, allowed=", ".join(NAMED))
        if order.stage not in (Stage.READY, Stage.OUT, Stage.COMPLETED, Stage.RETURNED):
            raise IllegalMove(order.stage, Stage.OUT)
        late = uow.problems.open_of(order_id, ProblemKind.LATE)
        if kind is ProblemKind.WEATHER and late is not None:
            return way_troubles.renamed(uow, late, kind, now, words.strip())
        return way_troubles.found(uow, order_id, kind, now, words.strip())

    def step_done(self, uow: UnitOfWork, problem_id: ProblemId, said: str, now: Moment) -> Problem:
        """Somebody has done the step it stands at; `said` is what came of it. Raises `Conflict`."""
        problem = uow.problems.get(problem_id)
        step = step_of(problem.kind, problem.step) if problem else None
        if problem is None or not problem.is_open or step is None:
            raise Conflict("this problem is closed already")
        after = replace(done(problem, now.at), said=said.strip() or problem.said)
        uow.problems.save(after)
        event = StepDone(
            order_id=problem.order_id,
            at=now.at,
            by=now.by,
            problem_id=problem.id,
            kind=problem.kind,
            task=step.task,
            said=said.strip(),
        )
        uow.journal.add([event])
        return after

    def due(self, uow: UnitOfWork, now: Moment) -> list[ProblemId]:
        """Whose time is over."""
        return [problem.id for problem in uow.problems.due(now.at)]

    def grow(self, uow: UnitOfWork, problem_id: ProblemId, now: Moment) -> None:
        """Louder, if it still is due."""
        problem = uow.problems.get(problem_id)
        if problem is None or not problem.is_open or problem.next_at is None or problem.next_at > now.at:
            return
        after = grown(problem, now.at)
        uow.problems.save(after)
        event = ProblemGrew(
            order_id=problem.order_id, at=now.at, problem_id=problem.id, kind=problem.kind, louder=after.louder
        )
        uow.journal.add([event])

    def late(self, uow: UnitOfWork, now: Moment) -> list[OrderId]:
        """Drivers under way past a promise or past their stage, of whom nobody was told yet."""
        most = {state: usual[1] for state, usual in self._usual.items()}
        return uow.problems.late(now.at, most)

    def tell_late(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> None:
        """Ask for a person; who pays follows from where the time was lost (C105)."""
        job, order = uow.deliveries.live_of(order_id), uow.orders.get(order_id)
        if job is None:
            return
        minutes = self._minutes_late(order, job, now)
        steps.open_problem(uow, ProblemKind.LATE, now, order_id=order_id, detail=f"{job.courier}: {minutes} min")
        problem = uow.problems.open_of(order_id, ProblemKind.LATE)
        bearer = who_was_late(order, job)
        if problem is not None and bearer is Bearer.STORE:
            uow.problems.save(replace(problem, bearer=bearer.value))

    def _minutes_late(self, order: Order, job: Delivery, now: Moment) -> int:
        promised, usual = order.purchase.promised_to, self._usual.get(job.state)
        over = (now.at - job.state_since).total_seconds() / 60 - usual[1] if usual else 0.0
        past = (now.at - promised).total_seconds() / 60 if promised else 0.0
        return max(1, int(max(over, past)))
