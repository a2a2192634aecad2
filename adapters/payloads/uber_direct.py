"""What Uber Direct writes (Direct API 1.0): its words for a state, its deliveries, quotes and events."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Final

from pydantic import AliasChoices, AliasPath, BaseModel, BeforeValidator, Field

from adapters import http
from adapters.fields import Moment, short
from core.domain.delivery import DeliveryState, Driver, Report
from core.domain.ids import CourierName
from core.domain.measures import Place
from core.domain.money import LARGEST_MINOR, Money, decimals_of
from core.domain.problem import ProblemKind
from core.domain.quote import Quote
from core.ports.courier import CourierDown

_D = DeliveryState
STATUS: Final = {
    "pending": _D.MATCHING,
    "pickup": _D.HEADING_TO_STORE,
    "pickup_complete": _D.PICKED_UP,
    "dropoff": _D.PICKED_UP,
    "delivered": _D.DELIVERED,
    "returned": _D.RETURNING,  # the way there has ended; a job of its own brings the goods back
    "canceled": _D.FAILED,
}
# What an undeliverable reason comes to, written small (5).
TROUBLES: Final = {
    "cannot_find_customer_address": ProblemKind.WRONG_ADDRESS,
    "cannot_access_customer_location": ProblemKind.UNREACHABLE,
    "customer_unavailable": ProblemKind.UNREACHABLE,
    "no_secure_location_to_dropoff": ProblemKind.UNREACHABLE,
    "customer_rejected_order": ProblemKind.REFUSED,
}
RETURN_STATUS: Final = {
    **dict.fromkeys(("pending", "pickup", "pickup_complete", "dropoff", "returned"), _D.RETURNING),
    "delivered": _D.RETURNED,
    "canceled": _D.FAILED,
}
PLACE: Final = "event.courier_update"
QUOTE_LIFE: Final = timedelta(minutes=15)

Text = Annotated[str, short(200)]
Hundredths = Annotated[int | None, Field(ge=0, le=LARGEST_MINOR)]


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


class Related(http.Loose):
    """Another leg of the same job."""

    id: Text = ""
    relationship: Text = ""


class Delivery(http.Loose):
    """Either leg of a job; flat, for what is nested with them is mostly missing."""

    id: Text = ""
    uuid: Text = ""
    status: Text = ""
    external_id: Text = ""
    created: Moment = None
    updated: Moment = None
    courier_imminent: bool = False
    currency: Text = ""
    fee: Hundredths = None
    tip: Hundredths = None
    tracking_url: Text = ""
    pickup_eta: Moment = None
    dropoff_eta: Moment = None
    undeliverable_action: Text = ""
    undeliverable_reason: Text = ""
    related_deliveries: Annotated[tuple[Related, ...], BeforeValidator(_as_list)] = ()
    pin: Text = Field(
        default="", validation_alias=AliasPath("dropoff", "verification_requirements", "pincode", "value")
    )
    courier: dict[str, object] | None = None
    latitude: float | None = Field(
        default=None, validation_alias=AliasPath("courier", "location", "lat"), ge=-90, le=90
    )
    longitude: float | None = Field(
        default=None, validation_alias=AliasPath("courier", "location", "lng"), ge=-180, le=180
    )

    def related(self, *words: str) -> str:
        """The leg that stands so to this one, empty where there is none."""
        return next((leg.id for leg in self.related_deliveries if leg.relationship in words), "")

    @property
    def is_return(self) -> bool:
        """It brings goods back."""
        return self.id.startswith("ret_") or bool(self.related("original"))

    @property
    def state(self) -> DeliveryState:
        """In our words."""
        if self.is_return:
            return RETURN_STATUS.get(self.status, _D.UNKNOWN)
        if self.status == "pickup" and self.courier_imminent:
            return _D.AT_STORE  # about a minute early: they have no word for "arrived"
        if self.status == "returned" and self.undeliverable_action.startswith("discard"):
            return _D.FAILED
        return STATUS.get(self.status, _D.UNKNOWN)

    def report(self, name: CourierName, otherwise: datetime) -> Report:
        """What is said of either leg, under the job we booked; `otherwise` when it does not say of what time."""
        at = self.updated or self.created or otherwise
        told = Report(
            courier=name,
            ref=self.id,
            state=self.state,
            word=self.status,
            at=at,
            our_key=self.external_id,
            driver=None if self.courier is None else Courier.model_validate(self.courier).driver,
            place=_place(self.latitude, self.longitude, at),
            tracking_url=self.tracking_url,
            reason=self.undeliverable_reason,
            trouble=TROUBLES.get(self.undeliverable_reason.casefold()),
        )
        return self._back(told) if self.is_return else self._forth(told)

    def _forth(self, told: Report) -> Report:
        return replace(
            told,
            # UNSURE which number the driver reads out; the end of the uuid is what both sides can see.
            waybill=self.uuid[-5:].upper(),
            eta_store=self.pickup_eta,
            eta_door=self.dropoff_eta,
            fee=_money(self.fee, self.currency),
            pin=self.pin,
            return_ref=self.related("return", "returned"),
        )

    def _back(self, told: Report) -> Report:
        return replace(told, ref=self.related("original") or self.id, return_ref=self.id, eta_store=self.dropoff_eta)


class Courier(http.Loose):
    """Who rides."""

    name: Text = ""
    phone_number: Text = ""
    public_number: Text = Field(default="", validation_alias=AliasPath("public_phone_info", "phone_number"))
    vehicle_type: Text = ""
    vehicle_color: Text = ""
    vehicle_make: Text = ""
    vehicle_model: Text = ""
    vehicle_license_plate: Text = ""

    @property
    def driver(self) -> Driver:
        """In our words."""
        vehicle = (self.vehicle_type, self.vehicle_color, self.vehicle_make, self.vehicle_model)
        return Driver(
            name=self.name,
            phone=self.public_number or self.phone_number,  # the second answers to the customer only
            vehicle=" ".join(filter(None, vehicle)),
            plate=self.vehicle_license_plate,
        )


class Page(http.Loose):
    """Some of the account's jobs."""

    data: tuple[Delivery, ...] = ()
    next_href: Text = ""


