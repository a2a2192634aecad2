"""What a shop system sends, before it has an address."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5


@dataclass(frozen=True, kw_only=True)
class ShopLetter:
    """Signed headers and body, and what they are about."""

    headers: Mapping[str, str]
    body: bytes
    order_id: str
    number: str
    event: str


def in_json(told: object) -> bytes:
    """Compact JSON in UTF-8."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def delivery_id(event: str, body: bytes) -> str:
    """The id of a delivery: the same for the same message, also when it is told twice."""
    return str(uuid5(NAMESPACE_URL, f"{event}\n{body.decode()}"))
