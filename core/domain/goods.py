"""What goes into the bag, as pieces with a weight and a size where somebody told them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from core.domain.measures import Box
from core.domain.order import Order


@dataclass(frozen=True, kw_only=True)
class Goods:
    """So many pieces alike; grams and edges of one piece, None when nobody knows."""

    name: str
    quantity: int
    weight_g: int | None = None
    size: Box | None = None


def goods_of(order: Order) -> tuple[Goods, ...]:
    """What goes: less than was bought in a partial shipment."""
    return tuple(
        Goods(name=line.name, quantity=count, weight_g=line.weight_g, size=line.size)
        for line in order.lines
        if (count := order.needed(line))
    )


def pieces_of(goods: Iterable[Goods]) -> int:
    """How many."""
    return sum(one.quantity for one in goods)


def weight_of(goods: Iterable[Goods]) -> int:
    """Grams of those whose weight is known."""
    return sum((one.weight_g or 0) * one.quantity for one in goods)


def sizes_of(goods: Iterable[Goods]) -> Counter[Box]:
    """How many of each known size."""
    sizes: Counter[Box] = Counter()
    for one in goods:
        if one.size is not None:
            sizes[one.size] += one.quantity
    return sizes


def unsized(goods: Iterable[Goods]) -> int:
    """Pieces whose size nobody knows."""
    return sum(one.quantity for one in goods if one.size is None)


def unweighed(goods: Iterable[Goods]) -> int:
    """Pieces whose weight nobody knows."""
    return sum(one.quantity for one in goods if one.weight_g is None)
