"""The account of the simulated pandago: everything a merchant of theirs may ask for (3)."""

from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from adapters.simulators.clock import Agenda
from adapters.simulators.jpeg import JPEG
from adapters.simulators.pandago_bodies import (
    CancelBody,
    EstimateBody,
    OrderBody,
    OutletBody,
    UpdateBody,
    parsed,
)
from adapters.simulators.pandago_faults import Fault
from adapters.simulators.pandago_order import BEFORE_ACCEPTED, BEFORE_PICKUP, Order, written
from adapters.simulators.pandago_post import Post
from adapters.simulators.pandago_road import Road
from adapters.simulators.pandago_towns import Town, distance, towns
from adapters.simulators.pandago_troubles import Troubles
from adapters.simulators.rides import MINUTE, Pace, Plan

REASONS: Final = ("DELIVERY_ETA_TOO_LONG", "MISTAKE_ERROR", "REASON_UNKNOWN")
WALL_SLACK: Final = 2.0  # seconds a call may take on the wall before a time in it counts as too soon
PLANNED: Final = (55 * MINUTE, timedelta(days=2))
KEPT: Final = timedelta(days=7)  # pictures


class Desk:
    """One merchant of theirs; raises `Fault`."""

    def __init__(
        self, agenda: Agenda, *, post: Post, chance: Random, pace: Pace, troubles: Callable[[], Troubles]
    ) -> None:
        self._agenda = agenda
        self._chance = chance
        self._pace = pace
        self._troubles = troubles
        self._slack = timedelta(seconds=WALL_SLACK * agenda.speed)
        self._road = Road(agenda, post, chance)
        self._towns = towns()
        self._orders: dict[str, Order] = {}
        self._prefix = "".join(chance.choices("bcdfghjkmnpqrstvwxyz0123456789", k=4))

    def fee(self, country: str, raw: object) -> dict[str, object]:
        """3.3."""
        body, town = parsed(EstimateBody, raw), self._town(country)
        metres = distance(town.outlet_of(body.sender), body.recipient.location.spot)
        return {"client_order_id": body.client_order_id, "estimated_delivery_fee": town.fee(metres)}

    def time(self, country: str, raw: object) -> dict[str, object]:
        """3.3: the middle of the usual ranges."""
        body, town = parsed(EstimateBody, raw), self._town(country)
        distance(town.outlet_of(body.sender), body.recipient.location.spot)
        usual = [sum(leg) / 2 * MINUTE for leg in (self._pace.matching, self._pace.to_store, self._pace.to_door)]
        pickup = self._starts(body.preordered_for) + usual[0] + usual[1]
        return {
            "client_order_id": body.client_order_id,
            "estimated_pickup_time": written(pickup),
            "estimated_delivery_time": written(pickup + usual[2]),
        }

    def create(self, country: str, raw: object) -> dict[str, object]:
        """3.1: each call makes an order, for they know no key of the merchant's."""
        body, town, now = parsed(OrderBody, raw), self._town(country), self._agenda.now()
        starts, outlet = self._starts(body.preordered_for), town.outlet_of(body.sender)
        metres = distance(outlet, body.recipient.location.spot)
        order = Order(
            id=f"{self._prefix}-{len(self._orders) + 1:06d}",
            body=body,
            outlet=outlet,
            door=body.recipient.location.spot,
            distance=metres,
            fee=town.fee(metres),
            plan=Plan.by_chance(self._pace, self._chance),
            created=now,
            troubles=self._troubles().marked(f"{body.recipient.notes} {body.sender.notes if body.sender else ''}"),
        )
        self._orders[order.id] = order
        self._road.begin(order, starts)
        return order.wire()

    def read(self, ref: str) -> dict[str, object]:
        """3.2."""
        return self._found(ref).read()

    def update(self, ref: str, raw: object) -> dict[str, object]:
        """3.4."""
        order, body, old = self._found(ref), parsed(UpdateBody, raw), self._found(ref).body
        if self._troubles().no_updates:
            raise Fault(405)
        turned = old.payment_method == "PAID" and body.payment_method == "CASH_ON_DELIVERY"
        if order.status not in BEFORE_PICKUP or turned:
            raise Fault(422, "Order can not be updated")
        changes = body.model_dump(include={"payment_method", "amount", "description"}, exclude_none=True)
        order.body = old.model_copy(update=changes)
        if body.location is not None:
            self._redirect(order, body)
        kept = ("order_id", "created_at", "status", "payment_method", "description", "amount", "delivery_fee")
        whole = order.wire()
        return {name: whole[name] for name in kept} | {"location": order.body.recipient.location.wire()}

    def cancel(self, ref: str, raw: object) -> str:
        """3.5; what is said about a reason they replaced, nothing for one they know."""
        order, body, now = self._found(ref), parsed(CancelBody, raw), self._agenda.now()
        if order.status not in BEFORE_ACCEPTED or self._troubles().noncancelable or order.troubles.noncancelable:
            raise Fault(409)
        known = body.reason in REASONS
        self._road.call_off(order, now, body.reason if known else "REASON_UNKNOWN")
        return "" if known else "The reason is not known and was replaced by REASON_UNKNOWN"

    def coordinates(self, ref: str) -> dict[str, object]:
        """3.6."""
        order, now = self._found(ref), self._agenda.now()
        if order.rider is None or order.is_ended or order.troubles.hidden_place or self._troubles().hidden_place:
            raise Fault(404, "Coordinates for this order were not found")
        north, east = order.spot(now)
        told = {"latitude": north, "longitude": east, "updated_at": int(now.timestamp())}
        return {"client_order_id": order.body.client_order_id, **told}

    def proof(self, ref: str, name: str) -> bytes:
        """3.7."""
        order = self._found(ref)
        if name not in order.proofs or self._agenda.now() - order.updated > KEPT:
            raise Fault(404, f"{name.replace('_', ' ').capitalize()} for this order was not found")
        return b64encode(JPEG)

    def outlet(self, country: str, ref: str) -> dict[str, object]:
        """3.8."""
        return self._town(country).outlet(ref).wire()

    def save_outlet(self, country: str, ref: str, raw: object) -> dict[str, object]:
        """3.8."""
        body = parsed(OutletBody, raw)
        saved = self._town(country).save(ref, body)
        return body.model_dump(exclude={"add_user", "delete_user"}) | {
            **saved.wire(),
            "vendor_id": f"v-{ref}",
            "users": body.add_user,
        }

    def outlets(self, country: str) -> list[dict[str, object]]:
        """3.8."""
        return [outlet.wire() for outlet in self._town(country).all()]

    def all(self) -> list[dict[str, object]]:
        """Every order, oldest first."""
        return [order.read() for order in self._orders.values()]

    def _town(self, country: str) -> Town:
        if (town := self._towns.get(country)) is None:
            raise Fault(404, "Not found")
        return town

    def _found(self, ref: str) -> Order:
        if (order := self._orders.get(ref)) is None:
            raise Fault(404)
        return order

    def _starts(self, preordered_for: int | None) -> datetime:
        """When a driver is looked for: what is wanted is the time at the door."""
        now = self._agenda.now()
        if preordered_for is None:
            return now
        wanted = datetime.fromtimestamp(min(max(preordered_for, 0), 2**32), UTC)
        if not PLANNED[0] - self._slack <= wanted - now <= PLANNED[1]:
            raise Fault(400, "", {"preordered_for": "is not between 55 minutes and 2 days from now"})
        usual = sum(sum(leg) / 2 for leg in (self._pace.matching, self._pace.to_store, self._pace.to_door))
        return max(now, wanted - usual * MINUTE)

    def _redirect(self, order: Order, body: UpdateBody) -> None:
        if body.location is None:
            return
        recipient = order.body.recipient
        there = recipient.model_copy(
            update={"location": body.location, "notes": body.location.notes or recipient.notes}
        )
        order.body = order.body.model_copy(update={"recipient": there})
        order.door = body.location.spot or order.door
        order.distance = distance(order.outlet, order.door)
