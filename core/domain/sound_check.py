"""How many beeps did you hear: the only proof that a bell is heard."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from core.domain.ids import StaffId

REMEMBERED: Final = timedelta(minutes=5)  # after that nobody knows any more how many beeps there were


@dataclass(frozen=True, kw_only=True)
class SoundCheck:
    """So many beeps by this backend; `heard` None: nobody has answered."""

    played: int
    backend: str
    at: datetime
    heard: int | None = None
    by: StaffId | None = None

    @property
    def is_right(self) -> bool:
        """A person heard all of them, and no more."""
        return self.heard == self.played

    @property
    def is_wrong(self) -> bool:
        """A person answered, and another number."""
        return self.heard is not None and not self.is_right

    def is_asked(self, now: datetime) -> bool:
        """It waits for an answer."""
        return self.heard is None and now - self.at < REMEMBERED

    def answered(self, heard: int, *, by: StaffId, at: datetime) -> "SoundCheck":
        """The same check with its answer; from here `at` is when it was given."""
        return replace(self, heard=heard, by=by, at=at)
