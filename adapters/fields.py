"""Field types for the payloads of order feeds."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, Final, TypeVar

from pydantic import BeforeValidator, PlainValidator, SecretStr, ValidationInfo
from pydantic_core import PydanticCustomError

from adapters import values
from core.domain.measures import Box

MOST_LINES: Final = 500
URL: Final = r"^https?://[^\s/?#]+[^\s]*$"
URL_OR_NONE: Final = r"^(https?://[^\s/?#]+[^\s]*)?$"

Value = TypeVar("Value")


def _or_none(read: Callable[[object], Value | None]) -> Callable[[object], Value | None]:
    return lambda value: None if value is None or value == "" else read(value)


def _forgiving(read: Callable[[object], Value]) -> Callable[[object], Value | None]:
    def forgive(value: object) -> Value | None:
        try:
            return read(value)
        except PydanticCustomError:
            return None

    return forgive


def _latitude(value: object) -> float:
    return values.degrees(value, 90)


def _longitude(value: object) -> float:
    return values.degrees(value, 180)


def _zoneless(value: object, info: ValidationInfo) -> datetime | None:
    return None if value is None or value == "" else values.local_moment(value, (info.context or {}).get("zone", UTC))


def _nothing_is_empty(value: object) -> object:
    return [] if value is None else value


def _several(value: object) -> object:
    return [value] if isinstance(value, str | SecretStr) else _nothing_is_empty(value)


def revealed(secrets: Iterable[SecretStr]) -> tuple[str, ...]:
    """The secrets in the open, blanks left out; none at all keeps the door shut."""
    return tuple(secret for kept in secrets if (secret := kept.get_secret_value().strip()))


def short(most: int) -> Any:
    """A pydantic text field of at most `most` signs."""
    return PlainValidator(lambda value: values.text(value, most))


Entries = BeforeValidator(_nothing_is_empty)
Secrets = Annotated[tuple[SecretStr, ...], BeforeValidator(_several)]
Id = Annotated[str, PlainValidator(values.known_id)]
MaybeId = Annotated[str | None, PlainValidator(_or_none(values.known_id))]
Quantity = Annotated[int, PlainValidator(values.quantity)]
PiecesLeft = Annotated[int | None, PlainValidator(_or_none(values.pieces_left))]
Amount = Annotated[Decimal, PlainValidator(values.amount)]
MaybeAmount = Annotated[Decimal | None, PlainValidator(_or_none(values.amount))]
RoughAmount = Annotated[Decimal | None, PlainValidator(_forgiving(values.amount))]
Grams = Annotated[int | None, PlainValidator(_or_none(values.grams))]
Size = Annotated[Box | None, PlainValidator(_or_none(values.size))]
Moment = Annotated[datetime | None, PlainValidator(_or_none(values.moment))]
ZonelessMoment = Annotated[datetime | None, PlainValidator(_zoneless)]
Phone = Annotated[str, PlainValidator(values.phone)]
Flag = Annotated[bool, PlainValidator(values.flag)]
MaybeFlag = Annotated[bool | None, PlainValidator(_or_none(values.flag))]
Currency = Annotated[str, PlainValidator(values.currency_code)]
Latitude = Annotated[float | None, PlainValidator(_or_none(_latitude))]
Longitude = Annotated[float | None, PlainValidator(_or_none(_longitude))]
RoughLatitude = Annotated[float | None, PlainValidator(_forgiving(_latitude))]
RoughLongitude = Annotated[float | None, PlainValidator(_forgiving(_longitude))]
