"""Something that makes a noise, and says so if it cannot."""

from dataclasses import dataclass
from typing import Final, Protocol

from core.domain.alert import Chime
from core.domain.sound_trouble import Troubles

TERMINAL: Final = "bell"
"""The backend that is the terminal's own bell: nobody can tell whether it makes a noise."""


@dataclass(frozen=True)
class Rung:
    """How a ring went: by which backend; no `trouble` when it sounded, as far as the machine can tell.

    `passed_over` says, of a ring that sounded, which better ways failed before it. `was_stopped`: hushed on
    the way, so that it says nothing about whether sound works.
    """

    backend: str
    trouble: Troubles = ()
    passed_over: Troubles = ()
    was_stopped: bool = False

    @property
    def sounded(self) -> bool:
        """A noise was made, as far as the machine can tell."""
        return not self.trouble

    @property
    def is_last_resort(self) -> bool:
        """Only the terminal's bell was left, after every device failed."""
        return self.backend == TERMINAL and bool(self.passed_over)


class DesktopNotice(Protocol):
    """Says something on the desktop of this machine, for eyes that are elsewhere."""

    async def show(self, title: str, words: str) -> bool:
        """Whether some desktop took it; never raises."""


class Bell(Protocol):
    """Plays chimes one at a time, never in this process."""

    async def ring(self, chime: Chime) -> Rung:
        """Play a chime to its end; never raises."""

    async def probe(self) -> Rung:
        """How a ring would go, found out without being heard; never raises."""

    def hush(self) -> None:
        """Stop at once, also in mid-sound."""

    def distrust(self, backend: str) -> None:
        """Nobody heard it: from now on the ways after it are tried first."""
