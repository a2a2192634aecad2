"""What a customer's telephone number is worth: whether anybody can be called by it."""

import re
from enum import StrEnum
from typing import Final
from unicodedata import normalize

TAIL: Final = 9  # last digits, by which a number is found again however it is written
_SAME_LEAST: Final = 7
_NONE_GIVEN: Final = frozenset(("", "na", "none", "no", "null", "x", "無", "无", "沒有", "没有", "なし"))
_HIDDEN: Final = re.compile(r"[*•＊]|[x#]{3,}", re.IGNORECASE)
_INSIDE: Final = re.compile(r"#|ext|分機|分机|內線|内線|转|轉|ramal", re.IGNORECASE)  # what follows is dialled later
_BETWEEN: Final = re.compile(r"[/;,、，；／]|\bor\b|或")


class PhoneSense(StrEnum):
    """From good to none."""

    GOOD = "good"
    ODD = "odd"  # could be dialled, but no such number is given out there
    UNKNOWN = "unknown"  # nobody can say: the store's own country is not known
    HIDDEN = "hidden"  # the channel shows a part only
    MISSING = "missing"
    IMPOSSIBLE = "impossible"


def numbers_in(phone: str) -> tuple[str, ...]:
    """The numbers written in one field, each by itself."""
    parts = (part.strip() for part in _BETWEEN.split(normalize("NFKC", phone)))
    return tuple(part for part in parts if digits_of(part))


def digits_of(phone: str) -> str:
    """Only these, in plain signs."""
    return "".join(sign for sign in normalize("NFKC", phone) if sign.isdecimal() and sign.isascii())


def without_number(phone: str) -> PhoneSense | None:
    """What can be said of a text before any number is read from it; None where there is one to read."""
    text = normalize("NFKC", phone).casefold()
    if _HIDDEN.search(text) and len(digits_of(text)) < TAIL:
        return PhoneSense.HIDDEN
    if "".join(sign for sign in text if sign.isalnum()) in _NONE_GIVEN:
        return PhoneSense.MISSING
    return None if numbers_in(phone) else PhoneSense.IMPOSSIBLE


def is_made_up(phone: str) -> bool:
    """One digit over and over, or counted up or down."""
    digits = digits_of(phone)
    around = ("01234567890123456789", "98765432109876543210")
    return len(set(digits)) < 2 or any(digits in row for row in around)


def tail_of(phone: str) -> str:
    """The digits by which the same number is found again: `912345678` for `0912-345-678` and `+886 912 345 678`."""
    first = next(iter(numbers_in(phone)), "")
    digits = digits_of(_INSIDE.split(first)[0])
    return digits[-TAIL:].lstrip("0") if len(digits) >= _SAME_LEAST else ""


def is_same(one: str, other: str) -> bool:
    """The same telephone, however it is written."""
    short, long = sorted((digits_of(_INSIDE.split(number)[0]).lstrip("0") for number in (one, other)), key=len)
    return len(short) >= _SAME_LEAST and long.endswith(short)
