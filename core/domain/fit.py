"""Will it fit? A vehicle's weight, boxes and cai against the goods: who is out, by which number (C32–C38, X2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Final

from core.domain.boxing import Packing, too_long, volume_of
from core.domain.goods import Goods, pieces_of, sizes_of, unsized, unweighed, weight_of
from core.domain.ids import CourierName
from core.domain.limits import CAI_MM3, Vehicle
from core.domain.measures import Box
from core.domain.parcelling import Parcels, divide, take
from core.domain.refusal import NoCourier


class Limit(StrEnum):
    """What keeps goods off a vehicle. VEHICLE: none comes that day; TOGETHER: each piece goes in, not all of them."""

    VEHICLE = "vehicle"
    WEIGHT = "weight"
    EDGE = "edge"
    VOLUME = "volume"
    CAI = "cai"
    TOGETHER = "together"
    PARCELS = "parcels"


@dataclass(frozen=True)
class Misfit:
    """Numbers in the unit of the limit: kg, cm, litres, cai, pieces, parcels; for TOGETHER `allowed` is a box in cm."""

    limit: Limit
    found: str = ""
    allowed: str = ""


class Doubt(StrEnum):
    """What nobody knows: pieces without a size or weight, or whether those with one go in together."""

    SIZE = "size"
    WEIGHT = "weight"
    TOGETHER = "together"


@dataclass(frozen=True)
class Unknown:
    """Of so many pieces so many; never held against anyone (X2)."""

    doubt: Doubt
    found: int
    pieces: int


@dataclass(frozen=True, kw_only=True)
class Fit:
    """One vehicle and the goods; `box` is the one that takes them all, where one was asked for and does."""

    courier: CourierName
    vehicle: str = ""
    misfits: tuple[Misfit, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    box: Box | None = None

    @property
    def is_ok(self) -> bool:
        """Nothing known stands in the way."""
        return not self.misfits

    @property
    def is_sure(self) -> bool:
        """Everything is known."""
        return not self.unknowns


class DoesNotFit(NoCourier):
    """No vehicle of any courier asked for can carry the goods: `fits` says why of each."""

    rule = "C32"

    def __init__(self, number: str, fits: tuple[Fit, ...]) -> None:
        said = "; ".join(_raw(one) for one in fits)
        super().__init__(f"order {number} fits no courier: {said}", found=said)
        self.fits = fits


def fit(goods: Sequence[Goods], courier: CourierName, vehicle: Vehicle, parcels: int = 1) -> Fit:
    """All goods in one job, packed in so many parcels: the weight is the job's, boxes and cai are a parcel's."""
    packed = divide(tuple(goods), vehicle, parcels) if parcels > 1 else take(goods, vehicle)
    misfits = (*_weight(goods, vehicle), *_parcels(vehicle, parcels), *_volume(goods, vehicle, packed))
    return Fit(
        courier=courier,
        vehicle=vehicle.name,
        misfits=misfits,
        unknowns=() if misfits else _unknowns(goods, vehicle, packed),
        box=packed.box if not misfits else None,
    )


def nothing_comes(courier: CourierName) -> Fit:
    """The courier has no vehicle that day."""
    return Fit(courier=courier, misfits=(Misfit(Limit.VEHICLE),))


def _weight(goods: Sequence[Goods], vehicle: Vehicle) -> tuple[Misfit, ...]:
    """What is known may be too much by itself."""
    known = weight_of(goods)
    if vehicle.max_weight_g is None or known <= vehicle.max_weight_g:
        return ()
    return (Misfit(Limit.WEIGHT, figure(known, 1000), figure(vehicle.max_weight_g, 1000)),)


def _parcels(vehicle: Vehicle, parcels: int) -> tuple[Misfit, ...]:
    if vehicle.max_parcels is None or parcels <= vehicle.max_parcels:
        return ()
    return (Misfit(Limit.PARCELS, str(parcels), str(vehicle.max_parcels)),)


def _volume(goods: Sequence[Goods], vehicle: Vehicle, packed: Parcels) -> tuple[Misfit, ...]:
    """The plainest of the reasons: an edge, then what adds up, then what only packing shows."""
    if packed.answer is not Packing.MISFITS:
        return ()
    sizes = sizes_of(goods)
    if (edge := _edge(tuple(sizes), vehicle.boxes)) is not None:
        return (edge,)
    alone = max(volume_of([(size, 1)]) for size in sizes)
    volume = alone if packed.most > 1 else volume_of(sizes.items())
    if vehicle.max_mm3 is not None and volume > vehicle.max_mm3:
        return (Misfit(Limit.CAI, _above(volume, CAI_MM3), figure(vehicle.max_mm3, CAI_MM3)),)
    if packed.most > 1:
        return (Misfit(Limit.PARCELS, f"{packed.most + 1}", str(packed.most)),)
    largest = max(vehicle.boxes, key=lambda box: volume_of([(box, 1)]))
    room = volume_of([(largest, 1)])
    if volume > room:
        return (Misfit(Limit.VOLUME, _above(volume, 1_000_000), figure(room, 1_000_000)),)
    return (Misfit(Limit.TOGETHER, str(sizes.total()), in_cm(largest)),)


def _edge(sizes: Sequence[Box], boxes: Sequence[Box]) -> Misfit | None:
    """A piece that no box takes, with the numbers of the box that comes nearest."""
    for size in sizes:
        tight = [too_long(size, box) for box in boxes]
        over = [pair for pair in tight if pair is not None]
        if boxes and len(over) == len(boxes):
            found, allowed = min(over, key=lambda pair: pair[0] - pair[1])
            return Misfit(Limit.EDGE, figure(found, 10), figure(allowed, 10))
    return None


def _unknowns(goods: Sequence[Goods], vehicle: Vehicle, packed: Parcels) -> tuple[Unknown, ...]:
    pieces = pieces_of(goods)
    doubts = (
        Unknown(Doubt.SIZE, unsized(goods) if vehicle.boxes or vehicle.max_mm3 else 0, pieces),
        Unknown(Doubt.WEIGHT, unweighed(goods) if vehicle.max_weight_g else 0, pieces),
        Unknown(Doubt.TOGETHER, pieces if packed.answer is Packing.UNSETTLED else 0, pieces),
    )
    return tuple(doubt for doubt in doubts if doubt.found)


def in_cm(box: Box) -> str:
    """`30×60×40`, as the limits are written: in the order they were given."""
    return "×".join(figure(edge, 10) for edge in (box.length_mm, box.width_mm, box.height_mm))


def figure(amount: int, unit: int) -> str:
    """`14.2`, `13`."""
    return f"{amount / unit:.3f}".rstrip("0").rstrip(".")


_UNITS: Final = {Limit.WEIGHT: " kg", Limit.EDGE: " cm", Limit.VOLUME: " l", Limit.CAI: " cai"}


def _raw(one: Fit) -> str:
    reasons = (
        f"{misfit.limit} {misfit.found} > {misfit.allowed}{_UNITS.get(misfit.limit, '')}"
        for misfit in one.misfits
        if misfit.found
    )
    return f"{one.courier} {one.vehicle}".strip() + ": " + (", ".join(reasons) or "no vehicle that day")


def _above(amount: int, unit: int) -> str:
    """Rounded up: what is over a limit never looks like it."""
    return figure(ceil(amount * 100 / unit), 100)
