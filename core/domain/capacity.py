"""Throttling: how many orders the store has taken on in the last hour (C100, X4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class HourLoad:
    """Orders accepted in the rolling hour before `at`, oldest first, against the cap; what is in work beside it."""

    at: datetime
    cap: int
    accepted: tuple[datetime, ...] = ()
    in_progress: int = 0
    waiting: int = 0

    @property
    def count(self) -> int:
        """Orders accepted in the last sixty minutes."""
        return len(self.accepted)

    def after_accepting(self, more: int) -> int:
        """What the count would be."""
        return self.count + more

    def has_room(self, more: int = 1) -> bool:
        """Whether so many more stay within the cap."""
        return self.after_accepting(more) <= self.cap

    @property
    def next_free(self) -> datetime | None:
        """When one more fits; None when it does now."""
        over = self.count - self.cap
        return None if over < 0 else self.accepted[over] + HOUR


def load_at(
    at: datetime, accepted: Iterable[datetime], *, cap: int, in_progress: int = 0, waiting: int = 0
) -> HourLoad:
    """The load of the hour that ends at `at`; an order accepted exactly an hour ago counts no more."""
    within = sorted(time for time in accepted if at - HOUR < time <= at)
    return HourLoad(at=at, cap=cap, accepted=tuple(within), in_progress=in_progress, waiting=waiting)
