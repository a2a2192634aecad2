"""The simulated shop as a Shopify store (order sources, section 1)."""

from typing import Final
from zoneinfo import ZoneInfo

from adapters.signatures import hmac_base64
from adapters.simulators.shop_letter import ShopLetter, delivery_id, in_json
from adapters.simulators.shop_people import Person
from adapters.simulators.shop_sale import DELIVERY_FEE, Event, Item, MoneyState, Sale

SECRET: Final = "shpss_practice_shop"
DOMAIN: Final = "practice-shop.myshopify.com"
SETTINGS: Final[dict[str, object]] = {"shop": DOMAIN, "window_from": "delivery_from", "window_to": "delivery_to"}
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
    MoneyState.REFUNDED: "refunded",
}


def letter(sale: Sale, secret: str) -> ShopLetter:
    """The sale as one signed webhook."""
    topic, body = TOPICS[sale.event], in_json(_order(sale))
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


def _order(sale: Sale) -> dict[str, object]:
    cancelled = sale.event is Event.CANCELLED
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
        "current_total_price": f"{sale.total}.00",
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
        "shipping_lines": [{"code": "Local Delivery", "title": "Local Delivery", "price": f"{DELIVERY_FEE}.00"}],
        "line_items": [_line(sale, item) for item in sale.items],
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


def _line(sale: Sale, item: Item) -> dict[str, object]:
    good = item.good
    return {
        "id": FIRST_LINE_ID + sale.place * 100 + item.place,
        "sku": good.sku,
        "title": good.name,
        "name": good.name,
        "variant_title": good.option or "Default Title",
        "quantity": item.pieces,
        "current_quantity": item.pieces,
        "price": f"{good.price}.00",
        "grams": good.grams,
        "requires_shipping": True,
        "properties": [],
    }
