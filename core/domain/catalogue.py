"""What the shop knows of its goods, whatever a channel says: names, prices, weights and sizes by article."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from core.domain.line import OrderLine
from core.domain.measures import Box
from core.domain.money import Money
from core.domain.order import Order


@dataclass(frozen=True, kw_only=True)
class Article:
    """Price, grams and edges of one piece; None when the shop does not know either."""

    weight_g: int | None = None
    size: Box | None = None
    name: str = ""
    price: Money | None = None
    barcode: str = ""
    shelf: str = ""


Catalogue: TypeAlias = Mapping[str, Article]  # by sku


def filled_in(order: Order, catalogue: Catalogue) -> Order:
    """The same order, with what nobody told of its lines and the catalogue knows."""
    lines = tuple(_filled_in(line, catalogue.get(line.sku)) for line in order.lines)
    return order if lines == order.lines else replace(order, purchase=replace(order.purchase, lines=lines))


def article(catalogue: Catalogue, code: str) -> tuple[str, Article] | None:
    """What a sku or a barcode stands for, with its sku."""
    if code in catalogue:
        return code, catalogue[code]
    return next(((sku, known) for sku, known in catalogue.items() if code and known.barcode == code), None)


def find(catalogue: Catalogue, text: str) -> tuple[tuple[str, Article], ...]:
    """Goods with a name that hold every word of the text in name, sku or barcode; all of them for none."""
    words = text.casefold().split()
    named = ((sku, known) for sku, known in catalogue.items() if known.name)
    return tuple(one for one in named if all(word in _words(*one) for word in words))


def _words(sku: str, known: Article) -> str:
    return f"{known.name} {sku} {known.barcode}".casefold()


def _filled_in(line: OrderLine, known: Article | None) -> OrderLine:
    if known is None:
        return line
    weight_g = known.weight_g if line.weight_g is None else line.weight_g
    return replace(line, weight_g=weight_g, size=line.size or known.size)
