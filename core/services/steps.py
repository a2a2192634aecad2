"""The three lines every use case shares."""

from collections.abc import Callable
from dataclasses import replace

from core.domain.events import Event, ProblemClosed, ProblemOpened
from core.domain.ids import SYSTEM, OrderId, ProblemId, fresh_id
from core.domain.moment import Moment
from core.domain.order import Order, Outcome
from core.domain.problem import Problem, ProblemKind
from core.domain.trouble_scripts import begun
from core.services.records_of import filled
from core.store.unit_of_work import UnitOfWork


def change(uow: UnitOfWork, order_id: OrderId, move: Callable[[Order], Outcome]) -> Order:
    """Move an order and write down what happened; raises what the move raises, and `Conflict`."""
    before = uow.orders.get(order_id)
    after, events = move(before)
    return keep(uow, before, after, events)


def keep(uow: UnitOfWork, before: Order, after: Order, events: tuple[Event, ...]) -> Order:
    """Save a move that was made."""
    saved = uow.orders.save(after, before)
    uow.journal.add(events)
    return saved


def open_problem(
    uow: UnitOfWork, kind: ProblemKind, now: Moment, *, order_id: OrderId | None = None, detail: str = ""
) -> None:
    """Ask for a person; once, however often it is found: what is found anew of an order takes the place of the old."""
    known = _known(uow, kind, order_id, detail)
    if known is None:
        problem = Problem(id=ProblemId(fresh_id()), kind=kind, opened_at=now.at, order_id=order_id, detail=detail)
        problem = begun(problem, now.at)
        uow.problems.add(problem)
    elif detail in ("", known.detail):
        return
    else:
        problem = replace(known, detail=detail)
        uow.problems.save(problem)
    uow.journal.add(
        [ProblemOpened(order_id=order_id, at=now.at, by=now.by, problem_id=problem.id, kind=kind, detail=detail)]
    )


def _known(uow: UnitOfWork, kind: ProblemKind, order_id: OrderId | None, detail: str) -> Problem | None:
    """Open already; without an order two of a kind differ by what was found."""
    same = (problem for problem in uow.problems.all_open() if (problem.kind, problem.order_id) == (kind, order_id))
    return next((problem for problem in same if order_id is not None or problem.detail == detail), None)


def close_problem(uow: UnitOfWork, problem: Problem, result: str, now: Moment) -> None:
    """Dealt with; what it cost is kept as far as it is known (L33)."""
    uow.problems.save(filled(uow, problem.closed(result, now.at)))
    closed = ProblemClosed(
        order_id=problem.order_id, at=now.at, by=now.by, problem_id=problem.id, kind=problem.kind, result=result
    )
    uow.journal.add([closed])


def settle_problem(uow: UnitOfWork, kind: ProblemKind, order_id: OrderId | None, result: str, now: Moment) -> None:
    """Close the open one of a kind, if there is one: it has dealt with itself."""
    problem = uow.problems.open_of(order_id, kind)
    if problem is not None:
        close_problem(uow, problem, result, Moment(now.at, SYSTEM))
