"""How long drivers stood in the store, and how long goods waited for one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final


@dataclass(frozen=True, kw_only=True, slots=True)
class Taking:
    """One driver who took goods: when he came, when they were ready, when they were his; None where nobody told."""

    came_at: datetime | None = None
    ready_at: datetime | None = None
    handed_at: datetime | None = None
    taken_at: datetime | None = None

    @property
    def ended_at(self) -> datetime | None:
        """Whoever said first that they changed hands."""
        told = [at for at in (self.handed_at, self.taken_at) if at is not None]
        return min(told) if told else None


@dataclass(frozen=True, kw_only=True)
class Waits:
    """Means, and of how many; None when nothing was timed."""

    driver: timedelta | None = None
    drivers: int = 0
    goods: timedelta | None = None
    orders: int = 0


NO_WAITS: Final = Waits()


def waits(takings: Iterable[Taking]) -> Waits:
    """Who came late waited for nothing, and so did goods that were late."""
    taken = [(one, end) for one in takings if (end := one.ended_at) is not None]
    drivers = [_span(one.came_at, end) for one, end in taken if one.came_at is not None]
    goods = [_span(one.ready_at, end) for one, end in taken if one.ready_at is not None]
    return Waits(driver=_mean(drivers), drivers=len(drivers), goods=_mean(goods), orders=len(goods))


def _span(start: datetime, end: datetime) -> float:
    return max(0.0, (end - start).total_seconds())


def _mean(seconds: list[float]) -> timedelta | None:
    return timedelta(seconds=round(sum(seconds) / len(seconds))) if seconds else None
