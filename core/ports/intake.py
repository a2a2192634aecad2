"""Who takes letters in, and tells how the station stands."""

from collections.abc import Mapping
from typing import Any, Protocol

from core.ports.letter import Letter, Reading


class CannotTake(Exception):
    """Nothing was kept; the sender is asked to come again after `retry_after` seconds."""

    def __init__(self, reason: str, retry_after: int = 5) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class IntakeDesk(Protocol):
    """Returns only when what it was given is on disk; raises `CannotTake`."""

    async def take(self, letter: Letter, reading: Reading) -> None:
        """A letter that was verified and understood."""

    async def refuse(self, letter: Letter, reason: str, *, key: str = "", too_large: bool = False) -> None:
        """A verified letter nobody could read: kept, and shown under problems."""

    def turned_away(self, sender: str, reason: str) -> None:
        """A letter that was not verified: counted, not kept."""


class StationView(Protocol):
    """How the station stands, for machines that ask."""

    async def health(self) -> tuple[bool, Mapping[str, Any]]:
        """Whether all is well, and the words."""

    async def metrics(self) -> str:
        """Prometheus text; raises `CannotTake` when the store cannot be asked."""
