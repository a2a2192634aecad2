"""What Stuart writes (API v2): its words for a state, its jobs with their deliveries, prices and webhooks.

Calls write with underscores, webhooks of version 2 in camel case. UNSURE, as nobody has written it down for us: the
newer webhooks (version 3). So either spelling is read everywhere, and whatever is missing counts as not said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Final

from pydantic import AfterValidator, AliasChoices, AliasPath, BeforeValidator, Field

from adapters import http
from adapters.fields import Moment, Phone, short
from core.domain.delivery import DeliveryState, Driver, Report
from core.domain.ids import CourierName
from core.domain.measures import Place
from core.domain.money import Money, decimals_of
from core.domain.problem import ProblemKind
from core.domain.quote import Quote
from core.ports.courier import CourierDown, Proof, Waypoint

_D = DeliveryState
# Words of jobs, deliveries and (UNSURE) of version 3's packages. A job's in_progress is missing on purpose:
# it may be anywhere between the store and the door.
# What a reason comes to; the others say nothing of whose fault it is.
TROUBLES: Final = {
    "address_error": ProblemKind.WRONG_ADDRESS,
    "end-customer_unreachable": ProblemKind.UNREACHABLE,
    "end-customer_refused_package": ProblemKind.REFUSED,
    "package_damaged": ProblemKind.DAMAGED,
}
STATUS: Final = {
    "new": _D.MATCHING,
    "scheduled": _D.MATCHING,
    "searching": _D.MATCHING,
    "finished": _D.DELIVERED,
    "canceled": _D.FAILED,
    "expired": _D.FAILED,
    "voided": _D.FAILED,
    "pending": _D.MATCHING,
    "picking": _D.HEADING_TO_STORE,
    "almost_picking": _D.HEADING_TO_STORE,
    "waiting_at_pickup": _D.AT_STORE,
    "delivering": _D.PICKED_UP,
    "almost_delivering": _D.PICKED_UP,
    "waiting_at_dropoff": _D.PICKED_UP,
    "delivered": _D.DELIVERED,
    "cancelled": _D.FAILED,
    "package_created": _D.MATCHING,
    "courier_assigned": _D.HEADING_TO_STORE,
    "courier_arriving_at_pickup": _D.HEADING_TO_STORE,
    "courier_waiting_at_pickup": _D.AT_STORE,
    "package_delivering": _D.PICKED_UP,
    "courier_arriving_at_dropoff": _D.PICKED_UP,
    "courier_waiting_at_dropoff": _D.PICKED_UP,
    "package_delivered": _D.DELIVERED,
    "package_canceled": _D.FAILED,
}
JOB_ENDS: Final = frozenset({"canceled", "expired", "voided"})  # whatever its deliveries say
CANCELLED: Final = "canceled"
STACKED: Final = "stack"  # in the reason of a job that their people put together with another
QUOTE_LIFE: Final = timedelta(minutes=5)  # ours: they name no end of a price
TAG: Final = re.compile(r"(\S{1,60}): ")  # what our own descriptions begin with


def _both(name: str, *more: str | AliasPath) -> AliasChoices:
    """A name in either spelling, and others it is known by."""
    head, *tail = name.split("_")
    return AliasChoices(name, head + "".join(part.capitalize() for part in tail), *more)


def _below(name: str, inner: str) -> AliasPath:
    return AliasPath(name, inner)


def _code(value: object) -> object:
    return value.get("code") if isinstance(value, dict) else value


def _id(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _amount(value: float) -> Decimal:
    return Decimal(str(value))


Text = Annotated[str, short(200)]
Url = Annotated[str, short(1000)]
Id = Annotated[str, BeforeValidator(_id), Field(pattern=r"^[0-9A-Za-z_-]{1,60}$")]
Coded = Annotated[str, BeforeValidator(_code), Field(max_length=40)]
Latitude = Annotated[float | None, Field(ge=-90, le=90)]
Longitude = Annotated[float | None, Field(ge=-180, le=180)]
Amount = Annotated[float, Field(ge=0, le=1e8), AfterValidator(_amount)]


def money(amount: Decimal | float | None, currency: str) -> Money | None:
    """Their amounts are decimal numbers of major units; None for what is no price."""
    if amount is None or not re.fullmatch("[A-Z]{3}", currency):
        return None
    exact = Decimal(str(amount)).scaleb(decimals_of(currency))
    return Money(int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)), currency)


class Rider(http.Loose):
    """Who rides; `transport_type` is a word in answers and an object in webhooks."""

    name: Text = Field(default="", validation_alias=_both("display_name", "name"))
    first: Text = Field(default="", validation_alias="firstname")
    last: Text = Field(default="", validation_alias="lastname")
    phone: Phone = ""
    vehicle: Coded = Field(default="", validation_alias=_both("transport_type"))
    latitude: Latitude = None
    longitude: Longitude = None

    @property
    def driver(self) -> Driver | None:
        """None when nothing is said of anybody."""
        named = self.name or f"{self.first} {self.last}".strip()
        told = Driver(name=named, phone=self.phone, vehicle=self.vehicle)
        return None if told == Driver() else told

    def place(self, at: datetime) -> Place | None:
        """Where he is; they do not say since when."""
        if self.latitude is None or self.longitude is None:
            return None
        return Place(self.latitude, self.longitude, at)


class Pricing(http.Loose):
    """A price: net, for the shop gets the tax back, or gross where they name no other."""

    net: Amount | None = Field(default=None, validation_alias=_both("price_tax_excluded", "amount"))
    gross: Amount | None = Field(default=None, validation_alias=_both("price_tax_included", "amount_with_tax"))
    currency: Text = ""

    def fee(self, usual: str) -> Money | None:
        """In their currency, or in the usual one where they do not name it."""
        return money(self.gross if self.net is None else self.net, self.currency or usual)

    def quote(self, name: CourierName, now: datetime, usual: str, eta: float | None) -> Quote:
        """`eta` is seconds until somebody could be at the store; raises `CourierDown` without a price."""
        if (fee := self.fee(usual)) is None:
            raise CourierDown("the quote lacks its price")
        there = None if eta is None else now + timedelta(seconds=eta)
        return Quote(courier=name, ref="", fee=fee, expires_at=now + QUOTE_LIFE, at_store=there)


class Eta(http.Loose):
    """Seconds until a driver could be at the store."""

    eta: Annotated[float | None, Field(ge=0, le=86_400)] = None


class Number(http.Loose):
    """How to ring a driver. UNSURE what the field is called."""

    phone: Phone = Field(default="", validation_alias=_both("phone_number", "phone"))


class Delivery(http.Loose):
    """One parcel's way within a job."""

    id: Id = ""
    status: Text = ""
    key: Text = Field(default="", validation_alias=_both("client_reference"))
    description: Text = Field(default="", validation_alias=_both("package_description"))
    tracking_url: Url = Field(default="", validation_alias=_both("tracking_url"))
    at_store: Moment = Field(default=None, validation_alias=_both("eta_to_origin", _below("eta", "pickup")))
    at_door: Moment = Field(default=None, validation_alias=_both("eta_to_destination", _below("eta", "dropoff")))
    reason: Text = Field(
        default="",
        validation_alias=AliasChoices(_below("cancellation", "reason_key"), _below("cancellation", "reasonKey")),
    )
    comment: Text = Field(default="", validation_alias=_below("cancellation", "comment"))
    signature: Url = Field(
        default="", validation_alias=AliasChoices(_below("proof", "signature_url"), _below("proof", "signatureUrl"))
    )
    picture: Url = Field(default="", validation_alias=_both("package_image_url"))
    driver: Rider = Field(default_factory=Rider)

    @property
    def tag(self) -> str:
        """What we wrote before the description, for the driver to read out."""
        found = TAG.match(self.description)
        return found[1] if found else ""

    @property
    def why(self) -> str:
        """Why it was called off, in their word and whoever's."""
        return " ".join(filter(None, (self.reason, self.comment)))

    def image(self, waypoint: Waypoint, kind: Proof) -> str:
        """Where a proof is, empty when there is none. UNSURE which end a package's picture is from: the door."""
        images = {Proof.SIGNATURE: self.signature, Proof.PICTURE: self.picture}
        return images.get(kind, "") if waypoint is Waypoint.DROPOFF else ""


