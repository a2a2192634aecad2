"""What order feeds put together from several values."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Final

from core.domain.ids import LineId
from core.domain.line import IfMissing, OrderLine
from core.domain.money import Money, total_of
from core.domain.text import tidy

NO_TOTAL: Final = "no total was told: the lines were added up"
_NO: Final = frozenset({"", "0", "no", "false", "off", "none", "null", "否", "不用", "不需要"})


def gtin(code: str) -> str:
    """`code` if it is a barcode number of 8, 12, 13 or 14 digits with the right check digit, else nothing."""
    if len(code) not in (8, 12, 13, 14) or not (code.isascii() and code.isdecimal()):
        return ""
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(code)))
    return "" if weighed % 10 else code


def is_yes(told: str) -> bool:
    """Whether a free text says yes: anything but nothing, no and their like."""
    return told.strip().lower() not in _NO


def place(latitude: float | None, longitude: float | None) -> tuple[float | None, float | None]:
    """Both or neither; nought and nought is an empty form, not the Gulf of Guinea."""
    known = latitude is not None and longitude is not None and (latitude or longitude)
    return (latitude, longitude) if known else (None, None)


def window(start: datetime | None, end: datetime | None) -> tuple[datetime | None, datetime | None, str]:
    """A promised window, and what contradicts itself in it; one that ends before it starts is none."""
    if start and end and start > end:
        return None, None, "the promised window ends before it starts"
    return start, end, ""


def own_ids(ids: Iterable[str | None]) -> Iterator[LineId]:
    """An id for each line that no other has: its own, else its position; the same telling gives the same ids."""
    taken: set[str] = set()
    for position, given in enumerate(ids, start=1):
        wanted = given or str(position)
        while wanted in taken:
            wanted += f".{position}"
        taken.add(wanted)
        yield LineId(wanted)


def line_sum(lines: Iterable[OrderLine], currency: str) -> Money:
    """What the lines add up to, as far as their prices are known."""
    return total_of((line.unit_price * line.quantity for line in lines if line.unit_price), currency)


def money(amount: Decimal | None, currency: str) -> Money | None:
    """An amount in major units as money, None where nobody said."""
    return None if amount is None else Money.parse(amount, currency)


_WISHES: Final = {
    IfMissing.CALL: ("call", "phone", "contact", "ask", "電話", "电话", "聯絡", "联系", "通知"),
    IfMissing.CANCEL_ALL: ("cancel", "whole order", "取消"),
    IfMissing.SWAP: ("replace", "swap", "substitut", "similar", "替", "換", "换", "類似", "类似"),
    IfMissing.LEAVE_OUT: ("leave out", "remove", "without", "skip", "refund", "略過", "不要", "退款", "移除"),
}


def if_missing(wish: str) -> IfMissing:
    """What free words wish for when a piece is not there; calling comes first, for who is asked can say the rest."""
    lowered = wish.lower()
    meant = (kind for kind, words in _WISHES.items() if any(word in lowered for word in words))
    return next(meant, IfMissing.UNSAID)


def joined(parts: Iterable[str], most: int = 200, between: str = " · ") -> str:
    """The parts that say something, in one text."""
    return tidy(between.join(part for part in parts if part), most)