class Price(http.Loose):
    """A quote."""

    id: Text = ""
    fee: Hundredths = None
    currency: Text = Field(default="", validation_alias=AliasChoices("currency_type", "currency"))
    created: Moment = None
    expires: Moment = None
    pickup_duration: int | None = Field(default=None, ge=0, le=10_000)  # minutes
    dropoff_eta: Moment = None

    def quote(self, name: CourierName, now: datetime) -> Quote:
        """In our words; raises `CourierDown` when it lacks what makes it one."""
        fee, created = _money(self.fee, self.currency), self.created or now
        if not self.id or fee is None:
            raise CourierDown("the quote lacks its id or its price")
        return Quote(
            courier=name,
            ref=self.id,
            fee=fee,
            expires_at=self.expires or created + QUOTE_LIFE,
            at_store=None if self.pickup_duration is None else created + timedelta(minutes=self.pickup_duration),
            at_door=self.dropoff_eta,
        )


class Event(http.Loose):
    """A webhook: a status, or a place on the map (9)."""

    id: Text = ""
    kind: Text = ""
    created: Moment = None
    delivery_id: Text = ""
    status: Text = ""
    latitude: float | None = Field(default=None, validation_alias=AliasPath("location", "lat"), ge=-90, le=90)
    longitude: float | None = Field(default=None, validation_alias=AliasPath("location", "lng"), ge=-180, le=180)
    data: Delivery = Field(default_factory=Delivery)

    @property
    def ref(self) -> str:
        """Of the delivery it is about."""
        return self.data.id or self.delivery_id

    def report(self, name: CourierName, received_at: datetime) -> Report:
        """What it says of the delivery."""
        at = self.created or received_at
        whole = self.data.model_copy(update={"id": self.ref, "status": self.data.status or self.status})
        told = replace(whole.report(name, at), at=self.data.updated or at)
        place = _place(self.latitude, self.longitude, at) or told.place
        # A place alone is no word on how the job stands.
        return replace(told, word=told.word or ("" if self.kind == PLACE else self.kind), place=place)


class Duplicate(http.Loose):
    """The job there is already under our key."""

    ref: Text = Field(default="", validation_alias=AliasPath("metadata", "delivery_id"))


class Document(BaseModel):
    """A proof."""

    document: str  # base64


def _money(hundredths: int | None, currency: str) -> Money | None:
    """Their amounts are hundredths of a unit whatever the currency."""
    code = currency.upper()
    if hundredths is None or not re.fullmatch("[A-Z]{3}", code):
        return None
    return Money(_rounded(Decimal(hundredths).scaleb(decimals_of(code) - 2)), code)


def hundredths(money: Money) -> int:
    """As their amounts are written."""
    return _rounded(Decimal(money.minor).scaleb(2 - decimals_of(money.currency)))


def _rounded(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _place(latitude: float | None, longitude: float | None, at: datetime) -> Place | None:
    return None if latitude is None or longitude is None else Place(latitude, longitude, at)
