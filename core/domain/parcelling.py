"""Goods in as few parcels as a vehicle takes: a split is all of them, in one shipment (C32, X1)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil
from typing import Final, TypeAlias

from core.domain.boxing import STEPS, Packing, pack, volume_of
from core.domain.goods import Goods, pieces_of, sizes_of
from core.domain.limits import Vehicle
from core.domain.measures import Box

Groups: TypeAlias = list[list[Goods]]  # single pieces, a list a parcel

MOST_EXACT: Final = 12  # pieces; more go the largest first into the first parcel that takes them
MOST_PIECES: Final = 60
MOST_TRIED: Final = 60  # packings on the way to fewer parcels
STEPS_EACH: Final = 100  # of one such packing


@dataclass(frozen=True, kw_only=True)
class Parcels:
    """Whether the goods go into at most so many parcels, and how; pieces without a size lie in the first.

    `box` takes them all as one. `is_fewest`: fewer are proven not to do.
    """

    answer: Packing
    most: int = 1
    parcels: tuple[tuple[Goods, ...], ...] = ()
    box: Box | None = None
    is_fewest: bool = True


class _GaveUp(Exception):
    """Not settled in so many tries."""


def take(goods: Sequence[Goods], vehicle: Vehicle) -> Parcels:
    """As one parcel."""
    answer, box = _taken(sizes_of(goods), vehicle)
    return Parcels(answer=answer, parcels=(tuple(goods),) if answer is Packing.FITS else (), box=box)


@lru_cache(maxsize=512)
def divide(goods: tuple[Goods, ...], vehicle: Vehicle, most: int) -> Parcels:
    """In the fewest parcels, at most so many; bounded work whatever is asked."""
    sized = [one for one in goods if one.size is not None]
    if any(_taken(sizes_of([replace(one, quantity=1)]), vehicle)[0] is Packing.MISFITS for one in sized):
        return Parcels(answer=Packing.MISFITS, most=most)
    if pieces_of(sized) > MOST_PIECES:
        return Parcels(answer=Packing.UNSETTLED, most=most)
    pieces = sorted(_single(sized), key=lambda piece: (-_volume(piece), repr(piece)))
    return _Division(goods, pieces, vehicle, most).run()


class _Division:
    def __init__(self, goods: Sequence[Goods], pieces: Sequence[Goods], vehicle: Vehicle, most: int) -> None:
        self._goods, self._pieces, self._vehicle, self._most = goods, pieces, vehicle, most
        self._tries = MOST_TRIED
        self._known: dict[frozenset[tuple[Box, int]], bool] = {}

    def run(self) -> Parcels:
        groups, is_proven = self._greedy(), True
        for count in range(self._least(), min(len(groups), self._most + 1)):
            try:
                if fewer := self._spread(count, 0, [], 0):
                    return self._told(fewer, is_proven)
            except _GaveUp:
                is_proven = False
        if len(groups) <= self._most:
            return self._told(groups, is_proven)
        return Parcels(answer=Packing.MISFITS if is_proven else Packing.UNSETTLED, most=self._most)

    def _least(self) -> int:
        """By volume alone."""
        largest = max((volume_of([(box, 1)]) for box in self._vehicle.boxes), default=None)
        rooms = [room for room in (largest, self._vehicle.max_mm3) if room is not None]
        return max(1, ceil(sum(map(_volume, self._pieces)) / min(rooms))) if rooms else 1

    def _greedy(self) -> Groups:
        """The largest first, into the first parcel that surely takes them."""
        groups: Groups = []
        for piece in self._pieces:
            group = next((group for group in groups if self._sure([*group, piece])), None)
            if group is None:
                groups.append([piece])
            else:
                group.append(piece)
        return groups or [[]]

    def _spread(self, count: int, at: int, groups: Groups, first: int) -> Groups | None:
        """Every way into so many parcels; pieces alike go into parcels in order."""
        if at == len(self._pieces):
            return groups
        piece = self._pieces[at]
        for place in range(first, min(len(groups) + 1, count)):
            group = [*groups[place], piece] if place < len(groups) else [piece]
            if not self._may(group):
                continue
            is_next_alike = at + 1 < len(self._pieces) and self._pieces[at + 1] == piece
            rest = [*groups[:place], group, *groups[place + 1 :]]
            if found := self._spread(count, at + 1, rest, place if is_next_alike else 0):
                return found
        return None

    def _sure(self, group: Sequence[Goods]) -> bool:
        try:
            return self._may(group)
        except _GaveUp:
            return False

    def _may(self, group: Sequence[Goods]) -> bool:
        """Whether one parcel takes them; raises `_GaveUp`."""
        sizes = sizes_of(group)
        key = frozenset(sizes.items())
        if key not in self._known:
            if len(group) > 1:
                self._tries -= 1
            answer = _taken(sizes, self._vehicle, STEPS_EACH)[0] if self._tries >= 0 else Packing.UNSETTLED
            if answer is Packing.UNSETTLED:
                raise _GaveUp
            self._known[key] = answer is Packing.FITS
        return self._known[key]

    def _told(self, groups: Groups, is_fewest: bool) -> Parcels:
        unsized = [one for one in self._goods if one.size is None]
        parcels = [_together(group) for group in groups]
        parcels[0] = (*parcels[0], *unsized)
        return Parcels(answer=Packing.FITS, most=self._most, parcels=tuple(parcels), is_fewest=is_fewest)


def _taken(sizes: Counter[Box], vehicle: Vehicle, steps: int = STEPS) -> tuple[Packing, Box | None]:
    """Whether a parcel with these keeps to cai and a box, and which box."""
    if vehicle.max_mm3 is not None and volume_of(sizes.items()) > vehicle.max_mm3:
        return Packing.MISFITS, None
    if not vehicle.boxes or not sizes:
        return Packing.FITS, None
    answers = []
    for box in vehicle.boxes:
        answers.append(pack(sizes, box, steps))
        if answers[-1] is Packing.FITS:
            return Packing.FITS, box
    return Packing.UNSETTLED if Packing.UNSETTLED in answers else Packing.MISFITS, None


def _single(goods: Iterable[Goods]) -> list[Goods]:
    """Piece by piece."""
    return [piece for one in goods for piece in [replace(one, quantity=1)] * one.quantity]


def _together(pieces: Sequence[Goods]) -> tuple[Goods, ...]:
    return tuple(replace(piece, quantity=count) for piece, count in Counter(pieces).items())


def _volume(piece: Goods) -> int:
    return volume_of(sizes_of([piece]).items())
