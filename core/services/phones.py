"""Phone numbers as dialled from abroad."""

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    format_number,
    is_possible_number,
    parse,
    region_code_for_number,
)


def dialled(phone: str, neighbour: str) -> str:
    """`+886912345678` for `0912-345-678`, read in the country of `neighbour`; empty when it is no number."""
    try:
        number = parse(phone, _country_of(neighbour))
    except NumberParseException:
        return ""
    return format_number(number, PhoneNumberFormat.E164) if is_possible_number(number) else ""


def _country_of(phone: str) -> str | None:
    try:
        return region_code_for_number(parse(phone, None))
    except NumberParseException:
        return None
