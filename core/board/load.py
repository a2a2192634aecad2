"""The hour's load, as times: widgets count what still falls within the hour."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.capacity import HourLoad, load_at


@dataclass(frozen=True, kw_only=True)
class LoadLine:
    """When the orders of the last hour were accepted, the cap, and what is in work and waiting beside it."""

    cap: int
    accepted: tuple[datetime, ...] = ()
    in_progress: int = 0
    waiting: int = 0
    hours: str = ""

    def at(self, now: datetime) -> HourLoad:
        """The load of the hour that ends now."""
        return load_at(now, self.accepted, cap=self.cap, in_progress=self.in_progress, waiting=self.waiting)
