"""Packing settled by search: two pieces that overlap must lie beside each other along one axis, one way or the other.

Every packing there is has one of those six relations for each pair, so following all of them misses none; and a
relation that led nowhere is barred in what is tried after it, so little is looked at twice.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, TypeAlias

from core.domain.boxing_axis import Axis
from core.domain.boxing_bounds import Count
from core.domain.boxing_turns import Edges, largest_first, turns_in

Place: TypeAlias = tuple[Edges, Edges]  # where the corner next to the box's own lies, and the edges as turned
Relation: TypeAlias = tuple[int, int, int]  # axis, the piece before, the piece after

STEPS: Final = 4_000  # up to half a second, for orders that nearly fill their box


class GaveUp(Exception):
    """Not settled in so many steps."""


def search(
    pieces: Sequence[Edges], box: Edges, *, counts: Sequence[Count] = (), steps: int = STEPS
) -> tuple[Place, ...] | None:
    """Where each piece goes, largest first; None when they cannot all go in; raises `GaveUp`.

    Pieces of one size are given with their edges in one order; `counts` are those of `boxing_bounds`.
    """
    return _Search(sorted(pieces, key=largest_first), box, counts, steps).run()


class _Search:
    def __init__(self, pieces: Sequence[Edges], box: Edges, counts: Sequence[Count], steps: int) -> None:
        self._pieces, self._box, self._steps = pieces, box, steps
        self._ways = {piece: turns_in(piece, box) for piece in pieces}
        self._lone = next((at for at, piece in enumerate(pieces) if pieces.count(piece) == 1), -1)
        self._room = tuple(count.whole - count.least for count in counts)
        self._extra = {
            turned: tuple(count.of(turned) - min(count.of(way) for way in ways) for count in counts)
            for ways in self._ways.values()
            for turned in ways
        }

    def run(self) -> tuple[Place, ...] | None:
        return self._add([Axis(edge) for edge in self._box], (), self._room)

    def _add(self, axes: list[Axis], turned: tuple[Edges, ...], room: Sequence[int]) -> tuple[Place, ...] | None:
        """The next piece, turned in every way."""
        if len(turned) == len(self._pieces):
            return _places(axes, turned)
        for edges in self._turns(turned):
            left = tuple(room_left - extra for room_left, extra in zip(room, self._extra[edges], strict=True))
            if min(left, default=0) < 0:
                continue
            grown = [axis.copy() for axis in axes]
            if self._grow(grown, edges, turned) and (found := self._part(grown, (*turned, edges), left)):
                return found
        return None

    def _turns(self, turned: tuple[Edges, ...]) -> Iterator[Edges]:
        """Pieces alike lie in the order of their turns: which of them is which makes no difference."""
        at = len(turned)
        least = turned[-1] if at and self._pieces[at - 1] == self._pieces[at] else (0, 0, 0)
        return (edges for edges in self._ways[self._pieces[at]] if edges >= least)

    def _grow(self, axes: list[Axis], edges: Edges, turned: tuple[Edges, ...]) -> bool:
        """A piece without its like is kept in the nearer half: the rest are mirror images."""
        at = len(turned)
        for axis, edge in zip(axes, edges, strict=True):
            room = axis.length - edge
            if not axis.add(edge, tail=room - room // 2 if at == self._lone else 0):
                return False
        for other in range(at):
            if self._pieces[other] == self._pieces[at] and turned[other] == edges:
                axes[0].bar(at, other)
        return True

    def _part(self, axes: list[Axis], turned: tuple[Edges, ...], room: Sequence[int]) -> tuple[Place, ...] | None:
        """Two that overlap are put beside each other, in every way there is."""
        self._steps -= 1
        if self._steps < 0:
            raise GaveUp
        relations = _tightest(axes)
        if relations is None:
            return None
        if not relations:
            return self._add(axes, turned, room)
        for at, (axis, first, second) in enumerate(relations):
            tried = [one.copy() for one in axes]
            for barred, before, after in relations[:at]:
                tried[barred].bar(before, after)
            if tried[axis].link(first, second) and (found := self._part(tried, turned, room)):
                return found
        return None


def _places(axes: Sequence[Axis], turned: tuple[Edges, ...]) -> tuple[Place, ...]:
    along, across, up = (axis.heads for axis in axes)
    return tuple(((along[at], across[at], up[at]), edges) for at, edges in enumerate(turned))


def _tightest(axes: list[Axis]) -> list[Relation] | None:
    """The ways to part the overlapping pair that has fewest; none when nothing overlaps, None when a pair has no way.

    Pairs with one way only are parted at once.
    """
    best: list[Relation] = []
    is_new = True
    while is_new:
        best, is_new = [], False
        for one, other in combinations(range(len(axes[0].edges)), 2):
            if any((axis.after[one] | axis.before[one]) >> other & 1 for axis in axes):
                continue
            ways = _ways(axes, one, other)
            if not ways or (len(ways) == 1 and not axes[ways[0][0]].link(*ways[0][1:])):
                return None
            if len(ways) == 1:
                is_new = True
            elif (not best or len(ways) < len(best)) and all(axis.overlap(one, other) for axis in axes):
                best = ways
    return best


def _ways(axes: list[Axis], one: int, other: int) -> list[Relation]:
    both = ((one, other), (other, one))
    return [(at, *pair) for at, axis in enumerate(axes) for pair in both if axis.may(*pair)]
