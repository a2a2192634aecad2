"""Orders keyed in by hand, and their channel's own copies."""

from dataclasses import dataclass

from core.domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class OrderKeyedIn(Event):
    """Read back to the caller and confirmed (L3–L5); `channel`: the feed it belongs to, `paid` as in `PaidHow`."""

    channel: str
    paid: str


@dataclass(frozen=True, kw_only=True)
class OrderJoined(Event):
    """The channel's copy came, and is this order; by the system where it was certain.

    `signs` as in `joining.Sign`; `fields` are what differs, `differences` how: no personal data.
    """

    channel: str
    number: str
    hand_number: str
    copy_id: str = ""  # of the copy, where it stood beside until somebody decided
    score: int = 0
    signs: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CopyJoined(Event):
    """This one was the copy: from here on it is the order that was keyed in, and is no more by itself."""

    into: str
    hand_number: str


@dataclass(frozen=True, kw_only=True)
class KeptApart(Event):
    """Somebody looked, and they are two orders; `numbers` of the others."""

    numbers: tuple[str, ...]
