"""One outside value at a time: what is taken, what is turned away, and in words that give no person away."""

import re
import unicodedata
from datetime import UTC, datetime, tzinfo
from decimal import ROUND_CEILING, Decimal
from typing import Final

from pydantic_core import PydanticCustomError

from core.domain.measures import Box
from core.domain.text import tidy

MOST_PIECES: Final = 9_999  # of one line
MOST_GRAMS: Final = 1_000_000  # of one piece, not reached
MOST_MILLIMETRES: Final = 10_000  # of an edge, not reached
SIDES: Final = 3
MOST_AMOUNT: Final = 10**10  # major units, not reached

_NUMBER: Final = re.compile(r"[0-9]{1,10}(\.[0-9]{1,16})?")
_CLOCK: Final = "([01][0-9]|2[0-3]):[0-5][0-9]"
_MOMENT: Final = re.compile(rf"20[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}T{_CLOCK}:[0-5][0-9](\.[0-9]{{1,6}})?(Z|[+-]{_CLOCK})")
_LOCAL: Final = re.compile(
    r"(?P<time>20[0-9]{2}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?)"
    r" ?(?P<zone>Z|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])?"
)
_CURRENCY: Final = re.compile("[A-Z]{3}")
_ID: Final = re.compile(r"[!-~]{1,100}")
# Short numbers and dates may be repeated in a message; anything longer could be a telephone.
_SHOWN: Final = re.compile(
    r"[+-]?[0-9]{1,6}(\.[0-9]{1,6})?(E[+-]?[0-9]{1,9})?|[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?"
)
_PHONE_FILLERS: Final = re.compile(r"[\s().\-/]+")


def described(value: object) -> str:
    """A value in a few words without its content, unless that is a short number or a date."""
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "true", False: "false"}[value]
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    shown = str(value)
    if _SHOWN.fullmatch(shown):
        return shown
    return f"a text of {len(shown)} signs" if isinstance(value, str) else f"a number of {len(shown)} signs"


def refused(value: object, allowed: str, *, found: str = "") -> PydanticCustomError:
    """What a field type raises; `allowed` says what would have been taken."""
    context = {"found": found or described(value), "allowed": allowed}
    return PydanticCustomError("refused", "found {found}, allowed {allowed}", context)


def number(value: object) -> Decimal | None:
    """The exact number in a JSON number or a plain text without sign; None for anything else."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    return Decimal(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else None


def quantity(value: object) -> int:
    """Whole pieces, from 1."""
    count = number(value)
    if count is None or not 1 <= count <= MOST_PIECES or count != int(count):
        raise refused(value, f"whole pieces from 1 to {MOST_PIECES}")
    return int(count)


def pieces_left(value: object) -> int:
    """Whole pieces, from 0."""
    return 0 if number(value) == 0 else quantity(value)


def amount(value: object) -> Decimal:
    """Major units of a currency, not negative."""
    found = number(value)
    if found is None or not 0 <= found < MOST_AMOUNT:
        raise refused(value, "an amount from 0 up to ten digits, like 1240.00")
    return found


def grams(value: object) -> int | None:
    """Grams of one piece, rounded up; 0 is what shops write who do not know (None)."""
    found = number(value)
    if found is None or not 0 <= found < MOST_GRAMS:
        raise refused(value, f"grams from 0 to below {MOST_GRAMS}")
    return int(found.to_integral_value(ROUND_CEILING)) or None


def size(value: object) -> Box | None:
    """Length, width and height of one piece in millimetres, rounded up; with a 0 in it nobody knows (None)."""
    edges = [number(edge) for edge in value] if isinstance(value, list) and len(value) == SIDES else []
    if not edges or not all(edge is not None and 0 <= edge < MOST_MILLIMETRES for edge in edges):
        raise refused(value, f"three edges in millimetres, each from 0 to below {MOST_MILLIMETRES}")
    whole = [int(edge.to_integral_value(ROUND_CEILING)) for edge in edges if edge is not None]
    return Box(*whole) if all(whole) else None


def moment(value: object) -> datetime:
    """An instant of ISO 8601 with its zone, from 2000 to 2099; comes back in UTC."""
    try:
        if isinstance(value, str) and _MOMENT.fullmatch(value):
            return datetime.fromisoformat(value).astimezone(UTC)
    except ValueError:
        pass  # a 30th of February
    raise refused(value, "a time with zone, like 2026-11-21T14:30:00+08:00, from 2000 to 2099")


def local_moment(value: object, zone: tzinfo) -> datetime:
    """An instant as shop systems write it; without a zone it is meant in `zone`. Comes back in UTC."""
    parts = _LOCAL.fullmatch(value) if isinstance(value, str) else None
    try:
        if parts:
            written = datetime.fromisoformat(parts["time"] + (parts["zone"] or ""))
            return (written if written.tzinfo else written.replace(tzinfo=zone)).astimezone(UTC)
    except ValueError:
        pass  # a 30th of February
    raise refused(value, "a time like 2026-11-21 14:30:00, from 2000 to 2099")


def currency_code(value: object) -> str:
    """Three capitals of ISO 4217, or nothing."""
    if value is None or value == "" or (isinstance(value, str) and _CURRENCY.fullmatch(value)):
        return str(value or "")
    raise refused(value, "three capitals of ISO 4217, like TWD")


def degrees(value: object, most: int) -> float:
    """Degrees WGS-84 between minus and plus `most`."""
    found = number(value.removeprefix("-") if isinstance(value, str) else value)
    if found is None or not -most <= found <= most:
        # Even a wrong place may point at somebody's door, so its number is not told.
        raise refused(value, f"degrees from -{most} to {most}", found="a place off the map")
    is_negated = isinstance(value, str) and value.startswith("-")
    return -float(found) if is_negated else float(found)


def known_id(value: object) -> str:
    """An id as text, also when it came as a whole number; never by way of a float."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not _ID.fullmatch(text):
        raise refused(value, "an id of 1 to 100 visible ASCII signs, as text or a whole number")
    return text


def text(value: object, most: int = 200) -> str:
    """Harmless text of at most `most` signs; a number is taken as it was written, nothing is empty."""
    if isinstance(value, bool | dict | list):
        raise refused(value, "text")
    return "" if value is None else tidy(str(value), most)


def phone(value: object) -> str:
    """A telephone number without spaces and brackets, `00` abroad as `+`; masks and extensions stay."""
    plain = _PHONE_FILLERS.sub("", unicodedata.normalize("NFKC", text(value, 60)))
    return tidy("+" + plain[2:] if plain.startswith("00") else plain, 40)


def flag(value: object) -> bool:
    """True or false; nothing is false."""
    if value is None or isinstance(value, bool):
        return bool(value)
    raise refused(value, "true or false")
