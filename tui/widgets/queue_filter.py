"""What of the queue fits some words: number, name, the phone's last digits, waybill, channel."""

from typing import Final

from core.board.orders import QueueLine

LAST_DIGITS: Final = 3  # from which digits may be the end of a phone number


def fits(line: QueueLine, words: str) -> bool:
    """Every word of them somewhere in the order's facts."""
    return all(_has(line, word) for word in words.casefold().split())


def sifted(queue: tuple[QueueLine, ...], words: str) -> tuple[QueueLine, ...]:
    """In the same order."""
    return tuple(line for line in queue if fits(line, words)) if words.strip() else queue


def _has(line: QueueLine, word: str) -> bool:
    plain = word.lstrip("#")
    if any(plain in fact.casefold() for fact in (line.number, line.customer, line.channel) if plain):
        return True
    return _ends_phone(line.phone, plain) or _is_in(plain, line.waybill)


def _ends_phone(phone: str, digits: str) -> bool:
    told = "".join(sign for sign in phone if sign.isdigit())
    return len(digits) >= LAST_DIGITS and digits.isdigit() and told.endswith(digits)


def _is_in(word: str, waybill: str) -> bool:
    """Dashes and blanks are said by some and left out by others."""
    plain = _bare(word)
    return bool(plain) and plain in _bare(waybill)


def _bare(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
