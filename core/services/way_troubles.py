"""Opens, renames and ends the troubles of a way: one at a time, however many words are said of it."""

from dataclasses import replace

from core.domain.bearer import Bearer
from core.domain.delivery import Delivery
from core.domain.events import ProblemNamed
from core.domain.ids import OrderId
from core.domain.moment import Moment
from core.domain.problem import Problem, ProblemKind
from core.domain.trouble import ENDED_BY_ARRIVAL, OF_THE_WAY, of_failure, of_return
from core.domain.trouble_scripts import Task, at_task, begun
from core.services import steps
from core.store.unit_of_work import UnitOfWork


def failed(uow: UnitOfWork, delivery: Delivery, told: ProblemKind | None, now: Moment) -> None:
    """The way ended badly, and not by our own recall."""
    found(uow, delivery.order_id, of_failure(delivery, told), now, detail=delivery.reason or delivery.word)


def comes_back(uow: UnitOfWork, delivery: Delivery, told: ProblemKind | None, now: Moment) -> None:
    """Goods on their way back, or in the store and not counted: the reason stays the trouble, its step is another."""
    steps.settle_problem(uow, ProblemKind.LATE, delivery.order_id, "the goods come back", now)
    known = of_way(uow, delivery.order_id)
    kind = of_return(told, known.kind if known else None)
    problem = found(uow, delivery.order_id, kind, now, detail=delivery.reason or delivery.word)
    to_take_in(uow, problem, now)


def is_back(uow: UnitOfWork, order_id: OrderId, detail: str, now: Moment) -> None:
    """A person says so, and nobody has counted them yet."""
    steps.settle_problem(uow, ProblemKind.LATE, order_id, detail, now)
    known = of_way(uow, order_id)
    problem = found(uow, order_id, of_return(None, known.kind if known else None), now, detail=detail)
    to_take_in(uow, problem, now)


def to_take_in(uow: UnitOfWork, problem: Problem, now: Moment) -> None:
    """What is to be done next is to take the goods in."""
    waiting = at_task(problem, Task.TAKE_IN, now.at)
    if waiting != problem:
        uow.problems.save(waiting)


def arrived(uow: UnitOfWork, order_id: OrderId, now: Moment, result: str = "the customer has it") -> None:
    """What was feared on the way has not come true; what was damaged stays so."""
    for kind in ENDED_BY_ARRIVAL:
        steps.settle_problem(uow, kind, order_id, result, now)


def received(uow: UnitOfWork, order_id: OrderId, result: str, now: Moment) -> None:
    """The goods are here and counted, and it is settled what becomes of them."""
    for kind in sorted(OF_THE_WAY):
        steps.settle_problem(uow, kind, order_id, result, now)


def of_way(uow: UnitOfWork, order_id: OrderId) -> Problem | None:
    """The open one of the order's way."""
    return next((one for one in uow.problems.of(order_id) if one.is_open and one.kind in OF_THE_WAY), None)


def found(uow: UnitOfWork, order_id: OrderId, kind: ProblemKind, now: Moment, detail: str = "") -> Problem:
    """Open, or the one that is open under its better name."""
    known = of_way(uow, order_id) if kind in OF_THE_WAY else None
    if known is not None and known.kind is not kind:
        return renamed(uow, known, kind, now, detail)
    steps.open_problem(uow, kind, now, order_id=order_id, detail=detail)
    problem = uow.problems.open_of(order_id, kind)
    assert problem is not None
    return problem


def renamed(uow: UnitOfWork, problem: Problem, kind: ProblemKind, now: Moment, detail: str = "") -> Problem:
    """More is known of it: its script begins anew and who pays follows from it."""
    another = begun(replace(problem, kind=kind, detail=detail or problem.detail, bearer="", louder=0), now.at)
    uow.problems.save(another)
    event = ProblemNamed(
        order_id=problem.order_id,
        at=now.at,
        by=now.by,
        problem_id=problem.id,
        was=problem.kind,
        kind=kind,
        detail=detail,
    )
    uow.journal.add([event])
    return another


def borne_by(uow: UnitOfWork, problem: Problem, bearer: Bearer) -> None:
    """Who pays is known better than the kind tells."""
    if problem.bearer != bearer:
        uow.problems.save(replace(problem, bearer=bearer.value))
