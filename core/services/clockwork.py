"""Things due by time, found by looking at how things stand: a restart forgets nothing."""

from core.domain.delivery import Delivery
from core.domain.moment import Moment
from core.domain.problem import ProblemKind
from core.services import steps
from core.store.unit_of_work import UnitOfWork


def tick(uow: UnitOfWork, now: Moment) -> None:
    """Nobody took a job for half an hour: a person must decide (C64)."""
    for delivery in uow.deliveries.live():
        if delivery.lacks_driver(now.at) and not _was_told(uow, delivery):
            minutes = int((now.at - delivery.state_since).total_seconds() // 60)
            detail = f"{delivery.courier}: {minutes} min"
            steps.open_problem(uow, ProblemKind.NO_DRIVER, now, order_id=delivery.order_id, detail=detail)


def _was_told(uow: UnitOfWork, delivery: Delivery) -> bool:
    """A person who dealt with it is not asked again about the same search."""
    told = (problem for problem in uow.problems.of(delivery.order_id) if problem.kind is ProblemKind.NO_DRIVER)
    return any(problem.opened_at >= delivery.state_since for problem in told)
