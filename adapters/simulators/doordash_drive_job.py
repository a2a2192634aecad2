"""One delivery as the simulated DoorDash Drive knows it, and as it puts it on the wire (2.2)."""

from asyncio import Lock
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from zlib import crc32

from adapters.simulators.doordash_drive_bodies import JobBody
from adapters.simulators.doordash_drive_troubles import Troubles
from adapters.simulators.rides import Leg, Plan, Spot

QUOTE_LIFE: Final = timedelta(minutes=5)
ENDED: Final = frozenset({"delivered", "returned", "cancelled"})
WITH_GOODS: Final = frozenset(
    "picked_up enroute_to_dropoff arrived_at_dropoff enroute_to_return arrived_at_return".split()
)
SOMEWHERE: Final = (25.0416, 121.5436)  # for doors that are not on the map
MILES_A_DEGREE: Final = 69.0
BASE_FEE: Final = 975  # cents, for five miles
FEE_A_MILE: Final = 75


def written(moment: datetime) -> str:
    """ISO 8601 in UTC, as theirs."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def miles(body: JobBody) -> float:
    """They are told no place of the store, so the way is as long as the address says: half a mile to twelve."""
    return 0.5 + crc32(body.dropoff_address.encode()) % 116 / 10


def fee(body: JobBody) -> int:
    """Cents: a price for five miles, and so much for each further one."""
    return BASE_FEE + round(max(miles(body) - 5, 0)) * FEE_A_MILE


@dataclass(frozen=True)
class Dasher:
    """Who rides."""

    id: int
    name: str
    phone: str

    def wire(self, spot: Spot) -> dict[str, object]:
        """What is told of him, and where he is."""
        return {
            "dasher_id": self.id,
            "dasher_name": self.name,
            "dasher_pickup_phone_number": self.phone,
            "dasher_dropoff_phone_number": self.phone[:-1] + "9",
            "dasher_location": {"lat": round(spot[0], 6), "lng": round(spot[1], 6)},
            "dasher_vehicle_make": "Toyota",
            "dasher_vehicle_model": "Yaris",
            "dasher_vehicle_year": 2021,
        }


@dataclass(kw_only=True)
class Job:
    """A quote that may become a delivery; changed in place as time passes."""

    body: JobBody
    plan: Plan
    made: datetime
    currency: str
    support: str
    troubles: Troubles
    base: str  # of the URL it was asked for by, where its pictures are
    tip: int = 0
    pin: str = ""
    updated: datetime = field(init=False)
    status: str = "quote"
    reason: str = ""
    dasher: Dasher | None = None
    gone: Dasher | None = None  # who gave it back
    leg: Leg | None = None
    at_store: datetime | None = None
    at_door: datetime | None = None
    back_at: datetime | None = None
    times: dict[str, datetime] = field(default_factory=dict)  # of what has happened, by their names
    proofs: dict[str, str] = field(default_factory=dict)
    post_lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.updated = self.made

    @property
    def id(self) -> str:
        """The merchant's own."""
        return self.body.external_delivery_id

    @property
    def is_ended(self) -> bool:
        """Nothing more will happen."""
        return self.status in ENDED

    @property
    def door(self) -> Spot:
        place = self.body.dropoff_location
        return SOMEWHERE if place is None else (place.lat, place.lng)

    @property
    def store(self) -> Spot:
        return self.door[0] + miles(self.body) / MILES_A_DEGREE, self.door[1]

    def has_lapsed(self, now: datetime) -> bool:
        """A quote nobody took up in time."""
        return self.status == "quote" and now >= self.made + QUOTE_LIFE

    def expect(self, since: datetime) -> None:
        """The usual times, counted from a search that begins at `since`."""
        self.at_store = since + self.plan.matching + self.plan.approach
        self.at_door = self.at_store + self.plan.at_store + self.plan.riding + self.plan.at_door

    def wire(self, at: datetime) -> dict[str, object]:
        """The delivery object: what was sent, and what has become of it; empty fields are left out."""
        sent = self.body.model_dump(mode="json", exclude_unset=True) | {"tip": self.tip}
        told = {
            "currency": self.currency,
            "delivery_status": self.status,
            "cancellation_reason": self.reason,
            "updated_at": written(self.updated),
            "fee": fee(self.body),
            "fee_components": [{"type": "distance_based_fee", "amount": fee(self.body)}],
            "tax": 0,
            "support_reference": self.support,
            "tracking_url": "" if self.status == "quote" else f"https://example.invalid/t/{self.support}",
            **self._times(),
            **self.proofs,
            **(self.dasher.wire(self.leg.spot(at) if self.leg else self.store) if self.dasher else {}),
        }
        if self.pin:
            sent["dropoff_pin_code_verification_metadata"] = {"pin_code_value": self.pin}
        return sent | {name: value for name, value in told.items() if value not in ("", None)}

    def bare(self) -> dict[str, object]:
        """As little as a webhook may tell."""
        return {"external_delivery_id": self.id}

    def _times(self) -> dict[str, str]:
        expected = {
            "pickup_time_estimated": self.at_store,
            "dropoff_time_estimated": self.at_door,
            "return_time_estimated": self.back_at,
        }
        return {name: written(moment) for name, moment in {**expected, **self.times}.items() if moment}
