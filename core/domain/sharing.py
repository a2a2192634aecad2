"""What of the money goes back with pieces that do not go out, or come back: to the cent, and never more than was paid.

Whatever is given up one after another adds up, in any order: what a piece is worth follows from how many of its line
were given up before, so no cent is counted twice or lost. With the last piece goes whatever is left.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from core.domain.ids import LineId
from core.domain.line import OrderLine
from core.domain.money import Money
from core.domain.order import Order
from core.domain.parts import Part, Parts, parts_of
from core.domain.refusal import BadQuantity, UnknownLine

NO_PIECES: Final[Mapping[LineId, int]] = {}


@dataclass(frozen=True, kw_only=True)
class Shares:
    """`total` is goods less discount, tax where it came on top, and fee. Where tax is included it is only named.

    `fee` is the delivery fee with whatever else was paid beside the goods. `unpriced` lines have a price nobody told.
    """

    goods: Money
    discount: Money
    tax: Money
    fee: Money
    total: Money
    unpriced: tuple[LineId, ...] = ()

    def __add__(self, other: "Shares") -> "Shares":
        return Shares(
            goods=self.goods + other.goods,
            discount=self.discount + other.discount,
            tax=self.tax + other.tax,
            fee=self.fee + other.fee,
            total=self.total + other.total,
            unpriced=self.unpriced + other.unpriced,
        )


def refund_of(
    order: Order, pieces: Mapping[LineId, int], *, refunded: Money | None = None, fee: Money | None = None
) -> Shares:
    """What so many pieces more of the lines named give back, beside those a line counts as `refunded` already.

    `refunded` is what went back till now, `fee` what of the delivery fee is to go back with them (C75); it goes back
    by itself with the last pieces. Raises `BadQuantity` for more pieces than are left.
    """
    parts = parts_of(order)
    shares = sum((_line_share(order, parts, id, count) for id, count in pieces.items()), start=nothing(order))
    left = parts.paid - (refunded.minor if refunded else 0)
    if refunds_all(order, pieces):
        return _with_rest(shares, left if refunded else parts.paid - _given_before(order, parts), left)
    return within(with_fee(shares, min(parts.rest, fee.minor if fee else 0)), left)


def line_shares(order: Order, pieces: Mapping[LineId, int]) -> dict[LineId, Shares]:
    """The same line by line, without the fee."""
    parts = parts_of(order)
    return {line_id: _line_share(order, parts, line_id, count) for line_id, count in pieces.items() if count}


def refunds_all(order: Order, pieces: Mapping[LineId, int]) -> bool:
    """Nothing would be left that the customer has paid for."""
    return all(line.refunded + pieces.get(line.id, 0) >= line.quantity for line in order.lines)


def left_of(order: Order) -> dict[LineId, int]:
    """Pieces by line that no money went back for."""
    return {line.id: left for line in order.lines if (left := line.quantity - line.refunded) > 0}


def with_refunded(order: Order, pieces: Mapping[LineId, int]) -> Order:
    """The same order, counting so many pieces more as given up; below none they do not go."""
    lines = tuple(replace(line, refunded=max(0, line.refunded + pieces.get(line.id, 0))) for line in order.lines)
    return replace(order, purchase=replace(order.purchase, lines=lines))


def nothing(order: Order) -> Shares:
    """No money at all, in the order's currency."""
    zero = Money(0, order.purchase.total.currency)
    return Shares(goods=zero, discount=zero, tax=zero, fee=zero, total=zero)


def share_of(amount: int, count: int, of: int, coin: int = 1) -> int:
    """`count` parts of so many alike, rounded half up to whole coins."""
    return (2 * (amount // coin) * count + of) // (2 * of) * coin if of else 0


def _line_share(order: Order, parts: Parts, line_id: LineId, count: int) -> Shares:
    line = next((line for line in order.lines if line.id == line_id), None)
    if line is None:
        raise UnknownLine(f"order {order.number} has no line {line_id!r:.60}", found=line_id[:60])
    if not 0 <= count <= line.quantity - line.refunded:
        left = line.quantity - line.refunded
        message = f"{left} pieces of {line.sku or line.id} can be given up, not {count}"
        raise BadQuantity(message, found=str(count), allowed=str(left))
    part = parts.lines[line.id]
    before, after = _upto(parts, part, line.refunded), _upto(parts, part, line.refunded + count)
    goods, discount, tax = (late - soon for late, soon in zip(after, before, strict=True))
    unpriced = () if part.is_priced or not count else (line.id,)
    return _shares(order.purchase.total.currency, parts.tax_on_top, goods, discount, tax, unpriced)


def _upto(parts: Parts, part: Part, count: int) -> tuple[int, int, int]:
    """Goods, discount and tax of the first so many pieces: never less than of fewer."""
    net = share_of(part.net, count, part.quantity, parts.coin)
    coin = parts.coin if parts.tax_on_top else 1
    tax = share_of(part.tax, net, part.net, coin) if part.net else share_of(part.tax, count, part.quantity, coin)
    if (
        part.quantity and part.goods % (part.quantity * parts.coin) == 0
    ):  # every piece has its price, so that is what is said
        goods = part.goods // part.quantity * count
        return goods, goods - net, tax
    discount = share_of(part.discount, count, part.quantity, parts.coin)
    return net + discount, discount, tax


def _given_before(order: Order, parts: Parts) -> int:
    """Worked out from the lines, where nobody says what went back; what stands for another line kept its money."""
    kept = sum(_worth(parts, line, line.quantity) for line in order.lines if line.swap_of is not None)
    return sum(_worth(parts, line, line.refunded) for line in order.lines) - kept


def _worth(parts: Parts, line: OrderLine, count: int) -> int:
    """What the first so many pieces give back."""
    goods, discount, tax = _upto(parts, parts.lines[line.id], min(count, line.quantity))
    return goods - discount + (tax if parts.tax_on_top else 0)


def _shares(
    currency: str, on_top: bool, goods: int, discount: int, tax: int, unpriced: tuple[LineId, ...] = ()
) -> Shares:
    return Shares(
        goods=Money(goods, currency),
        discount=Money(discount, currency),
        tax=Money(tax, currency),
        fee=Money(0, currency),
        total=Money(goods - discount + (tax if on_top else 0), currency),
        unpriced=unpriced,
    )


def with_fee(shares: Shares, fee: int) -> Shares:
    """With so much of the fee, in minor units."""
    more = Money(fee, shares.fee.currency)
    return replace(shares, fee=shares.fee + more, total=shares.total + more)


def _with_rest(shares: Shares, owed: int, left: int) -> Shares:
    """The last pieces take what is left with them."""
    missing = max(0, owed) - shares.total.minor
    return within(with_fee(shares, missing) if missing > 0 else shares, min(left, owed))


def within(shares: Shares, left: int) -> Shares:
    """No more than is left, in minor units: what went back before for no pieces is missing now, first of the fee."""
    over = shares.total.minor - max(0, left)
    if over <= 0:
        return shares
    currency, of_fee = shares.total.currency, min(over, shares.fee.minor)
    return replace(
        shares,
        fee=shares.fee - Money(of_fee, currency),
        discount=shares.discount + Money(over - of_fee, currency),
        total=shares.total - Money(over, currency),
    )
