"""Signed letters ready to be written to a socket."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator

SECRET = "bench-secret"
PATH = "/channels/web"


def letters(start: int = 1) -> Iterator[bytes]:
    """Whole HTTP requests, each a new paid order of about 2 KB."""
    number = start
    while True:
        yield _request(_body(number), number)
        number += 1


def _body(number: int) -> bytes:
    line = {"title": "烏龍茶 Oolong tea 600 ml", "quantity": 2, "price": "35.00", "grams": 640, "sku": "TEA-OOL-600"}
    order = {
        "id": 5_000_000_000_000 + number,
        "name": f"#{number}",
        "financial_status": "paid",
        "updated_at": "2026-03-02T12:00:00+08:00",
        "created_at": "2026-03-02T12:00:00+08:00",
        "currency": "TWD",
        "total_price": "210.00",
        "note": "請按門鈴 " + "x" * 900,
        "line_items": [{"id": place, **line} for place in range(1, 4)],
        "shipping_lines": [{"title": "Local Delivery", "code": "Local Delivery"}],
        "shipping_address": {
            "name": "Bench",
            "phone": f"09{number % 10**8:08}",
            "address1": f"No. {number}",
            "city": "Taipei",
        },
    }
    return json.dumps(order).encode()


def _request(body: bytes, number: int) -> bytes:
    signature = base64.b64encode(hmac.new(SECRET.encode(), body, hashlib.sha256).digest()).decode()
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"X-Shopify-Topic: orders/paid\r\nX-Shopify-Webhook-Id: w-{number}\r\n"
        f"X-Shopify-Shop-Domain: bench.myshopify.com\r\nX-Shopify-Hmac-SHA256: {signature}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
