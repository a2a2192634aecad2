"""The load of the day: how full each hour was, what is usual, what became of the orders."""

from datetime import date, datetime, timedelta
from typing import Final

from core.board.day_load import DayLoad, HourLine, Usual, added_up, usual_of
from core.board.day_numbers import day_numbers
from core.domain.capacity import HOUR
from core.domain.day import Span, hours_of, local_day, midnight
from core.domain.store_rules import StoreRules
from core.store.unit_of_work import UnitOfWork

LEARNED_FROM: Final = 28  # days back


class LoadService:
    """Counts; the past is counted once a day, for it changes no more."""

    def __init__(self, rules: StoreRules) -> None:
        self._rules = rules
        self._usual: tuple[date, Usual] | None = None

    def day(self, uow: UnitOfWork, now: datetime) -> DayLoad:
        """Today as it stands now."""
        today = local_day(now, self._rules.zone)
        usual = self.usual(uow, today)
        so_far = Span(midnight(today, self._rules.zone), now + timedelta(microseconds=1))
        return DayLoad(
            at=now,
            cap=self._rules.orders_per_hour,
            hours=self._hours(uow, today, now, usual),
            usual=usual,
            promised=uow.records.promised_in([Span(now, now + HOUR)])[0],
            numbers=day_numbers(
                uow.records.stages(so_far), uow.records.passages(so_far), now, uow.records.takings(so_far)
            ),
        )

    def usual(self, uow: UnitOfWork, today: date) -> Usual:
        """The mean of the last four weeks (product.md, no. 4)."""
        if self._usual is None or self._usual[0] != today:
            self._usual = (today, self._learned(uow, today))
        return self._usual[1]

    def _learned(self, uow: UnitOfWork, today: date) -> Usual:
        days = [today - timedelta(days=back) for back in range(1, LEARNED_FROM + 1)]
        spans = {day: hours_of(day, self._rules.zone) for day in days}
        counts = iter(uow.records.accepted_in(span for some in spans.values() for span in some))
        found = {
            day: added_up([self._hour(span) for span in some], [next(counts) for _span in some])
            for day, some in spans.items()
        }
        return usual_of(found, today)

    def _hours(self, uow: UnitOfWork, today: date, now: datetime, usual: Usual) -> tuple[HourLine, ...]:
        spans = hours_of(today, self._rules.zone)
        accepted = uow.records.accepted_in(spans)
        left = [Span(max(span.start, now), max(span.until, now)) for span in spans]
        promised = dict(zip(spans, self._promised(uow, left), strict=True))
        return tuple(
            HourLine(
                span=span,
                accepted=count,
                promised=promised[span],
                usual=usual.at(self._hour(span)),
                is_open=self._is_open(span),
            )
            for span, count in zip(spans, accepted, strict=True)
        )

    def _promised(self, uow: UnitOfWork, left: list[Span]) -> list[int]:
        """Hours that are over are asked for no more."""
        ahead = [span for span in left if span.start < span.until]
        found = uow.records.promised_in(ahead)
        return [0] * (len(left) - len(ahead)) + found

    def _hour(self, span: Span) -> int:
        return span.start.astimezone(self._rules.zone).hour

    def _is_open(self, span: Span) -> bool:
        """At its start or before its end."""
        hours = self._rules.hours
        return hours.is_open(span.start) or hours.is_open(span.until - timedelta(minutes=1))
