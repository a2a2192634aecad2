"""What may be sent to the simulated Uber Direct."""

import json
from typing import Annotated, Final, Literal, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, ValidationError, model_validator

from adapters.simulators.uber_direct_faults import bad_params
from adapters.simulators.uber_direct_windows import Windows

CANCEL_REASONS: Final = frozenset(
    "out_of_items store_closed customer_called_to_cancel store_too_busy courier_delayed_en_route_to_pickup "
    "too_expensive customer_changed_order_requirements delivery_vehicle_too_small no_courier_assigned other".split()
)


def _address(text: str) -> str:
    if text.startswith("{") and not isinstance(json.loads(text).get("street_address"), list):
        raise ValueError("street_address must be a list")
    return text


Address = Annotated[str, Field(min_length=1), AfterValidator(_address)]
Phone = Annotated[str, Field(pattern=r"^\+[0-9]+$")]
Note = Annotated[str, Field(max_length=280)]
Latitude = Annotated[float | None, Field(ge=-90, le=90)]
Longitude = Annotated[float | None, Field(ge=-180, le=180)]
Digits = Annotated[str, Field(pattern=r"^[0-9]{4}$")]
LEAVE: Final = "deliverable_action_leave_at_door"


class QuoteBody(Windows):
    """3.3."""

    pickup_address: Address
    dropoff_address: Address
    pickup_latitude: Latitude = None
    pickup_longitude: Longitude = None
    dropoff_latitude: Latitude = None
    dropoff_longitude: Longitude = None
    pickup_phone_number: Phone | None = None
    dropoff_phone_number: Phone | None = None
    manifest_total_value: int = 0
    external_store_id: str = ""


class Dimensions(BaseModel):
    """Of one piece, in centimetres."""

    length: int = Field(ge=1)
    height: int = Field(ge=1)
    depth: int = Field(ge=1)


class Item(BaseModel):
    """One line of the manifest; grams, hundredths of a unit."""

    name: str
    quantity: int = Field(ge=1)
    size: Literal["small", "medium", "large", "xlarge", "big"] = "small"
    dimensions: Dimensions | None = None
    weight: int | None = Field(None, ge=1)
    price: int | None = None

    @model_validator(mode="after")
    def _what_is_measured_is_weighed(self) -> "Item":
        if self.dimensions is not None and self.weight is None:
            raise ValueError("weight is required where dimensions are given")
        return self


class Barcode(BaseModel):
    type: Literal["CODE39", "CODE39_FULL_ASCII", "CODE128", "QR", "EAN13"]
    value: str


class Pincode(BaseModel):
    enabled: bool = False
    type: Literal["default", "random", "merchant_provided"] = "default"
    value: Digits | None = None

    @model_validator(mode="after")
    def _value_fits_type(self) -> "Pincode":
        if (self.type == "merchant_provided") != (self.value is not None):
            raise ValueError("value goes with merchant_provided, and only with it")
        return self


class Signature(BaseModel):
    enabled: bool = False
    collect_signer_name: bool = False
    collect_signer_relationship: bool = False


class Identification(BaseModel):
    min_age: int = 0


class Verification(BaseModel):
    """What the driver must do at one end; section 8."""

    barcodes: list[Barcode] = Field(default_factory=list)
    signature_requirement: Signature = Field(default_factory=Signature)
    pincode: Pincode = Field(default_factory=Pincode)
    identification: Identification | None = None
    picture: bool = False


class Robo(BaseModel):
    """The robot's timetable; section 10."""

    mode: Literal["auto", "custom"]
    enroute_for_pickup_at: AwareDatetime | None = None
    pickup_imminent_at: AwareDatetime | None = None
    pickup_at: AwareDatetime | None = None
    dropoff_imminent_at: AwareDatetime | None = None
    dropoff_at: AwareDatetime | None = None
    cancel_reason: (
        Literal[
            "cannot_access_customer_location",
            "cannot_find_customer_address",
            "customer_rejected_order",
            "customer_unavailable",
        ]
        | None
    ) = None


class Specifications(BaseModel):
    robo_courier_specification: Robo | None = None


class DeliveryBody(QuoteBody):
    """3.4."""

    pickup_name: str
    dropoff_name: str
    pickup_phone_number: Phone
    dropoff_phone_number: Phone
    manifest_items: list[Item] = Field(min_length=1)
    pickup_business_name: str = ""
    dropoff_business_name: str = ""
    pickup_notes: Note = ""
    dropoff_notes: Note = ""
    dropoff_seller_notes: Note = ""
    return_notes: Note = ""
    pickup_verification: Verification = Field(default_factory=Verification)
    dropoff_verification: Verification = Field(default_factory=Verification)
    return_verification: Verification = Field(default_factory=Verification)
    deliverable_action: Literal["deliverable_action_meet_at_door", "deliverable_action_leave_at_door"] = (
        "deliverable_action_meet_at_door"
    )
    undeliverable_action: Literal["return", "leave_at_door", "discard"] = "return"
    manifest_reference: str = ""
    external_id: str = ""
    quote_id: str = ""
    tip: int = Field(0, ge=0)
    idempotency_key: str = ""
    test_specifications: Specifications = Field(default_factory=Specifications)

    @model_validator(mode="after")
    def _left_goods_are_not_verified(self) -> "DeliveryBody":
        asked = self.dropoff_verification
        checked = asked.pincode.enabled or asked.signature_requirement.enabled or asked.identification
        if checked and self.deliverable_action == LEAVE:
            raise ValueError("leave at door does not go with signature, PIN or identification")
        return self

    @property
    def robo(self) -> Robo | None:
        """The robot asked for, if any."""
        return self.test_specifications.robo_courier_specification


class UpdateBody(BaseModel):
    """3.7; only what is given is changed."""

    pickup_notes: Note | None = None
    dropoff_notes: Note | None = None
    dropoff_seller_notes: Note | None = None
    manifest_reference: str | None = None
    manifest_items: list[Item] | None = None
    dropoff_latitude: Latitude = None
    dropoff_longitude: Longitude = None
    pickup_verification: Verification | None = None
    dropoff_verification: Verification | None = None
    tip_by_customer: int | None = None
    requires_id: bool | None = None
    requires_dropoff_signature: bool | None = None


class CancelBody(BaseModel):
    """3.9; a body at all is optional."""

    cancelation_reason: str = ""
    additional_description: str = ""

    @model_validator(mode="after")
    def _reason_is_known(self) -> "CancelBody":
        if self.cancelation_reason and self.cancelation_reason not in CANCEL_REASONS:
            raise ValueError("cancelation_reason is not one of ours")
        if self.cancelation_reason == "other" and not self.additional_description:
            raise ValueError("other needs an additional_description")
        return self


class ProofBody(BaseModel):
    """Section 8."""

    waypoint: Literal["pickup", "dropoff", "return"]
    type: Literal["picture", "signature", "pincode"]


Body = TypeVar("Body", bound=BaseModel)


def parsed(model: type[Body], raw: object) -> Body:
    """`raw` as `model`; raises the fault that names each wrong field."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        faults = {".".join(map(str, fault["loc"])) or "param_details": fault["msg"] for fault in error.errors()}
        raise bad_params(**faults) from None
