"""One order as the simulated Lalamove knows it, and as it puts it on the wire (3.2, 3.3)."""

from asyncio import Lock
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final

from adapters.simulators.lalamove_market import City, Market, Spot, distance_km
from adapters.simulators.lalamove_rider import Rider, coordinates, written
from adapters.simulators.lalamove_troubles import Troubles
from adapters.simulators.rides import Leg

ENDED: Final = frozenset({"COMPLETED", "CANCELED", "REJECTED", "EXPIRED"})
SHOWN_BEFORE: Final = timedelta(hours=1)


@dataclass(kw_only=True)
class Stop:
    """One end of the way, and what was left there."""

    id: str
    spot: Spot
    address: str
    name: str = ""
    phone: str = ""
    remarks: str = ""
    proof: str = ""
    image: str = ""
    taken_at: datetime | None = None
    code: str = ""
    code_status: str = ""

    def place(self) -> dict[str, object]:
        """As quotations tell it."""
        return {"stopId": self.id, "coordinates": coordinates(self.spot), "address": self.address}

    def wire(self) -> dict[str, object]:
        """With who is there; a blank stands for the plus of a number, as recorded."""
        known = {"name": self.name, "phone": self.phone.replace("+", " ")}
        return self.place() | known | ({"POD": self.left()} if self.proof else {})

    def left(self) -> dict[str, object]:
        """The proof."""
        picture = {"image": self.image} if self.image else {}
        return {"status": self.proof, **picture, **({"deliveredAt": written(self.taken_at)} if self.taken_at else {})}


@dataclass(kw_only=True)
class Order:
    """Changed in place as time passes."""

    id: str
    quotation: str
    market: Market
    city: City
    fare: Decimal
    stops: list[Stop]
    pod: bool
    metadata: dict[str, object]
    created: datetime
    scheduled: datetime | None
    troubles: Troubles
    base: str  # of the URL it was booked by, where its pictures are
    updated: datetime = field(init=False)
    status: str = "ASSIGNING_DRIVER"
    before: str = ""
    chapter: int = 0  # a new one begins when a driver is changed
    rider: Rider | None = None
    leg: Leg | None = None
    matched: datetime | None = None
    search_ends: datetime | None = None
    has_arrived: bool = False
    is_edited: bool = False
    priority: Decimal = Decimal(0)
    cancel_party: str = ""
    post_lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.updated = self.created

    @property
    def is_ended(self) -> bool:
        """Nothing more will happen."""
        return self.status in ENDED

    @property
    def store(self) -> Spot:
        return self.stops[0].spot

    @property
    def door(self) -> Stop:
        return self.stops[-1]

    def spot(self, at: datetime) -> Spot:
        """Where the driver is."""
        return self.leg.spot(at) if self.leg else self.store

    def shows_rider(self, at: datetime) -> bool:
        """From an hour before the appointed time or his arrival, until the end; at once where nothing is appointed."""
        if self.rider is None or self.is_ended or self.troubles.hidden_driver:
            return False
        return self.scheduled is None or self.has_arrived or at >= self.scheduled - SHOWN_BEFORE

    def price(self) -> dict[str, object]:
        """Texts; what is nought is left out."""
        return price_of(self.market, self.fare, self.priority)

    def wire(self) -> dict[str, object]:
        """The order object."""
        return {
            "orderId": self.id,
            "quotationId": self.quotation,
            "priceBreakdown": self.price(),
            "driverId": self.rider.id if self.rider else "",
            "shareLink": self.share_link,
            "status": self.status,
            "distance": distance(self.stops),
            "stops": [stop.wire() for stop in self.stops],
            "metadata": self.metadata,
        }

    @property
    def share_link(self) -> str:
        return f"https://example.invalid/?{self.id}&lang=zh_TW&sign={self.id[:6]}"

    def told(self) -> dict[str, object]:
        """As webhooks about its status tell it (6)."""
        plain: dict[str, object] = {
            "orderId": self.id,
            "scheduleAt": self.market.wrongly(self.scheduled or self.created),
            "shareLink": self.share_link,
            "market": self.city.code.replace(" ", "_"),
            "createdAt": self.market.wrongly(self.created),
            "driverId": self.rider.id if self.rider else "",
            "previousStatus": self.before,
            "status": self.status,
        }
        party = {"cancelParty": self.cancel_party} if self.cancel_party else {}
        newer = {"metadata": self.metadata} | ({"stops": [stop.wire() for stop in self.stops]} if self.pod else {})
        return plain | party | ({} if self.troubles.old_webhooks else newer)


def distance(stops: list[Stop]) -> dict[str, object]:
    """Metres along all stops, as text."""
    ends = pairwise(stops)
    return {"value": str(round(1000 * sum(distance_km(a.spot, b.spot) for a, b in ends))), "unit": "m"}


def price_of(market: Market, fare: Decimal, priority: Decimal = Decimal(0)) -> dict[str, object]:
    """A breakdown: what is nought is left out."""
    base = min(market.base, fare)
    parts = {
        "base": base,
        "extraMileage": fare - base,
        "priorityFee": priority,
        "totalBeforeOptimization": fare,
        "totalExcludePriorityFee": fare,
        "total": fare + priority,
    }
    told = {name: str(market.rounded(part)) for name, part in parts.items() if part}
    return {**told, "currency": market.currency}
