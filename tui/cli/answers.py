"""How a command can end."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the contract."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    UNUSABLE = 3


class Failed(Exception):
    """A command could not do its work; the message says why."""
