"""What was done to the bag."""

from dataclasses import dataclass

from core.domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class LinePicked(Event):
    """So many pieces of a line lie in the bag now."""

    line_id: str
    picked: int
    quantity: int


@dataclass(frozen=True, kw_only=True)
class CheckTicked(Event):
    """One of the four checks, ticked or taken back (C29–C32)."""

    check: str
    ticked: bool


@dataclass(frozen=True, kw_only=True)
class ParcelsPlanned(Event):
    """All goods are to go in so many parcels of one shipment: a split, not a partial shipment (X1)."""

    parcels: int


@dataclass(frozen=True, kw_only=True)
class PackingFinished(Event):
    """Ready to leave; `reason` says why with a checklist that was not complete."""

    parcels: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PackingReopened(Event):
    """Back to the table."""

    reason: str = ""
