"""What a courier's vehicles can carry: data, never code (C33–C38)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from core.domain.measures import Box

CAI_MM3: Final = 27_000_000  # 材積: 30 × 30 × 30 cm


@dataclass(frozen=True, kw_only=True)
class Vehicle:
    """Grams of one job; boxes of which one must take a parcel, and the most cubic millimetres of goods in it.

    None, or no box, is no limit. Both days belong to the time it holds.
    """

    name: str = ""
    max_weight_g: int | None = None
    boxes: tuple[Box, ...] = ()
    max_mm3: int | None = None
    max_parcels: int | None = None
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether these are the limits of that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, kw_only=True)
class CourierLimits:
    """Either what its only vehicle carries, or `vehicles`; several of one name are its limits one after the other."""

    max_weight_g: int | None = None
    boxes: tuple[Box, ...] = ()
    max_mm3: int | None = None
    vehicles: tuple[Vehicle, ...] = ()

    def on(self, day: date) -> tuple[Vehicle, ...]:
        """What may come that day: of limits that follow each other those that began last."""
        if not self.vehicles:
            return (Vehicle(max_weight_g=self.max_weight_g, boxes=self.boxes, max_mm3=self.max_mm3),)
        begun = [vehicle for vehicle in self.vehicles if vehicle.since is None or vehicle.since <= day]
        newest = {vehicle.name: vehicle for vehicle in sorted(begun, key=_since)}
        return tuple(vehicle for vehicle in newest.values() if vehicle.holds(day))

    def can_lift(self, weight_g: int | None) -> bool:
        """An unknown weight is not held against anyone (X2)."""
        return self.max_weight_g is None or weight_g is None or weight_g <= self.max_weight_g


def _since(vehicle: Vehicle) -> date:
    return vehicle.since or date.min
