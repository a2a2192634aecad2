"""Who knows the time."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """All times are aware and UTC."""

    def now(self) -> datetime:
        """This moment."""

    def real_seconds(self, seconds: float) -> float:
        """How long `seconds` of this clock take on the wall."""
