"""What pandago writes (API v1): its words for a state, its orders, prices, times and callbacks."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Final

from pydantic import AliasChoices, Field, PlainValidator

from adapters import http, values
from adapters.fields import Moment, Phone, short
from core.domain.delivery import DeliveryState, Driver, Report
from core.domain.ids import CourierName
from core.domain.job import Stop
from core.domain.measures import Place
from core.domain.money import BadMoney, Money, decimals_of
from core.domain.problem import ProblemKind
from core.domain.quote import Quote
from core.ports.courier import CourierDown

_D = DeliveryState
# DELAYED is missing on purpose: it is no stage. What is told with it counts, and the state stays.
STATUS: Final = {
    "NEW": _D.MATCHING,
    "RECEIVED": _D.MATCHING,
    "WAITING_FOR_TRANSPORT": _D.MATCHING,  # also after a driver has given the job back
    "ASSIGNED_TO_TRANSPORT": _D.MATCHING,  # offered to a driver, who may still say no
    "COURIER_ACCEPTED_DELIVERY": _D.HEADING_TO_STORE,
    "NEAR_VENDOR": _D.AT_STORE,
    "PICKED_UP": _D.PICKED_UP,
    "COURIER_LEFT_VENDOR": _D.PICKED_UP,
    "NEAR_CUSTOMER": _D.PICKED_UP,
    "DELIVERED": _D.DELIVERED,
    "RETURNED_TO_VENDOR": _D.RETURNED,
    "CANCELLED": _D.FAILED,
}
# Nobody finds this out before standing at the door with the goods, which come back (4).
CARRIED_BACK: Final = frozenset({"UNABLE_TO_FIND", "UNABLE_TO_PAY", "WRONG_ORDER_ITEMS_DELIVERED"})
# What a reason comes to; the others say nothing of whose fault it is (4).
TROUBLES: Final = {
    "ADDRESS_INCOMPLETE_MISSTATED": ProblemKind.WRONG_ADDRESS,
    "UNABLE_TO_FIND": ProblemKind.UNREACHABLE,
    "UNABLE_TO_PAY": ProblemKind.REFUSED,
    "WRONG_ORDER_ITEMS_DELIVERED": ProblemKind.REFUSED,
    "FOOD_QUALITY_SPILLAGE": ProblemKind.DAMAGED,
    "COURIER_ACCIDENT": ProblemKind.DAMAGED,
    "COURIER_UNREACHABLE": ProblemKind.LOST,
    "BAD_WEATHER": ProblemKind.WEATHER,
}
CURRENCY: Final = {
    "SG": "SGD",
    "HK": "HKD",
    "MY": "MYR",
    "TH": "THB",
    "PH": "PHP",
    "TW": "TWD",
    "PK": "PKR",
    "JO": "JOD",
    "FI": "EUR",
    "KW": "KWD",
    "NO": "NOK",
    "SE": "SEK",
}
MILLISECONDS: Final = 10**11  # what is larger than this is no Unix time in seconds
YEARS: Final = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))

Text = Annotated[str, short(200)]
Url = Annotated[str, short(1000)]


def amount(money: Money) -> float:
    """A plain decimal number of major units, as their amounts are written."""
    return float(Decimal(money.minor).scaleb(-decimals_of(money.currency)))


def _epoch(value: object) -> datetime | None:
    seconds = values.number(Decimal(str(value)) if isinstance(value, float) else value)
    if seconds is None or not 0 < seconds < MILLISECONDS * 1000:
        return None
    moment = datetime.fromtimestamp(int(seconds / 1000 if seconds > MILLISECONDS else seconds), UTC)
    return moment if YEARS[0] <= moment < YEARS[1] else None


Epoch = Annotated[datetime | None, PlainValidator(_epoch)]
Major = Annotated[Decimal | None, Field(ge=0, le=10**9)]


def _money(major: Decimal | None, currency: str) -> Money | None:
    try:
        return None if major is None else Money.parse(major, currency)
    except BadMoney:
        return None


class Spot(http.Loose):
    """A point on the map; degrees come as text or as numbers."""

    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    updated: Epoch = Field(default=None, validation_alias="updated_at")

    def place(self, otherwise: datetime) -> Place | None:
        """Where, and when that was true."""
        if self.latitude is None or self.longitude is None:
            return None
        return Place(self.latitude, self.longitude, self.updated or otherwise)


class Times(http.Loose):
    """When a driver is expected; empty when unknown. Their schema and an example misspell the names."""

    pickup: Moment = Field(
        default=None,
        validation_alias=AliasChoices("estimated_pickup_time", "estimate_pickup_time", "extimated_pickup_time"),
    )
    delivery: Moment = Field(
        default=None,
        validation_alias=AliasChoices("estimated_delivery_time", "estimate_delivery_time", "extimated_delivery_time"),
    )


class Fee(http.Loose):
    """What a way would cost, in major units of the country's currency."""

    major: Major = Field(default=None, validation_alias=AliasChoices("estimated_delivery_fee", "estimate_delivery_fee"))

    def quote(self, name: CourierName, key: str, currency: str, *, ends: datetime, times: Times) -> Quote:
        """An estimate has neither id nor end of its own; raises `CourierDown` when it has no price."""
        if (fee := _money(self.major, currency)) is None:
            raise CourierDown("the estimate lacks its price")
        return Quote(courier=name, ref=key, fee=fee, expires_at=ends, at_store=times.pickup, at_door=times.delivery)


