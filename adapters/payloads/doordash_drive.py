"""What DoorDash Drive writes (API v2): its words for a state, its deliveries, quotes and webhooks."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Final

from pydantic import AliasChoices, AliasPath, Field

from adapters import http
from adapters.fields import Moment, Phone, short
from core.domain.delivery import DeliveryState, Driver, Report
from core.domain.ids import CourierName
from core.domain.measures import Place
from core.domain.money import LARGEST_MINOR, Money, decimals_of
from core.domain.problem import ProblemKind
from core.domain.quote import Quote
from core.ports.courier import CourierDown, Proof, Waypoint

_D = DeliveryState
QUOTED: Final = "quote"  # a price under our number, and nobody called
# Statuses in small letters, events in large ones. DELIVERY_BATCHED is missing on purpose: it is no stage.
# What a reason comes to: `failed_to_deliver` leaves open why.
TROUBLES: Final = {"failed_to_return": ProblemKind.LOST}
STATUS: Final = {
    QUOTED: _D.MATCHING,
    "created": _D.MATCHING,  # also after a Dasher has given the job back
    "confirmed": _D.HEADING_TO_STORE,
    "enroute_to_pickup": _D.HEADING_TO_STORE,
    "arrived_at_pickup": _D.AT_STORE,
    "picked_up": _D.PICKED_UP,
    "enroute_to_dropoff": _D.PICKED_UP,
    "arrived_at_dropoff": _D.PICKED_UP,
    "delivered": _D.DELIVERED,
    "enroute_to_return": _D.RETURNING,
    "arrived_at_return": _D.RETURNING,
    "returned": _D.RETURNED,
    "cancelled": _D.FAILED,
    "DELIVERY_CREATED": _D.MATCHING,
    "DASHER_CONFIRMED": _D.HEADING_TO_STORE,
    "DASHER_ENROUTE_TO_PICKUP": _D.HEADING_TO_STORE,
    "DASHER_CONFIRMED_PICKUP_ARRIVAL": _D.AT_STORE,
    "DASHER_PICKED_UP": _D.PICKED_UP,
    "DASHER_ENROUTE_TO_DROPOFF": _D.PICKED_UP,
    "DASHER_CONFIRMED_DROPOFF_ARRIVAL": _D.PICKED_UP,
    "DASHER_DROPPED_OFF": _D.DELIVERED,
    "DELIVERY_CANCELLED": _D.FAILED,
    "DELIVERY_RETURN_INITIALIZED": _D.RETURNING,
    "DASHER_ENROUTE_TO_RETURN": _D.RETURNING,
    "DASHER_CONFIRMED_RETURN_ARRIVAL": _D.RETURNING,
    "DELIVERY_RETURNED": _D.RETURNED,
}
QUOTE_LIFE: Final = timedelta(minutes=5)

Text = Annotated[str, short(200)]
Url = Annotated[str, short(1000)]
Cents = Annotated[int | None, Field(ge=0, le=LARGEST_MINOR)]


def money(cents: int | None, currency: str) -> Money | None:
    """Their amounts are hundredths of a unit; None for what is no price."""
    if cents is None or not re.fullmatch("[A-Z]{3}", currency):
        return None
    return Money(_rounded(Decimal(cents).scaleb(decimals_of(currency) - 2)), currency)


def cents(amount: Money) -> int:
    """Hundredths of a unit."""
    return _rounded(Decimal(amount.minor).scaleb(2 - decimals_of(amount.currency)))


def _rounded(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


class Delivery(http.Loose):
    """A quote or a job, as calls and webhooks tell of it; either may leave out most of it (2.2)."""

    id: Text = Field(default="", validation_alias="external_delivery_id")
    status: Text = Field(default="", validation_alias="delivery_status")
    updated: Moment = Field(default=None, validation_alias="updated_at")
    currency: Text = ""
    fee: Cents = None
    tip: Cents = None
    tag: Text = Field(default="", validation_alias="pickup_reference_tag")
    tracking_url: Url = ""
    reason: Text = Field(default="", validation_alias="cancellation_reason")
    at_store: Moment = Field(default=None, validation_alias="pickup_time_estimated")
    at_door: Moment = Field(default=None, validation_alias="dropoff_time_estimated")
    back_at: Moment = Field(default=None, validation_alias="return_time_estimated")
    pin: Text = Field(
        default="", validation_alias=AliasPath("dropoff_pin_code_verification_metadata", "pin_code_value")
    )
    name: Text = Field(default="", validation_alias="dasher_name")
    store_phone: Phone = Field(default="", validation_alias="dasher_pickup_phone_number")
    door_phone: Phone = Field(default="", validation_alias="dasher_dropoff_phone_number")
    make: Text = Field(default="", validation_alias="dasher_vehicle_make")
    model: Text = Field(default="", validation_alias="dasher_vehicle_model")
    year: Text = Field(default="", validation_alias="dasher_vehicle_year")
    latitude: float | None = Field(default=None, validation_alias=AliasPath("dasher_location", "lat"), ge=-90, le=90)
    longitude: float | None = Field(default=None, validation_alias=AliasPath("dasher_location", "lng"), ge=-180, le=180)
    pickup_picture: Url = Field(default="", validation_alias="pickup_verification_image_url")
    door_picture: Url = Field(default="", validation_alias="dropoff_verification_image_url")
    signature: Url = Field(default="", validation_alias="dropoff_signature_image_url")

    @property
    def driver(self) -> Driver | None:
        """None when nothing is said of anybody; the number is the one that stores may call."""
        vehicle = " ".join(filter(None, (self.make, self.model, self.year)))
        told = Driver(name=self.name, phone=self.store_phone or self.door_phone, vehicle=vehicle)
        return None if told == Driver() else told

    def place(self, at: datetime) -> Place | None:
        """Where the Dasher is; they do not say since when."""
        if self.latitude is None or self.longitude is None:
            return None
        return Place(self.latitude, self.longitude, at)

    def image(self, waypoint: Waypoint, kind: Proof) -> str:
        """Where a proof is, empty when there is none."""
        images = {
            (Waypoint.PICKUP, Proof.PICTURE): self.pickup_picture,
            (Waypoint.DROPOFF, Proof.PICTURE): self.door_picture,
            (Waypoint.DROPOFF, Proof.SIGNATURE): self.signature,
        }
        return images.get((waypoint, kind), "")

    def report(self, name: CourierName, at: datetime, currency: str) -> Report:
        """What is said; `currency` where they do not name it."""
        state = STATUS.get(self.status, _D.UNKNOWN)
        told = Report(
            courier=name,
            ref=self.id,
            state=state,
            word=self.status,
            at=at,
            our_key=self.id,
            waybill=self.tag,  # what the Dasher's own screen shows
            tracking_url=self.tracking_url,
            fee=money(self.fee, self.currency or currency),
            pin=self.pin,
            reason=self.reason,
            trouble=TROUBLES.get(self.reason),
        )
        eta_store = self.back_at if state is _D.RETURNING else self.at_store
        return replace(told, driver=self.driver, place=self.place(at), eta_store=eta_store, eta_door=self.at_door)

    def quote(self, name: CourierName, now: datetime, currency: str) -> Quote:
        """A price, good for five minutes (2); raises `CourierDown` when there is none."""
        fee = money(self.fee, self.currency or currency)
        if not self.id or fee is None:
            raise CourierDown("the quote lacks its number or its price")
        ends = now + QUOTE_LIFE
        return Quote(courier=name, ref=self.id, fee=fee, expires_at=ends, at_store=self.at_store, at_door=self.at_door)


class Event(Delivery):
    """A webhook: the fields of its delivery, what happened and when (6)."""

    what: Text = Field(default="", validation_alias=AliasChoices("event_name", "event_type"))
    created: Moment = Field(default=None, validation_alias="created_at")

    @property
    def key(self) -> str:
        """What tells two webhooks apart, empty when something of it is missing: they have no id."""
        parts = (self.id, self.what, self.created.isoformat() if self.created else "")
        return ":".join(parts) if all(parts) else ""

    def told(self, name: CourierName, received_at: datetime, currency: str) -> Report:
        """By what happened; where nobody knows that word, by the status they may tell along with it."""
        word = self.what if self.what in STATUS or not self.status else self.status
        at = self.created or self.updated or received_at
        return replace(self.model_copy(update={"status": word}).report(name, at, currency), word=self.what or word)
