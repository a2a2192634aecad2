"""A simulated Shopify order as its GraphQL Admin API answers it."""

from typing import Any, Final

from adapters.simulators.shop_books import Record, Wrong
from adapters.simulators.shop_sale import Back, Item
from adapters.simulators.shop_shopify import in_money, line_id

LOCATION: Final = "7001"
Wire = dict[str, Any]


def gid(kind: str, number: str) -> str:
    """How they name things."""
    return f"gid://shopify/{kind}/{number}"


def line_of(record: Record, named: str, kind: str) -> int:
    """The place of a line by their name for it; raises `Wrong`."""
    found = {gid(kind, str(line_id(record.sale, item.place))): item.place for item in record.sale.items}
    if named not in found:
        raise Wrong("unknown_line", f"{named} does not exist")
    return found[named]


def order_of(record: Record) -> Wire:
    """All that anybody asks for; what is answered is what was asked."""
    sale = record.sale
    return {
        "id": gid("Order", record.id),
        "name": f"#{sale.number}",
        "cancelledAt": sale.updated_at.isoformat() if sale.is_off else None,
        "presentmentCurrencyCode": "TWD",
        "fulfillments": [_fulfillment(record)] if sale.sent else [],
        "fulfillmentOrders": {"nodes": [_place(record)]},
        "refunds": [_refund(back) for back in sale.backs],
        "transactions": [_payment(record), *(_money_back(record, back) for back in sale.backs if back.cents)],
        "lineItems": {"nodes": [_line(record, item) for item in sale.items]},
    }


def _fulfillment(record: Record) -> Wire:
    parts = [{"quantity": pieces, "lineItem": _named(record, place)} for place, pieces in record.sale.sent]
    return {
        "id": gid("Fulfillment", f"{record.id}{record.shipments}"),
        "status": "SUCCESS",
        "trackingInfo": [record.tracking or {}],
        "fulfillmentLineItems": {"nodes": parts},
    }


def _place(record: Record) -> Wire:
    over = record.sale.is_off or record.sale.is_all_gone
    status = "CLOSED" if over else "IN_PROGRESS" if record.sale.is_preparing else "OPEN"
    return {
        "id": gid("FulfillmentOrder", record.id),
        "status": status,
        "assignedLocation": {"location": {"id": gid("Location", LOCATION)}},
        "lineItems": {"nodes": [_wanting(record, item) for item in record.sale.items]},
    }


def _wanting(record: Record, item: Item) -> Wire:
    left = 0 if record.sale.is_off else record.to_send(item.place)
    number = str(line_id(record.sale, item.place))
    named = _named(record, item.place)
    return {"id": gid("FulfillmentOrderLineItem", number), "remainingQuantity": left, "lineItem": named}


def _line(record: Record, item: Item) -> Wire:
    left = 0 if record.sale.is_off else record.to_take_back(item.place)
    unsent = min(left, record.to_send(item.place))
    counts = {"quantity": item.pieces, "refundableQuantity": left, "unfulfilledQuantity": unsent}
    return _named(record, item.place) | counts


def _named(record: Record, place: int) -> Wire:
    return {"id": gid("LineItem", str(line_id(record.sale, place)))}


def _refund(back: Back) -> Wire:
    return {"id": gid("Refund", str(back.id)), "note": back.note}


def _payment(record: Record) -> Wire:
    return _transaction(gid("OrderTransaction", record.id), "SALE", record.sale.total * 100, None)


def _money_back(record: Record, back: Back) -> Wire:
    parent = {"id": gid("OrderTransaction", record.id)}
    return _transaction(gid("OrderTransaction", f"{record.id}{back.id}"), "REFUND", back.cents, parent)


def _transaction(named: str, kind: str, cents: int, parent: Wire | None) -> Wire:
    return {
        "id": named,
        "kind": kind,
        "status": "SUCCESS",
        "gateway": "practice_pay",
        "amountSet": {"presentmentMoney": {"amount": in_money(cents), "currencyCode": "TWD"}},
        "parentTransaction": parent,
    }
