"""Things due by time, found by looking at how things stand: a restart forgets nothing."""

from collections.abc import Iterable

from core.domain.delivery import Delivery
from core.domain.ids import OrderId
from core.domain.moment import Moment
from core.services.searching import Searching
from core.store.unit_of_work import UnitOfWork


def due(uow: UnitOfWork, live: Iterable[Delivery], searching: Searching, now: Moment) -> list[OrderId]:
    """Whose search for a driver has a step to take; each is taken in a transaction of its own."""
    waiting = (job.order_id for job in live if searching.may_be_due(job, now))
    return [order_id for order_id in waiting if searching.step(uow, order_id, now) is not None]


def tick(uow: UnitOfWork, now: Moment, searching: Searching | None = None) -> None:
    """All of them at once: nobody took a job for half an hour, so a person must decide (C64)."""
    policy = searching or Searching()
    for order_id in due(uow, uow.deliveries.live(), policy, now):
        policy.go_on(uow, order_id, now)
