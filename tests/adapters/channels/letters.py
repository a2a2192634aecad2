"""Letters as the feeds send them, signed or not, and the feeds that take them in."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters import signatures
from adapters.channels import cyberbiz, shopify, standard
from core.domain.purchase import Purchase
from core.ports.channel import Channel
from core.ports.letter import Letter

PAYLOADS = Path(__file__).parent / "payloads"
NOW = datetime(2026, 11, 21, 6, 31, 9, tzinfo=UTC)
SHOPIFY_SECRET = "shpss_test_secret"
CYBERBIZ_SECRET = "example-app-secret"
STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def payload(kind: str, name: str = "paid") -> dict[str, Any]:
    return json.loads((PAYLOADS / kind / f"{name}.json").read_text(encoding="utf-8"))


def changed(body: Mapping[str, Any], path: str, value: object) -> dict[str, Any]:
    """A copy of `body` with `value` at a path like `lines.0.quantity`."""
    copy = deepcopy(dict(body))
    *steps, last = [int(step) if step.isdecimal() else step for step in path.split(".")]
    part: Any = copy
    for step in steps:
        part = part[step]
    part[last] = value
    return copy


def letter(sender: str, body: object, headers: Mapping[str, str] | None = None) -> Letter:
    raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    return Letter(sender=sender, headers=headers or {}, body=raw, received_at=NOW)


def of_shopify(body: object, *, topic: str = "orders/paid", **more: str) -> Letter:
    bare = letter("web", body)
    headers = {
        "x-shopify-topic": topic,
        "x-shopify-shop-domain": "example.myshopify.com",
        "x-shopify-webhook-id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
        "x-shopify-hmac-sha256": signatures.hmac_base64(SHOPIFY_SECRET, bare.body),
    }
    return letter(
        "web", bare.body, headers | {f"x-shopify-{name.replace('_', '-')}": told for name, told in more.items()}
    )


def of_cyberbiz(body: object, *, event: str = "orders/paid", domain: str = "example.cyberbiz.co") -> Letter:
    bare = letter("web", body)
    headers = {
        "x-cyberbiz-event": event,
        "x-cyberbiz-domain": domain,
        "x-cyberbiz-hmac-sha256": signatures.hmac_hex(CYBERBIZ_SECRET, bare.body),
        "x-cyberbiz-domain-hmac-sha256": signatures.hmac_hex(CYBERBIZ_SECRET, domain.encode()),
    }
    return letter("web", bare.body, headers)


def of_standard(body: object, *, message_id: str = "msg_1", timestamp: int | None = None) -> Letter:
    bare = letter("web", body)
    at = int(NOW.timestamp()) if timestamp is None else timestamp
    headers = {
        "webhook-id": message_id,
        "webhook-timestamp": str(at),
        "webhook-signature": signatures.standard_signature(STANDARD_SECRET, message_id, at, bare.body),
    }
    return letter("web", bare.body, headers)


def shopify_shop(**settings: object) -> shopify.Shopify:
    return shopify.build("web", shopify.Settings(**{"secret": SHOPIFY_SECRET, **settings}), currency="TWD")


def cyberbiz_shop(**settings: object) -> cyberbiz.Cyberbiz:
    return cyberbiz.build("web", cyberbiz.Settings(**{"secret": CYBERBIZ_SECRET, **settings}), currency="TWD")


def standard_shop(**settings: object) -> standard.Standard:
    return standard.build("web", standard.Settings(**{"secret": STANDARD_SECRET, **settings}), currency="TWD")


def only(channel: Channel, sent: Letter) -> Purchase:
    """The one order in a letter."""
    (purchase,) = channel.read(sent).purchases
    return purchase


def texts(purchase: Purchase) -> Iterator[str]:
    """Every text of an order that could reach a screen."""
    customer = purchase.customer
    yield from (purchase.shop, purchase.channel_order_id, purchase.number, purchase.note, purchase.allergens)
    yield from (purchase.cancel_reason or "", purchase.clash, customer.name, customer.phone, customer.address)
    for line in purchase.lines:
        yield from (line.id, line.sku, line.name, line.barcode, line.options, line.note, line.shelf)
