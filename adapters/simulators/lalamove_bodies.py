"""What may be sent to the simulated Lalamove, and which error each mistake gets (3, 5)."""

import re
from typing import Annotated, Final, Literal, TypeVar

import phonenumbers
from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, StrictStr, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from adapters.simulators.lalamove_faults import Fault
from adapters.simulators.lalamove_market import Spot

DEGREES: Final = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?")
E164: Final = re.compile(r"\+[1-9][0-9]{1,14}")


def _degree(most: int) -> AfterValidator:
    def check(text: str) -> str:
        if not DEGREES.fullmatch(text) or abs(float(text)) > most:
            raise ValueError(f"a text of degrees up to {most}, at most 15 decimals")
        return text

    return AfterValidator(check)


def _phone(text: str) -> str:
    if not E164.fullmatch(text) or not _can_be_dialled(text):
        raise PydanticCustomError("ERR_INVALID_PHONE_NUMBER", "Invalid phone number.")
    return text


def _can_be_dialled(text: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(text))
    except phonenumbers.NumberParseException:
        return False


Phone = Annotated[StrictStr, AfterValidator(_phone)]
Filled = Annotated[StrictStr, Field(min_length=1)]
Remarks = Annotated[StrictStr, Field(max_length=1500)]


class Coordinates(BaseModel):
    """Degrees, as text."""

    lat: Annotated[StrictStr, _degree(90)]
    lng: Annotated[StrictStr, _degree(180)]

    @property
    def spot(self) -> Spot:
        """As numbers."""
        return float(self.lat), float(self.lng)


class Place(BaseModel):
    """Where a stop is."""

    coordinates: Coordinates
    address: Filled


class QuotationBody(BaseModel):
    """3.1."""

    serviceType: Filled
    stops: Annotated[list[Place], Field(min_length=2, max_length=16)]
    language: Filled
    scheduleAt: AwareDatetime | None = None
    specialRequests: list[str] = Field(default_factory=list)
    isRouteOptimized: bool = False
    item: dict[str, object] | None = None


class Contact(BaseModel):
    """Who is at a stop."""

    stopId: Filled
    name: Filled
    phone: Phone


class Recipient(Contact):
    """Who takes the goods."""

    remarks: Remarks = ""


class OrderBody(BaseModel):
    """3.2."""

    quotationId: Filled
    sender: Contact
    recipients: Annotated[list[Recipient], Field(min_length=1)]
    isPODEnabled: bool = False
    isRecipientSMSEnabled: bool = False
    partner: str = ""
    metadata: dict[str, object] = Field(default_factory=dict)


class NewStop(Place):
    """3.6."""

    name: Filled
    phone: Phone
    remarks: Remarks = ""


class EditBody(BaseModel):
    """3.6."""

    stops: Annotated[list[NewStop], Field(min_length=2, max_length=16)]


class FeeBody(BaseModel):
    """3.5."""

    priorityFee: Annotated[StrictStr, Field(pattern=r"^[0-9]{1,9}(\.[0-9]{1,4})?$")]


class ChangeBody(BaseModel):
    """3.8."""

    reason: Literal["DRIVER_LATE", "DRIVER_ASKED_CHANGE", "DRIVER_UNRESPONSIVE", "DRIVER_RUDE"]


class WebhookBody(BaseModel):
    """3.10."""

    url: Annotated[StrictStr, Field(pattern=r"^https?://")]


Body = TypeVar("Body", bound=BaseModel)


def parsed(model: type[Body], raw: object) -> Body:
    """What stands in `data`, as `model`; raises the fault of the first mistake."""
    if not isinstance(raw, dict) or "data" not in raw:
        raise Fault("ERR_MISSING_FIELD", "Missing required field.", "/data")
    try:
        return model.model_validate(raw["data"])
    except ValidationError as error:
        raise _fault(error.errors()[0]) from None


def _fault(found: ErrorDetails) -> Fault:
    kind, path = found["type"], "".join(f"/{step}" for step in ("data", *found["loc"]))
    if path == "/data/stops" and kind in ("too_short", "too_long"):
        return Fault("ERR_INSUFFICIENT_STOPS" if kind == "too_short" else "ERR_TOO_MANY_STOPS", detail=path)
    if path == "/data/scheduleAt":
        return Fault("ERR_INVALID_SCHEDULE_TIME", detail=path)
    if kind.startswith("ERR_"):
        return Fault(kind, found["msg"], path)
    return Fault("ERR_MISSING_FIELD" if kind == "missing" else "ERR_INVALID_FIELD", found["msg"], path)
