"""Which pieces of one list of goods are which of another, where the two were written down by different hands."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final
from unicodedata import normalize

from core.domain.ids import LineId
from core.domain.line import OrderLine

ALIKE: Final = 0.8  # of two names' letters, from which on they may be the same item


@dataclass(frozen=True)
class Share:
    """So many pieces are on both."""

    ours: LineId
    theirs: LineId
    pieces: int


def shares(ours: Sequence[OrderLine], theirs: Sequence[OrderLine]) -> tuple[Share, ...]:
    """Each piece at most once; by code first, then by name, then by a name that is nearly the same."""
    left = {id(line): line.quantity for line in (*ours, *theirs)}
    found: list[Share] = []
    for is_same in _WAYS:
        for one, other in _pairs(ours, theirs, is_same):
            pieces = min(left[id(one)], left[id(other)])
            if pieces > 0:
                found.append(Share(one.id, other.id, pieces))
                left[id(one)] -= pieces
                left[id(other)] -= pieces
    return tuple(found)


def pieces_of(lines: Iterable[OrderLine]) -> int:
    """How many."""
    return sum(line.quantity for line in lines)


def plain(words: str) -> str:
    """As far as two hands write it alike: no spaces, signs, wide letters or capitals."""
    return "".join(sign for sign in normalize("NFKC", words).casefold() if sign.isalnum())


def _pairs(
    ours: Sequence[OrderLine], theirs: Sequence[OrderLine], is_same: Callable[[OrderLine, OrderLine], bool]
) -> Iterator[tuple[OrderLine, OrderLine]]:
    return ((one, other) for one in ours for other in theirs if is_same(one, other))


def _by_code(one: OrderLine, other: OrderLine) -> bool:
    codes = {one.sku.casefold(), one.barcode} - {""}
    return bool(codes & {other.sku.casefold(), other.barcode})


def _by_name(one: OrderLine, other: OrderLine) -> bool:
    return bool(plain(one.name)) and plain(one.name) == plain(other.name) and not _are_two(one, other)


def _by_likeness(one: OrderLine, other: OrderLine) -> bool:
    if _are_two(one, other):
        return False
    return SequenceMatcher(None, plain(one.name)[:80], plain(other.name)[:80]).ratio() >= ALIKE


def _are_two(one: OrderLine, other: OrderLine) -> bool:
    """Two codes, two items, whatever they are called; and 500 ml is not 600 ml."""
    has_codes = bool(one.sku and other.sku)
    return (has_codes and one.sku.casefold() != other.sku.casefold()) or _digits(one.name) != _digits(other.name)


def _digits(name: str) -> str:
    return "".join(sign for sign in normalize("NFKC", name) if sign.isdigit())


_WAYS: Final = (_by_code, _by_name, _by_likeness)
