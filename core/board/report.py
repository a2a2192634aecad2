"""A shift in numbers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from statistics import median

from core.board.recurring import Incident
from core.board.waits import Taking, waits
from core.domain.delivery import Delivery, DeliveryState
from core.domain.order import Order
from core.domain.problem import Problem


@dataclass(frozen=True, kw_only=True)
class ShiftReport:
    """What came in and what became of it; times are medians, of waiting means; None when nothing was timed."""

    orders: int
    pieces: int
    by_stage: dict[str, int]
    by_channel: dict[str, int]
    refused: dict[str, int]  # reason -> orders
    to_accept: timedelta | None
    to_pack: timedelta | None
    to_door: timedelta | None
    late: int
    delivered: int
    failed: int
    problems: dict[str, int]
    problems_open: int
    driver_wait: timedelta | None = None  # of so many drivers who came to the store
    driver_waits: int = 0
    goods_wait: timedelta | None = None  # of so many orders that were ready and fetched
    goods_waits: int = 0
    troubles: tuple[Incident, ...] = ()  # each of the shift, oldest first (L33)
    zone: tzinfo = UTC


def shift_report(
    orders: Sequence[Order],
    deliveries: Sequence[Delivery],
    problems: Sequence[Problem],
    troubles: Sequence[Incident] = (),
    zone: tzinfo = UTC,
) -> ShiftReport:
    """Counted from how things stand."""
    waited = waits(_takings(orders, deliveries))
    return ShiftReport(
        orders=len(orders),
        pieces=sum(order.purchase.pieces for order in orders),
        by_stage=_counted(order.stage.value for order in orders),
        by_channel=_counted(order.purchase.channel for order in orders),
        refused=_counted(order.reason for order in orders if order.reason),
        to_accept=_median((order.opened_at, order.accepted_at) for order in orders),
        to_pack=_median((order.accepted_at, order.ready_at) for order in orders),
        to_door=_median((job.booked_at, job.ended_at) for job in deliveries if job.state is DeliveryState.DELIVERED),
        late=sum(_is_late(order) for order in orders),
        delivered=sum(job.state is DeliveryState.DELIVERED for job in deliveries),
        failed=sum(job.state is DeliveryState.FAILED for job in deliveries),
        problems=_counted(problem.kind.value for problem in problems),
        problems_open=sum(problem.is_open for problem in problems),
        driver_wait=waited.driver,
        driver_waits=waited.drivers,
        goods_wait=waited.goods,
        goods_waits=waited.orders,
        troubles=tuple(sorted(troubles, key=lambda one: one.opened_at)),
        zone=zone,
    )


def _takings(orders: Sequence[Order], deliveries: Sequence[Delivery]) -> Iterator[Taking]:
    ready = {order.id: order.ready_at for order in orders}
    for job in deliveries:
        yield Taking(
            came_at=job.at_store_at,
            ready_at=ready.get(job.order_id),
            handed_at=job.handed_over_at,
            taken_at=job.picked_up_at,
        )


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))


def _median(spans: Iterable[tuple[datetime | None, datetime | None]]) -> timedelta | None:
    seconds = [(end - start).total_seconds() for start, end in spans if start is not None and end is not None]
    return timedelta(seconds=round(median(seconds))) if seconds else None


def _is_late(order: Order) -> bool:
    promised = order.purchase.promised_to
    return (
        promised is not None and order.left_at is not None and order.ended_at is not None and order.ended_at > promised
    )
