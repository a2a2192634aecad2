"""Whether pieces go into a box together: at right angles, each of them turned in any of the six ways.

Exact, and our own: the packers on PyPI place greedily and so say no to what fits (py3dbp, 3 of 40×30×30 into
90×40×30 being two), or need a compiler; a false no here refuses a driver.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final, TypeAlias

from core.domain.boxing_blocks import blocks
from core.domain.boxing_bounds import Count, tightest
from core.domain.boxing_corners import corners
from core.domain.boxing_search import STEPS, GaveUp, search
from core.domain.boxing_turns import Edges
from core.domain.measures import Box

__all__ = ["STEPS", "Packing", "Pieces", "edges_of", "pack", "too_long", "volume_of"]

Pieces: TypeAlias = Mapping[Box, int]  # so many of each size

MOST_SEARCHED: Final = 16  # pieces; more are only tried in blocks


class Packing(StrEnum):
    """What is known; UNSETTLED when it would take too long to find out."""

    FITS = "fits"
    MISFITS = "misfits"
    UNSETTLED = "unsettled"


def pack(pieces: Pieces, box: Box, steps: int = STEPS) -> Packing:
    """Bounded work whatever is asked; the same answer however pieces, box and order are turned."""
    kinds: Counter[Edges] = Counter()
    for size, count in pieces.items():
        if count > 0:
            kinds[edges_of(size)] += count
    return _pack(tuple(sorted(kinds.items(), reverse=True)), edges_of(box), steps)


def edges_of(size: Box) -> Edges:
    """Longest first."""
    longest, middle, shortest = sorted((size.length_mm, size.width_mm, size.height_mm), reverse=True)
    return longest, middle, shortest


def volume_of(sizes: Iterable[tuple[Box, int]]) -> int:
    """Cubic millimetres of so many of each."""
    return sum(size.length_mm * size.width_mm * size.height_mm * count for size, count in sizes)


def too_long(size: Box, box: Box) -> tuple[int, int] | None:
    """The edge that keeps one piece out of the box however it is turned, and the box's edge; millimetres."""
    pairs = zip(edges_of(size), edges_of(box), strict=True)
    return next(((edge, room) for edge, room in pairs if edge > room), None)


@lru_cache(maxsize=4096)
def _pack(kinds: tuple[tuple[Edges, int], ...], box: Edges, steps: int) -> Packing:
    goods = dict(kinds)
    if any(edge > room for kind in goods for edge, room in zip(kind, box, strict=True)):
        return Packing.MISFITS
    if sum(edges[0] * edges[1] * edges[2] * count for edges, count in kinds) > box[0] * box[1] * box[2]:
        return Packing.MISFITS
    if blocks(goods, box):
        return Packing.FITS
    pieces = tuple(Counter(goods).elements()) if sum(goods.values()) <= MOST_SEARCHED else ()
    if pieces and corners(pieces, box):
        return Packing.FITS
    counts = tightest(goods, box)
    if counts and counts[0].is_too_much:
        return Packing.MISFITS
    return _searched(pieces, box, counts, steps) if pieces else Packing.UNSETTLED


def _searched(pieces: Sequence[Edges], box: Edges, counts: Sequence[Count], steps: int) -> Packing:
    try:
        found = search(pieces, box, counts=counts, steps=steps)
    except GaveUp:
        return Packing.UNSETTLED
    return Packing.MISFITS if found is None else Packing.FITS
