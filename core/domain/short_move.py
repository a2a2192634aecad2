"""Shipping an order short, once, and taking that back while nothing of it has left."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from core.domain.events import ShippedShort, ShortTakenBack
from core.domain.ids import LineId, StaffId
from core.domain.line import OrderLine
from core.domain.money import Money
from core.domain.order import Order, Outcome
from core.domain.refusal import BadQuantity, IllegalMove, NothingToTakeBack, PartialUsedUp
from core.domain.short import ShortPlan
from core.domain.stage import Stage
from core.domain.wish_line import NotAsked


class NothingGoes(BadQuantity):
    """Nothing of the order would go: that is no partial shipment, but an order called off."""

    rule = "C62"


def ship_short(
    order: Order,
    quantities: Mapping[LineId, int],
    *,
    by: StaffId,
    at: datetime,
    stand_ins: Sequence[OrderLine] = (),
    told: ShippedShort | None = None,
) -> Outcome:
    """Fewer goods than ordered, once (C72–C76): so many of the lines named, all of the others, and what goes instead.

    `told` has words for the journal. Which pieces count as given up is said where their money is.
    """
    require_first(order)
    goes = tuple(_short(line, quantities.get(line.id, line.quantity)) for line in order.lines)
    if not any(line.shipped for line in (*goes, *stand_ins)):
        raise NothingGoes(f"nothing of order {order.number} would go: cancel it", found="0", allowed="1 or more")
    if sum(line.shipped for line in goes) >= order.purchase.pieces:
        raise BadQuantity("a partial shipment is fewer pieces than all", found="all", allowed="fewer than all")
    short = replace(order, purchase=replace(order.purchase, lines=(*goes, *stand_ins)), is_short=True)
    event = told or ShippedShort(order_id=order.id, at=at, quantities={})
    counts = {str(line.id): line.shipped for line in (*goes, *stand_ins)}
    return short, (replace(event, by=by, at=at, quantities=counts),)


def take_back_short(order: Order, *, by: StaffId, at: datetime) -> Outcome:
    """All goods go again: possible while the bag is in the shop and nobody was told."""
    if not order.is_short or not order.is_in_the_shop:
        raise NothingToTakeBack("it was not shipped short, or has left", found=order.stage)
    lines = tuple(replace(line, shipped=0) for line in order.purchase.bought)
    whole = replace(order, purchase=replace(order.purchase, lines=lines), is_short=False)
    event = ShortTakenBack(order_id=order.id, by=by, at=at, quantities={str(line.id): line.quantity for line in lines})
    return whole, (event,)


def require_first(order: Order) -> None:
    """On the table, and never shipped short before; raises `PartialUsedUp`, `IllegalMove`."""
    if order.is_short:
        raise PartialUsedUp(f"order {order.number} was shipped short already", found="2nd", allowed="once")
    if order.stage is not Stage.PREPARING:
        raise IllegalMove(order.stage, Stage.PREPARING)


def require(plan: ShortPlan) -> None:
    """All that must be so before it may be done; raises what the move raises, and `NotAsked`."""
    require_first(plan.order)
    if not plan.pieces:
        raise NothingGoes(f"nothing of order {plan.order.number} would go: cancel it", found="0", allowed="1 or more")
    if not plan.missing:
        raise BadQuantity("a partial shipment is fewer pieces than all", found="all", allowed="fewer than all")
    for one in plan.asks:
        if one.ask is not None:
            raise NotAsked(one.ask, one.line.name)


def words_of(plan: ShortPlan, at: datetime) -> ShippedShort:
    """For the journal: goods by name, sums with their currency."""
    out = tuple(f"{one.left_out} × {_name(one.line)}" for one in plan.lines if one.left_out)
    return ShippedShort(
        order_id=plan.order.id,
        at=at,
        quantities={},
        instead=tuple(f"{one.quantity} × {_name(one.line)}" for one in plan.stand_ins),
        left_out=out,
        back=_text(plan.back.total),
        extra=_text(plan.extra),
        currency=plan.back.total.currency,
        is_asked=plan.short.is_asked,
    )


def _text(money: Money) -> str:
    return money.text if money.minor else ""


def _name(line: OrderLine) -> str:
    return line.name or line.sku or line.id


def _short(line: OrderLine, going: int) -> OrderLine:
    if not 0 <= going <= line.quantity:
        message = f"line {line.sku or line.id} has {line.quantity} pieces, not {going}"
        raise BadQuantity(message, found=str(going), allowed=str(line.quantity))
    return replace(line, shipped=going, picked=min(line.picked, going))
