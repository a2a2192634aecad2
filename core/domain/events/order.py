"""An order's way: told, seen, accepted, ended."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class OrderReceived(Event):
    """A channel told of an order unknown till then."""

    channel: str
    number: str
    stage: str
    payment: str


@dataclass(frozen=True, kw_only=True)
class PaymentChanged(Event):
    """The channel says the money stands otherwise."""

    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class OrderOpened(Event):
    """Paid: from here it rings and may be accepted (C12)."""


@dataclass(frozen=True, kw_only=True)
class OrderChanged(Event):
    """The channel changed details; the names of the fields only."""

    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ChangesSeen(Event):
    """A person has read what changed."""


@dataclass(frozen=True, kw_only=True)
class OrderSeen(Event):
    """A person has taken the order up: the bell stops everywhere."""


@dataclass(frozen=True, kw_only=True)
class OrderAccepted(Event):
    """Promised; the customer can no longer cancel (C23). `over_cap` is the reason given past the cap."""

    ready_by: datetime
    over_cap: str = ""


@dataclass(frozen=True, kw_only=True)
class OrderRejected(Event):
    """The shop said no; the money goes back (C25–C27). `stage` is where it stood."""

    reason: str
    stage: str = "new"


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(Event):
    """Called off, by the channel, the shop or support; `stage` is where it stood (X5)."""

    stage: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class OrderLeft(Event):
    """The goods are with the driver."""


@dataclass(frozen=True, kw_only=True)
class OrderCompleted(Event):
    """The customer has it (C82)."""


@dataclass(frozen=True, kw_only=True)
class OrderReturned(Event):
    """The goods are back in the store (C68, C71)."""
