"""The same door, the same goods, the same person: what makes two orders look like one."""

from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from typing import Final
from unicodedata import normalize

from core.domain.line import OrderLine
from core.domain.phone import digits_of, is_same

_SHORTEST: Final = 6  # letters and digits of an address that can be told from others


def plain(words: str) -> str:
    """Letters and digits only, of one width and case."""
    return "".join(sign for sign in normalize("NFKC", words).casefold() if sign.isalnum())


def door_of(address: str) -> int | None:
    """A number for an address, the same however it is spaced; None for one too short to tell."""
    letters = plain(address)
    if len(letters) < _SHORTEST:
        return None
    return int.from_bytes(blake2b(letters.encode(), digest_size=8).digest(), signed=True)


def same_goods(one: Iterable[OrderLine], other: Iterable[OrderLine]) -> bool:
    """The same things, as many of each; gifts the shop adds do not count."""
    return _goods(one) == _goods(other)


def is_listed(names: Iterable[str], listed: Iterable[str]) -> bool:
    """One of the names, numbers or addresses stands on a list."""
    wanted = [name for name in names if plain(name)]
    return any(_is_meant(name, entry) for entry in listed for name in wanted)


def _is_meant(name: str, entry: str) -> bool:
    is_number = len(digits_of(entry)) * 2 > len(plain(entry))
    return plain(name) == plain(entry) or (is_number and is_same(name, entry))


def _goods(lines: Iterable[OrderLine]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for line in lines:
        if not line.is_gift:
            counted[line.sku or line.name] += line.quantity
    return counted