class Job(http.Loose):
    """A journey with one or more deliveries; webhooks tell of the current one only."""

    id: Id = ""
    status: Text = ""
    deliveries: list[Delivery] = Field(default_factory=list)
    current: Delivery | None = Field(default=None, validation_alias=_both("current_delivery"))
    driver: Rider = Field(default_factory=Rider)
    pricing: Pricing = Field(default_factory=Pricing)

    @property
    def all(self) -> Sequence[Delivery]:
        """Every delivery it tells of."""
        return self.deliveries or ([self.current] if self.current else [])

    def about(self, key: str) -> "Told":
        """The delivery that bears `key`, or the only one there is."""
        told = self.all
        mine = next((each for each in told if each.key == key), None)
        return Told(self, mine or (told[0] if len(told) == 1 and not told[0].key else Delivery()))

    def bears(self, key: str) -> bool:
        """Whether one of its deliveries is ours."""
        return any(each.key == key for each in self.all)


@dataclass(frozen=True)
class Told:
    """A job, and the delivery in it that is meant."""

    job: Job
    delivery: Delivery

    @property
    def word(self) -> str:
        """What decides: a job that came to nothing, else the delivery, else the job."""
        return self.job.status if self.job.status in JOB_ENDS else self.delivery.status or self.job.status

    @property
    def state(self) -> DeliveryState:
        """In our words."""
        return STATUS.get(self.word, _D.UNKNOWN)

    @property
    def was_stacked(self) -> bool:
        """Called off only to go on within another job, under the same number of ours. UNSURE how they say so."""
        return self.state is _D.FAILED and STACKED in self.delivery.why.lower()

    def report(self, name: CourierName, key: str, at: datetime, currency: str) -> Report:
        """What is said of the job that we know by `key`."""
        told = Report(
            courier=name,
            ref=key,
            state=self.state,
            word=self.word,
            at=at,
            our_key=key,
            waybill=self.delivery.tag,
            tracking_url=self.delivery.tracking_url,
            fee=self.job.pricing.fee(currency),
            reason=self.delivery.why,
            trouble=TROUBLES.get(self.delivery.reason),
        )
        rider = self.job.driver if self.job.driver.driver else self.delivery.driver
        return replace(
            told,
            driver=rider.driver,
            place=rider.place(at),
            eta_store=self.delivery.at_store,
            eta_door=self.delivery.at_door,
        )


