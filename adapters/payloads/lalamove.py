"""What Lalamove writes (API v3): its words for a state, its orders, prices, drivers and webhooks."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Final

from pydantic import AliasChoices, AliasPath, Field, PlainValidator

from adapters import http, values
from adapters.fields import Moment, short
from core.domain.delivery import DeliveryState, Driver, Report
from core.domain.ids import CourierName
from core.domain.limits import CourierLimits
from core.domain.measures import Box, Place
from core.domain.money import BadMoney, Money, decimals_of
from core.domain.quote import Quote
from core.ports.courier import CourierDown

_D = DeliveryState
STATUS: Final = {
    "ASSIGNING_DRIVER": _D.MATCHING,  # also after a driver has given the job back
    "ON_GOING": _D.HEADING_TO_STORE,
    "PICKED_UP": _D.PICKED_UP,
    "COMPLETED": _D.DELIVERED,
    "CANCELED": _D.FAILED,
    "REJECTED": _D.FAILED,  # too many drivers said no
    "EXPIRED": _D.FAILED,  # nobody said yes within two hours
}
WITH_DRIVER: Final = frozenset({"ON_GOING", "PICKED_UP"})
ABOUT_AN_ORDER: Final = frozenset(
    "ORDER_STATUS_CHANGED DRIVER_ASSIGNED ORDER_AMOUNT_CHANGED ORDER_REPLACED ORDER_EDITED ORDER_CREATED "
    "POD_STATUS_CHANGED POP_STATUS_CHANGED DELIVERY_CODE_STATUS_CHANGED".split()
)
SUPPORT: Final = "LALAMOVE_CUSTOMER_SUPPORT"
DOOR_FAILED: Final = "FAILED"
MILLISECONDS: Final = 10**11  # what is larger than this is no Unix time in seconds
WAYBILL_SIGNS: Final = 5
MILLIMETRES: Final = {"m": 1000.0, "cm": 10.0, "mm": 1.0}
GRAMS: Final = {"kg": 1000.0, "g": 1.0}

Text = Annotated[str, short(200)]
Url = Annotated[str, short(1000)]


def signed_text(stamp: str, method: str, path: str, body: bytes) -> bytes:
    """What a signature is made over, of calls and of webhooks alike; no body ends it after the blank line (2, 6)."""
    return f"{stamp}\r\n{method}\r\n{path}\r\n\r\n".encode(errors="surrogatepass") + body


def amount(money: Money) -> str:
    """Major units without needless decimals, as their amounts are written."""
    exact = Decimal(money.minor).scaleb(-decimals_of(money.currency))
    return str(int(exact)) if exact == int(exact) else str(exact.normalize())


def money(told: str, currency: str) -> Money | None:
    """Their text in major units; None for what is no price."""
    try:
        found = Money.parse(told, currency) if re.fullmatch("[A-Z]{3}", currency) else None
    except BadMoney:
        return None
    return None if found is None or found.minor < 0 else found


def _phone(value: object) -> str:
    """They print a blank where the plus of a number was."""
    return values.phone(f"+{value[1:]}" if isinstance(value, str) and re.match(r" \d", value) else value)


Phone = Annotated[str, PlainValidator(_phone)]


class Spot(http.Loose):
    """A point on the map; degrees come as text or as numbers."""

    lat: float | None = Field(default=None, ge=-90, le=90)
    lng: float | None = Field(default=None, ge=-180, le=180)
    updated_at: Moment = Field(default=None, validation_alias="updatedAt")

    def place(self, otherwise: datetime) -> Place | None:
        """Where, and when that was true."""
        if self.lat is None or self.lng is None:
            return None
        return Place(self.lat, self.lng, self.updated_at or otherwise)


class Proof(http.Loose):
    """What a driver left behind at a stop: DELIVERED is a photo, SIGNED a signature."""

    status: Text = ""
    image: Url = ""


class Stop(http.Loose):
    """One end of the way."""

    id: Text = Field(default="", validation_alias="stopId")
    spot: Spot = Field(default_factory=Spot, validation_alias="coordinates")
    address: Text = ""
    name: Text = ""
    phone: Phone = ""
    proof: Proof = Field(default_factory=Proof, validation_alias="POD")
    code: Text = Field(default="", validation_alias=AliasPath("deliveryCode", "value"))


class Price(http.Loose):
    """Texts in major units; what costs nothing is left out."""

    total: Text = Field(default="", validation_alias=AliasChoices("total", "totalPrice"))
    priority: Text = Field(default="", validation_alias="priorityFee")
    currency: Text = ""

    @property
    def fee(self) -> Money | None:
        """All of it, the priority fee too."""
        return money(self.total, self.currency)


class Rider(http.Loose):
    """Who rides; the plate is masked."""

    id: Text = Field(default="", validation_alias="driverId")
    name: Text = ""
    phone: Phone = ""
    plate: Text = Field(default="", validation_alias="plateNumber")
    spot: Spot = Field(default_factory=Spot, validation_alias="coordinates")

    @property
    def driver(self) -> Driver | None:
        """None when nothing is said of anybody."""
        told = Driver(name=self.name, phone=self.phone, plate=self.plate)
        return None if told == Driver() else told


class Order(http.Loose):
    """A job, as calls and webhooks tell of it; either may leave most of it out."""

    id: Text = Field(default="", validation_alias="orderId")
    status: Text = ""
    rider_id: Text = Field(default="", validation_alias="driverId")
    share_link: Url = Field(default="", validation_alias="shareLink")
    price: Price = Field(default_factory=Price, validation_alias=AliasChoices("priceBreakdown", "price"))
    stops: tuple[Stop, ...] = ()
    cancel_party: Text = Field(default="", validation_alias="cancelParty")
    key: Text = Field(default="", validation_alias=AliasPath("metadata", "key"))

    @property
    def door_failed(self) -> bool:
        """Nobody took the goods: only the proof of a stop says so (4)."""
        return any(stop.proof.status == DOOR_FAILED for stop in self.stops)

    @property
    def was_taken_away(self) -> bool:
        """By their support, who may put another order in its place (6)."""
        return self.status == "CANCELED" and self.cancel_party == SUPPORT

    @property
    def state(self) -> DeliveryState:
        """In our words; an order their support took away may go on as another one."""
        if self.door_failed and self.status in ("PICKED_UP", "COMPLETED", ""):
            return _D.FAILED
        return _D.UNKNOWN if self.was_taken_away else STATUS.get(self.status, _D.UNKNOWN)

    @property
    def reason(self) -> str:
        """Why it ended badly, as far as they say."""
        return f"POD {DOOR_FAILED}" if self.door_failed else self.cancel_party

    def report(self, name: CourierName, at: datetime, *, ref: str = "") -> Report:
        """What is said; `at` because an order has no time of its own, `ref` when we booked it as another one."""
        return Report(
            courier=name,
            ref=ref or self.id,
            state=self.state,
            word=self.status,
            at=at,
            our_key=self.key,
            # UNSURE which part of the number a driver reads out; its end is what both sides can see.
            waybill=self.id[-WAYBILL_SIGNS:],
            tracking_url=self.share_link,
            fee=self.price.fee,
            pin=next((stop.code for stop in self.stops if stop.code), ""),
            reason=self.reason,
        )


class Quotation(http.Loose):
    """A price that holds for five minutes, and the ids an order must name its stops by."""

    id: Text = Field(default="", validation_alias="quotationId")
    expires_at: Moment = Field(default=None, validation_alias="expiresAt")
    stops: tuple[Stop, ...] = ()
    price: Price = Field(default_factory=Price, validation_alias="priceBreakdown")

    def quote(self, name: CourierName, otherwise: datetime) -> Quote:
        """`otherwise` is when it ends if they do not say; raises `CourierDown` when it cannot be booked."""
        ids, fee = [self.id, *(stop.id for stop in self.stops)], self.price.fee
        if fee is None or len(ids) != 3 or not all(ids):
            raise CourierDown("the quotation lacks its id, its price or its stops")
        return Quote(courier=name, ref=".".join(ids), fee=fee, expires_at=self.expires_at or otherwise)


class EventData(http.Loose):
    """What happened; which parts there are depends on the event."""

    order: Order = Field(default_factory=Order)
    rider: Rider = Field(default_factory=Rider, validation_alias="driver")
    spot: Spot = Field(default_factory=Spot, validation_alias="location")
    replaced: Text = Field(default="", validation_alias="prevOrderId")


class Event(http.Loose):
    """A webhook. Its own `updatedAt` is local time that calls itself UTC: only the signed timestamp counts (6)."""

    id: Text = Field(default="", validation_alias=AliasChoices("eventId", "eventID"))
    kind: Text = Field(default="", validation_alias="eventType")
    timestamp: Decimal | None = Field(default=None, ge=0, le=10**14)
    data: EventData = Field(default_factory=EventData)

    def at(self, otherwise: datetime) -> datetime:
        """When it was signed; whole seconds, though some print milliseconds."""
        if not self.timestamp:
            return otherwise
        return datetime.fromtimestamp(int(self.timestamp / (1000 if self.timestamp > MILLISECONDS else 1)), UTC)

    def report(self, name: CourierName, at: datetime, *, ref: str) -> Report:
        """What it says of the job we know as `ref`."""
        told = self.data.order.report(name, at, ref=ref)
        return replace(told, word=told.word or self.kind, driver=self.data.rider.driver, place=self.data.spot.place(at))


class _Measure(http.Loose):
    value: float = Field(default=0, ge=0, le=10**6)
    unit: Text = ""

    def of(self, units: dict[str, float]) -> int | None:
        return round(self.value * units[self.unit]) or None if self.unit in units else None


class _Dimensions(http.Loose):
    length: _Measure = Field(default_factory=_Measure)
    width: _Measure = Field(default_factory=_Measure)
    height: _Measure = Field(default_factory=_Measure)


class Service(http.Loose):
    """A kind of vehicle in a city, and what it carries."""

    key: Text = ""
    dimensions: _Dimensions = Field(default_factory=_Dimensions)
    load: _Measure = Field(default_factory=_Measure)

    @property
    def limits(self) -> CourierLimits:
        """In grams and millimetres; what is not said is no limit."""
        box = self.dimensions
        edges = [edge.of(MILLIMETRES) for edge in (box.length, box.width, box.height)]
        whole = [edge for edge in edges if edge]
        return CourierLimits(
            max_weight_g=self.load.of(GRAMS),
            boxes=(Box(*whole),) if len(whole) == 3 else (),
        )


class City(http.Loose):
    """A city of the market."""

    code: Text = Field(default="", validation_alias="locode")
    services: tuple[Service, ...] = ()
