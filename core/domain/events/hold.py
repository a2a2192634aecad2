"""Orders that somebody wants to wait."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class HoldPutOn(Event):
    """Nothing goes out until it is lifted, or until `until`; `lifted_by` is the least role that may."""

    reason: str
    until: datetime | None = None
    lifted_by: str = "cashier"


@dataclass(frozen=True, kw_only=True)
class HoldLifted(Event):
    """A person's word ended it; `why` is what a manager said to it."""

    reason: str
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class HoldRanOut(Event):
    """Its time has come."""

    reason: str
