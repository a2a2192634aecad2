"""Edges of pieces and boxes, and the ways a piece can be turned."""

from functools import lru_cache
from itertools import permutations
from typing import TypeAlias

Edges: TypeAlias = tuple[int, int, int]  # millimetres


@lru_cache(maxsize=4096)
def turns(piece: Edges) -> tuple[Edges, ...]:
    """At right angles: at most six."""
    return tuple(sorted({(a, b, c) for a, b, c in permutations(piece)}))


def turns_in(piece: Edges, box: Edges) -> tuple[Edges, ...]:
    """Those in which the piece, by itself, lies in the box."""
    return tuple(turned for turned in turns(piece) if all(edge <= room for edge, room in zip(turned, box, strict=True)))


def largest_first(piece: Edges) -> tuple[int, Edges]:
    """A key to sort by."""
    return -piece[0] * piece[1] * piece[2], piece
