"""What happens to a simulated ride: driver found, store, door, and the ways it can go wrong (4, 5)."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from random import Random

from adapters.simulators.clock import Agenda
from adapters.simulators.rides import SECOND, Leg
from adapters.simulators.story import Story, Teller
from adapters.simulators.uber_direct_plan import Plan
from adapters.simulators.uber_direct_post import Post
from adapters.simulators.uber_direct_ride import Ride
from adapters.simulators.uber_direct_rider import Rider
from adapters.simulators.uber_direct_windows import MINUTE

NAMES = ("Mei L.", "Wei C.", "Jia H.", "Yu T.", "Han W.", "Ting K.")
LEAST_BETWEEN_UPDATES = 0.5  # seconds on the wall, however fast the clock


class Road:
    """Tells each ride's story, step by step at its time."""

    def __init__(
        self, agenda: Agenda, post: Post, chance: Random, rides: dict[str, Ride], update_every: timedelta
    ) -> None:
        self._agenda = agenda
        self._teller: Teller[Ride] = Teller(agenda)
        self._post = post
        self._chance = chance
        self._rides = rides
        self._pause = max(update_every, timedelta(seconds=LEAST_BETWEEN_UPDATES * agenda.speed))

    def begin(self, ride: Ride, plan: Plan) -> None:
        """Set a new ride going."""
        ready = ride.windows[0]
        plan = replace(plan, matching=max(plan.matching, ready - ride.created - plan.to_pickup))
        ride.store_eta = ride.created + plan.matching + plan.to_pickup
        ride.door_eta = ride.store_eta + plan.to_door
        self._post.status(ride, ride.created)
        self._teller.tell(ride, self._way_there(ride, plan), ride.created)

    def cancel(self, ride: Ride, at: datetime) -> None:
        """End a ride before its goods are picked up."""
        self._move(ride, "canceled", at)

    def _way_there(self, ride: Ride, plan: Plan) -> Story:
        if ride.troubles.no_driver:
            return
        yield plan.matching
        self._assign(ride, plan)
        if ride.troubles.courier_drop:
            yield from self._lose_driver(ride, plan)
        if ride.troubles.canceled_by_uber:
            yield plan.approach / 2
            return self._move(ride, "canceled", ride.updated)
        yield plan.approach
        self._near(ride)
        yield plan.at_store
        yield from self._to_the_door(ride, plan)

    def _lose_driver(self, ride: Ride, plan: Plan) -> Story:
        yield plan.approach / 2
        ride.rider = ride.leg = None
        self._move(ride, "pending", ride.updated)
        yield plan.matching / 2
        self._assign(ride, plan)

    def _to_the_door(self, ride: Ride, plan: Plan) -> Story:
        at = ride.updated
        ride.waypoints["pickup"] = ("completed", at)
        ride.leg = Leg(ride.store, ride.door, at + plan.loading, at + plan.loading + plan.riding)
        ride.door_eta = at + plan.to_door
        self._move(ride, "pickup_complete", at)
        yield plan.loading
        self._move(ride, "dropoff", ride.updated)
        yield plan.riding
        self._near(ride)
        yield from self._at_the_door(ride, plan)

    def _at_the_door(self, ride: Ride, plan: Plan) -> Story:
        yield plan.at_door
        if ride.pin and ride.troubles.wrong_pin:
            ride.typed_pin = "0000" if ride.pin != "0000" else "1111"
            yield 2 * MINUTE
        if ride.undeliverable_reason or ride.troubles.undeliverable:
            return self._give_up(ride, plan)
        ride.typed_pin = ride.pin
        self._hand_over(ride)

    def _hand_over(self, ride: Ride) -> None:
        ends = ("dropoff", "return") if ride.is_return else ("dropoff",)
        ride.waypoints |= dict.fromkeys(ends, ("completed", ride.updated))
        self._move(ride, "delivered", ride.updated)

    def _give_up(self, ride: Ride, plan: Plan) -> None:
        ride.undeliverable_reason = ride.undeliverable_reason or "CUSTOMER_UNAVAILABLE"
        wish = ride.order.undeliverable_action
        if wish == "leave_at_door":
            ride.undeliverable_action = "left_at_door"
            return self._hand_over(ride)
        ride.waypoints["dropoff"] = ("failed", ride.updated)
        if wish == "discard":
            ride.undeliverable_action = "discarded"
            return self._move(ride, "canceled", ride.updated)
        return self._turn_back(ride, plan)

    def _turn_back(self, ride: Ride, plan: Plan) -> None:
        ride.related = (f"ret_{ride.id[4:]}", "return")
        ride.undeliverable_action = "returned"
        self._move(ride, "returned", ride.updated)
        back = replace(
            ride,
            id=ride.related[0],
            created=ride.updated + SECOND / 1000,
            related=(ride.id, "original"),
            # UNSURE: the driver has the goods already, so it can't begin as pending.
            status="pickup_complete",
            tip=0,
            pin="",
            typed_pin="",
            waypoints={},
            undeliverable_action="",
            undeliverable_reason="",
        )
        self._rides[back.id] = back
        self._begin_back(back, plan)

    def _begin_back(self, back: Ride, plan: Plan) -> None:
        back.leg = Leg(back.door, back.store, back.created, back.created + plan.riding)
        back.door_eta = back.created + plan.riding + plan.at_door
        self._post.status(back, back.created)
        self._follow(back, back.created)
        self._teller.tell(back, self._way_back(back, plan), back.created)

    def _way_back(self, back: Ride, plan: Plan) -> Story:
        yield plan.loading
        self._move(back, "dropoff", back.updated)
        yield plan.riding
        self._near(back)
        yield plan.at_door
        self._hand_over(back)

    def _assign(self, ride: Ride, plan: Plan) -> None:
        number, at = self._chance.randrange(1000, 10000), ride.updated
        north, east = self._chance.uniform(-0.02, 0.02), self._chance.uniform(-0.02, 0.02)
        start = (ride.store[0] + north, ride.store[1] + east)
        name = self._chance.choice([name for name in NAMES if ride.rider is None or name != ride.rider.name])
        ride.rider = Rider(name, f"+8862555{number}", f"***-{number}", start)
        ride.batch = f"bat_{self._chance.getrandbits(64):016x}"
        ride.leg = Leg(start, ride.store, at, at + plan.approach)
        ride.store_eta = at + plan.to_pickup
        ride.door_eta = ride.store_eta + plan.to_door
        self._move(ride, "pickup", at)
        self._follow(ride, at)

    def _near(self, ride: Ride) -> None:
        ride.is_imminent = True
        self._post.status(ride, ride.updated)

    def _move(self, ride: Ride, status: str, at: datetime) -> None:
        # Two changes never share an instant: who gets them out of order must be able to tell.
        ride.updated = max(at, ride.updated + SECOND / 1000)
        ride.status, ride.is_imminent = status, False
        self._post.status(ride, ride.updated)

    def _follow(self, ride: Ride, at: datetime) -> None:
        self._agenda.at(at + self._pause, partial(self._tell_place, ride, ride.rider))

    def _tell_place(self, ride: Ride, rider: Rider | None, at: datetime) -> None:
        if ride.is_ended or ride.rider is None or ride.rider is not rider:
            return
        self._post.place(ride, at)
        self._follow(ride, at)
