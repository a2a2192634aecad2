"""What the shop knows of its goods where a channel says nothing: weights and sizes by article."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from core.domain.line import OrderLine
from core.domain.measures import Box
from core.domain.order import Order


@dataclass(frozen=True, kw_only=True)
class Article:
    """Grams and edges of one piece; None when the shop does not know either."""

    weight_g: int | None = None
    size: Box | None = None


Catalogue: TypeAlias = Mapping[str, Article]  # by sku


def filled_in(order: Order, catalogue: Catalogue) -> Order:
    """The same order, with what nobody told of its lines and the catalogue knows."""
    lines = tuple(_filled_in(line, catalogue.get(line.sku)) for line in order.lines)
    return order if lines == order.lines else replace(order, purchase=replace(order.purchase, lines=lines))


def _filled_in(line: OrderLine, known: Article | None) -> OrderLine:
    if known is None:
        return line
    weight_g = known.weight_g if line.weight_g is None else line.weight_g
    return replace(line, weight_g=weight_g, size=line.size or known.size)
