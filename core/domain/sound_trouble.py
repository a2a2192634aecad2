"""What can be wrong with a sound: facts, for which the screens have words."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """Why a way to make a sound made none."""

    OFF = "off"
    NO_VOLUME = "no_volume"
    NO_DEVICE = "no_device"
    NOT_INSTALLED = "not_installed"
    NOT_USED = "not_used"  # known to kill this version of Python
    BAD_FILE = "bad_file"
    CRASHED = "crashed"
    FAILED = "failed"
    TOO_LONG = "too_long"
    CANNOT_START = "cannot_start"
    NO_TERMINAL = "no_terminal"
    TERMINAL_BROKEN = "terminal_broken"
    BLOCKED = "blocked"  # by a browser, until somebody clicks in the tab
    UNFORESEEN = "unforeseen"


@dataclass(frozen=True)
class SoundTrouble:
    """`backend`: the way that failed; `code`: the signal of a crash, the exit code of a failure."""

    fault: Fault
    backend: str = ""
    code: int = 0

    def __str__(self) -> str:
        """For the log."""
        code = f" {self.code}" if self.code else ""
        return f"{self.backend}: {self.fault.value}{code}" if self.backend else self.fault.value


Troubles = tuple[SoundTrouble, ...]
"""From the best way down; empty: nothing is wrong."""
