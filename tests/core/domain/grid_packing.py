"""Packing by trying every place of a small grid: slow, plain, and nothing in common with the house's own."""

from collections.abc import Iterator, Sequence
from itertools import permutations, product

Edges = tuple[int, int, int]


def fits_by_trying(pieces: Sequence[Edges], box: Edges) -> bool:
    """Whole edges, so whole places: a packing slides towards one corner until everything rests."""
    cells = {cell: 1 << at for at, cell in enumerate(product(*(range(edge) for edge in box)))}
    largest_first = sorted(pieces, key=lambda piece: -piece[0] * piece[1] * piece[2])
    masks = [tuple(set(_masks(piece, box, cells))) for piece in largest_first]
    seen: set[tuple[int, int]] = set()

    def go(at: int, filled: int) -> bool:
        if at == len(masks):
            return True
        if (at, filled) in seen:
            return False
        seen.add((at, filled))
        return any(go(at + 1, filled | mask) for mask in masks[at] if not filled & mask)

    return go(0, 0)


def _masks(piece: Edges, box: Edges, cells: dict[Edges, int]) -> Iterator[int]:
    for turned in set(permutations(piece)):
        corners = product(*(range(room - edge + 1) for room, edge in zip(box, turned, strict=True)))
        for x, y, z in corners:
            inside = product(*(range(edge) for edge in turned))
            yield sum(cells[(x + a, y + b, z + c)] for a, b, c in inside)
