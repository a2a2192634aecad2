"""The day hour by hour against the cap, beside the usual day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from core.board.day_numbers import DayNumbers
from core.board.load import LoadLine
from core.domain.capacity import HOUR
from core.domain.day import Span

FEW: Final = 2  # days of the same weekday below which all days are taken


@dataclass(frozen=True, kw_only=True)
class Usual:
    """Orders accepted in each hour of the clock, a mean over `days`; none were found when `days` is 0."""

    days: int = 0
    is_weekday: bool = False  # of the same weekday; else of all days
    by_hour: Mapping[int, float] = field(default_factory=dict)

    def at(self, hour: int) -> float | None:
        """The mean, None when there are too few records."""
        return self.by_hour.get(hour, 0.0) if self.days else None


@dataclass(frozen=True, kw_only=True)
class HourLine:
    """One hour: `promised` counts orders in the shop that are due in what is left of it."""

    span: Span
    accepted: int = 0
    promised: int = 0
    usual: float | None = None
    is_open: bool = False

    @property
    def is_bare(self) -> bool:
        """Nothing to show."""
        return not (self.is_open or self.accepted or self.promised or self.usual)


@dataclass(frozen=True, kw_only=True)
class DayLoad:
    """As of `at`; `promised` counts orders in the shop that are due within the next sixty minutes."""

    at: datetime
    cap: int
    hours: tuple[HourLine, ...] = ()
    usual: Usual = field(default_factory=Usual)
    promised: int = 0
    numbers: DayNumbers = field(default_factory=DayNumbers)

    @property
    def shown(self) -> tuple[HourLine, ...]:
        """From the first hour that says something to the last."""
        told = [at for at, hour in enumerate(self.hours) if not hour.is_bare]
        return self.hours[told[0] : told[-1] + 1] if told else ()

    @property
    def busiest(self) -> HourLine | None:
        """The earliest of the fullest hours."""
        best = max(self.hours, key=lambda hour: hour.accepted, default=None)
        return best if best is not None and best.accepted else None

    def expected(self, now: datetime) -> int | None:
        """Orders that usually come to be accepted in the next sixty minutes, None with too few records."""
        if not self.usual.days:
            return None
        return round(sum((hour.usual or 0) * _share(hour.span, Span(now, now + HOUR)) for hour in self.hours))

    def with_board(self, load: LoadLine, now: datetime) -> "DayLoad":
        """The same with the running hour as the newest board has it."""
        hours = tuple(_counted(hour, load) if hour.span.holds(now) else hour for hour in self.hours)
        return replace(self, hours=hours)


def usual_of(days: Mapping[date, Mapping[int, int]], today: date) -> Usual:
    """The mean of the same weekday; of all days when those are few. Days without any order were closed."""
    open_days = {day: hours for day, hours in days.items() if any(hours.values())}
    same = {day: hours for day, hours in open_days.items() if day.weekday() == today.weekday()}
    is_weekday = len(same) >= FEW
    taken = list((same if is_weekday else open_days).values())
    hours = {hour for one in taken for hour in one}
    means = {hour: sum(one.get(hour, 0) for one in taken) / len(taken) for hour in hours}
    return Usual(days=len(taken), is_weekday=is_weekday, by_hour=means)


def added_up(hours: Sequence[int], counts: Sequence[int]) -> dict[int, int]:
    """Orders by hour of the clock; an hour that came twice counts as one."""
    sums: dict[int, int] = {}
    for hour, count in zip(hours, counts, strict=True):
        sums[hour] = sums.get(hour, 0) + count
    return sums


def _counted(hour: HourLine, load: LoadLine) -> HourLine:
    return replace(hour, accepted=sum(1 for at in load.accepted if hour.span.holds(at)))


def _share(span: Span, wanted: Span) -> float:
    """How much of the span lies within what is wanted."""
    both = min(span.until, wanted.until) - max(span.start, wanted.start)
    return max(0.0, both / (span.until - span.start))
