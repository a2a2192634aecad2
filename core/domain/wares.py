"""Goods to choose from while an order is keyed in: found by name, sku or barcode, what sells most first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from unicodedata import normalize

from core.domain.catalogue import Catalogue
from core.domain.handwritten import MOST_PIECES, HandLine
from core.domain.money import BadMoney, Money

SHOWN: Final = 8
TIMES: Final = "x×*"


@dataclass(frozen=True, kw_only=True)
class Ware:
    """One article; `price` of one piece as it was last, None when nobody knows; `sold`: pieces of late."""

    name: str
    sku: str = ""
    barcode: str = ""
    price: Money | None = None
    sold: int = 0

    def line(self, quantity: int = 1) -> HandLine:
        """So many of it on an order."""
        return HandLine(name=self.name, quantity=quantity, sku=self.sku, barcode=self.barcode, price=self.price)


@dataclass(frozen=True)
class Wanted:
    """What was typed: `3 oolong`, `oolong x3`, `cake @120`."""

    words: str
    quantity: int = 1
    price: Money | None = None

    def line(self) -> HandLine:
        """In one's own words, where the catalogue has none."""
        return HandLine(name=self.words, quantity=self.quantity, price=self.price)


def wanted(typed: str, currency: str) -> Wanted:
    """Pieces before or behind, a price behind an @; what is neither is the name."""
    words, price = _priced(normalize("NFKC", typed).split(), currency)
    words, quantity = _counted(words)
    return Wanted(" ".join(words), quantity, price)


def found(wares: Iterable[Ware], words: str, most: int = SHOWN) -> tuple[Ware, ...]:
    """Best first: the very code, a name that begins so, words that begin so, words within."""
    text = _plain(words)
    if not text:
        return ()
    ranked = ((rank, ware) for ware in wares if (rank := _rank(ware, text)) is not None)
    return tuple(ware for _rank_, ware in sorted(ranked, key=lambda one: (one[0], -one[1].sold, one[1].name))[:most])


def scanned(wares: Iterable[Ware], code: str) -> Ware | None:
    """The one with this barcode or sku."""
    text = _plain(code)
    return next((ware for ware in wares if text and text in (_plain(ware.barcode), _plain(ware.sku))), None)


def all_wares(catalogue: Catalogue, sold: Iterable[Ware]) -> tuple[Ware, ...]:
    """The shop's own list, and what was on orders of late; what the list says of an article comes first."""
    wares = {sku: Ware(name=a.name or sku, sku=sku, barcode=a.barcode, price=a.price) for sku, a in catalogue.items()}
    named = {_plain(ware.name): key for key, ware in wares.items()}
    for ware in sold:
        key = ware.sku if ware.sku in wares else named.get(_plain(ware.name), ware.sku or _plain(ware.name))
        wares[key] = _both(wares[key], ware) if key in wares else ware
        named.setdefault(_plain(ware.name), key)
    return tuple(wares.values())


def _both(known: Ware, more: Ware) -> Ware:
    return replace(
        known,
        name=more.name if known.name == known.sku else known.name,
        barcode=known.barcode or more.barcode,
        price=known.price if known.price is not None else more.price,
        sold=known.sold + more.sold,
    )


def _rank(ware: Ware, text: str) -> int | None:
    name = _plain(ware.name)
    if text in (_plain(ware.sku), _plain(ware.barcode)):
        return 0
    if name.startswith(text):
        return 1
    parts = text.split()
    if all(any(word.startswith(part) for word in name.split()) for part in parts):
        return 2
    if all(part in name for part in parts):
        return 3
    return 4 if _plain(ware.sku).startswith(text) else None


def _priced(words: Sequence[str], currency: str) -> tuple[list[str], Money | None]:
    for at, word in enumerate(words):
        if not word.startswith("@"):
            continue
        rest = [*words[:at], *words[at + 1 :]]
        try:
            price = Money.parse(word[1:], currency)
        except BadMoney:
            return list(words), None
        return (rest, price) if price.minor >= 0 else (list(words), None)
    return list(words), None


def _counted(words: Sequence[str]) -> tuple[list[str], int]:
    if len(words) > 1 and (count := _count(words[0])) is not None:
        return list(words[1:]), count
    if len(words) > 1 and words[-1][0] in TIMES and (count := _count(words[-1])) is not None:
        return list(words[:-1]), count
    return list(words), 1


def _count(word: str) -> int | None:
    bare = word.strip(TIMES)
    return int(bare) if bare.isdecimal() and len(bare) <= 3 and 0 < int(bare) <= MOST_PIECES else None


def _plain(words: str) -> str:
    return " ".join(normalize("NFKC", words).casefold().split())
