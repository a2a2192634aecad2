"""A slower yes: one piece after the other into the corner nearest to the box's own, in several orders."""

from collections.abc import Iterator, Sequence
from itertools import permutations
from random import Random
from typing import Final

from core.domain.boxing_search import Place
from core.domain.boxing_turns import Edges, turns

ROUNDS: Final = 24


def corners(pieces: Sequence[Edges], box: Edges) -> bool:
    """Whether this way of packing takes everything; False says nothing."""
    return any(_takes(order, box, axes) for order, axes in _rounds(pieces))


def _rounds(pieces: Sequence[Edges]) -> Iterator[tuple[Sequence[Edges], tuple[int, ...]]]:
    """Largest first along each axis, then in orders that are always the same ones."""
    axes = tuple(permutations(range(3)))
    largest = sorted(pieces, key=lambda piece: (-piece[0] * piece[1] * piece[2], piece))
    longest = sorted(pieces, key=lambda piece: (-max(piece), piece))
    yield from ((order, axis) for order in (largest, longest) for axis in axes)
    rng = Random(len(pieces))
    for at in range(ROUNDS):
        shuffled = sorted(largest, key=lambda piece: -piece[0] * piece[1] * piece[2] * rng.uniform(0.4, 1.0))
        yield shuffled, axes[at % len(axes)]


def _takes(pieces: Sequence[Edges], box: Edges, axes: tuple[int, ...]) -> bool:
    placed: list[Place] = []
    free: set[Edges] = {(0, 0, 0)}
    for piece in pieces:
        spots = [
            (tuple(max(at[axis] + edges[axis] if axis == axes[0] else at[axis], 0) for axis in axes), at, edges)
            for at in free
            for edges in turns(piece)
            if _is_free(at, edges, placed, box)
        ]
        if not spots:
            return False
        _rank, at, edges = min(spots)
        placed.append((at, edges))
        free = (free - {at}) | set(_corners(at, edges, placed))
    return True


def _is_free(at: Edges, edges: Edges, placed: Sequence[Place], box: Edges) -> bool:
    x, y, z = at
    along, across, up = x + edges[0], y + edges[1], z + edges[2]
    if along > box[0] or across > box[1] or up > box[2]:
        return False
    return not any(
        x < a + d and a < along and y < b + e and b < across and z < c + f and c < up for (a, b, c), (d, e, f) in placed
    )


def _corners(at: Edges, edges: Edges, placed: Sequence[Place]) -> Iterator[Edges]:
    """Behind each face, slid back along the other two axes until something is in the way."""
    for axis in range(3):
        corner = [*at]
        corner[axis] += edges[axis]
        for slide in range(3):
            if slide != axis:
                yield _slid((corner[0], corner[1], corner[2]), slide, placed)


def _slid(corner: Edges, axis: int, placed: Sequence[Place]) -> Edges:
    others = [other for other in range(3) if other != axis]
    ends = (
        start[axis] + edges[axis]
        for start, edges in placed
        if start[axis] + edges[axis] <= corner[axis]
        and all(start[other] <= corner[other] < start[other] + edges[other] for other in others)
    )
    slid = [*corner]
    slid[axis] = max(ends, default=0)
    return slid[0], slid[1], slid[2]
