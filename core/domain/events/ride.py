"""What became of drivers."""

from dataclasses import dataclass

from core.domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class DeliveryReported(Event):
    """The courier's word, and what it means here."""

    courier: str
    ref: str
    state: str
    word: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class SearchWentOn(Event):
    """The store's policy for searches did something: `deed` and `cause` as in `search`; `amount` of a tip, in all."""

    deed: str
    cause: str
    courier: str
    minutes: int = 0
    amount: str = ""
    currency: str = ""


@dataclass(frozen=True, kw_only=True)
class CancelCharged(Event):
    """Calling a courier off has cost so much (C80)."""

    courier: str
    ref: str
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class BookingSettled(Event):
    """A person says what became of a call whose answer was lost: booked as `ref`, or never arrived."""

    courier: str
    ref: str = ""


@dataclass(frozen=True, kw_only=True)
class DriverChanged(Event):
    """Another person rides now; names stay out of the journal."""

    courier: str
    vehicle: str = ""
    plate: str = ""
