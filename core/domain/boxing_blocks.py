"""A quick yes: pieces alike in one block, what is left of the room cut into three, and so on, however many."""

from collections.abc import Iterator, Mapping
from itertools import permutations
from typing import Final

from core.domain.boxing_turns import Edges, turns

MOST_ROOMS: Final = 60
ORDERS: Final = (
    lambda piece: -piece[0] * piece[1] * piece[2],
    lambda piece: (-max(piece), -piece[0] * piece[1] * piece[2]),
    lambda piece: (-min(piece), -piece[0] * piece[1] * piece[2]),
)


def blocks(goods: Mapping[Edges, int], box: Edges) -> bool:
    """Whether this way of packing takes everything; False says nothing."""
    return any(_takes(sorted(goods, key=order), goods, box, cut) for order in ORDERS for cut in permutations(range(3)))


def _takes(kinds: list[Edges], goods: Mapping[Edges, int], box: Edges, cut: tuple[int, ...]) -> bool:
    rooms = [box]
    for kind in kinds:
        left = goods[kind]
        while left:
            best = max(((_held(room, kind, left), at) for at, room in enumerate(rooms)), default=None)
            if best is None or best[0][0] == 0 or len(rooms) > MOST_ROOMS:
                return False
            (taken, counts, turned), at = best
            rooms.extend(_rest(rooms.pop(at), counts, turned, cut))
            rooms.sort(key=lambda room: room[0] * room[1] * room[2])
            left -= taken
    return True


def _held(room: Edges, kind: Edges, most: int) -> tuple[int, Edges, Edges]:
    """How many pieces one block in the room takes, how many along each edge, and how they are turned."""
    return max(_block(room, turned, most) for turned in turns(kind))


def _block(room: Edges, turned: Edges, most: int) -> tuple[int, Edges, Edges]:
    counts: list[int] = []
    left = most
    for edge, piece in zip(room, turned, strict=True):
        counts.append(min(edge // piece, left))
        left = left // counts[-1] if counts[-1] else 0
    along, across, up = counts
    return along * across * up, (along, across, up), turned


def _rest(room: Edges, counts: Edges, turned: Edges, cut: tuple[int, ...]) -> Iterator[Edges]:
    """What is left beside the block: three rooms, the first as large as can be."""
    open_room = list(room)
    for axis in cut:
        used = counts[axis] * turned[axis]
        if open_room[axis] > used:
            beside = [*open_room]
            beside[axis] -= used
            yield beside[0], beside[1], beside[2]
        open_room[axis] = used