class Rider(http.Loose):
    """Who rides; every field is empty until somebody has accepted."""

    name: Text = ""
    phone: Phone = Field(default="", validation_alias="phone_number")
    spot: Spot = Field(default_factory=Spot, validation_alias="location")

    @property
    def driver(self) -> Driver | None:
        """None when nobody is named."""
        return Driver(name=self.name, phone=self.phone) if self.name or self.phone else None


class Cancellation(http.Loose):
    """Who ended it, and why."""

    source: Text = ""
    reason: Text = ""


class Order(http.Loose):
    """A job, as calls and callbacks tell of it; either may leave most of it out."""

    id: Text = Field(default="", validation_alias="order_id")
    key: Text = Field(default="", validation_alias="client_order_id")
    status: Text = ""
    fee: Major = Field(default=None, validation_alias="delivery_fee")
    times: Times = Field(default_factory=Times, validation_alias="timeline")
    rider: Rider = Field(default_factory=Rider, validation_alias="driver")
    cancellation: Cancellation = Field(default_factory=Cancellation)
    tracking_url: Url = Field(default="", validation_alias="tracking_link")
    created: Epoch = Field(default=None, validation_alias="created_at")
    updated: Epoch = Field(default=None, validation_alias="updated_at")

    @property
    def state(self) -> DeliveryState:
        """In our words; goods that nobody took at the door are on their way back."""
        if self.status == "CANCELLED" and self.cancellation.reason in CARRIED_BACK:
            return _D.RETURNING
        return STATUS.get(self.status, _D.UNKNOWN)

    @property
    def event_key(self) -> str:
        """What tells two callbacks apart, empty when something of it is missing: they have no id (5)."""
        parts = (self.id, self.status, "" if self.updated is None else str(int(self.updated.timestamp())))
        return ":".join(parts) if all(parts) else ""

    def report(self, name: CourierName, otherwise: datetime, currency: str) -> Report:
        """What is said; `otherwise` when it does not say of what time."""
        at = self.updated or self.created or otherwise
        told = Report(
            courier=name,
            ref=self.id,
            state=self.state,
            word=self.status,
            at=at,
            our_key=self.key,
            waybill=self.id,  # short, and what the driver's own screen shows
            tracking_url=self.tracking_url,
            fee=_money(self.fee, currency),
            reason=self.cancellation.reason or self.cancellation.source,
            trouble=TROUBLES.get(self.cancellation.reason),
        )
        times, rider = self.times, self.rider
        return replace(
            told,
            driver=rider.driver,
            place=rider.spot.place(at),
            eta_store=times.pickup,
            eta_door=times.delivery,
        )


class Outlet(http.Loose):
    """A store they know."""

    id: Text = Field(default="", validation_alias="client_vendor_id")
    name: Text = ""
    address: Annotated[str, short(255)] = ""
    phone: Phone = Field(default="", validation_alias="phone_number")
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    note: Text = Field(default="", validation_alias="rider_instructions")

    @property
    def stop(self) -> Stop:
        """As one end of a way."""
        place = {"latitude": self.latitude, "longitude": self.longitude}
        return Stop(name=self.name, phone=self.phone, address=self.address, note=self.note, **place)
