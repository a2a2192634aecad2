"""Ready-made orders as somebody keys them in, for the tests of core."""

from typing import Any

from core.domain.handwritten import HandLine, HandOrder
from core.domain.money import Money

TEA = HandLine(name="Tea 1", sku="SKU-1", barcode="4710001", quantity=2, price=Money(40_000, "TWD"))
RICE = HandLine(name="Tea 2", sku="SKU-2", barcode="4710002", quantity=1, price=Money(44_000, "TWD"))


def form(**more: Any) -> HandOrder:
    """What the caller of `builders.purchase()` says, as long as nothing else is said."""
    usual: dict[str, Any] = {
        "name": "Chen",
        "phone": "0912 000 111",
        "address": "台北市大同區2號",
        "channel": "web",
        "lines": (TEA, RICE),
    }
    return HandOrder(**usual | more)
