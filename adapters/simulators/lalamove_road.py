"""What happens to a simulated order: driver found, store, door, and the ways it can go wrong (4)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Final

from adapters.simulators.clock import Agenda
from adapters.simulators.lalamove_order import Order
from adapters.simulators.lalamove_post import Post
from adapters.simulators.lalamove_rider import Rider
from adapters.simulators.rides import NAMES, SECOND, Leg, Plan

Story = Iterator[timedelta]
EXPIRES_AFTER: Final = timedelta(hours=2)
SUPPORT: Final = "LALAMOVE_CUSTOMER_SUPPORT"
REPLACED_AFTER: Final = 30 * SECOND


class Road:
    """Tells each order's story, step by step at its time."""

    def __init__(self, agenda: Agenda, post: Post, chance: Random, again: Callable[[Order], Order]) -> None:
        self._agenda = agenda
        self._post = post
        self._chance = chance
        self._again = again  # books the same once more, as their support does

    def begin(self, order: Order, plan: Plan) -> None:
        """Set a new order going."""
        ahead = plan.approach + plan.at_store
        if order.scheduled is not None:
            plan = replace(plan, matching=max(plan.matching, order.scheduled - order.created - ahead))
        self._tell_status(order)
        self._post.tell(order, "ORDER_CREATED", order.updated, {"order": order.told()})
        if order.door.code:
            self._tell_code(order, "Pending")
        self._search(order, order.scheduled or order.created)
        self._go_on(order, order.chapter, self._way_there(order, plan), order.created)

    def cancel(self, order: Order, at: datetime, party: str) -> None:
        """End an order before its goods are picked up."""
        order.cancel_party = party
        self._move(order, "CANCELED", at)

    def change_rider(self, order: Order, plan: Plan, at: datetime) -> None:
        """Look for another one, as a new chapter of the story."""
        order.chapter += 1
        self._lose_rider(order, at)
        self._go_on(order, order.chapter, self._from_search(order, plan), order.updated)

    def tell_price(self, order: Order, at: datetime) -> None:
        """It has changed."""
        told = order.price()
        price = {
            "totalPrice": told["total"],
            "subTotal": told["totalExcludePriorityFee"],
            "priorityFee": told.get("priorityFee", "0"),
            "currency": told["currency"],
        }
        self._post.tell(order, "ORDER_AMOUNT_CHANGED", at, {"order": {"orderId": order.id, "price": price}})

    def tell_edit(self, order: Order, at: datetime) -> None:
        """Its stops have changed."""
        self._post.tell(order, "ORDER_EDITED", at, {"order": {"orderId": order.id}})

    def _go_on(self, order: Order, chapter: int, story: Story, at: datetime) -> None:
        if order.is_ended or chapter != order.chapter:
            return
        order.updated = max(at, order.updated)
        if (pause := next(story, None)) is not None:
            self._agenda.at(at + max(pause, timedelta()), partial(self._go_on, order, chapter, story))

    def _way_there(self, order: Order, plan: Plan) -> Story:
        if order.troubles.no_driver:
            return
        yield plan.matching
        if order.troubles.rejected:
            return self._move(order, "REJECTED", order.updated)
        self._assign(order, plan)
        if order.troubles.courier_drop:
            yield plan.approach / 2
            self._lose_rider(order, order.updated)
            yield plan.matching / 2
            self._assign(order, plan)
        if order.troubles.canceled_by_support or order.troubles.replaced:
            yield plan.approach / 2
            return (yield from self._taken_away(order))
        yield from self._from_match(order, plan)

    def _from_search(self, order: Order, plan: Plan) -> Story:
        yield plan.matching / 2
        self._assign(order, plan)
        yield from self._from_match(order, plan)

    def _from_match(self, order: Order, plan: Plan) -> Story:
        yield plan.approach
        order.has_arrived = True
        yield plan.at_store
        self._pick_up(order, plan)
        if order.troubles.dropped_late:
            yield plan.riding / 4
            self._lose_rider(order, order.updated)
            yield plan.matching / 2
            self._assign(order, plan)
            yield plan.riding / 4
            self._pick_up(order, plan)
        yield plan.riding
        yield plan.at_door
        self._end(order)

    def _taken_away(self, order: Order) -> Story:
        self.cancel(order, order.updated, SUPPORT)
        if order.troubles.replaced:
            # The story of an order that has ended does not go on by itself.
            self._agenda.at(order.updated + REPLACED_AFTER, partial(self._replace, order))
        return
        yield

    def _replace(self, order: Order, at: datetime) -> None:
        heir = self._again(order)
        data = {"order": {"orderId": heir.id}, "prevOrderId": order.id}
        self._post.tell(heir, "ORDER_REPLACED", at, data)

    def _pick_up(self, order: Order, plan: Plan) -> None:
        at = order.updated
        order.leg = Leg(order.store, order.door.spot, at, at + plan.riding)
        self._move(order, "PICKED_UP", at)
        if order.pod:
            proof = {"imageUrls": [self._picture(order, "pickup")], "pickedUpAt": order.market.wrongly(at)}
            stops = [{"stopId": order.stops[0].id, "POP": proof}]
            self._post.tell(order, "POP_STATUS_CHANGED", order.updated, self._about_stops(order, stops))

    def _end(self, order: Order) -> None:
        door, failed = order.door, order.troubles.undeliverable
        if order.pod:
            door.proof = "FAILED" if failed else "SIGNED" if order.troubles.signed else "DELIVERED"
            door.image = "" if failed else self._picture(order, door.proof.lower())
            door.taken_at = None if failed else order.updated
            stops = [{"stopId": stop.id, "POD": stop.left()} for stop in order.stops[1:]]
            self._post.tell(order, "POD_STATUS_CHANGED", order.updated, self._about_stops(order, stops))
        if door.code and not failed:
            self._tell_code(order, "Verified")
        self._move(order, "COMPLETED", order.updated)

    def _tell_code(self, order: Order, status: str) -> None:
        order.door.code_status = status
        code: Mapping[str, object] = {
            "stopId": order.door.id,
            "deliveryCode": {"value": order.door.code, "status": status},
        }
        self._post.tell(order, "DELIVERY_CODE_STATUS_CHANGED", order.updated, self._about_stops(order, [code]))

    def _about_stops(self, order: Order, stops: Sequence[Mapping[str, object]]) -> dict[str, object]:
        return {"order": {"orderId": order.id, "stops": stops}}

    def _picture(self, order: Order, what: str) -> str:
        return f"{order.base}/_sim/pictures/{order.id}-{what}.png"

    def _assign(self, order: Order, plan: Plan) -> None:
        at, names = order.updated, [name for name in NAMES if order.rider is None or name != order.rider.name]
        digits = self._chance.randrange(1000, 10_000)
        north, east = self._chance.uniform(-0.02, 0.02), self._chance.uniform(-0.02, 0.02)
        start = (order.store[0] + north, order.store[1] + east)
        order.rider = Rider(
            str(self._chance.randrange(10_000, 100_000)),
            self._chance.choice(names),
            f"+8869{digits:04d}{digits:04d}",
            f"NLAM{digits % 10}VE",
            start,
        )
        order.leg, order.matched = Leg(start, order.store, at, at + plan.approach), at
        data = {"driver": order.rider.wire(), "location": {"lng": start[1], "lat": start[0]}}
        self._post.tell(order, "DRIVER_ASSIGNED", _next(order, at), {**data, "order": {"orderId": order.id}})
        self._move(order, "ON_GOING", at)

    def _lose_rider(self, order: Order, at: datetime) -> None:
        order.rider = order.leg = order.matched = None
        order.has_arrived = False
        self._move(order, "ASSIGNING_DRIVER", at)
        self._search(order, order.updated)

    def _search(self, order: Order, since: datetime) -> None:
        order.search_ends = since + EXPIRES_AFTER
        self._agenda.at(order.search_ends, partial(self._expire, order))

    def _expire(self, order: Order, at: datetime) -> None:
        if order.status == "ASSIGNING_DRIVER" and order.search_ends is not None and at >= order.search_ends:
            self._move(order, "EXPIRED", at)

    def _move(self, order: Order, status: str, at: datetime) -> None:
        # Events tell whole seconds: no two changes share one, or nobody could put them in order.
        order.updated = _next(order, at)
        order.before, order.status = order.status, status
        self._tell_status(order)

    def _tell_status(self, order: Order) -> None:
        self._post.tell(order, "ORDER_STATUS_CHANGED", order.updated, {"order": order.told()})


def _next(order: Order, at: datetime) -> datetime:
    return max(at, order.updated + SECOND)
