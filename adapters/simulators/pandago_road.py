"""What happens to a simulated order: driver found, store, door, and the ways it can go wrong (4)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Final

from adapters.simulators.clock import Agenda
from adapters.simulators.pandago_order import Order, Rider
from adapters.simulators.pandago_post import Post
from adapters.simulators.rides import MINUTE, NAMES, SECOND, Leg

Story = Iterator[timedelta]
NOBODY_AFTER: Final = timedelta(hours=2)
MOMENT: Final = 5 * SECOND  # from one word of the beginning to the next
DELAY: Final = 10 * MINUTE
NEW_WORD: Final = "COURIER_CHECKED_IN"


class Road:
    """Tells each order's story, step by step at its time."""

    def __init__(self, agenda: Agenda, post: Post, chance: Random) -> None:
        self._agenda = agenda
        self._post = post
        self._chance = chance

    def begin(self, order: Order, starts: datetime) -> None:
        """Set a new order going; one for later is matched when `starts` has come."""
        order.expect(starts + order.plan.matching + order.plan.approach + order.plan.at_store)
        self._go_on(order, self._way(order, starts), order.created)

    def call_off(self, order: Order, at: datetime, reason: str) -> None:
        """By the merchant, before a driver has accepted."""
        order.is_called_off = True
        self._cancel(order, at, "CLIENT", reason)

    def _go_on(self, order: Order, story: Story, at: datetime) -> None:
        if order.is_called_off:
            return
        order.updated = max(at, order.updated)
        if (pause := next(story, None)) is not None:
            self._agenda.at(at + max(pause, timedelta()), partial(self._go_on, order, story))

    def _way(self, order: Order, starts: datetime) -> Story:
        yield MOMENT
        self._move(order, "RECEIVED")
        yield max(starts - order.created, MOMENT)
        self._move(order, "WAITING_FOR_TRANSPORT")
        if order.troubles.no_driver:
            yield NOBODY_AFTER
            return self._cancel(order, order.updated, "LOGISTICS", "NO_COURIER")
        yield from self._match(order, order.plan.matching)
        if order.troubles.courier_drop:
            yield from self._dropped(order)
        if order.troubles.canceled_by_pandago:
            yield order.plan.approach / 2
            return self._cancel(order, order.updated, "LOGISTICS", "TECHNICAL_PROBLEM")
        yield from self._to_pickup(order)
        yield from self._to_door(order)

    def _match(self, order: Order, takes: timedelta) -> Story:
        yield takes * 0.6
        self._skippable(order, "ASSIGNED_TO_TRANSPORT")
        yield takes * 0.4
        self._accept(order)

    def _dropped(self, order: Order) -> Story:
        yield order.plan.approach / 2
        order.rider = order.leg = None
        self._move(order, "WAITING_FOR_TRANSPORT")
        yield from self._match(order, order.plan.matching / 2)

    def _to_pickup(self, order: Order) -> Story:
        plan, troubles = order.plan, order.troubles
        yield plan.approach / 2
        if troubles.courier_swap:
            self._accept(order)
        if troubles.delayed:
            order.postpone(DELAY)
            self._move(order, "DELAYED")
            yield DELAY
        if troubles.new_words:
            self._move(order, NEW_WORD)
        yield plan.approach / 2
        order.leg = None
        self._skippable(order, "NEAR_VENDOR")
        yield plan.at_store
        self._pick_up(order)

    def _to_door(self, order: Order) -> Story:
        plan, troubles = order.plan, order.troubles
        yield MOMENT
        self._skippable(order, "COURIER_LEFT_VENDOR")
        yield plan.riding / 2
        if troubles.spilled:
            return self._cancel(order, order.updated, "LOGISTICS", "FOOD_QUALITY_SPILLAGE")
        yield plan.riding / 2
        self._skippable(order, "NEAR_CUSTOMER")
        yield plan.at_door
        if troubles.undeliverable or troubles.turned_back:
            return (yield from self._back(order))
        order.proofs.add("proof_of_delivery")
        self._move(order, "DELIVERED")

    def _back(self, order: Order) -> Story:
        if order.troubles.undeliverable:
            self._cancel(order, order.updated, "LOGISTICS", "UNABLE_TO_FIND")
        at = order.updated
        order.leg = Leg(self._door(order), order.outlet.spot, at, at + order.plan.riding)
        yield order.plan.riding
        order.proofs.add("proof_of_return")
        self._move(order, "RETURNED_TO_VENDOR")

    def _accept(self, order: Order) -> None:
        at, plan = order.updated, order.plan
        digits = self._chance.randrange(1000, 10_000)
        north, east = order.outlet.spot
        start = (north + self._chance.uniform(-0.02, 0.02), east + self._chance.uniform(-0.02, 0.02))
        names = [name for name in NAMES if order.rider is None or name != order.rider.name]
        rider = Rider(
            str(self._chance.randrange(10_000, 100_000)), self._chance.choice(names), f"+88690{digits:04d}000"
        )
        order.leg, order.rider = Leg(start, order.outlet.spot, at, at + plan.approach), rider
        order.expect(at + plan.approach + plan.at_store)
        self._move(order, "COURIER_ACCEPTED_DELIVERY")

    def _pick_up(self, order: Order) -> None:
        at, order.has_goods = order.updated, True
        order.leg = Leg(order.outlet.spot, self._door(order), at, at + order.plan.riding)
        order.expect(at)
        order.proofs.add("proof_of_pickup")
        self._move(order, "PICKED_UP")

    def _door(self, order: Order) -> tuple[float, float]:
        north, east = order.outlet.spot
        return order.door or (north + 0.02, east + 0.02)

    def _cancel(self, order: Order, at: datetime, source: str, reason: str) -> None:
        order.updated = max(at, order.updated)
        order.cancellation = {"source": source, "reason": reason}
        self._move(order, "CANCELLED")

    def _skippable(self, order: Order, status: str) -> None:
        if not order.troubles.skipped_steps:
            self._move(order, status)

    def _move(self, order: Order, status: str) -> None:
        # Callbacks tell whole seconds: no two changes share one, or nobody could put them in order.
        order.updated += SECOND
        order.status = status
        self._post.tell(order)
