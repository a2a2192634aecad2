"""The examination of a paid order: address, phone, invoice, goods and buyer, each by the store's own rules (H4)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from core.domain import address
from core.domain.likeness import is_listed
from core.domain.money import Money
from core.domain.order import Order
from core.domain.phone import PhoneSense
from core.domain.purchase import OrderType, Purchase
from core.domain.review import Finding, FindingKind, ReviewRules, Weight

_TO_A_DOOR: Final = frozenset({OrderType.DELIVERY, OrderType.SHIPPING})
_PHONES: Final = {
    PhoneSense.IMPOSSIBLE: FindingKind.IMPOSSIBLE_PHONE,
    PhoneSense.ODD: FindingKind.ODD_PHONE,
    PhoneSense.HIDDEN: FindingKind.NO_PHONE,
    PhoneSense.MISSING: FindingKind.NO_PHONE,
}
_RANKS: Final = {kind: rank for rank, kind in enumerate(FindingKind)}


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the shop knows beside the order itself: `twin` is the number of one that looks the same."""

    phone: PhoneSense = PhoneSense.UNKNOWN
    is_known_buyer: bool = False
    can_be_known: bool = True  # there is a number to find earlier orders by
    twin: str = ""
    usual: Money | None = None  # the middle of the shop's own sums; None: too few


def examine(order: Order, known: Known, rules: ReviewRules) -> tuple[Finding, ...]:
    """Everything odd, in the order staff read it."""
    found = (*_of_people(order, known, rules), *_of_goods(order.purchase, known, rules))
    weighed = ((finding, rules.weight(finding.kind)) for finding in found)
    kept = [replace(one, stops=weight is Weight.STOP) for one, weight in weighed if weight is not Weight.OFF]
    return tuple(sorted(kept, key=lambda finding: _RANKS[finding.kind]))


def _of_people(order: Order, known: Known, rules: ReviewRules) -> Iterator[Finding]:
    purchase = order.purchase
    if purchase.type in _TO_A_DOOR:
        yield from _of_address(purchase)
    if known.phone in _PHONES:
        yield Finding(kind=_PHONES[known.phone], found=known.phone)
    if order.completed is not None and order.completed.is_retold:
        yield Finding(kind=FindingKind.RETOLD)
    customer = purchase.customer
    if rules.barred and is_listed((customer.name, customer.phone, customer.address), rules.barred):
        yield Finding(kind=FindingKind.BARRED)
    if known.can_be_known and not known.is_known_buyer:
        yield Finding(kind=FindingKind.FIRST_ORDER)
    if purchase.wants_invoice:
        yield Finding(kind=FindingKind.INVOICE)


def _of_address(purchase: Purchase) -> Iterator[Finding]:
    customer = purchase.customer
    has_place = customer.latitude is not None and customer.longitude is not None
    if nothing := address.nonsense(customer.address):
        yield Finding(kind=FindingKind.NONSENSE_ADDRESS, found=nothing)
    elif lacking := address.unclear(customer.address, has_place=has_place):
        yield Finding(kind=FindingKind.UNCLEAR_ADDRESS, found=lacking)


def _of_goods(purchase: Purchase, known: Known, rules: ReviewRules) -> Iterator[Finding]:
    if known.twin:
        minutes = round(rules.duplicate_within.total_seconds() / 60)
        yield Finding(kind=FindingKind.DUPLICATE, found=known.twin, allowed=str(minutes))
    limit = _limit(purchase.total, known.usual, rules)
    if limit is not None and purchase.total.minor > limit.minor:
        yield Finding(kind=FindingKind.HUGE, found=_sum(purchase.total), allowed=_sum(limit))
    most = max((line.quantity for line in purchase.lines), default=0)
    if 0 < rules.most_pieces < most:
        yield Finding(kind=FindingKind.QUANTITY, found=str(most), allowed=str(rules.most_pieces))


def _limit(total: Money, usual: Money | None, rules: ReviewRules) -> Money | None:
    """The smaller of the two there are, in the order's own currency."""
    limits = [rules.huge_amount] if rules.huge_amount is not None else []
    if usual is not None and rules.huge_times:
        limits.append(Money(round(usual.minor * rules.huge_times), usual.currency))
    same = [limit for limit in limits if limit.currency == total.currency]
    return min(same, default=None)


def _sum(money: Money) -> str:
    return f"{money.text} {money.currency}"
