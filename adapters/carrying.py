"""What every courier's settings say of what it carries."""

from collections import Counter
from datetime import date
from typing import Annotated, Final, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, Strict, model_validator

from core.domain.limits import CAI_MM3, CourierLimits, Vehicle
from core.domain.measures import Box

Kilograms: TypeAlias = Annotated[float, Field(gt=0, le=10_000)]
Edge: TypeAlias = Annotated[float, Field(ge=0.1, le=10_000)]
BoxCm: TypeAlias = tuple[Edge, Edge, Edge]
Cai: TypeAlias = Annotated[float, Field(ge=0, le=10_000)]
Day: TypeAlias = Annotated[date, Strict()]

ONLY_VEHICLE: Final = ("max_weight_kg", "boxes_cm", "max_cai")


class VehicleSettings(BaseModel):
    """`[[couriers.….vehicles]]`: one vehicle, or its limits from a day on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=40, description="What staff call it; no default.")
    max_weight_kg: Kilograms | None = Field(None, description="Most weight of one job, kg; default any.")
    boxes_cm: tuple[BoxCm, ...] = Field(
        (), description="Boxes of which one must take a parcel: length, width, height in cm; default any."
    )
    max_cai: Cai = Field(0, description="Most volume of a parcel's goods, cai of 27 000 cm³; default 0, any.")
    max_parcels: PositiveInt | None = Field(None, description="Most parcels of one job; default any number.")
    since: Day | None = Field(None, alias="from", description="The first day of these limits; default always.")
    until: Day | None = Field(None, description="The last day of these limits; default for ever.")

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> "VehicleSettings":
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"found from = {self.since} after until = {self.until}; allowed is a day not after it")
        return self

    def vehicle(self) -> Vehicle:
        """In grams and millimetres."""
        return Vehicle(
            name=self.name,
            max_weight_g=_grams(self.max_weight_kg),
            boxes=_boxes(self.boxes_cm),
            max_mm3=_cubic_millimetres(self.max_cai),
            max_parcels=self.max_parcels,
            since=self.since,
            until=self.until,
        )


class Carrying(BaseModel):
    """Settings of a courier begin with these; its own defaults go over them."""

    max_weight_kg: Kilograms | None = Field(None, description="Most weight of one job, kg; default any.")
    boxes_cm: tuple[BoxCm, ...] = Field(
        (), description="Boxes of which one must take a parcel: length, width, height in cm; default any."
    )
    max_cai: Cai = Field(0, description="Most volume of a parcel's goods, cai of 27 000 cm³; default 0, any.")
    vehicles: tuple[VehicleSettings, ...] = Field(
        (), description="Several vehicles, or limits that change on a day, instead of the keys above; default none."
    )

    @model_validator(mode="after")
    def _says_it_once(self) -> "Carrying":
        beside = [key for key in ONLY_VEHICLE if key in self.model_fields_set]
        if self.vehicles and beside:
            raise ValueError(f"found {', '.join(beside)} beside vehicles; allowed: the keys inside each vehicle")
        begun = Counter((vehicle.name, vehicle.since) for vehicle in self.vehicles)
        if twice := [f"{name!r} from {since or 'always'}" for (name, since), count in begun.items() if count > 1]:
            raise ValueError(f"found vehicle {twice[0]} twice; allowed: another name, or another day in from")
        return self

    @property
    def limits(self) -> CourierLimits:
        """What may be in one job, in grams and millimetres."""
        if self.vehicles:
            return CourierLimits(vehicles=tuple(vehicle.vehicle() for vehicle in self.vehicles))
        return CourierLimits(
            max_weight_g=_grams(self.max_weight_kg),
            boxes=_boxes(self.boxes_cm),
            max_mm3=_cubic_millimetres(self.max_cai),
        )


def _grams(kilograms: float | None) -> int | None:
    return None if kilograms is None else round(kilograms * 1000)


def _boxes(boxes: tuple[BoxCm, ...]) -> tuple[Box, ...]:
    return tuple(Box(*(round(edge * 10) for edge in box)) for box in boxes)


def _cubic_millimetres(cai: float) -> int | None:
    return round(cai * CAI_MM3) or None
