"""Fewer goods than ordered: line by line what goes, what goes instead, what stays out, and the money it gives back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from core.domain.catalogue import Catalogue, article
from core.domain.ids import LineId
from core.domain.line import OrderLine
from core.domain.money import Money
from core.domain.order import Order
from core.domain.parts import parts_of
from core.domain.refusal import BadQuantity, UnknownLine
from core.domain.sharing import Shares, line_shares, nothing, share_of, with_fee, with_refunded, within
from core.domain.swap import StandIn, Swap, stand_in
from core.domain.wish_line import Ask, ask_before_leaving_out, ask_before_swapping

ALL: Final[Mapping[LineId, int]] = {}


@dataclass(frozen=True, kw_only=True)
class Short:
    """What a person wants to go: of the lines named so many, of the others all; `fee` is what of it goes back (C75).

    `is_asked`: the customer has said yes on the phone.
    """

    goes: Mapping[LineId, int] = field(default_factory=dict)
    swaps: tuple[Swap, ...] = ()
    is_asked: bool = False
    fee: Money | None = None

    def of(self, line: OrderLine) -> int:
        """Pieces of a line that go."""
        return self.goes.get(line.id, line.quantity)


@dataclass(frozen=True, kw_only=True)
class ShortLine:
    """One line of the order: `left_out` pieces give `back` their money, the others go or something else does."""

    line: OrderLine
    goes: int
    instead: tuple[StandIn, ...]
    left_out: int
    back: Shares  # for what is left out
    ask: Ask | None = None  # why the customer must have said yes

    @property
    def missing(self) -> int:
        """Pieces that are not there."""
        return self.line.quantity - self.goes


@dataclass(frozen=True, kw_only=True)
class ShortPlan:
    """The whole of it, before anything is done: what the last screen shows."""

    order: Order
    short: Short
    lines: tuple[ShortLine, ...]
    back: Shares  # in all, with what of the fee goes back
    left: Money  # that may go back at most

    @property
    def missing(self) -> dict[LineId, int]:
        """Pieces by line that do not go."""
        return {one.line.id: one.missing for one in self.lines if one.missing}

    @property
    def stand_ins(self) -> tuple[StandIn, ...]:
        """All that goes instead."""
        return tuple(instead for one in self.lines for instead in one.instead)

    @property
    def pieces(self) -> int:
        """That go, with what goes instead."""
        return sum(one.goes + sum(instead.quantity for instead in one.instead) for one in self.lines)

    @property
    def extra(self) -> Money:
        """What dearer articles cost the shop."""
        return sum((instead.extra for instead in self.stand_ins), start=nothing(self.order).total)

    @property
    def asks(self) -> tuple[ShortLine, ...]:
        """Lines the customer must say yes to, and has not."""
        return () if self.short.is_asked else tuple(one for one in self.lines if one.ask is not None)

    @property
    def unpriced(self) -> tuple[OrderLine, ...]:
        """Lines whose money nobody can name: a person works it out in the shop's own system."""
        return tuple(one.line for one in self.lines if one.missing and _is_unpriced(one))


def plan(order: Order, short: Short, catalogue: Catalogue, refunded: Money) -> ShortPlan:
    """Worked out for a person to look at, whatever is still missing of it (see `shorting.require`).

    `refunded` is what went back of the order till now. Raises `BadQuantity`, `UnknownLine`, `NotSold`.
    """
    _require_lines(order, short)
    lines = tuple(_lines(order, short, catalogue))
    left = order.purchase.total - refunded
    parts = [one.back for one in lines] + [instead.back for one in lines for instead in one.instead]
    fee = min(short.fee.minor, parts_of(order).rest) if short.fee else 0
    back = within(with_fee(sum(parts, start=nothing(order)), fee), left.minor)
    return ShortPlan(order=order, short=short, lines=lines, back=back, left=left)


