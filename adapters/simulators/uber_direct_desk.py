"""The account of the simulated Uber Direct: everything a customer of theirs may ask for (3)."""

from base64 import b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from adapters.simulators.clock import Agenda
from adapters.simulators.png import png
from adapters.simulators.uber_direct_bodies import CancelBody, DeliveryBody, ProofBody, QuoteBody, UpdateBody, parsed
from adapters.simulators.uber_direct_changes import change, has_proof, pin_of, spoilt
from adapters.simulators.uber_direct_faults import Fault, bad_params
from adapters.simulators.uber_direct_ids import Ids, short
from adapters.simulators.uber_direct_offers import Offers, price
from adapters.simulators.uber_direct_plan import Plan
from adapters.simulators.uber_direct_ride import Ride
from adapters.simulators.uber_direct_road import Road
from adapters.simulators.uber_direct_troubles import Troubles

KEY_LIFE: Final = timedelta(minutes=60)
WALL_SLACK: Final = 2.0  # seconds a call may take on the wall before the times in it count as past
FILTERS: Final = frozenset({"pending", "pickup", "pickup_complete", "dropoff", "delivered", "canceled", "returned"})


class Desk:
    """One customer of theirs; raises `Fault`."""

    def __init__(
        self,
        agenda: Agenda,
        *,
        ids: Ids,
        offers: Offers,
        road: Road,
        rides: dict[str, Ride],
        currency: str,
        troubles: Callable[[], Troubles],
    ) -> None:
        self._agenda = agenda
        self._ids = ids
        self._offers = offers
        self._road = road
        self._rides = rides
        self._currency = currency
        self._troubles = troubles
        self._slack = timedelta(seconds=WALL_SLACK * agenda.speed)
        self._keys: dict[str, tuple[str, datetime]] = {}

    def quote(self, raw: object) -> dict[str, object]:
        """3.3."""
        body, now = parsed(QuoteBody, raw), self._agenda.now()
        body.check(now, self._slack)
        return self._offers.make(body, now)

    def create(self, raw: object) -> dict[str, object]:
        """3.4; a repeat is noticed before anything else is looked at (7)."""
        body, now = parsed(DeliveryBody, raw), self._agenda.now()
        if (repeated := self._repeated(body, now)) is not None:
            return repeated.wire(now)
        body.check(now, self._slack)
        plan = self._plan(body, now)
        ride = self._ride(body, now)
        self._rides[ride.id] = ride
        if body.idempotency_key:
            self._keys[body.idempotency_key] = (ride.id, now)
        self._road.begin(ride, plan)
        return ride.wire(now)

    def listing(self, status: str, limit: int, offset: int) -> tuple[list[dict[str, object]], bool]:
        """3.8: a page, newest first, and whether there is more."""
        if status and status not in FILTERS | {"ongoing"}:
            raise bad_params(filter="unknown")
        now, rides = self._agenda.now(), reversed(self._rides.values())
        found = [ride for ride in rides if status in ("", ride.status) or (status == "ongoing" and not ride.is_ended)]
        return [ride.wire(now) for ride in found[offset : offset + limit]], len(found) > offset + limit

    def read(self, ref: str) -> dict[str, object]:
        """Endpoint 4."""
        return self._found(ref).wire(self._agenda.now())

    def update(self, ref: str, raw: object) -> dict[str, object]:
        """3.7."""
        ride, now = self._found(ref), self._agenda.now()
        change(ride, parsed(UpdateBody, raw))
        ride.updated = max(now, ride.updated)
        return ride.wire(now)

    def cancel(self, ref: str, raw: object) -> dict[str, object]:
        """3.9: for a fee or not, possible until the goods are picked up."""
        ride, now = self._found(ref), self._agenda.now()
        parsed(CancelBody, raw or {})
        if ride.status == "canceled" and self._troubles().cancel_twice_with_200:
            return ride.wire(now)
        if self._troubles().noncancelable or ride.troubles.noncancelable or ride.status not in ("pending", "pickup"):
            raise Fault("noncancelable_delivery", "Delivery cannot be canceled in its current state.")
        self._road.cancel(ride, now)
        return ride.wire(now)

    def proof(self, ref: str, raw: object) -> dict[str, object]:
        """Section 8: only what was asked for, and only once it was done."""
        ride, asked = self._found(ref), parsed(ProofBody, raw)
        if not has_proof(ride, asked):
            raise bad_params(param_details="no proof of this kind for this waypoint")
        taken = png(40, 120, 200 if asked.type == "picture" else 40)
        return {"document": b64encode(spoilt(taken, self._troubles().bad_proof)).decode()}

    def all(self) -> list[dict[str, object]]:
        """Every delivery, oldest first."""
        now = self._agenda.now()
        return [ride.wire(now) for ride in self._rides.values()]

    def _found(self, ref: str) -> Ride:
        if (ride := self._rides.get(ref)) is None:
            raise Fault("delivery_not_found", "The requested delivery does not exist.")
        return ride

    def _repeated(self, body: DeliveryBody, now: datetime) -> Ride | None:
        by_key = self._by_key(body, now)
        if by_key is not None and self._troubles().repeat_with_200:
            return by_key
        if (known := by_key or self._by_references(body)) is not None:
            raise Fault("duplicate_delivery", "An active delivery like this already exists.", delivery_id=known.id)
        return None

    def _by_key(self, body: DeliveryBody, now: datetime) -> Ride | None:
        ref, since = self._keys.get(body.idempotency_key, ("", now))
        return self._rides.get(ref) if now - since < KEY_LIFE else None

    def _by_references(self, body: DeliveryBody) -> Ride | None:
        if not any(pair := _references(body)):
            return None
        # As they stand now: a reference may be changed on the way.
        there = (ride for ride in self._rides.values() if not ride.is_return)
        return next((ride for ride in there if _references(ride.order) == pair), None)

    def _plan(self, body: DeliveryBody, now: datetime) -> Plan:
        robot = Plan.by_robot(body.robo, body, now) if body.robo else None
        by_chance = self._offers.take(body, now)
        return robot or by_chance

    def _ride(self, body: DeliveryBody, now: datetime) -> Ride:
        uuid = self._ids.uuid()
        notes = f"{body.pickup_notes} {body.dropoff_notes} {body.manifest_reference}"
        return Ride(
            id=f"del_{short(uuid)}",
            uuid=uuid.hex.upper(),
            order=body,
            windows=body.filled(now),
            created=now,
            fee=price(body),
            currency=self._currency,
            troubles=self._troubles().marked(notes),
            tip=body.tip,
            pin=pin_of(body, self._ids),
            undeliverable_reason=((body.robo and body.robo.cancel_reason) or "").upper(),
        )


def _references(body: DeliveryBody) -> tuple[str, str]:
    """What no two deliveries share, whatever their keys (3.4)."""
    return body.manifest_reference, body.external_id
