"""What happens to a simulated delivery: Dasher found, store, door, and the ways it can go wrong (3)."""

from datetime import datetime, timedelta
from random import Random
from typing import Final

from adapters.simulators.clock import Agenda
from adapters.simulators.doordash_drive_job import Dasher, Job
from adapters.simulators.doordash_drive_post import Post
from adapters.simulators.rides import MINUTE, NAMES, SECOND, Leg
from adapters.simulators.story import Story, Teller

NOBODY_AFTER: Final = timedelta(hours=2)
MOMENT: Final = MINUTE  # at most, until who has said yes, or has the goods, sets off
INSTANT: Final = SECOND / 1000
EVENT_OF: Final = {
    "created": "DELIVERY_CREATED",
    "confirmed": "DASHER_CONFIRMED",
    "enroute_to_pickup": "DASHER_ENROUTE_TO_PICKUP",
    "arrived_at_pickup": "DASHER_CONFIRMED_PICKUP_ARRIVAL",
    "picked_up": "DASHER_PICKED_UP",
    "enroute_to_dropoff": "DASHER_ENROUTE_TO_DROPOFF",
    "arrived_at_dropoff": "DASHER_CONFIRMED_DROPOFF_ARRIVAL",
    "delivered": "DASHER_DROPPED_OFF",
    "enroute_to_return": "DELIVERY_RETURN_INITIALIZED",
    "arrived_at_return": "DASHER_CONFIRMED_RETURN_ARRIVAL",
    "returned": "DELIVERY_RETURNED",
    "cancelled": "DELIVERY_CANCELLED",
}


class Road:
    """Tells each delivery's story, step by step at its time."""

    def __init__(self, agenda: Agenda, post: Post, chance: Random) -> None:
        self._teller: Teller[Job] = Teller(agenda)
        self._post = post
        self._chance = chance

    def begin(self, job: Job, at: datetime) -> None:
        """Look for a Dasher, so that he is there when the goods are ready."""
        ahead = job.plan.matching + job.plan.approach
        wait = max((job.body.pickup_time or at) - at - ahead, timedelta())
        job.expect(at + wait)
        job.updated = max(at, job.updated)
        self._move(job, "created")
        self._teller.tell(job, self._way(job, wait), job.updated)

    def cancel(self, job: Job, at: datetime, reason: str) -> None:
        """End it."""
        job.updated, job.reason = max(at, job.updated), reason
        self._move(job, "cancelled")

    def _way(self, job: Job, wait: timedelta) -> Story:
        if job.troubles.no_driver:
            yield wait + NOBODY_AFTER
            return self.cancel(job, job.updated, "failed_to_assign_and_refunded")
        yield wait + job.plan.matching
        yield from self._confirmed(job)
        if job.troubles.courier_drop:
            yield from self._dropped(job)
        if job.troubles.courier_swap:
            yield from self._confirmed(job)
        if job.troubles.canceled_by_doordash:
            return self.cancel(job, job.updated, "failed_to_pickup")
        yield from self._to_pickup(job)
        yield from self._to_door(job)

    def _confirmed(self, job: Job) -> Story:
        self._assign(job)
        self._post.tell(job, "DELIVERY_BATCHED", batch_id=f"batch-{job.support}")
        yield (setting_off := min(MOMENT, job.plan.approach / 4))
        self._move(job, "enroute_to_pickup")
        yield job.plan.approach / 2 - setting_off

    def _dropped(self, job: Job) -> Story:
        job.gone, job.dasher, job.leg = job.dasher, None, None
        self._move(job, "created")
        yield job.plan.matching / 2
        yield from self._confirmed(job)

    def _to_pickup(self, job: Job) -> Story:
        yield job.plan.approach / 2
        self._move(job, "arrived_at_pickup")
        yield job.plan.at_store
        job.leg = Leg(job.store, job.door, job.updated, job.updated + job.plan.riding)
        job.times["pickup_time_actual"] = job.updated
        job.proofs["pickup_verification_image_url"] = self._picture(job, "pickup")
        self._move(job, "picked_up")

    def _to_door(self, job: Job) -> Story:
        yield (setting_off := min(MOMENT, job.plan.riding / 4))
        self._move(job, "enroute_to_dropoff")
        yield job.plan.riding - setting_off
        self._move(job, "arrived_at_dropoff")
        yield job.plan.at_door
        if job.troubles.undeliverable:
            return (yield from self._give_up(job))
        job.times["dropoff_time_actual"] = job.updated
        self._prove(job)
        self._move(job, "delivered")

    def _give_up(self, job: Job) -> Story:
        if job.body.action_if_undeliverable == "dispose":
            return self.cancel(job, job.updated, "failed_to_deliver")
        job.back_at = job.updated + job.plan.riding
        job.leg = Leg(job.door, job.store, job.updated, job.back_at)
        self._move(job, "enroute_to_return")
        self._post.tell(job, "DASHER_ENROUTE_TO_RETURN")
        yield job.plan.riding
        if job.troubles.return_fails:
            return self.cancel(job, job.updated, "failed_to_return")
        self._move(job, "arrived_at_return")
        yield job.plan.at_store
        job.times["return_time_actual"] = job.updated
        self._move(job, "returned")

    def _prove(self, job: Job) -> None:
        if job.body.dropoff_options.proof_of_delivery.startswith("photo"):
            job.proofs["dropoff_verification_image_url"] = self._picture(job, "dropoff")
        if job.body.asks_for_signature:
            job.proofs["dropoff_signature_image_url"] = self._picture(job, "signature")

    def _picture(self, job: Job, what: str) -> str:
        return f"{job.base}/_sim/pictures/{job.id}-{what}.png"

    def _assign(self, job: Job) -> None:
        number, at = self._chance.randrange(1000, 10_000), job.updated
        north, east = self._chance.uniform(-0.02, 0.02), self._chance.uniform(-0.02, 0.02)
        start = (job.store[0] + north, job.store[1] + east)
        before = job.dasher or job.gone
        names = [name for name in NAMES if before is None or name != before.name]
        job.dasher = Dasher(self._chance.randrange(10**6), self._chance.choice(names), f"+1650555{number}")
        job.leg = Leg(start, job.store, at, at + job.plan.approach)
        job.at_store = at + job.plan.approach
        job.at_door = job.at_store + job.plan.at_store + job.plan.riding + job.plan.at_door
        self._move(job, "confirmed")

    def _move(self, job: Job, status: str) -> None:
        # Two changes never share an instant: who gets them out of order must be able to tell.
        job.updated += INSTANT
        was_there, job.status = job.status, status
        if status != "created" or was_there == "quote":  # no webhook tells that a Dasher has gone
            self._post.tell(job, EVENT_OF[status])
