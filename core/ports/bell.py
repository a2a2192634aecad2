"""Something that makes a noise, and says so if it cannot."""

from dataclasses import dataclass
from typing import Protocol

from core.domain.alert import Chime


@dataclass(frozen=True)
class Rung:
    """How a ring went: by which backend; `trouble` is empty when it was heard of no trouble.

    `passed_over` says, of a ring that sounded, which better ways failed before it and how to mend them.
    """

    backend: str
    trouble: str = ""
    passed_over: str = ""

    @property
    def sounded(self) -> bool:
        """A noise was made, as far as the machine can tell."""
        return not self.trouble


class Bell(Protocol):
    """Plays chimes one at a time, never in this process."""

    async def ring(self, chime: Chime) -> Rung:
        """Play a chime to its end; never raises."""

    def hush(self) -> None:
        """Stop at once, also in mid-sound."""
