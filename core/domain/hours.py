"""When the store takes orders (C18, C103)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo


class BadHours(ValueError):
    """Not of the form `09:00-21:00`."""


@dataclass(frozen=True)
class OpeningHours:
    """Spans of local time; one that ends before it starts goes past midnight."""

    spans: tuple[tuple[time, time], ...]
    zone: tzinfo

    @classmethod
    def parse(cls, text: str, zone: tzinfo) -> "OpeningHours":
        """Read `09:00-21:00` or `11:00-14:00, 17:00-22:00`; raises `BadHours`."""
        return cls(tuple(_span(part) for part in text.split(",")), zone)

    @property
    def text(self) -> str:
        """As people write it: `09:00–21:00`."""
        return ", ".join(f"{opens:%H:%M}–{_end(closes)}" for opens, closes in self.spans)

    def is_open(self, at: datetime) -> bool:
        """Whether orders are taken at this instant; the closing minute itself is shut."""
        local = at.astimezone(self.zone).time()
        return any(_holds(local, opens, closes) for opens, closes in self.spans)

    def closes_at(self, at: datetime) -> datetime | None:
        """When the span that holds this instant ends; None outside of them, and for one that never ends."""
        local = at.astimezone(self.zone)
        ends = [closes for opens, closes in self.spans if opens != closes and _holds(local.time(), opens, closes)]
        return max((_next(local, closes) for closes in ends), default=None)

    def opened_at(self, at: datetime) -> datetime | None:
        """When the span that holds this instant began; None outside of them, and for one that never ends."""
        local = at.astimezone(self.zone)
        starts = [opens for opens, closes in self.spans if opens != closes and _holds(local.time(), opens, closes)]
        return min((_last(local, opens) for opens in starts), default=None)


def _last(local: datetime, clock: time) -> datetime:
    """When the clock on the wall showed this last."""
    today = datetime.combine(local, clock, local.tzinfo)
    return today if today <= local else datetime.combine(local - timedelta(days=1), clock, local.tzinfo)


def _next(local: datetime, clock: time) -> datetime:
    """When the clock on the wall shows this next."""
    today = datetime.combine(local, clock, local.tzinfo)
    return today if today > local else datetime.combine(local + timedelta(days=1), clock, local.tzinfo)


def _span(part: str) -> tuple[time, time]:
    try:
        opens, closes = (time.fromisoformat(_midnight(edge.strip())) for edge in part.split("-"))
    except ValueError as error:
        raise BadHours(f"{part.strip()!r:.40} is not of the form 09:00-21:00") from error
    return opens, closes


def _end(closes: time) -> str:
    return "24:00" if closes == time(0) else f"{closes:%H:%M}"


def _midnight(edge: str) -> str:
    """People write the end of a day as 24:00."""
    return "00:00" if edge == "24:00" else edge


def _holds(at: time, opens: time, closes: time) -> bool:
    if opens == closes:
        return True
    return opens <= at < closes if opens < closes else at >= opens or at < closes
