"""Another article in the place of one that is not there: piece for piece, and never dearer for the customer."""

from dataclasses import dataclass, replace

from core.domain.catalogue import Article, Catalogue, article
from core.domain.ids import LineId
from core.domain.line import OrderLine
from core.domain.money import Money
from core.domain.parts import coin_of
from core.domain.refusal import OrderRefusal
from core.domain.sharing import Shares, share_of


class NotSold(OrderRefusal):
    """The shop's own list of goods has no such article: `found` is the code."""

    rule = "C61"


@dataclass(frozen=True, kw_only=True)
class Swap:
    """So many pieces of an article, by sku or barcode, for as many of a line that are missing."""

    line_id: LineId
    sku: str
    quantity: int = 1


@dataclass(frozen=True, kw_only=True)
class StandIn:
    """What goes instead: the `line` of the bag, the difference that goes `back`, and what it costs the shop `extra`."""

    line: OrderLine
    back: Shares
    extra: Money
    is_priced: bool = True  # False: nobody knows its price, so no difference can be named

    @property
    def quantity(self) -> int:
        """Pieces."""
        return self.line.quantity


def stand_in(swap: Swap, line: OrderLine, worth: Shares, catalogue: Catalogue) -> StandIn:
    """An article in the place of pieces that were `worth` so much to the customer; raises `NotSold`.

    Cheaper: the difference goes back, with its share of discount and tax. Dearer: the shop pays it.
    """
    found = article(catalogue, swap.sku)
    if found is None:
        raise NotSold(f"no article is called {swap.sku!r:.60}", found=swap.sku[:60])
    sku, known = found
    is_priced = _is_priced(known, worth)
    price = known.price * swap.quantity if is_priced and known.price else worth.goods
    back = _back(worth, price)
    kept = worth.total - back.total
    goes = OrderLine(
        id=LineId(f"{line.id}~{sku}"),
        sku=sku,
        name=known.name or sku,
        quantity=swap.quantity,
        unit_price=known.price,
        weight_g=known.weight_g,
        size=known.size,
        barcode=known.barcode,
        shelf=known.shelf,
        note=line.note,
        shipped=swap.quantity,
        total=kept if _is_included(worth) else kept - (worth.tax - back.tax),
        tax=worth.tax - back.tax,
        swap_of=line.id,
    )
    extra = max(price - worth.goods, _zero(worth))
    return StandIn(line=goes, back=back, extra=extra, is_priced=is_priced)


def _is_priced(known: Article, worth: Shares) -> bool:
    """The two prices can be compared; else the pieces count as worth the same."""
    return known.price is not None and not worth.unpriced and known.price.currency == worth.goods.currency


def _back(worth: Shares, price: Money) -> Shares:
    """Each part of the difference, in proportion."""
    if price >= worth.goods:
        return replace(worth, goods=_zero(worth), discount=_zero(worth), tax=_zero(worth), total=_zero(worth))
    currency, of, kept = price.currency, worth.goods.minor, price.minor
    is_included, coin = _is_included(worth), coin_of((worth.goods, worth.discount, price))
    net = worth.goods - worth.discount
    net_back = net - Money(share_of(net.minor, kept, of, coin), currency)
    tax_coin = 1 if is_included else coin_of((worth.tax,))
    tax_back = worth.tax - Money(share_of(worth.tax.minor, kept, of, tax_coin), currency)
    goods = worth.goods - price
    total = net_back if is_included else net_back + tax_back
    return replace(worth, goods=goods, discount=goods - net_back, tax=tax_back, total=total, unpriced=())


def _is_included(worth: Shares) -> bool:
    """Tax that came on top is part of the total."""
    return worth.total == worth.goods - worth.discount + worth.fee


def _zero(worth: Shares) -> Money:
    return Money(0, worth.total.currency)
