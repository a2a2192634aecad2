"""The real clocks."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.ports.clock import Clock

if TYPE_CHECKING:
    from core.config.sections import PracticeSection


@dataclass(frozen=True)
class WallClock:
    """The time it is."""

    def now(self) -> datetime:
        """This moment, UTC."""
        return datetime.now(UTC)

    def real_seconds(self, seconds: float) -> float:
        """As long as they are."""
        return seconds


@dataclass(frozen=True)
class PracticeClock:
    """Showed `shows` when it was `started_at`, and runs `speed` times as fast: every process of the shop agrees."""

    started_at: datetime
    shows: datetime
    speed: float

    def now(self) -> datetime:
        """The practice shop's time, UTC."""
        return self.shows + (datetime.now(UTC) - self.started_at) * self.speed

    def real_seconds(self, seconds: float) -> float:
        """Shorter on the wall."""
        return seconds / self.speed


def clock_of(practice: "PracticeSection") -> Clock:
    """The wall's, unless the config is a practice shop's."""
    if practice.started_at is None or practice.shows is None:
        return WallClock()
    return PracticeClock(practice.started_at.astimezone(UTC), practice.shows.astimezone(UTC), practice.speed)
