"""How a child process says how playing went: its exit code."""

from enum import IntEnum


class Answer(IntEnum):
    """Exit codes of `sounds.play_once`; a crash shows as minus the signal's number instead."""

    PLAYED = 0
    USAGE = 2
    NO_DEVICE = 3
    NOT_INSTALLED = 4
    BAD_FILE = 5
    REFUSED = 6
    """The backend is known to kill this version of Python."""
    FAILED = 7
    """It began, and ended in a way nobody foresaw."""
