"""Goods that changed hands, and what shows it."""

from dataclasses import dataclass

from core.domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class HandedOver(Event):
    """Waybill compared, parcels counted, goods gone (C49–C52); seconds the driver waited, None when not known.

    `without_pin` is a manager's reason to let them go without the right PIN.
    """

    waybill: str
    parcels: int
    waited: int | None = None
    without_pin: str = ""


@dataclass(frozen=True, kw_only=True)
class PinRefused(Event):
    """A driver gave a wrong PIN (C57)."""

    tries: int


@dataclass(frozen=True, kw_only=True)
class LeftUnchecked(Event):
    """The courier says the way is over, and nobody here had handed anything over."""

    courier: str
    state: str


@dataclass(frozen=True, kw_only=True)
class GoodsReceived(Event):
    """Goods that came back were counted and looked at: line id -> pieces (C68, C71)."""

    parcels: int
    sound: dict[str, int]
    damaged: dict[str, int]
    missing: dict[str, int]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ProofKept(Event):
    """A proof was fetched; `file` is its place below the data folder, `size` in bytes."""

    waypoint: str
    proof: str
    file: str
    size: int


@dataclass(frozen=True, kw_only=True)
class ProofMissing(Event):
    """A proof is not to be had, and why."""

    waypoint: str
    why: str
