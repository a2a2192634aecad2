"""Four things a person confirms before goods leave (C29–C32)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Check(StrEnum):
    """In the order they are done."""

    QUANTITY = "quantity"
    QUALITY = "quality"
    PACKAGING = "packaging"
    SIZE = "size"


@dataclass(frozen=True)
class Checklist:
    """Which checks are ticked."""

    ticked: frozenset[Check] = frozenset()

    @property
    def is_complete(self) -> bool:
        """All four."""
        return len(self.ticked) == len(Check)

    @property
    def missing(self) -> tuple[Check, ...]:
        """What is still open, in order."""
        return tuple(check for check in Check if check not in self.ticked)

    def with_tick(self, check: Check, ticked: bool) -> "Checklist":
        """The same list with one tick set or taken back."""
        return Checklist(self.ticked | {check} if ticked else self.ticked - {check})


NOTHING_TICKED: Final = Checklist()
