"""Signed orders as a shop's own system posts them."""

import json
import time
from base64 import b64encode
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import httpx

from adapters.signatures import standard_signature

SECRET = "whsec_" + b64encode(b"the shop's own signing key").decode()
LINES = ({"id": "1", "sku": "TEA", "name": "烏龍茶 Oolong", "quantity": 2, "unit_price": "40.00", "weight_g": 630},)


@dataclass(frozen=True)
class Signed:
    """A letter that can be posted again as it is."""

    headers: dict[str, str]
    body: bytes


def customer(number: str) -> dict[str, str]:
    """Another door and phone for each number: the same goods for the same person would be looked at first."""
    own = crc32(number.encode()) % 1_000_000
    return {"name": "陳怡君", "phone": f"0912-{own:06}", "address": f"台北市中山區南京東路二段 {own} 號"}


def order(number: str, **more: Any) -> dict[str, Any]:
    """A paid one, of two bottles of tea."""
    usual = {
        "id": f"web-{number}",
        "number": number,
        "payment": "paid",
        "customer": customer(number),
        "lines": list(LINES),
        "total": "80.00",
        "currency": "TWD",
    }
    return usual | more


def signed(data: object, *, message_id: str = "", kind: str = "order.paid", secret: str = SECRET) -> Signed:
    """The message around an order."""
    return signed_body(json.dumps({"type": kind, "data": data}).encode(), message_id=message_id, secret=secret)


def signed_body(body: bytes, *, message_id: str = "", secret: str = SECRET, at: int | None = None) -> Signed:
    """Any bytes."""
    name, now = message_id or f"msg_{time.time_ns()}", int(time.time()) if at is None else at
    headers = {
        "webhook-id": name,
        "webhook-timestamp": str(now),
        "webhook-signature": standard_signature(secret, name, now, body),
    }
    return Signed(headers, body)


def post(base: str, letter: Signed, *, channel: str = "web", timeout: float = 10) -> httpx.Response:
    """One call."""
    return httpx.post(f"{base}/channels/{channel}", content=letter.body, headers=letter.headers, timeout=timeout)
