"""The simulated shop as a CYBERBIZ store (order sources, section 3)."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from adapters.signatures import hmac_hex
from adapters.simulators.shop_letter import ShopLetter, in_json
from adapters.simulators.shop_people import Person
from adapters.simulators.shop_sale import Event, Item, MoneyState, Sale

SECRET: Final = "practice-shop-app-secret"
DOMAIN: Final = "practice-shop.cyberbiz.co"
SETTINGS: Final[dict[str, object]] = {"domain": DOMAIN, "weight_unit": "g"}
FIRST_ID: Final = 31_000_001
TAIPEI: Final = ZoneInfo("Asia/Taipei")
EVENTS: Final = {
    Event.CREATED: "orders/create",
    Event.PAID: "orders/paid",
    Event.UPDATED: "express_delivery_orders/update",
    Event.CANCELLED: "orders/cancelled",
    Event.PREPARING: "orders/preparing",
    Event.SENT: "orders/fulfilled",
    Event.RETURNED: "orders/returned",
}
STATUSES: Final = {
    MoneyState.UNPAID: "pending",
    MoneyState.PAID: "paid",
    MoneyState.COD: "cod",
    MoneyState.PART_REFUNDED: "partially_refunded",
    MoneyState.REFUNDED: "refunded",
}
REFUNDS: Final = {MoneyState.PART_REFUNDED: "orders/partial_refunded", MoneyState.REFUNDED: "orders/refunded"}
STORE: Final = {"store_no": "S001", "name": "台北南西店", "phone": "0225550000", "lat": 25.0523, "lng": 121.5202}


def letter(sale: Sale, secret: str) -> ShopLetter:
    """The sale as one signed webhook."""
    event, body = EVENTS.get(sale.event) or REFUNDS[sale.money], in_json(order(sale))
    headers = {
        "user-agent": "CyberbizAppWebhook/1.0",
        "x-cyberbiz-domain": DOMAIN,
        "x-cyberbiz-shop-domain": "www.practice-shop.example",
        "x-cyberbiz-event": event,
        "x-cyberbiz-hmac-sha256": hmac_hex(secret, body),
        "x-cyberbiz-domain-hmac-sha256": hmac_hex(secret, DOMAIN.encode()),
    }
    order_id = str(FIRST_ID + sale.place)
    return ShopLetter(headers=headers, body=body, order_id=order_id, number=str(sale.number), event=event)


def line_id(sale: Sale, item: Item) -> int:
    """How they call a line."""
    return (FIRST_ID + sale.place) * 100 + item.place


def order(sale: Sale) -> dict[str, object]:
    """The order object, as it is told and answered."""
    cancelled = sale.event is Event.CANCELLED or sale.is_off
    return {
        "id": FIRST_ID + sale.place,
        "order_number": sale.number,
        "order_name": f"#{sale.number}",
        "buyer": {"email": "buyer@example.com", "mobile": sale.person.phone.replace("-", "")},
        "receiver": _receiver(sale.person),
        "line_items": [_line(sale, item) for item in sale.items],
        "shipping_type": "cyberbiz",
        "shipping_name": "快速到貨",
        "delivery_date": None,
        "delivery_time": None,
        "fulfillments": [],
        "payment_name": "貨到付款" if sale.money is MoneyState.COD else "信用卡",
        "prices": {
            "total_line_items_price": float(sum(item.full for item in sale.items)),
            "shipping_rate_price": float(sale.fee),
            "total_price": float(sale.total),
        },
        "einvoice": {"title": None, "company_no": None, "phone_barcode": "/PRACT1C"},
        "statuses": {
            "order_status": "cancelled" if cancelled else "open",
            "financial_status": STATUSES[sale.money],
            "fulfillment_status": _shipped(sale),
            "return_status": sale.return_status,
        },
        "customer_cancel_reason_detail": {"source": "customer", "reason_detail": "顧客改變心意"} if cancelled else None,
        "note": sale.note,
        "branch_store": None,
        "express_delivery_branch_store": STORE,
        "order_weight": float(sale.grams),
        "created_at": _taipei(sale.placed_at),
        "updated_at": _taipei(sale.updated_at),
    }


def _shipped(sale: Sale) -> str:
    if sale.sent:
        return "shipped" if sale.is_all_gone else "partially_shipped"
    return "preparing" if sale.is_preparing else "unshipped"


def _receiver(person: Person) -> dict[str, object]:
    address = f"{person.city}{person.district}{person.street}{person.floor}"
    return {
        "name": person.name,
        "country_calling_code": "+886",
        "phone": person.phone.replace("-", ""),
        "address": f"{person.zip} {address}",
        "detail_address": {
            "zip": person.zip,
            "city": person.city,
            "district": person.district,
            "address1": person.street,
            "address2": person.floor,
        },
    }


def _line(sale: Sale, item: Item) -> dict[str, object]:
    good = item.good
    return {
        "id": line_id(sale, item),
        "title": good.name,
        "variant_title": good.option,
        "sku": good.sku,
        "qc": good.barcode,
        "price": float(good.price),
        "quantity": item.pieces,
        "item_type": "normal",
        "return_status": "no_need",
        "related_items": [],
        "weight": float(good.grams),
    }


def _taipei(moment: datetime) -> str:
    return moment.astimezone(TAIPEI).strftime("%Y-%m-%d %H:%M:%S")