def fee_share(order: Order, short: Short) -> Money:
    """The part of the delivery fee that goes with what is left out, by what was paid for it: an offer, no rule."""
    parts = parts_of(order)
    bought = sum(part.net for part in parts.lines.values())
    out = {line.id: max(0, line.quantity - short.of(line) - _swapped(short, line)) for line in order.lines}
    net = sum(share_of(parts.lines[id].net, count, parts.lines[id].quantity) for id, count in out.items())
    return Money(share_of(whole_fee(order).minor, net, bought, parts.coin), order.purchase.total.currency)


def whole_fee(order: Order) -> Money:
    """The delivery fee that was told and paid; nothing where nobody told one."""
    told = order.purchase.delivery_fee
    return Money(min(max(0, told.minor), parts_of(order).rest) if told else 0, order.purchase.total.currency)


def _lines(order: Order, short: Short, catalogue: Catalogue) -> Iterator[ShortLine]:
    for line in order.lines:
        goes = short.of(line)
        swaps = _merged((swap for swap in short.swaps if swap.line_id == line.id), catalogue)
        left_out = line.quantity - goes - sum(swap.quantity for swap in swaps)
        if goes < 0 or left_out < 0:
            raise _bad(line, goes, left_out)
        yield ShortLine(
            line=line,
            goes=goes,
            instead=tuple(_stand_ins(order, line, swaps, left_out, catalogue)),
            left_out=left_out,
            back=line_shares(order, {line.id: left_out}).get(line.id, nothing(order)),
            ask=_ask(order, line, left_out, swaps),
        )


def _stand_ins(
    order: Order, line: OrderLine, swaps: Sequence[Swap], given_up: int, catalogue: Catalogue
) -> Iterator[StandIn]:
    """Each for the next pieces of the line, so that no cent is counted twice."""
    for swap in swaps:
        worth = line_shares(with_refunded(order, {line.id: given_up}), {line.id: swap.quantity})[line.id]
        yield stand_in(swap, line, worth, catalogue)
        given_up += swap.quantity


def _ask(order: Order, line: OrderLine, left_out: int, swaps: Sequence[Swap]) -> Ask | None:
    return (ask_before_swapping(order, line) if swaps else None) or (ask_before_leaving_out(line) if left_out else None)


def _merged(swaps: Iterator[Swap], catalogue: Catalogue) -> tuple[Swap, ...]:
    """One row an article, whichever of its codes was said."""
    by_sku = dict[str, Swap]()
    for swap in swaps:
        found = article(catalogue, swap.sku)
        sku = found[0] if found else swap.sku
        known = by_sku.get(sku)
        by_sku[sku] = replace(swap, sku=sku, quantity=swap.quantity + (known.quantity if known else 0))
    return tuple(swap for swap in by_sku.values() if swap.quantity)


def _require_lines(order: Order, short: Short) -> None:
    known = {line.id for line in order.lines}
    for line_id in (*short.goes, *(swap.line_id for swap in short.swaps)):
        if line_id not in known:
            raise UnknownLine(f"order {order.number} has no line {line_id!r:.60}", found=line_id[:60])
    if bad := next((swap for swap in short.swaps if swap.quantity < 0), None):
        raise BadQuantity(f"{bad.quantity} pieces cannot go", found=str(bad.quantity), allowed="1 or more")


def _bad(line: OrderLine, goes: int, left_out: int) -> BadQuantity:
    found = goes if left_out >= 0 or goes > line.quantity else line.quantity - left_out
    message = f"line {line.sku or line.id} has {line.quantity} pieces, not {found}"
    return BadQuantity(message, found=str(found), allowed=str(line.quantity))


def _swapped(short: Short, line: OrderLine) -> int:
    return sum(swap.quantity for swap in short.swaps if swap.line_id == line.id)


def _is_unpriced(one: ShortLine) -> bool:
    return bool(one.back.unpriced) or any(not instead.is_priced for instead in one.instead)
