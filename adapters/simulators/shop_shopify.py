"""The simulated shop as a Shopify store (order sources, section 1)."""

from typing import Final
from zoneinfo import ZoneInfo

from adapters.signatures import hmac_base64
from adapters.simulators.shop_letter import ShopLetter, delivery_id, in_json
from adapters.simulators.shop_people import Person
from adapters.simulators.shop_sale import Back, Event, Item, MoneyState, Sale

SECRET: Final = "shpss_practice_shop"
DOMAIN: Final = "practice-shop.myshopify.com"
MISSING: Final = "If missing"
SETTINGS: Final[dict[str, object]] = {
    "shop": DOMAIN,
    "window_from": "delivery_from",
    "window_to": "delivery_to",
    "if_missing_property": MISSING,
}
FIRST_ID: Final = 9_100_000_000_000_000_001  # past what a float holds
FIRST_LINE_ID: Final = 16_000_000_000_000_000
TAIPEI: Final = ZoneInfo("Asia/Taipei")
TOPICS: Final = {
    Event.CREATED: "orders/create",
    Event.PAID: "orders/paid",
    Event.UPDATED: "orders/updated",
    Event.CANCELLED: "orders/cancelled",
}
STATUSES: Final = {
    MoneyState.UNPAID: "pending",
    MoneyState.PAID: "paid",
    MoneyState.COD: "pending",
    MoneyState.PART_REFUNDED: "partially_refunded",
    MoneyState.REFUNDED: "refunded",
}


def letter(sale: Sale, secret: str) -> ShopLetter:
    """The sale as one signed webhook."""
    topic, body = _topic(sale), in_json(_order(sale))
    headers = {
        "x-shopify-topic": topic,
        "x-shopify-shop-domain": DOMAIN,
        "x-shopify-api-version": "2026-10",
        "x-shopify-webhook-id": delivery_id(topic, body),
        "x-shopify-event-id": delivery_id("event", body),
        "x-shopify-triggered-at": sale.updated_at.isoformat(),
        "x-shopify-hmac-sha256": hmac_base64(secret, body),
    }
    order_id = str(FIRST_ID + sale.place)
    return ShopLetter(headers=headers, body=body, order_id=order_id, number=str(sale.number), event=topic)


def line_id(sale: Sale, place: int) -> int:
    """How they call a line."""
    return FIRST_LINE_ID + sale.place * 100 + place


def in_money(cents: int) -> str:
    """As they write it."""
    return f"{cents // 100}.{cents % 100:02d}"


def shares(sale: Sale) -> dict[int, int]:
    """The voucher's part of each line, in cents: what is left over goes to the last."""
    goods, whole = sum(item.total for item in sale.items) or 1, sale.discount * 100
    parts = {item.place: whole * item.total // goods for item in sale.items}
    parts[sale.items[-1].place] += whole - sum(parts.values())
    return parts


def _topic(sale: Sale) -> str:
    if sale.event is Event.SENT:
        return "orders/fulfilled" if sale.is_all_gone else "orders/partially_fulfilled"
    return TOPICS.get(sale.event, "orders/updated")


def _order(sale: Sale) -> dict[str, object]:
    cancelled = sale.event is Event.CANCELLED or sale.is_off
    left = "0.00" if cancelled else in_money(sale.total * 100 - sale.back_cents)
    voucher = shares(sale)
    updated_at = sale.updated_at.astimezone(TAIPEI).isoformat()
    return {
        "id": FIRST_ID + sale.place,
        "name": f"#{sale.number}",
        "order_number": sale.number,
        "created_at": sale.placed_at.astimezone(TAIPEI).isoformat(),
        "updated_at": updated_at,
        "cancelled_at": updated_at if cancelled else None,
        "cancel_reason": "customer" if cancelled else None,
        "currency": "TWD",
        "financial_status": STATUSES[sale.money],
        "payment_gateway_names": ["Cash on Delivery (COD)" if sale.money is MoneyState.COD else "practice_pay"],
        "total_price": f"{sale.total}.00",
        "current_total_price": left,
        "total_discounts": f"{sale.discount + sum(item.discount for item in sale.items)}.00",
        "total_tax": in_money(sale.tax_cents),
        "taxes_included": True,
        "fulfillment_status": _shipped(sale),
        "refunds": [_refund(sale, back) for back in sale.backs],
        "total_weight": sale.grams,
        "test": sale.is_test,
        "phone": None,
        "note": sale.note or None,
        "note_attributes": [
            {"name": "delivery_from", "value": sale.due_from.astimezone(TAIPEI).isoformat()},
            {"name": "delivery_to", "value": sale.due_to.astimezone(TAIPEI).isoformat()},
        ],
        "customer": None,
        "billing_address": None,
        "shipping_address": _address(sale.person),
        "shipping_lines": [{"code": "Local Delivery", "title": "Local Delivery", "price": f"{sale.fee}.00"}],
        "line_items": [_line(sale, item, voucher[item.place]) for item in sale.items],
    }


def _address(person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "phone": person.phone,
        "address1": person.street,
        "address2": person.floor,
        "city": f"{person.city}{person.district}",
        "province": person.city,
        "zip": person.zip,
        "country_code": "TW",
        "latitude": person.latitude,
        "longitude": person.longitude,
    }


def _shipped(sale: Sale) -> str | None:
    if not sale.sent:
        return None
    return "fulfilled" if sale.is_all_gone else "partial"


def _refund(sale: Sale, back: Back) -> dict[str, object]:
    money = {"kind": "refund", "status": "success", "amount": in_money(back.cents)}
    return {
        "id": back.id,
        "note": back.note,
        "refund_line_items": [{"line_item_id": line_id(sale, at), "quantity": pieces} for at, pieces in back.pieces],
        "transactions": [money] if back.cents else [],
    }


def _line(sale: Sale, item: Item, voucher: int) -> dict[str, object]:
    good = item.good
    off = [cents for cents in (item.discount * 100, voucher) if cents]
    return {
        "id": line_id(sale, item.place),
        "sku": good.sku,
        "title": good.name,
        "name": good.name,
        "variant_title": good.option or "Default Title",
        "quantity": item.pieces,
        "current_quantity": 0 if sale.is_off else item.pieces - sale.back(item.place),
        "price": f"{good.price}.00",
        "grams": good.grams,
        "requires_shipping": True,
        "discount_allocations": [{"amount": in_money(cents)} for cents in off],
        "properties": [{"name": MISSING, "value": item.wish}] if item.wish else [],
    }
