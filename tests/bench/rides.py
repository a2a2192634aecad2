"""Two hundred drivers who move every second: signed webhooks ready to be written to a socket."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

SECRET = "bench-courier-secret"
PATH = "/couriers/uber"
DRIVERS = 200
FIRST = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def rounds(first: int = 0) -> Iterator[list[bytes]]:
    """Bodies of one second after another, one a driver, as Uber Direct writes them while a driver is on the way."""
    second = first
    while True:
        yield [_body(driver, second) for driver in range(DRIVERS)]
        second += 1


def request(body: bytes) -> bytes:
    """A whole HTTP request."""
    signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"X-Uber-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def ref(driver: int) -> str:
    """The courier's name of a job."""
    return f"del_{driver:022}"


def _body(driver: int, second: int) -> bytes:
    at = (FIRST + timedelta(seconds=second)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    spot = {"lat": round(25.05 + driver / 10_000 + second / 1_000_000, 7), "lng": 121.52}
    courier = {
        "name": f"Driver {driver}",
        "vehicle_type": "motorcycle",
        "phone_number": f"+8869{driver:08}",
        "vehicle_license_plate": f"MEW-{driver:04}",
        "location": spot,
        "img_href": "https://example.invalid/" + "x" * 120,
    }
    job = {
        "id": ref(driver),
        "status": "dropoff",
        "updated": at,
        "created": "2026-03-02T03:50:00.000Z",
        "courier_imminent": False,
        "currency": "twd",
        "fee": 9900,
        "tracking_url": f"https://example.invalid/orders/{driver}",
        "dropoff_eta": at,
        "courier": courier,
        "pickup": {"name": "Bench", "address": "No. 1, Nanjing West Road, Taipei", "notes": ""},
        "dropoff": {"name": f"Customer {driver}", "address": f"No. {driver}, Nanjing West Road, Taipei", "notes": ""},
        "manifest_items": [{"name": "Oolong tea 600 ml", "quantity": 2, "size": "small"}],
    }
    event = {"id": f"evt_{driver}_{second}", "kind": "event.courier_update", "created": at, "live_mode": False}
    return json.dumps(event | {"delivery_id": ref(driver), "location": spot, "data": job}).encode()
