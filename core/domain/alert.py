"""Something staff must notice, and the noise for it."""

from enum import StrEnum


class Chime(StrEnum):
    """The five noises; each has its own WAV in `sounds/`."""

    NEW = "new"
    CANCELLED = "cancelled"
    DRIVER_HERE = "driver_here"
    OVERDUE = "overdue"
    FEED_DOWN = "feed_down"
