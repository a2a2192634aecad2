"""Our free words for why an order is called off, as the one word a shop system wants."""

from collections.abc import Mapping
from typing import Final

# The first that is found in the reason; the words are the ones staff and feeds use.
_SIGNS: Final[Mapping[str, tuple[str, ...]]] = {
    "fraud": ("fraud", "fake", "詐"),
    "duplicate": ("duplicate", "twice", "重複", "重复"),
    "inventory": ("stock", "inventory", "sold out", "missing", "short", "缺"),
    "customer": ("customer", "顧客", "顾客", "客人", "buyer"),
}
OTHER: Final = "other"


def word_of(reason: str) -> str:
    """One of `fraud`, `duplicate`, `inventory`, `customer`, `other`."""
    lowered = reason.lower()
    return next((word for word, signs in _SIGNS.items() if any(sign in lowered for sign in signs)), OTHER)
