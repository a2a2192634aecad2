"""One job as the simulated Stuart knows it, and as its calls and webhooks tell of it."""

from asyncio import Lock
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from zlib import crc32

from adapters.simulators.rides import Leg, Plan, Spot
from adapters.simulators.stuart_bodies import Dropoff, JobBody, Stop
from adapters.simulators.stuart_troubles import Troubles

ENDED: Final = frozenset({"finished", "canceled", "expired", "voided"})
CENTRE: Final = (25.0478, 121.5319)  # of the town all addresses are found in, where the practice shop is
METRES_A_DEGREE: Final = 111_200
TAX: Final = 0.2
PRICE: Final = 6.4
PRICE_A_KM: Final = 0.9
SIZES: Final = {"xsmall": 0.9, "small": 1.0, "medium": 1.1, "large": 1.6, "xlarge": 2.2}
Wire = dict[str, object]


def written(moment: datetime | None) -> str | None:
    """ISO 8601, as theirs."""
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="milliseconds")


def spot_of(address: str) -> Spot:
    """Where an address is: the same one always in the same place, two kilometres around the centre."""
    sown = crc32(address.encode())
    return CENTRE[0] + (sown % 1000 - 500) / 28_000, CENTRE[1] + (sown // 1000 % 1000 - 500) / 28_000


def kilometres(body: JobBody) -> float:
    """By road: a third longer than as the crow flies, which at this latitude is well enough measured so."""
    (north, east), (far_north, far_east) = spot_of(body.pickups[0].address), spot_of(body.dropoffs[0].address)
    return round((abs(north - far_north) + abs(east - far_east)) * METRES_A_DEGREE / 1000, 3)


def price(body: JobBody) -> float:
    """Before tax."""
    size = SIZES[body.dropoffs[0].package_type or "small"]
    return round((PRICE + PRICE_A_KM * kilometres(body)) * size, 2)


@dataclass(frozen=True)
class Rider:
    """Who rides."""

    number: int
    first: str
    last: str
    phone: str

    def wire(self, spot: Spot, transport: str, *, hidden: bool) -> Wire:
        """As calls tell of him."""
        return {
            "id": self.number,
            "display_name": f"{self.first} {self.last[:1]}.",
            "phone": None if hidden else self.phone,
            "picture_url": None,
            "transport_type": transport,
            "latitude": round(spot[0], 6),
            "longitude": round(spot[1], 6),
        }

    def event(self, spot: Spot, transport: str, *, hidden: bool) -> Wire:
        """As webhooks do."""
        return {
            "id": self.number,
            "status": "busy",
            "firstname": self.first,
            "lastname": self.last,
            "name": f"{self.first} {self.last}",
            "phone": None if hidden else self.phone,
            "transportType": {"code": transport},
            "latitude": f"{spot[0]:.6f}",
            "longitude": f"{spot[1]:.6f}",
        }


@dataclass(kw_only=True)
class Parcel:
    """One delivery of a job."""

    number: int
    dropoff: Dropoff
    status: str = "pending"
    picked: datetime | None = None
    delivered: datetime | None = None
    cancellation: Mapping[str, str | None] = field(
        default_factory=lambda: {"canceled_by": None, "reason_key": None, "comment": None}
    )


@dataclass(kw_only=True)
class Job:
    """A journey of one driver; changed in place as time passes."""

    number: int
    body: JobBody
    plan: Plan
    made: datetime
    currency: str
    troubles: Troubles
    parcels: list[Parcel]
    base: str = ""  # of the URL it was asked for by, where its pictures are
    status: str = "new"
    updated: datetime = field(init=False)
    rider: Rider | None = None
    leg: Leg | None = None
    at_store: datetime | None = None
    at_door: datetime | None = None
    post_lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.updated = self.made

    @property
    def id(self) -> str:
        """Its number, as text."""
        return str(self.number)

    @property
    def is_ended(self) -> bool:
        """Nothing more will happen."""
        return self.status in ENDED

    @property
    def mine(self) -> Parcel:
        """The one whose way is followed."""
        return self.parcels[0]

    @property
    def store(self) -> Spot:
        return spot_of(self.body.pickups[0].address)

    @property
    def door(self) -> Spot:
        return spot_of(self.mine.dropoff.address)

    @property
    def transport(self) -> str:
        """What the driver comes with."""
        return self.body.transport_type or "bike"

    def bears(self, reference: str) -> bool:
        """Whether one of its parcels has this client_reference."""
        return any(parcel.dropoff.client_reference == reference for parcel in self.parcels)

    def wire(self, at: datetime) -> Wire:
        """As calls tell of it."""
        net = price(self.body)
        return {
            "id": self.number,
            "created_at": written(self.made),
            "status": self.status,
            "package_type": self.mine.dropoff.package_type,
            "transport_type": self.body.transport_type,
            "assignment_code": self.body.assignment_code or None,
            "pickup_at": written(self.body.pickup_at),
            "dropoff_at": None,
            "ended_at": written(self.updated) if self.is_ended else None,
            "comment": None,
            "distance": kilometres(self.body),
            "duration": round(self.plan.riding.total_seconds() / 60),
            "deliveries": [self._delivery(parcel) for parcel in self.parcels],
            "driver": self._rider(at),
            "pricing": {
                "price_tax_included": round(net * (1 + TAX), 2),
                "price_tax_excluded": net,
                "tax_amount": round(net * TAX, 2),
                "invoice_url": None,
                "tax_percentage": TAX,
                "currency": self.currency,
            },
            "rating": None,
        }

    def event(self, at: datetime) -> Wire:
        """As webhooks tell of it."""
        return {
            "id": self.number,
            "status": self.status,
            "createdAt": written(self.made),
            "transportType": {"code": self.transport},
            "packageType": {"code": self.mine.dropoff.package_type},
            "currentDelivery": self.delivery_event(at),
        }

    def delivery_event(self, at: datetime) -> Wire:
        """As webhooks tell of its delivery; the job's number is not among it."""
        parcel, spot = self.mine, self._spot(at)
        who = self.rider.event(spot, self.transport, hidden=self.troubles.hidden_phone) if self.rider else None
        by, key, comment = parcel.cancellation.values()
        return {
            "id": parcel.number,
            "status": parcel.status,
            "clientReference": parcel.dropoff.client_reference or None,
            "packageDescription": parcel.dropoff.package_description,
            "trackingUrl": self._tracking(parcel),
            "etaToOrigin": written(self.at_store),
            "etaToDestination": written(self.at_door),
            "driver": who,
            "cancellation": {"canceledBy": by, "reasonKey": key, "comment": comment},
        }

    def _rider(self, at: datetime) -> Wire | None:
        hidden = self.troubles.hidden_phone
        return self.rider.wire(self._spot(at), self.transport, hidden=hidden) if self.rider else None

    def _spot(self, at: datetime) -> Spot:
        return self.leg.spot(at) if self.leg else self.store

    def _delivery(self, parcel: Parcel) -> Wire:
        is_done = parcel.status == "delivered"
        return {
            "id": parcel.number,
            "status": parcel.status,
            "picked_at": written(parcel.picked),
            "delivered_at": written(parcel.delivered),
            "tracking_url": self._tracking(parcel),
            "client_reference": parcel.dropoff.client_reference or None,
            "package_description": parcel.dropoff.package_description or None,
            "package_type": parcel.dropoff.package_type,
            "pickup": _stop(self.body.pickups[0]),
            "dropoff": _stop(parcel.dropoff),
            "cancellation": dict(parcel.cancellation),
            "eta": {"pickup": written(self.at_store), "dropoff": written(self.at_door)},
            "proof": {"signature_url": self._picture(parcel, "signature") if is_done else None},
            "package_image_url": self._picture(parcel, "package") if is_done else None,
        }

    def _tracking(self, parcel: Parcel) -> str:
        return f"https://example.invalid/tracking/{parcel.number}"

    def _picture(self, parcel: Parcel, what: str) -> str:
        return f"{self.base}/_sim/pictures/{parcel.number}-{what}.png"


def _stop(stop: Stop) -> Wire:
    spot = spot_of(stop.address)
    contact = stop.contact
    return {
        "latitude": round(spot[0], 6),
        "longitude": round(spot[1], 6),
        "comment": stop.comment or None,
        "address": {"street": stop.address, "formatted_address": stop.address},
        "contact": {
            "firstname": contact.firstname,
            "lastname": contact.lastname,
            "phone": contact.phone,
            "email": contact.email or None,
            "company_name": contact.company or None,
        },
    }
