"""What may be sent to the simulated pandago, and which field a mistake is in (3, 6)."""

from typing import Annotated, Literal, TypeVar

import phonenumbers
from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    ValidationError,
    model_validator,
)

from adapters.simulators.pandago_faults import Fault
from adapters.simulators.rides import Spot


def _dialled(text: str) -> str:
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        raise ValueError("is no phone number in E.164") from None
    if not phonenumbers.is_possible_number(number):
        raise ValueError("is no possible phone number")
    return text


Phone = Annotated[StrictStr, AfterValidator(_dialled)]
Notes = Annotated[StrictStr, Field(max_length=2048)]
Amount = Annotated[StrictInt | StrictFloat, Field(ge=0)]
Name = Annotated[StrictStr, Field(min_length=1, max_length=255)]
Latitude = Annotated[StrictFloat | StrictInt, Field(ge=-90, le=90)]
Longitude = Annotated[StrictFloat | StrictInt, Field(ge=-180, le=180)]


class Location(BaseModel):
    """Where somebody is; in Taiwan an address alone will do."""

    address: Annotated[StrictStr, Field(max_length=255)] = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    postalcode: StrictStr | None = None
    notes: Notes = ""

    @property
    def spot(self) -> Spot | None:
        """On the map, if that was said."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)

    @model_validator(mode="after")
    def _is_somewhere(self) -> "Location":
        if not self.address and self.spot is None:
            raise ValueError("needs an address, or latitude and longitude")
        return self

    def wire(self) -> dict[str, object]:
        """As it is told back."""
        return self.model_dump(exclude={"notes"}, exclude_none=True)


class Sender(BaseModel):
    """The outlet by its number, or whoever stands where one is."""

    client_vendor_id: Annotated[StrictStr, Field(max_length=255)] = ""
    name: Annotated[StrictStr, Field(max_length=255)] = ""
    phone_number: Phone | None = None
    location: Location | None = None
    notes: Notes = ""

    @model_validator(mode="after")
    def _is_somebody(self) -> "Sender":
        if not self.client_vendor_id and not (self.name and self.phone_number and self.location):
            raise ValueError("needs client_vendor_id, or name, phone_number and location")
        return self


class Recipient(BaseModel):
    """Who takes the goods."""

    name: Name
    phone_number: Phone
    location: Location
    notes: Notes = ""


class Anybody(BaseModel):
    """A recipient of whom an estimate needs the place only."""

    location: Location


class Packaging(BaseModel):
    """How large and heavy."""

    size: Literal["small", "medium", "large"] | None = None
    weight: Amount | None = None


class Goods(BaseModel):
    """What estimates and orders have in common."""

    client_order_id: StrictStr = ""
    sender: Sender | None = None
    payment_method: Literal["PAID", "CASH_ON_DELIVERY", "CARD_ON_DELIVERY"] = "PAID"
    amount: Amount
    description: Annotated[StrictStr, Field(min_length=1, max_length=200)]
    coldbag_needed: StrictBool = False
    preordered_for: StrictInt | None = None
    packaging: Packaging | None = None
    delivery_tasks: dict[str, object] = Field(default_factory=dict)


class EstimateBody(Goods):
    """3.3."""

    recipient: Anybody


class OrderBody(Goods):
    """3.1."""

    recipient: Recipient


class UpdateBody(BaseModel):
    """3.4."""

    payment_method: Literal["PAID", "CASH_ON_DELIVERY"] | None = None
    amount: Amount | None = None
    location: Location | None = None
    description: Annotated[StrictStr, Field(min_length=1, max_length=200)] | None = None


class CancelBody(BaseModel):
    """3.5; a reason nobody knows is replaced."""

    reason: Annotated[StrictStr, Field(min_length=1)]


class OutletBody(BaseModel):
    """3.8."""

    name: Annotated[StrictStr, Field(min_length=1, max_length=300)]
    address: Name
    latitude: Latitude
    longitude: Longitude
    city: Name
    phone_number: Phone
    currency: Annotated[StrictStr, Field(pattern="^[A-Z]{3}$")]
    locale: Annotated[StrictStr, Field(pattern="^[a-z]{2}[-_][A-Z]{2}$")]
    rider_instructions: Annotated[StrictStr, Field(max_length=500)] = ""
    add_user: list[str] = Field(default_factory=list)
    delete_user: list[str] = Field(default_factory=list)


Body = TypeVar("Body", bound=BaseModel)


def parsed(model: type[Body], raw: object) -> Body:
    """A body as `model`; raises the fault that names each wrong field."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        wrong = {".".join(str(step) for step in found["loc"]): found["msg"] for found in error.errors()}
        raise Fault(400, "", wrong) from None
