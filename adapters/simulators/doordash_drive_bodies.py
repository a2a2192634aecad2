"""What may be sent to the simulated DoorDash Drive (2.1)."""

import re
from typing import Annotated, Final, Literal, TypeVar

import phonenumbers
from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, StrictInt, ValidationError, model_validator

from adapters.simulators.doordash_drive_faults import invalid

E164: Final = re.compile(r"\+[1-9][0-9]{1,14}")


def _phone(text: str) -> str:
    if not E164.fullmatch(text) or not phonenumbers.is_possible_number(phonenumbers.parse(text)):
        raise ValueError("must be a valid phone number in E.164")
    return text


Phone = Annotated[str, AfterValidator(_phone)]
Filled = Annotated[str, Field(min_length=1)]
Cents = Annotated[StrictInt, Field(ge=0)]
Wish = Literal["required", "preferred", "none"]


class Location(BaseModel):
    """Degrees."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lng: Annotated[float, Field(ge=-180, le=180)]


class Item(BaseModel):
    """One line of what is carried: pounds, inches, cents."""

    name: Filled
    quantity: Annotated[StrictInt, Field(ge=1)]
    description: str = ""
    external_id: str = ""
    weight: Annotated[float | None, Field(gt=0)] = None
    length: Annotated[float | None, Field(gt=0)] = None
    width: Annotated[float | None, Field(gt=0)] = None
    height: Annotated[float | None, Field(gt=0)] = None
    price: Cents | None = None
    barcode: str = ""
    special_instructions: str = ""


class DropoffOptions(BaseModel):
    """What the Dasher must do at the door (5)."""

    signature: Wish = "none"
    id_verification: Wish = "none"
    proof_of_delivery: Literal["photo_required", "photo_preferred", "pin_code", "none"] = "none"
    catering_setup: Literal["required", "none"] = "none"


class PinCode(BaseModel):
    """Who makes the PIN (5)."""

    pin_code_type: Literal["random_number", "customer_phone_number", "merchant_provided_number"] = "random_number"
    pin_code_value: Annotated[str | None, Field(pattern="^[0-9]{4,6}$")] = None

    @model_validator(mode="after")
    def _value_fits_type(self) -> "PinCode":
        if (self.pin_code_type == "merchant_provided_number") != (self.pin_code_value is not None):
            raise ValueError("pin_code_value goes with merchant_provided_number, and only with it")
        return self


class Window(BaseModel):
    """From and to."""

    start_time: AwareDatetime
    end_time: AwareDatetime


class JobBody(BaseModel):
    """A quote or a delivery."""

    external_delivery_id: Annotated[str, Field(pattern=r"^[a-zA-Z0-9._~-]+$")]
    locale: Literal["en-US", "fr-CA", "es-US"] = "en-US"
    order_fulfillment_method: Literal["standard", "catering", "shop_stage", "shop_deliver", "parcel", "large_order"] = (
        "standard"
    )
    pickup_address: Filled | None = None
    pickup_business_name: str = ""
    pickup_phone_number: Phone | None = None
    pickup_instructions: str = ""
    pickup_reference_tag: str = ""
    pickup_external_business_id: Filled | None = None
    pickup_external_store_id: Filled | None = None
    dropoff_address: Filled
    dropoff_business_name: str = ""
    dropoff_location: Location | None = None
    dropoff_phone_number: Phone
    dropoff_instructions: str = ""
    dropoff_contact_given_name: str = ""
    dropoff_contact_family_name: str = ""
    dropoff_contact_send_notifications: bool = True
    dropoff_options: DropoffOptions = Field(default_factory=DropoffOptions)
    dropoff_pin_code_verification_metadata: PinCode | None = None
    order_value: Cents | None = None
    items: list[Item] = Field(default_factory=list)
    pickup_time: AwareDatetime | None = None
    dropoff_time: AwareDatetime | None = None
    pickup_window: Window | None = None
    dropoff_window: Window | None = None
    contactless_dropoff: bool = False
    action_if_undeliverable: Literal["return_to_pickup", "dispose"] = "dispose"
    tip: Cents = 0
    order_contains: dict[str, bool] = Field(default_factory=dict)
    dasher_allowed_vehicles: list[Literal["car", "bicycle", "walking"]] = Field(default_factory=list)
    dropoff_requires_signature: bool = False

    @model_validator(mode="after")
    def _goes_together(self) -> "JobBody":
        if (self.pickup_external_business_id is None) != (self.pickup_external_store_id is None):
            raise ValueError("pickup_external_business_id and pickup_external_store_id go together")
        if self.pickup_address is None and self.pickup_external_store_id is None:
            raise ValueError("pickup_address or an external store is required")
        if self.pickup_time is not None and self.dropoff_time is not None:
            raise ValueError("either pickup_time or dropoff_time")
        return self

    @property
    def asks_for_signature(self) -> bool:
        """By either name."""
        return self.dropoff_requires_signature or self.dropoff_options.signature == "required"


class AcceptBody(BaseModel):
    """What may still change when a quote is taken up (2)."""

    tip: Cents | None = None
    dropoff_phone_number: Phone | None = None


class UpdateBody(BaseModel):
    """Only what is given is changed."""

    pickup_instructions: str | None = None
    pickup_reference_tag: str | None = None
    dropoff_address: Filled | None = None
    dropoff_business_name: str | None = None
    dropoff_location: Location | None = None
    dropoff_phone_number: Phone | None = None
    dropoff_instructions: str | None = None
    dropoff_contact_given_name: str | None = None
    dropoff_contact_family_name: str | None = None
    order_value: Cents | None = None
    items: list[Item] | None = None
    tip: Cents | None = None


Body = TypeVar("Body", bound=BaseModel)


def parsed(model: type[Body], raw: object) -> Body:
    """`raw` as `model`; raises the fault that names each wrong field."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        faults = {".".join(map(str, fault["loc"])) or "body": fault["msg"] for fault in error.errors()}
        raise invalid(**faults) from None
