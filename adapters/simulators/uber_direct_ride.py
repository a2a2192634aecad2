"""One delivery as the simulated Uber Direct knows it, and as it puts it on the wire (3.6)."""

import json
from asyncio import Lock
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from adapters.simulators.rides import Leg, Spot
from adapters.simulators.uber_direct_bodies import DeliveryBody, Verification
from adapters.simulators.uber_direct_rider import Rider, place, written
from adapters.simulators.uber_direct_troubles import Troubles

ENDED: Final = frozenset({"delivered", "canceled", "returned"})
NOWHERE: Final = (25.0330, 121.5654)  # for jobs without coordinates
# Each end of a way: which place it is, and whose notes and checks hold there.
THERE: Final = {"pickup": ("pickup", "pickup"), "dropoff": ("dropoff", "dropoff"), "return": ("pickup", "return")}
BACK: Final = {"pickup": ("dropoff", "dropoff"), "dropoff": ("pickup", "return"), "return": ("pickup", "return")}


def one_line(address: str) -> str:
    """An address as people read it."""
    if not address.startswith("{"):
        return address
    parts = json.loads(address)
    rest = [str(parts[key]) for key in ("city", "state", "zip_code", "country") if parts.get(key)]
    return ", ".join([*map(str, parts["street_address"]), *rest])


@dataclass(kw_only=True)
class Ride:
    """A delivery, or the leg that brings goods back; changed in place as time passes."""

    id: str
    uuid: str
    order: DeliveryBody
    windows: tuple[datetime, datetime, datetime, datetime]
    created: datetime
    fee: int
    currency: str
    troubles: Troubles
    updated: datetime = field(init=False)
    status: str = "pending"
    is_imminent: bool = False
    rider: Rider | None = None
    leg: Leg | None = None
    tip: int = 0
    pin: str = ""
    typed_pin: str = ""
    batch: str = ""
    related: tuple[str, str] | None = None
    undeliverable_action: str = ""
    undeliverable_reason: str = ""
    store_eta: datetime | None = None
    door_eta: datetime | None = None
    waypoints: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    post_lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.updated = self.created

    @property
    def is_ended(self) -> bool:
        """Nothing more will happen."""
        return self.status in ENDED

    @property
    def is_return(self) -> bool:
        """Goods on their way back."""
        return self.id.startswith("ret_")

    @property
    def store(self) -> Spot:
        return _spot(self.order.pickup_latitude, self.order.pickup_longitude)

    @property
    def door(self) -> Spot:
        return _spot(self.order.dropoff_latitude, self.order.dropoff_longitude)

    def spot(self, at: datetime) -> Spot:
        """Where the driver is."""
        return self.leg.spot(at) if self.leg else self.store

    def wire(self, at: datetime) -> dict[str, object]:
        """The delivery object."""
        return {
            "id": self.id,
            "quote_id": self.order.quote_id,
            "kind": "delivery",
            "status": self.status,
            "complete": self.is_ended,
            "courier": self.rider.wire(self.spot(at)) if self.rider else None,
            "courier_imminent": self.is_imminent,
            "live_mode": False,
            "uuid": self.uuid,
            "batch_id": self.batch,
            "route_id": f"rte_{self.id[4:]}",
            "tracking_url": f"https://example.invalid/orders/{self.uuid.lower()}",
            "undeliverable_action": self.undeliverable_action,
            "undeliverable_reason": self.undeliverable_reason,
            **self._money(),
            **self._times(),
            **self._goods(),
            **self._ends(),
            **self._relations(),
        }

    def _money(self) -> dict[str, object]:
        return {"fee": self.fee + self.tip, "tip": self.tip, "currency": self.currency.lower(), "refund": []}

    def _times(self) -> dict[str, object]:
        ready, pickup_by, door_from, door_by = map(written, self.windows)
        etas = {"pickup_eta": self.store_eta, "dropoff_eta": self.door_eta}
        return {
            "created": written(self.created),
            "updated": written(self.updated),
            "pickup_ready": ready,
            "pickup_deadline": pickup_by,
            "dropoff_ready": door_from,
            "dropoff_deadline": door_by,
            **{name: written(eta) for name, eta in etas.items() if eta},
        }

    def _goods(self) -> dict[str, object]:
        order = self.order
        return {
            "external_id": order.external_id,
            "manifest": {"reference": order.manifest_reference, "total_value": order.manifest_total_value},
            "manifest_items": [item.model_dump(exclude_none=True) for item in order.manifest_items],
            "deliverable_action": order.deliverable_action,
        }

    def _relations(self) -> dict[str, object]:
        if self.related is None:
            return {}
        other, relationship = self.related
        return {"related_deliveries": {"id": other, "relationship": relationship}}

    def _ends(self) -> dict[str, object]:
        ends = BACK if self.is_return else THERE
        return {end: self._end(end, at, asking) for end, (at, asking) in ends.items()}

    def _end(self, end: str, at: str, asking: str) -> dict[str, object]:
        order = self.order.model_dump()
        told: dict[str, object] = {
            "name": order[f"{at}_business_name"] or order[f"{at}_name"],
            "phone_number": "+886900000000",
            "address": one_line(order[f"{at}_address"]),
            "notes": order[f"{asking}_notes"],
            "location": place(self.store if at == "pickup" else self.door),
        }
        return told | self._standing(end) | self._checks(end, asking)

    def _standing(self, end: str) -> dict[str, object]:
        if (done := self.waypoints.get(end)) is None:
            return {}
        return {"status": done[0], "status_timestamp": written(done[1])}

    def _checks(self, end: str, asking: str) -> dict[str, object]:
        wanted: Verification = getattr(self.order, f"{asking}_verification")
        required = wanted.model_dump(exclude_defaults=True)
        if end == "dropoff" and self.pin:
            required["pincode"] = {"enabled": True, "value": self.pin}
        proof = self._proof(end, wanted)
        return {"verification_requirements": required, **({"verification": proof} if proof else {})}

    def _proof(self, end: str, wanted: Verification) -> dict[str, object]:
        proof: dict[str, object] = {}
        if end == "dropoff" and self.typed_pin:
            proof["pin_code"] = {"entered": self.typed_pin}
        if self.waypoints.get(end, ("",))[0] == "completed":
            proof |= _taken(wanted, self.waypoints[end][1])
        return proof


def _taken(wanted: Verification, at: datetime) -> dict[str, object]:
    picture = {"picture": {"image_url": "https://example.invalid/picture.png"}} if wanted.picture else {}
    signature = {"image_url": "https://example.invalid/signature.png", "name": "", "signer_relationship": "SELF"}
    scanned = {"outcome": "SUCCESS", "timestamp": written(at)}
    return {
        **picture,
        **({"signature": signature} if wanted.signature_requirement.enabled else {}),
        **({"barcodes": [{**code.model_dump(), "scan_result": scanned} for code in wanted.barcodes]}),
        **({"identification": {"min_age_verified": True}} if wanted.identification else {}),
    }


def _spot(latitude: float | None, longitude: float | None) -> Spot:
    return NOWHERE if latitude is None or longitude is None else (latitude, longitude)
