"""One order as the simulated pandago knows it, and as it puts it on the wire (3.2, 5)."""

from asyncio import Lock
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from adapters.simulators.pandago_bodies import OrderBody
from adapters.simulators.pandago_towns import Outlet
from adapters.simulators.pandago_troubles import Troubles
from adapters.simulators.rides import Leg, Plan, Spot

ENDED: Final = frozenset({"DELIVERED", "CANCELLED", "RETURNED_TO_VENDOR"})
BEFORE_ACCEPTED: Final = frozenset({"NEW", "RECEIVED", "WAITING_FOR_TRANSPORT", "ASSIGNED_TO_TRANSPORT"})
BEFORE_PICKUP: Final = BEFORE_ACCEPTED | {"COURIER_ACCEPTED_DELIVERY", "NEAR_VENDOR", "DELAYED"}
NOBODY: Final[dict[str, object]] = {"id": "", "name": "", "phone_number": ""}


def written(moment: datetime | None) -> str:
    """ISO 8601 in UTC with milliseconds, nothing when unknown."""
    if moment is None:
        return ""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True)
class Rider:
    """A driver."""

    id: str
    name: str
    phone: str

    def wire(self) -> dict[str, object]:
        """As orders name him."""
        return {"id": self.id, "name": self.name, "phone_number": self.phone}


@dataclass(kw_only=True)
class Order:
    """Changed in place as time passes."""

    id: str
    body: OrderBody
    outlet: Outlet
    door: Spot | None
    distance: float
    fee: float
    plan: Plan
    created: datetime
    troubles: Troubles
    updated: datetime = field(init=False)
    status: str = "NEW"
    rider: Rider | None = None
    leg: Leg | None = None
    has_goods: bool = False
    is_called_off: bool = False  # by the merchant: its story is over
    pickup_at: datetime | None = None
    door_at: datetime | None = None
    cancellation: Mapping[str, str] = field(default_factory=dict)
    proofs: set[str] = field(default_factory=set)
    post_lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.updated = self.created

    @property
    def is_ended(self) -> bool:
        """Nothing more will happen, unless goods come back."""
        return self.status in ENDED

    def expect(self, pickup: datetime) -> None:
        """When the driver is thought to have the goods, and to be at the door."""
        self.pickup_at, self.door_at = pickup, pickup + self.plan.riding

    def postpone(self, by: timedelta) -> None:
        """Everything is expected later."""
        if self.pickup_at and self.door_at:
            self.pickup_at, self.door_at = self.pickup_at + by, self.door_at + by

    def spot(self, at: datetime) -> Spot:
        """Where the driver is."""
        return self.leg.spot(at) if self.leg else self.outlet.spot

    def wire(self) -> dict[str, object]:
        """The answer to a submission."""
        body = self.body
        return {
            "order_id": self.id,
            "client_order_id": body.client_order_id,
            "sender": self.outlet.sender(body.sender.notes if body.sender else ""),
            "recipient": body.recipient.model_dump(exclude_none=True),
            "distance": self.distance,
            "payment_method": body.payment_method,
            "coldbag_needed": body.coldbag_needed,
            "amount": body.amount,
            "description": body.description,
            "status": self.status,
            "delivery_fee": self.fee,
            "timeline": self.timeline(),
            "driver": self.rider.wire() if self.rider else dict(NOBODY),
            "created_at": int(self.created.timestamp()),
            "updated_at": int(self.updated.timestamp()),
            "delivery_tasks": {"age_validation_required": False} | body.delivery_tasks,
        }

    def read(self) -> dict[str, object]:
        """The answer to a question."""
        cancellation = {"cancellation": dict(self.cancellation)} if self.cancellation else {}
        return self.wire() | {"is_dynamic_pickup": False, "collect_from_customer": 0} | self._links() | cancellation

    def told(self, at: datetime) -> dict[str, object]:
        """A callback: nothing personal of the customer's."""
        timeline = self.timeline()
        if self.troubles.misspelt_times:
            timeline["extimated_pickup_time"] = timeline.pop("estimated_pickup_time")
        cancellation = {"cancellation": dict(self.cancellation)} if self.cancellation else {}
        whole = self.wire()
        kept = ("order_id", "client_order_id", "status", "created_at", "updated_at", "distance", "delivery_tasks")
        plain = {name: whole[name] for name in kept}
        return plain | {"timeline": timeline, "driver": self._driver(at)} | self._links() | cancellation

    def timeline(self) -> dict[str, object]:
        """When it is expected."""
        return {"estimated_pickup_time": written(self.pickup_at), "estimated_delivery_time": written(self.door_at)}

    def _driver(self, at: datetime) -> dict[str, object]:
        if self.rider is None:
            return dict(NOBODY)
        north, east = self.spot(at)
        place: dict[str, object] = {"latitude": north, "longitude": east}
        if self.troubles.texts_for_numbers:
            place = {name: str(degrees) for name, degrees in place.items()}
        return self.rider.wire() | {"location": place}

    def _links(self) -> dict[str, str]:
        names = ("proof_of_pickup", "proof_of_delivery", "proof_of_return")
        proofs = {f"{name}_url": f"https://example.invalid/{name}/{self.id}" for name in names if name in self.proofs}
        return {"tracking_link": f"https://example.invalid/t/{self.id}"} | proofs
