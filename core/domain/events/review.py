"""An order's review: what was found, who was called, what was completed, who let it pass. No customer's words."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class ReviewAsked(Event):
    """Something is odd: a person must look before it may be accepted; kinds of what stops it (H4)."""

    findings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReviewPassed(Event):
    """It may be accepted; kinds of what had stopped it. By nobody: nothing odd was left."""

    findings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CustomerCalledBack(Event):
    """A call-back (H1): how it went, which try it was, and when to try again where nobody was reached."""

    answer: str
    attempt: int
    again_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CustomerCompleted(Event):
    """A person put other words in the place of the channel's: the names of the fields only (H6)."""

    fields: tuple[str, ...]
