"""Something staff must notice, the noise for it, and when noise is wanted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from core.domain.hours import OpeningHours
from core.domain.ids import StaffId


class Chime(StrEnum):
    """The noises; each has its own WAV in `sounds/`."""

    NEW = "new"
    REMINDER = "reminder"
    CANCELLED = "cancelled"
    DRIVER_HERE = "driver_here"
    OVERDUE = "overdue"
    FEED_DOWN = "feed_down"
    CHECK = "check"


@dataclass(frozen=True)
class Policy:
    """`rank`: of several that wait the lowest is heard; `repeats`: until a person acts, else once.

    `is_hushed`: quiet hours silence it.
    """

    rank: int
    repeats: bool = False
    is_hushed: bool = True


POLICY: Final[dict[Chime, Policy]] = {
    Chime.NEW: Policy(0, repeats=True, is_hushed=False),
    Chime.REMINDER: Policy(0, repeats=True, is_hushed=False),
    Chime.DRIVER_HERE: Policy(1),
    Chime.CANCELLED: Policy(2),
    Chime.FEED_DOWN: Policy(3),
    Chime.OVERDUE: Policy(4),
    Chime.CHECK: Policy(5),
}


@dataclass(frozen=True)
class Alert:
    """One chime and what it is for: numbers of orders, names of lamps; empty when it is the store itself."""

    chime: Chime
    about: tuple[str, ...] = ()

    def joined(self, other: "Alert") -> "Alert":
        """A burst is one chime; each thing is named once."""
        return Alert(self.chime, tuple(dict.fromkeys((*self.about, *other.about))))


@dataclass(frozen=True, kw_only=True)
class Mute:
    """A person wants silence; `until` None: until somebody lifts it."""

    by: StaffId
    until: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """It has not run out."""
        return self.until is None or now < self.until


@dataclass(frozen=True, kw_only=True)
class SoundRules:
    """What the shop wants to hear: its `[sound]` section.

    `quiet`: hours without noise, None for no such hours; `quiet_new`: new orders are silent in them too;
    `never`: chimes without any volume; `check_after`: so long a silence and the sound is tried, None never.
    """

    quiet: OpeningHours | None = None
    quiet_new: bool = False
    never: frozenset[Chime] = frozenset()
    check_after: timedelta | None = timedelta(hours=2)

    def is_hushed(self, chime: Chime, at: datetime) -> bool:
        """Quiet hours silence this chime now."""
        if self.quiet is None or not self.quiet.is_open(at):
            return False
        return POLICY[chime].is_hushed or (POLICY[chime].repeats and self.quiet_new)
