"""What the sample shops have behind them: the day hour by hour, the usual day, and the journal."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.board.day_load import DayLoad, HourLine, Usual
from core.board.day_numbers import DayNumbers
from core.board.journal import JournalLine
from core.board.waits import Waits
from core.domain.day import hours_of, local_day
from core.domain.delivery import Delivery
from core.domain.events import DeliveryReported, Event, OrderCompleted, OrderRejected, ProblemOpened
from core.domain.ids import StaffId
from core.domain.order import Order
from core.domain.problem import Problem
from core.domain.store_rules import StoreRules

TODAY = {9: 11, 10: 19, 11: 33, 12: 50, 13: 46, 14: 20}
USUAL = {9: 9, 10: 16, 11: 29, 12: 44, 13: 38, 14: 31, 15: 22, 16: 18, 17: 27, 18: 45, 19: 41, 20: 17}
PROMISED = {14: 4, 15: 5, 16: 2, 18: 1}
NUMBERS = DayNumbers(
    orders=191,
    accepted=179,
    rejected=6,
    cancelled=3,
    to_accept=timedelta(seconds=52),
    prep=timedelta(minutes=7, seconds=40),
    on_time=0.962,
    waits=Waits(
        driver=timedelta(minutes=2, seconds=50), drivers=148, goods=timedelta(minutes=2, seconds=40), orders=163
    ),
)


def day(rules: StoreRules, now: datetime, *, has_past: bool = True) -> DayLoad:
    """A busy Saturday, or the first day of a shop."""
    usual = Usual(days=4, is_weekday=True, by_hour=USUAL) if has_past else Usual()
    hours = tuple(
        HourLine(
            span=span,
            accepted=TODAY.get(hour, 0) if has_past else 0,
            promised=PROMISED.get(hour, 0) if has_past else 0,
            usual=usual.at(hour),
            is_open=rules.hours.is_open(span.start),
        )
        for hour, span in enumerate(hours_of(local_day(now, rules.zone), rules.zone))
    )
    empty = DayLoad(at=now, cap=rules.orders_per_hour, hours=hours, usual=usual)
    return replace(empty, promised=7, numbers=NUMBERS) if has_past else empty


def journal(
    histories: Iterable[Sequence[Event]],
    orders: Sequence[Order],
    deliveries: Sequence[Delivery],
    problems: Sequence[Problem],
    yesterday: datetime,
) -> tuple[JournalLine, ...]:
    """Oldest first: what led to how things stand, and the last of the day before."""
    events = [event for history in histories for event in history]
    events += [_told(job) for job in deliveries]
    events += [_trouble(problem) for problem in problems]
    events += _day_before(orders[:1], yesterday)
    numbers = {order.id: order.number for order in orders}
    told = enumerate(sorted(events, key=lambda event: event.at), start=1)
    return tuple(
        JournalLine(seen=seen, event=event, number=numbers.get(event.order_id, "") if event.order_id else "")
        for seen, event in told
    )


def _told(job: Delivery) -> Event:
    return DeliveryReported(
        order_id=job.order_id,
        at=job.state_since,
        courier=job.courier,
        ref=job.ref,
        state=job.state.value,
        word=job.word,
        reason=job.reason,
    )


def _trouble(problem: Problem) -> Event:
    return ProblemOpened(
        order_id=problem.order_id,
        at=problem.opened_at,
        problem_id=problem.id,
        kind=problem.kind.value,
        detail=problem.detail,
    )


def _day_before(orders: Sequence[Order], at: datetime) -> list[Event]:
    lin = StaffId("Lin")
    ends = (OrderCompleted(order_id=order.id, at=at) for order in orders)
    noes = (
        OrderRejected(order_id=order.id, at=at + timedelta(minutes=9), by=lin, reason="sold out") for order in orders
    )
    return [*ends, *noes]
