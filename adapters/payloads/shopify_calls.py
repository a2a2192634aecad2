"""What Shopify's mutations are given: our calls in their words."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from adapters.payloads.shopify_money import MARK
from adapters.payloads.shopify_orders import Line, Order, Wanting
from adapters.shop_reasons import word_of
from adapters.values import text
from core.domain.ids import LineId
from core.domain.money import Money, decimals_of
from core.domain.shop_call import ShopAbility, ShopCall
from core.ports.shop import ShopRefused

Body = dict[str, object]
GID: Final = "gid://shopify"
UNKNOWN_LINE: Final = "unknown_line"
OVER_REFUND: Final = "over_refund"
NOTHING_OPEN: Final = "nothing_open"
REASONS: Final = {"fraud": "FRAUD", "inventory": "INVENTORY", "customer": "CUSTOMER", "duplicate": "STAFF"}
LONGEST_NOTE: Final = 200  # signs


def order_gid(call: ShopCall) -> str:
    """How they call the order."""
    return f"{GID}/Order/{call.channel_order_id}"


def line_gid(line_id: LineId) -> str:
    """How they call a line; raises `ShopRefused` for one that is not from them."""
    if not line_id.isdecimal():
        raise ShopRefused(f"line {line_id:.40} is none of theirs", code=UNKNOWN_LINE)
    return f"{GID}/LineItem/{line_id}"


def note(call: ShopCall) -> str:
    """Why, and our key, by which the deed is known again."""
    return f"{text(call.reason, LONGEST_NOTE)} {MARK}{call.key}]".strip()


def cancelling(call: ShopCall) -> Body:
    """The order is off. No money moves: that is told for itself."""
    return {
        "orderId": order_gid(call),
        "reason": REASONS.get(word_of(call.reason), "OTHER"),
        "restock": call.restock,
        "refundMethod": {"originalPaymentMethodsRefund": False},
        "notifyCustomer": call.notify,
        "staffNote": note(call),
    }


def has_gone(call: ShopCall, order: Order) -> str | None:
    """The shipment by which everything the call speaks of is out already."""
    lines = call.lines if not call.is_all else ()
    is_sent = all(order.sent(line_gid(line_id)) >= pieces for line_id, pieces in lines)
    is_all_sent = not any(line.remainingQuantity for place in order.open for line in place.lineItems.nodes)
    is_done = bool(order.standing) and is_sent and (is_all_sent or not call.is_all)
    return order.standing[-1].id if is_done else None


def shipping(call: ShopCall, order: Order) -> Body:
    """What goes from where; raises `ShopRefused` when they have nothing of it to send."""
    parts = _whole(order) if call.is_all else _pieces(call, order)
    if not parts:
        raise ShopRefused("nothing of the order is open for sending", code=NOTHING_OPEN)
    tracking = call.tracking
    told: Body = {"number": tracking.waybill, "company": tracking.courier, "url": tracking.url} if tracking else {}
    info = {"trackingInfo": {name: word for name, word in told.items() if word}} if any(told.values()) else {}
    return {"fulfillment": {"lineItemsByFulfillmentOrder": parts, "notifyCustomer": call.notify, **info}}


def _whole(order: Order) -> list[Body]:
    return [{"fulfillmentOrderId": place.id} for place in order.open]


def _pieces(call: ShopCall, order: Order) -> list[Body]:
    wanted = {line_gid(line_id): pieces - order.sent(line_gid(line_id)) for line_id, pieces in call.lines}
    parts: list[Body] = []
    for place in order.open:
        if items := [taken for line in place.lineItems.nodes if (taken := _taken(line, wanted))]:
            parts.append({"fulfillmentOrderId": place.id, "fulfillmentOrderLineItems": items})
    if missing := [line for line, pieces in wanted.items() if pieces > 0]:
        raise ShopRefused(f"{missing[0]} has fewer pieces left to send", code=UNKNOWN_LINE)
    return parts


def _taken(line: Wanting, wanted: dict[str, int]) -> Body | None:
    pieces = min(wanted.get(line.lineItem.id, 0), line.remainingQuantity)
    if pieces <= 0:
        return None
    wanted[line.lineItem.id] -= pieces
    return {"id": line.id, "quantity": pieces}


def refunding(call: ShopCall, order: Order) -> Body:
    """So much money, and the pieces it is for; raises `ShopRefused` when more than what is left was asked for."""
    money = [] if call.money is None or call.ability is ShopAbility.RETURN else list(_money(call, call.money, order))
    told: Body = {
        "orderId": order_gid(call),
        "note": note(call),
        "notify": call.notify,
        "transactions": money,
        "refundLineItems": list(_goods(call, order)),
    }
    return told | ({"currency": order.presentmentCurrencyCode} if order.presentmentCurrencyCode else {})


def _money(call: ShopCall, wanted: Money, order: Order) -> Iterator[Body]:
    """From the payments in their order, each as far as it reaches."""
    if order.presentmentCurrencyCode not in ("", wanted.currency):
        raise ShopRefused(f"paid in {order.presentmentCurrencyCode}, not in {wanted.currency}", code=OVER_REFUND)
    owed = Decimal(wanted.text)
    for paid, left in order.income():
        amount = min(owed, left)
        if amount > 0:
            owed -= amount
            yield {
                "orderId": order_gid(call),
                "parentId": paid.id,
                "kind": "REFUND",
                "gateway": paid.gateway,
                "amount": _plain(amount, wanted.currency),
            }
    if owed > 0:
        raise ShopRefused(
            f"{wanted.text} asked for, {_plain(Decimal(wanted.text) - owed, wanted.currency)} left", code=OVER_REFUND
        )


def _goods(call: ShopCall, order: Order) -> Iterator[Body]:
    """Pieces that have not been taken back before."""
    known = {line.id: line for line in order.lineItems.nodes}
    for gid, pieces in _meant(call, known):
        line = known.get(gid)
        taken = min(pieces, line.refundableQuantity) if line else 0
        if line is not None and taken > 0:
            yield {"lineItemId": gid, "quantity": taken, **_back(call, line, taken, order.location)}


def _meant(call: ShopCall, known: dict[str, Line]) -> Iterator[tuple[str, int]]:
    """A whole order's money says nothing of pieces; its goods are all that can come back."""
    if not call.is_all:
        yield from ((line_gid(line_id), pieces) for line_id, pieces in call.lines)
    elif call.ability is ShopAbility.RETURN:
        yield from ((line.id, line.refundableQuantity) for line in known.values())


def _back(call: ShopCall, line: Line, taken: int, place: str | None) -> Body:
    if not call.restock or place is None:
        return {"restockType": "NO_RESTOCK"}
    is_here = call.ability is not ShopAbility.RETURN and line.unfulfilledQuantity >= taken
    return {"restockType": "CANCEL" if is_here else "RETURN", "locationId": place}


def _plain(amount: Decimal, currency: str) -> str:
    return f"{amount:.{decimals_of(currency)}f}"
