"""Phone numbers: as dialled from abroad, and whether anybody can be called by one."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from phonenumbers import (
    NumberParseException,
    PhoneMetadata,
    PhoneNumber,
    PhoneNumberFormat,
    ValidationResult,
    country_code_for_region,
    format_number,
    is_possible_number,
    is_possible_number_with_reason,
    is_valid_number,
    parse,
    region_code_for_number,
)

from core.domain.phone import PhoneSense, digits_of, is_made_up, numbers_in, without_number

KEPT: Final = 4096  # numbers judged last: customers come again, and shops repeat themselves
SHORTEST: Final = 7  # digits of a number of which nobody knows the country


def dialled(phone: str, neighbour: str) -> str:
    """`+886912345678` for `0912-345-678`, read in the country of `neighbour`; empty when it is no number."""
    try:
        number = parse(phone, country_of(neighbour))
    except NumberParseException:
        return ""
    return format_number(number, PhoneNumberFormat.E164) if is_possible_number(number) else ""


@lru_cache(maxsize=KEPT)
def judged(phone: str, neighbour: str) -> PhoneSense:
    """What a customer's number is worth in the country of `neighbour`; of several in one field the best counts."""
    country = country_of(neighbour)
    if country is not None and _is_plain(phone, _shape(country)):
        return PhoneSense.GOOD
    known = without_number(phone)
    if known is not None:
        return known
    order = list(PhoneSense)
    return min((_one(number, country) for number in numbers_in(phone)), key=order.index)


@lru_cache(maxsize=64)
def country_of(phone: str) -> str | None:
    """`TW` for `+886225550000`; None when it does not say."""
    try:
        return region_code_for_number(parse(phone, None))
    except NumberParseException:
        return None


@dataclass(frozen=True)
class _Shape:
    """How a country's own numbers look: its code, what is dialled before them at home, and they themselves."""

    code: str
    prefix: str
    numbers: re.Pattern[str]


@lru_cache(maxsize=64)
def _shape(country: str) -> _Shape:
    told = PhoneMetadata.metadata_for_region(country)
    kinds = (told.mobile, told.fixed_line) if told else ()
    patterns = [kind.national_number_pattern for kind in kinds if kind and kind.national_number_pattern]
    numbers = re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or "(?!)")
    return _Shape(str(country_code_for_region(country)), (told and told.national_prefix) or "", numbers)


def _is_plain(phone: str, shape: _Shape) -> bool:
    """A number of the country written as most people do: said in a tenth of the time a full reading takes."""
    if not _WRITTEN.fullmatch(phone):
        return False
    digits = _BETWEEN.sub("", phone)
    if digits.startswith("+"):
        national = digits[1 + len(shape.code) :] if digits.startswith(f"+{shape.code}") else ""
    else:
        national = digits[len(shape.prefix) :] if shape.prefix and digits.startswith(shape.prefix) else digits
    return shape.numbers.fullmatch(national) is not None


_WRITTEN: Final = re.compile(r"\+?[0-9()][0-9 ().-]*")
_BETWEEN: Final = re.compile(r"[ ().-]+")


def _one(phone: str, country: str | None) -> PhoneSense:
    if (number := _read(phone, country)) is None:
        nobody_knows = country is None and len(digits_of(phone)) >= SHORTEST and not is_made_up(phone)
        return PhoneSense.UNKNOWN if nobody_knows else PhoneSense.IMPOSSIBLE
    if is_valid_number(number):
        return PhoneSense.GOOD
    could_be = is_possible_number_with_reason(number) in _DIALLED_THERE
    return PhoneSense.ODD if could_be and not is_made_up(phone) else PhoneSense.IMPOSSIBLE


_DIALLED_THERE: Final = frozenset({ValidationResult.IS_POSSIBLE, ValidationResult.IS_POSSIBLE_LOCAL_ONLY})


def _read(phone: str, country: str | None) -> PhoneNumber | None:
    abroad = f"+{phone[2:]}" if phone.startswith("00") else phone  # how it is dialled in most of the world
    try:
        return parse(abroad, None if abroad.startswith("+") else country)
    except NumberParseException:
        return None
