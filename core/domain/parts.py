"""What each line of an order came to: its price, its share of the discount and of the tax, in minor units."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.domain.ids import LineId
from core.domain.line import OrderLine
from core.domain.money import Money
from core.domain.order import Order


@dataclass(frozen=True, kw_only=True)
class Part:
    """One line as it was paid, whole numbers of the smallest coin; `is_priced` False: nobody told its price."""

    quantity: int
    goods: int = 0  # before the order's own discount
    discount: int = 0
    tax: int = 0
    is_priced: bool = True

    @property
    def net(self) -> int:
        """What was paid for the goods, before tax that comes on top."""
        return self.goods - self.discount


@dataclass(frozen=True, kw_only=True)
class Parts:
    """An order taken apart: the lines, and the `rest` (delivery fee, tips, what nobody named) add up to `paid`."""

    lines: Mapping[LineId, Part]
    rest: int
    paid: int
    tax_on_top: bool
    coin: int = 1  # the smallest that is paid in: every part is so many of it


WHOLE: Final = {"TWD": 100, "HUF": 100, "UGX": 100}
"""Currencies with decimals that nobody pays in: card companies want whole units."""


def coin_of(amounts: Iterable[Money | None]) -> int:
    """Minor units of what is paid in: whole units where that is the custom and all of the amounts are whole."""
    told = [money for money in amounts if money is not None]
    coin = WHOLE.get(told[0].currency, 1) if told else 1
    return coin if all(money.minor % coin == 0 for money in told) else 1


def spread(amount: int, weights: Sequence[int], coin: int = 1) -> tuple[int, ...]:
    """By weight, whole numbers that add up: what rounding leaves goes to the largest remainders, earlier ones first.

    No part is more than its weight where `amount` is not more than all weights together. None weighs anything: alike.
    """
    if not weights:
        return ()
    if coin > 1:
        parts_in_coins = spread(amount // coin, [weight // coin for weight in weights])
        return tuple(part * coin for part in parts_in_coins)
    if not any(weights):
        weights = [1] * len(weights)
    total = sum(weights)
    parts = [amount * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: -(amount * weights[at] % total))
    for at in by_remainder[: amount - sum(parts)]:
        parts[at] += 1
    return tuple(parts)


def parts_of(order: Order) -> Parts:
    """The order's lines as they were paid. What was paid in all is the frame: no part makes more of it.

    A line that stands for another is no part of what was bought: it keeps what was paid for the pieces it replaces.
    """
    purchase = order.purchase
    bought, coin = purchase.bought, _coin(order)
    goods = [_minor(worth(line)) for line in bought]
    paid, all_goods = max(0, purchase.total.minor), sum(goods)
    on_top = 0 if purchase.tax_included else min(paid, _all_tax(order, bought))
    net = min(paid - on_top, max(0, all_goods - _minor(purchase.discount)))
    discounts = spread(all_goods - net, goods, coin)
    nets = [have - off for have, off in zip(goods, discounts, strict=True)]
    taxes = _taxes(order, bought, nets, paid - net, 1 if purchase.tax_included else coin)
    told = zip(bought, goods, discounts, taxes, strict=True)
    lines = {line.id: _part(line, have, off, tax) for line, have, off, tax in told}
    lines |= {line.id: _swapped(line) for line in order.lines if line.swap_of is not None}
    with_goods = 0 if purchase.tax_included else sum(taxes)
    rest = paid - net - with_goods
    return Parts(lines=lines, rest=rest, paid=paid, tax_on_top=not purchase.tax_included, coin=coin)


def worth(line: OrderLine) -> Money | None:
    """What the whole line cost, after discounts of its own; None when nobody told a price."""
    if line.total is not None:
        return line.total
    return None if line.unit_price is None else line.unit_price * line.quantity


def _part(line: OrderLine, goods: int, discount: int, tax: int) -> Part:
    is_priced = line.is_gift or worth(line) is not None
    return Part(quantity=line.quantity, goods=goods, discount=discount, tax=tax, is_priced=is_priced)


def _swapped(line: OrderLine) -> Part:
    return Part(quantity=line.quantity, goods=_minor(line.total), tax=_minor(line.tax))


def _all_tax(order: Order, bought: Sequence[OrderLine]) -> int:
    told = order.purchase.tax
    return sum(_minor(line.tax) for line in bought) if told is None else _minor(told)


def _coin(order: Order) -> int:
    """Included tax is only named: it needs no coin."""
    purchase = order.purchase
    taxes = () if purchase.tax_included else (purchase.tax, *(line.tax for line in purchase.bought))
    prices = (worth(line) for line in purchase.bought)
    return coin_of((purchase.total, purchase.discount, purchase.delivery_fee, *prices, *taxes))


def _taxes(order: Order, bought: Sequence[OrderLine], nets: Sequence[int], beside: int, coin: int) -> tuple[int, ...]:
    """A line's own tax where each is told; else by what was paid, where included tax is in the fee as well."""
    own = [_minor(line.tax) for line in bought]
    tax = min(_all_tax(order, bought), sum(nets) + beside)
    is_included = order.purchase.tax_included
    if any(own) and all(line.tax is not None or not net for line, net in zip(bought, nets, strict=True)):
        shares = spread(min(tax, sum(own)), own, coin)
    else:
        shares = spread(tax, [*nets, beside])[:-1] if is_included else spread(tax, nets, coin)
    return tuple(min(share, net) for share, net in zip(shares, nets, strict=True)) if is_included else shares


def _minor(money: Money | None) -> int:
    return max(0, money.minor) if money is not None else 0
