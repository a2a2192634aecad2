"""What happens to a simulated job: driver found, store, door, and the ways it can go wrong."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Final

from adapters.simulators.clock import Agenda
from adapters.simulators.rides import NAMES, SECOND, Leg
from adapters.simulators.story import Story, Teller
from adapters.simulators.stuart_job import Job, Rider
from adapters.simulators.stuart_post import Post

NOBODY_AFTER: Final = timedelta(hours=1)
STACKED_AFTER: Final = 30 * SECOND
STACKED: Final = "manually_stacked"


class Road:
    """Tells each job's story."""

    def __init__(self, agenda: Agenda, post: Post, chance: Random, stack: Callable[[Job, datetime], None]) -> None:
        self._agenda = agenda
        self._post = post
        self._chance = chance
        self._stack = stack
        self._teller: Teller[Job] = Teller(agenda)

    def begin(self, job: Job) -> None:
        """Look for a driver, so that he is there when the goods are ready."""
        ahead = job.plan.matching + job.plan.approach
        wait = max((job.body.pickup_at or job.made) - job.made - ahead, timedelta())
        job.at_store = job.made + wait + ahead
        job.at_door = job.at_store + job.plan.at_store + job.plan.riding + job.plan.at_door
        job.status = "scheduled" if wait else "new"
        self._post.job(job, "create")
        self._post.delivery(job, "create")
        self._teller.tell(job, self._way(job, wait), job.made)

    def go_on(self, job: Job) -> None:
        """A job that began within another: its driver is on the way already."""
        self._post.job(job, "create")
        self._teller.tell(job, self._there(job), job.made)

    def cancel(self, job: Job, at: datetime, by: str, key: str, comment: str = "") -> None:
        """End it."""
        job.updated = max(at, job.updated)
        for parcel in job.parcels:
            parcel.status = "cancelled"
            parcel.cancellation = {"canceled_by": by, "reason_key": key, "comment": comment or None}
        self._become(job, "canceled")
        self._post.delivery(job)

    def _way(self, job: Job, wait: timedelta) -> Story:
        yield wait + SECOND
        self._become(job, "searching")
        if job.troubles.no_driver:
            yield NOBODY_AFTER
            job.mine.status = "cancelled"
            job.mine.cancellation = {"canceled_by": "stuart", "reason_key": "no_supply", "comment": None}
            self._become(job, "expired")
            return self._post.delivery(job)
        yield job.plan.matching
        self._assign(job)
        yield from self._losses(job)
        if not job.is_ended:
            yield from self._there(job)

    def _losses(self, job: Job) -> Story:
        troubles, half = job.troubles, job.plan.approach / 2
        if troubles.courier_drop:
            yield half
            job.rider = job.leg = None
            self._become(job, "searching")
            self._move(job, "pending")
            yield job.plan.matching / 2
            self._assign(job)
        if troubles.courier_swap:
            yield half
            self._assign(job)
        if troubles.canceled_by_stuart:
            yield half
            return self.cancel(job, job.updated, "stuart", "technical_issue")
        if troubles.stacked:
            yield half
            self.cancel(job, job.updated, "stuart", STACKED)
            self._agenda.at(job.updated + STACKED_AFTER, partial(self._stack, job))

    def _there(self, job: Job) -> Story:
        plan = job.plan
        yield plan.approach * 0.5
        self._post.driver(job, job.updated)
        yield plan.approach * 0.3
        self._move(job, "almost_picking")
        yield plan.approach * 0.2
        self._move(job, "waiting_at_pickup")
        yield plan.at_store
        job.leg = Leg(job.store, job.door, job.updated, job.updated + plan.riding)
        job.mine.picked = job.updated
        self._move(job, "delivering")
        yield from self._to_door(job)

    def _to_door(self, job: Job) -> Story:
        plan = job.plan
        yield plan.riding * 0.5
        self._post.driver(job, job.updated)
        yield plan.riding * 0.3
        self._move(job, "almost_delivering")
        yield plan.riding * 0.2
        self._move(job, "waiting_at_dropoff")
        yield plan.at_door
        if job.troubles.undeliverable:
            return self.cancel(job, job.updated, "stuart", "end-customer_unreachable")
        job.mine.delivered = job.updated
        self._move(job, "delivered")
        self._become(job, "finished")

    def _assign(self, job: Job) -> None:
        at, digits = job.updated, self._chance.randrange(10_000)
        start = (job.store[0] + self._chance.uniform(-0.02, 0.02), job.store[1] + self._chance.uniform(-0.02, 0.02))
        free = [name for name in NAMES if " " in name and (job.rider is None or not name.startswith(job.rider.first))]
        first, last = self._chance.choice(free).split()
        job.rider = Rider(self._chance.randrange(10**6), first, last, f"+3365500{digits:04d}")
        job.leg = Leg(start, job.store, at, at + job.plan.approach)
        job.at_store = at + job.plan.approach
        job.at_door = job.at_store + job.plan.at_store + job.plan.riding + job.plan.at_door
        self._become(job, "in_progress")
        self._move(job, "picking")

    def _move(self, job: Job, status: str) -> None:
        if job.mine.status != "cancelled":
            job.mine.status = status
            self._post.delivery(job)

    def _become(self, job: Job, status: str) -> None:
        job.status = status
        self._post.job(job)
