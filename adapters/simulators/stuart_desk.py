"""The account of the simulated Stuart: everything a merchant may ask for."""

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import count
from random import Random
from typing import Final

from adapters.simulators.clock import Agenda
from adapters.simulators.rides import Pace, Plan
from adapters.simulators.stuart_bodies import CancelBody, Dropoff, JobBody, job_in, parsed
from adapters.simulators.stuart_faults import Fault, invalid
from adapters.simulators.stuart_job import Job, Parcel, Wire, price
from adapters.simulators.stuart_post import Post
from adapters.simulators.stuart_road import Road
from adapters.simulators.stuart_troubles import Troubles

PAGE: Final = 25
LARGEST_PAGE: Final = 100
UNTIL_PICKUP: Final = frozenset({"pending", "picking", "almost_picking", "waiting_at_pickup"})
ELSEWHERE: Final = Dropoff(address="another street, another door", package_type="small", client_reference="theirs")


class Desk:
    """One merchant of theirs; raises `Fault`."""

    def __init__(
        self,
        agenda: Agenda,
        *,
        post: Post,
        chance: Random,
        pace: Pace,
        currency: str,
        troubles: Callable[[], Troubles],
    ) -> None:
        self._agenda = agenda
        self._road = Road(agenda, post, chance, self._stack)
        self._chance = chance
        self._pace = pace
        self._currency = currency
        self._troubles = troubles
        self._numbers = count(100_432_273)
        self._jobs: dict[str, Job] = {}

    def pricing(self, raw: object) -> Wire:
        """What a job would cost, before tax."""
        return {"amount": price(job_in(raw)), "currency": self._currency}

    def eta(self, raw: object) -> Wire:
        """Seconds until somebody could be at the store."""
        job_in(raw)
        return {"eta": round(sum(self._pace.matching + self._pace.to_store) * 60 / 4)}

    def validate(self, raw: object) -> Wire:
        """Whether a job could be."""
        self._refuse(job_in(raw))
        return {"valid": True}

    def create(self, raw: object, base: str) -> Wire:
        """A job at once, or for later."""
        body = job_in(raw)
        self._refuse(body)
        texts = (body.pickups[0].comment, body.dropoffs[0].comment, body.dropoffs[0].package_description)
        plan, troubles = Plan.by_chance(self._pace, self._chance), self._troubles().marked(" ".join(texts))
        parcels = [Parcel(number=next(self._numbers), dropoff=dropoff) for dropoff in body.dropoffs]
        job = self._keep(body, plan, parcels, troubles, base)
        self._road.begin(job)
        return job.wire(self._agenda.now())

    def listing(self, asked: Mapping[str, str]) -> list[Wire]:
        """Jobs, the newest first."""
        found = [job for job in reversed(self._jobs.values()) if self._is_asked_for(job, asked)]
        size = min(_whole(asked.get("per_page"), PAGE), LARGEST_PAGE)
        first = (_whole(asked.get("page"), 1) - 1) * size
        return [job.wire(self._agenda.now()) for job in found[first : first + size]]

    def read(self, ref: str) -> Wire:
        """How a job stands."""
        return self._found(ref).wire(self._agenda.now())

    def update(self, ref: str, raw: object) -> Wire:
        """Its texts, by delivery."""
        job = self._found(ref)
        told = raw.get("job", {}).get("deliveries", []) if isinstance(raw, dict) else []
        for change in told:
            parcel = next((each for each in job.parcels if str(each.number) == str(change.get("id"))), None)
            if parcel is None:
                raise Fault("NOT_FOUND")
            changed = {name: change[name] for name in ("client_reference", "package_description") if name in change}
            parcel.dropoff = parcel.dropoff.model_copy(update=changed)
        return job.wire(self._agenda.now())

    def cancel(self, ref: str, raw: object) -> None:
        """Until the goods are picked up."""
        job, why = self._found(ref), parsed(CancelBody, raw or {}, "cancellation")
        stubborn = self._troubles().noncancelable or job.troubles.noncancelable
        if stubborn or job.is_ended or job.mine.status not in UNTIL_PICKUP:
            raise Fault("CANCELLATION_NOT_ALLOWED")
        self._road.cancel(job, self._agenda.now(), "client", why.public_reason_key, why.comment)

    def cancel_delivery(self, ref: str, raw: object) -> None:
        """One of a job's: the last one ends the job."""
        job, parcel = self._parcel(ref)
        others = [each for each in job.parcels if each is not parcel and each.status != "cancelled"]
        if not others:
            return self.cancel(job.id, raw)
        if parcel.status not in UNTIL_PICKUP:
            raise Fault("CANCELLATION_NOT_ALLOWED")
        why = parsed(CancelBody, raw or {}, "cancellation")
        parcel.status = "cancelled"
        parcel.cancellation = {"canceled_by": "client", "reason_key": why.public_reason_key, "comment": why.comment}
        return None

    def phone(self, ref: str) -> Wire:
        """Where a delivery's driver is rung."""
        job, _ = self._parcel(ref)
        if job.rider is None:
            raise Fault("NOT_FOUND")
        return {"phone_number": job.rider.phone}

    def all(self) -> list[Wire]:
        """Every job, oldest first."""
        return [job.wire(self._agenda.now()) for job in self._jobs.values()]

    def _is_asked_for(self, job: Job, asked: Mapping[str, str]) -> bool:
        reference, unheard = asked.get("client_reference", ""), self._troubles().unfiltered_lists
        is_meant = unheard or not reference or job.bears(reference)
        is_active = asked.get("active") != "true" or not job.is_ended
        return is_meant and is_active and asked.get("status") in (None, job.status)

    def _found(self, ref: str) -> Job:
        if (job := self._jobs.get(ref)) is None:
            raise Fault("NOT_FOUND")
        return job

    def _parcel(self, ref: str) -> tuple[Job, Parcel]:
        found = ((job, parcel) for job in self._jobs.values() for parcel in job.parcels if str(parcel.number) == ref)
        if (pair := next(found, None)) is None:
            raise Fault("NOT_FOUND")
        return pair

    def _refuse(self, body: JobBody) -> None:
        if body.pickup_at is not None and body.pickup_at < self._agenda.now():
            raise invalid("job.pickup_at", "can not schedule a pickup in the past")
        if self._troubles().repeated_references:
            return
        active = [job for job in self._jobs.values() if not job.is_ended]
        wanted = [dropoff.client_reference for dropoff in body.dropoffs if dropoff.client_reference]
        if any(job.bears(reference) for job in active for reference in wanted):
            raise invalid("deliveries.client_reference", "has already been taken")

    def _keep(self, body: JobBody, plan: Plan, parcels: list[Parcel], troubles: Troubles, base: str) -> Job:
        now = self._agenda.now()
        job = Job(
            number=next(self._numbers),
            body=body,
            plan=plan,
            made=now,
            currency=self._currency,
            troubles=troubles,
            parcels=parcels,
            base=base,
        )
        self._jobs[job.id] = job
        return job

    def _stack(self, job: Job, at: datetime) -> None:
        """Go on with a job in another one, under the same reference."""
        mine, other = (Parcel(number=next(self._numbers), dropoff=d) for d in (job.mine.dropoff, ELSEWHERE))
        mine.status = "picking"
        again = self._keep(job.body, job.plan, [mine, other], job.troubles, job.base)
        again.status, again.rider, again.leg = "in_progress", job.rider, job.leg
        again.at_store, again.at_door = job.at_store, job.at_door
        self._road.go_on(again)


def _whole(text: str | None, otherwise: int) -> int:
    return max(int(text), 1) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise
