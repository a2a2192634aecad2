"""A signed call from outside, as it came, and what became of reading it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from core.domain.delivery import Report
from core.domain.purchase import Purchase


@dataclass(frozen=True, kw_only=True)
class Letter:
    """Raw bytes and lower-cased headers; `sender` is the config section it was addressed to."""

    sender: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes
    received_at: datetime
    path: str = ""  # of the URL as the sender saw it, where a signature covers it

    @property
    def body_key(self) -> str:
        """A key for a letter that names no other: the same bytes are the same letter."""
        return f"body:{sha256(self.body).hexdigest()}"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a letter said: `key` tells repeats apart, `ignored` says why nothing follows from it."""

    key: str
    purchases: tuple[Purchase, ...] = ()
    reports: tuple[Report, ...] = ()
    ignored: str = ""


class BadSignature(Exception):
    """The sender is not who it says, or no secret is set: answer 401, keep nothing."""


class Unreadable(Exception):
    """Signed but not understood. `reason` names what was found and what is allowed, without personal data."""

    def __init__(self, reason: str, key: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.key = key
