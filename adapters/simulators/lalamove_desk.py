"""The account of the simulated Lalamove: everything a customer of theirs may ask for (3)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from adapters.simulators.clock import Agenda
from adapters.simulators.lalamove_bodies import (
    ChangeBody,
    EditBody,
    FeeBody,
    OrderBody,
    QuotationBody,
    WebhookBody,
    parsed,
)
from adapters.simulators.lalamove_faults import Fault
from adapters.simulators.lalamove_market import Market, distance_km
from adapters.simulators.lalamove_order import Order, Stop
from adapters.simulators.lalamove_post import Post
from adapters.simulators.lalamove_quotations import Quotation, Quotations
from adapters.simulators.lalamove_rider import coordinates, written
from adapters.simulators.lalamove_road import Road
from adapters.simulators.lalamove_troubles import Troubles
from adapters.simulators.rides import MINUTE, Pace, Plan

WALL_SLACK: Final = 2.0  # seconds a call may take on the wall before the times in it count as past
CANCEL_WITHIN: Final = 5 * MINUTE
CHANGE_AFTER: Final = 15 * MINUTE
READABLE: Final = timedelta(days=60)
FEES: Final = (Decimal("0.1"), Decimal(50))  # of the base price: the least and the most priority fee


class Desk:
    """One customer of theirs; raises `Fault`."""

    def __init__(
        self, agenda: Agenda, *, post: Post, chance: Random, ids: Random, pace: Pace, troubles: Callable[[], Troubles]
    ) -> None:
        self._agenda = agenda
        self._post = post
        self._ids = ids
        self._chance = chance
        self._pace = pace
        self._troubles = troubles
        slack = timedelta(seconds=WALL_SLACK * agenda.speed)
        self._quotations = Quotations(new_id=self._id, chance=chance, pace=pace, slack=slack)
        self._road = Road(agenda, post, chance, self._again)
        self._orders: dict[str, Order] = {}

    def quote(self, raw: object, market: Market) -> dict[str, object]:
        """3.1."""
        return self._quotations.make(parsed(QuotationBody, raw), market, self._agenda.now()).wire()

    def quotation(self, ref: str) -> dict[str, object]:
        """One that was given."""
        return self._quotations.find(ref).wire()

    def create(self, raw: object, base: str) -> dict[str, object]:
        """3.2; `base` is the URL pictures will be fetched from."""
        body, now = parsed(OrderBody, raw), self._agenda.now()
        used = self._quotations.take(body.quotationId, now, again=self._troubles().reusable_quotations)
        order = self._order(used, body, base, now)
        self._orders[order.id] = order
        self._road.begin(order, used.plan)
        return order.wire()

    def read(self, ref: str) -> dict[str, object]:
        """3.3."""
        order = self._found(ref)
        if self._agenda.now() - order.created > READABLE:
            raise Fault("ERR_FORBIDDEN", "The order is too old.")
        return order.wire() | {"remarks": [stop.remarks for stop in order.stops]}

    def edit(self, ref: str, raw: object) -> dict[str, object]:
        """3.6."""
        order, body, now = self._found(ref), parsed(EditBody, raw), self._agenda.now()
        if order.is_edited:
            raise Fault("ERR_INVALID_ORDER_STATUS", "Cannot edit order, editing times exceeded")
        first = body.stops[0]
        is_same = distance_km(order.store, first.coordinates.spot) < 0.001 and first.address == order.stops[0].address
        if order.status != "ON_GOING" or not is_same:
            raise Fault("ERR_INVALID_ORDER_STATUS", "Cannot edit order")
        order.stops[1:] = [
            Stop(id=self._id(), spot=s.coordinates.spot, address=s.address, name=s.name, phone=s.phone)
            for s in body.stops[1:]
        ]
        order.is_edited = True
        order.door.proof = "PENDING" if order.pod else ""
        self._road.tell_edit(order, now)
        return order.wire()

    def cancel(self, ref: str) -> None:
        """3.7."""
        order, now = self._found(ref), self._agenda.now()
        recent = order.matched is not None and now - order.matched < CANCEL_WITHIN
        allowed = order.status == "ASSIGNING_DRIVER" or (order.status == "ON_GOING" and recent)
        if not allowed or self._troubles().noncancelable or order.troubles.noncancelable:
            raise Fault("ERR_CANCELLATION_FORBIDDEN", "Order cannot be cancelled.")
        self._road.cancel(order, now, "CLIENT")

    def tip(self, ref: str, raw: object) -> dict[str, object]:
        """3.5: each fee stands for the one before, and must be more."""
        order, fee = self._found(ref), Decimal(parsed(FeeBody, raw).priorityFee)
        least, most = (order.market.rounded(order.market.base * times) for times in FEES)
        faults = {
            "ERR_INVALID_ORDER_STATUS": order.status != "ASSIGNING_DRIVER",
            "ERR_INVALID_TIPS": fee != order.market.rounded(fee) or fee <= order.priority,
            "ERR_EXCEED_MIN_TIPS": fee < least,
            "ERR_EXCEED_MAX_TIPS": fee > most,
        }
        if wrong := next((code for code, is_so in faults.items() if is_so), None):
            raise Fault(wrong)
        order.priority = fee
        self._road.tell_price(order, self._agenda.now())
        return order.wire()

    def rider(self, ref: str, rider_id: str) -> dict[str, object]:
        """3.4."""
        order, now = self._found(ref), self._agenda.now()
        if order.rider is None or order.rider.id != rider_id:
            raise Fault("ERR_DRIVER_NOT_FOUND", "Driver not found.")
        if not order.shows_rider(now):
            raise Fault("ERR_FORBIDDEN", "Driver details are not available.")
        return order.rider.wire() | {"coordinates": {**coordinates(order.spot(now)), "updatedAt": written(now)}}

    def change_rider(self, ref: str, rider_id: str, raw: object) -> None:
        """3.8."""
        order, now = self._found(ref), self._agenda.now()
        parsed(ChangeBody, raw)
        if order.rider is None or order.rider.id != rider_id:
            raise Fault("ERR_DRIVER_NOT_FOUND", "Driver not found.")
        if order.status != "ON_GOING" or order.matched is None or now - order.matched < CHANGE_AFTER:
            raise Fault("ERR_CHANGE_DRIVER", "Driver cannot be changed.")
        self._road.change_rider(order, Plan.by_chance(self._pace, self._chance), now)

    async def listen(self, raw: object, market: Market) -> dict[str, object]:
        """3.10."""
        body = parsed(WebhookBody, raw)
        await self._post.knock(body.url, market)
        return {"url": body.url}

    def all(self) -> list[dict[str, object]]:
        """Every order, oldest first."""
        return [order.wire() for order in self._orders.values()]

    def _found(self, ref: str) -> Order:
        if (order := self._orders.get(ref)) is None:
            raise Fault("ERR_ORDER_NOT_FOUND", "Order not found.")
        return order

    def _order(self, used: Quotation, body: OrderBody, base: str, now: datetime) -> Order:
        stops = [Stop(id=stop.id, spot=stop.spot, address=stop.address) for stop in used.stops]
        people = [body.sender, *body.recipients]
        if [person.stopId for person in people] != [stop.id for stop in stops]:
            raise Fault("ERR_INVALID_FIELD", "Stops do not match those of the quotation.", "/data/recipients")
        for stop, person in zip(stops, people, strict=True):
            stop.name, stop.phone, stop.remarks = person.name, person.phone, getattr(person, "remarks", "")
            stop.proof = "PENDING" if body.isPODEnabled and stop is not stops[0] else ""
        notes = " ".join([*(stop.remarks for stop in stops), *map(str, body.metadata.values())])
        troubles = self._troubles().marked(notes)
        stops[-1].code = f"{self._ids.randrange(10_000):04d}" if troubles.delivery_codes else ""
        return Order(
            id=self._id(),
            quotation=used.id,
            market=used.market,
            city=used.city,
            fare=used.fare,
            stops=stops,
            pod=body.isPODEnabled,
            metadata=body.metadata,
            created=now,
            scheduled=used.body.scheduleAt,
            troubles=troubles,
            base=base,
        )

    def _again(self, order: Order) -> Order:
        """The same once more, as their support books it."""
        heir = Order(
            id=self._id(),
            quotation=order.quotation,
            market=order.market,
            city=order.city,
            fare=order.fare,
            stops=order.stops,
            pod=order.pod,
            metadata=order.metadata,
            created=self._agenda.now(),
            scheduled=None,
            troubles=Troubles(old_webhooks=order.troubles.old_webhooks),
            base=order.base,
        )
        self._orders[heir.id] = heir
        self._road.begin(heir, Plan.by_chance(self._pace, self._chance))
        return heir

    def _id(self) -> str:
        """19 digits."""
        return str(self._ids.randrange(2 * 10**18, 3 * 10**18))
