"""A day of the shop, cut into real hours: 23 or 25 of them when the clocks change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

MINUTES = 60


@dataclass(frozen=True, slots=True)
class Span:
    """From `start`, up to and without `until`; both aware, UTC."""

    start: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        """Whether the instant lies in it."""
        return self.start <= at < self.until


def midnight(day: date, zone: tzinfo) -> datetime:
    """When the day begins; where the clocks skip midnight, the first instant there is."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def local_day(at: datetime, zone: tzinfo) -> date:
    """The date on the shop's wall."""
    return at.astimezone(zone).date()


def hours_of(day: date, zone: tzinfo) -> tuple[Span, ...]:
    """Each hour as the shop's clock names it; one that comes twice stands twice, one that is skipped is not there."""
    at, end = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    spans: list[Span] = []
    while at < end:
        left = MINUTES - at.astimezone(zone).minute
        until = min(at + timedelta(minutes=left), end)
        spans.append(Span(at, until))
        at = until
    return tuple(spans)