class Event(http.Loose):
    """A webhook: what it is about, whether that is new or changed, and how it stands.

    UNSURE whether it says when: version 2 does not.
    """

    event: Text = Field(default="", validation_alias=AliasChoices("event", "kind", "topic"))
    type: Text = ""
    at: Moment = Field(default=None, validation_alias=_both("occurred_at", "timestamp"))
    data: dict[str, Any] = Field(default_factory=dict)

    @property
    def told(self) -> Told:
        """What it tells of, whichever of the three kinds it is."""
        if self.event == "driver":
            return self._with_driver(_only(Job.model_validate(self._job)))
        if self.event == "job" or {"deliveries", "currentDelivery", "current_delivery"} & self.data.keys():
            return _only(Job.model_validate(self.data))
        delivery = Delivery.model_validate(self.data)
        said = next((word for word in (delivery.status, self.type, self.event) if word in STATUS), delivery.status)
        job = Job.model_validate(self._job or {"id": self.data.get("job_id") or self.data.get("jobId")})
        return Told(job, delivery.model_copy(update={"status": said}))

    @property
    def _job(self) -> dict[str, Any]:
        found = self.data.get("job")
        return found if isinstance(found, dict) else {}

    def _with_driver(self, told: Told) -> Told:
        return replace(told, job=told.job.model_copy(update={"driver": Rider.model_validate(self.data)}))


def _only(job: Job) -> Told:
    return Told(job, job.all[0] if len(job.all) == 1 else Delivery())
