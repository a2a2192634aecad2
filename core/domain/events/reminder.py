"""Orders nobody accepts: who was reminded, and how loud."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class OrderReminded(Event):
    """It rings again, `nth` of `most` times, each louder: it is to be accepted by `deadline` (L13)."""

    nth: int
    most: int
    deadline: datetime


@dataclass(frozen=True, kw_only=True)
class PersonTold(Event):
    """Somebody was told by other means, `way` says which, that nobody accepts it (L14)."""

    way: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class PersonNotTold(Event):
    """That failed; it is tried again at `until`, None: never more."""

    way: str
    reason: str
    until: datetime | None = None
