"""The simulated shop with a system of its own that sends our standard orders (order sources, section 10)."""

from base64 import b64encode
from typing import Final

from adapters.signatures import standard_signature
from adapters.simulators.shop_letter import ShopLetter, delivery_id, in_json
from adapters.simulators.shop_people import Person
from adapters.simulators.shop_sale import Event, Item, Sale

SECRET: Final = "whsec_" + b64encode(b"a practice shop has no secrets").decode()
SETTINGS: Final[dict[str, object]] = {"shop": "practice"}


def letter(sale: Sale, secret: str) -> ShopLetter:
    """The sale as one signed webhook; the time signed is that of the event, an attempt signs its own."""
    event, body = _type(sale), in_json(_message(sale))
    at, message_id = int(sale.updated_at.timestamp()), f"msg_{delivery_id(sale.event, body)}"
    headers = {
        "webhook-id": message_id,
        "webhook-timestamp": str(at),
        "webhook-signature": standard_signature(secret, message_id, at, body),
    }
    return ShopLetter(headers=headers, body=body, order_id=_order_id(sale), number=str(sale.number), event=event)


def _type(sale: Sale) -> str:
    """The kinds of message there are: whatever else happened is an update."""
    told = (Event.CREATED, Event.PAID, Event.CANCELLED)
    return f"order.{sale.event if sale.event in told else Event.UPDATED}"


def _order_id(sale: Sale) -> str:
    return f"{sale.placed_at:%Y%m%d}-{sale.number}"


def _message(sale: Sale) -> dict[str, object]:
    return {"type": _type(sale), "timestamp": sale.updated_at.isoformat(), "data": _order(sale)}


def _order(sale: Sale) -> dict[str, object]:
    return {
        "id": _order_id(sale),
        "number": str(sale.number),
        "updated_at": sale.updated_at.isoformat(),
        "placed_at": sale.placed_at.isoformat(),
        "payment": sale.money.value,
        "type": "delivery",
        "customer": _customer(sale.person),
        "lines": [_line(item) for item in sale.items],
        "total": f"{sale.total}.00",
        "discount": f"{sale.discount}.00",
        "delivery_fee": f"{sale.fee}.00",
        "tax": f"{sale.tax_cents / 100:.2f}",
        "tax_included": True,
        "currency": "TWD",
        "promised_from": sale.due_from.isoformat(),
        "promised_to": sale.due_to.isoformat(),
        "note": sale.note,
        "test": sale.is_test,
        "cancel_reason": "customer" if sale.event is Event.CANCELLED or sale.is_off else None,
    }


def _customer(person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "phone": person.phone,
        "address": f"{person.zip} {person.city}{person.district}{person.street}{person.floor}",
        "latitude": person.latitude,
        "longitude": person.longitude,
    }


def _line(item: Item) -> dict[str, object]:
    good = item.good
    return {
        "id": str(item.place),
        "sku": good.sku,
        "barcode": good.barcode,
        "name": good.name,
        "quantity": item.pieces,
        "unit_price": f"{good.price}.00",
        "weight_g": good.grams,
        "size_mm": list(good.edges),
        "options": good.option,
        "shelf": good.shelf,
        "total": f"{item.total}.00",
        "if_missing": item.if_missing,
        "wish": item.wish,
    }
