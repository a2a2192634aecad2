"""A quick no: lengths counted otherwise, so that what lies side by side never counts more than the box.

Such a count (a dual feasible function, as Fekete and Schepers use them) makes much of pieces that waste room: an edge
of 21 cm counts as the whole of 40 cm, for no box takes two of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from itertools import product
from typing import Final, TypeAlias

from core.domain.boxing_turns import Edges, turns_in

Ways: TypeAlias = Mapping[Edges, tuple[Edges, ...]]

STEPS: Final = (1, 2, 3, 4)
MOST_KINDS: Final = 24
KEPT: Final = 48  # counts that are followed while pieces are turned


@dataclass(frozen=True)
class Scale:
    """What each edge counts along one axis, in parts of which the box's has `whole`."""

    counted: Mapping[int, int]
    whole: int


@dataclass(frozen=True)
class Count:
    """Pieces counted along three scales; `least` is what they count in all, each turned so that it counts least."""

    scales: tuple[Scale, Scale, Scale]
    least: int
    whole: int

    @property
    def is_too_much(self) -> bool:
        """Proof that the pieces cannot all go in."""
        return self.least > self.whole

    @property
    def share(self) -> float:
        """How full the box is by this count."""
        return self.least / self.whole

    def of(self, turned: Edges) -> int:
        """What one piece counts as it lies."""
        along, across, up = self.scales
        return along.counted[turned[0]] * across.counted[turned[1]] * up.counted[turned[2]]


def tightest(goods: Mapping[Edges, int], box: Edges) -> list[Count]:
    """The counts by which the box is fullest, the fullest first; none where there are too many kinds to count."""
    if len(goods) > MOST_KINDS:
        return []
    ways = {kind: turns_in(kind, box) for kind in goods}
    edges = {edge for kind in goods for edge in kind}
    along, across, up = ([*_scales(edges, length)] for length in box)
    counts = (_count(goods, ways, scales) for scales in product(along, across, up))
    return nsmallest(KEPT, counts, key=lambda count: -count.share)


def _count(goods: Mapping[Edges, int], ways: Ways, scales: tuple[Scale, Scale, Scale]) -> Count:
    along, across, up = (scale.counted for scale in scales)
    least = sum(
        count * min([along[turned[0]] * across[turned[1]] * up[turned[2]] for turned in ways[kind]])
        for kind, count in goods.items()
    )
    return Count(scales, least, scales[0].whole * scales[1].whole * scales[2].whole)


def _scales(edges: Iterable[int], length: int) -> Iterable[Scale]:
    """As it is; in steps; and with the longest as a whole, the shortest as nothing."""
    fitting = sorted(edge for edge in edges if edge <= length)
    yield Scale({edge: edge for edge in fitting}, length)
    for step in STEPS:
        yield Scale({edge: _stepped(edge, length, step) for edge in fitting}, step * length)
    for least in fitting:
        if 2 * least <= length:
            yield Scale({edge: _split(edge, length, least) for edge in fitting}, length)


def _stepped(edge: int, length: int, step: int) -> int:
    steps, beyond = divmod((step + 1) * edge, length)
    return steps * length if beyond else step * edge


def _split(edge: int, length: int, least: int) -> int:
    if edge > length - least:
        return length
    return edge if edge >= least else 0
