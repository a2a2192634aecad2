"""The account of the simulated DoorDash Drive: everything a merchant may ask for (2)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Final

from adapters.simulators.clock import Agenda
from adapters.simulators.doordash_drive_bodies import AcceptBody, JobBody, UpdateBody, parsed
from adapters.simulators.doordash_drive_faults import Fault, invalid, taken, unknown
from adapters.simulators.doordash_drive_job import WITH_GOODS, Job
from adapters.simulators.doordash_drive_road import Road
from adapters.simulators.doordash_drive_troubles import Troubles
from adapters.simulators.rides import Pace, Plan

FARTHEST: Final = timedelta(days=30)
UNTIL_THE_DOOR: Final = frozenset({"tip", "dropoff_phone_number", "dropoff_instructions"})
Wire = dict[str, object]


class Desk:
    """One merchant of theirs; raises `Fault`. `base` is the URL pictures will be fetched from."""

    def __init__(
        self,
        agenda: Agenda,
        *,
        road: Road,
        chance: Random,
        ids: Random,
        pace: Pace,
        currency: str,
        troubles: Callable[[], Troubles],
    ) -> None:
        self._agenda = agenda
        self._road = road
        self._chance = chance
        self._ids = ids
        self._pace = pace
        self._currency = currency
        self._troubles = troubles
        self._jobs: dict[str, Job] = {}

    def quote(self, raw: object, base: str) -> Wire:
        """A price under a number of the merchant's."""
        return self._job(raw, base)[0].wire(self._agenda.now())

    def accept(self, ref: str, raw: object) -> Wire:
        """Make a delivery of a quote."""
        job, changed, now = self._found(ref), parsed(AcceptBody, raw or {}), self._agenda.now()
        if job.status != "quote":
            if self._troubles().accept_once:
                raise taken(ref)
            return job.wire(now)
        if job.has_lapsed(now):
            raise invalid(external_delivery_id="The quote has expired.")
        job.tip = job.tip if changed.tip is None else changed.tip
        if changed.dropoff_phone_number is not None:
            job.body = job.body.model_copy(update={"dropoff_phone_number": changed.dropoff_phone_number})
        self._road.begin(job, now)
        return job.wire(now)

    def create(self, raw: object, base: str) -> Wire:
        """A delivery at once; whatever stands there for the very same is given back, a quote too (4)."""
        job, is_new = self._job(raw, base)
        if is_new:
            self._road.begin(job, self._agenda.now())
        return job.wire(self._agenda.now())

    def read(self, ref: str) -> Wire:
        """How it stands."""
        return self._found(ref).wire(self._agenda.now())

    def update(self, ref: str, raw: object) -> Wire:
        """The Dasher's tip until the end, most other things until he has the goods."""
        job, now = self._found(ref), self._agenda.now()
        changed = parsed(UpdateBody, raw)
        given = {name for name in changed.model_fields_set if getattr(changed, name) is not None}
        self._refuse_update(job, given)
        kept = job.body.model_dump(exclude_unset=True) | changed.model_dump(include=given)
        job.body = parsed(JobBody, kept)
        job.tip = job.tip if changed.tip is None else changed.tip
        job.updated = max(now, job.updated)
        return job.wire(now)

    def cancel(self, ref: str) -> Wire:
        """Until the goods are picked up (5)."""
        job, now = self._found(ref), self._agenda.now()
        reasons = {
            "delivery_cancelled": job.status == "cancelled",
            "delivery_completed": job.is_ended,
            "delivery_picked_up": job.status in WITH_GOODS,
            "cancellation_window_closed": self._troubles().noncancelable or job.troubles.noncancelable,
        }
        if reason := next((reason for reason, is_so in reasons.items() if is_so), None):
            raise Fault(reason, "Delivery cannot be cancelled")
        self._road.cancel(job, now, "cancelled_by_creator")
        return job.wire(now)

    def all(self) -> list[Wire]:
        """Every delivery, oldest first; quotes are none."""
        now = self._agenda.now()
        return [job.wire(now) for job in self._jobs.values() if job.status != "quote"]

    def _found(self, ref: str) -> Job:
        if (job := self._jobs.get(ref)) is None:
            raise unknown(ref)
        return job

    def _job(self, raw: object, base: str) -> tuple[Job, bool]:
        """What stands under the number for the very same, or a new quote, and whether it is new."""
        body, now = parsed(JobBody, raw), self._agenda.now()
        standing = self._jobs.get(body.external_delivery_id)
        if standing is not None and (self._troubles().lasting_quotes or not standing.has_lapsed(now)):
            if standing.body != body:
                raise taken(standing.id)
            return standing, False
        if any(moment and moment > now + FARTHEST for moment in (body.pickup_time, body.dropoff_time)):
            raise Fault("outside_of_delivery_time")
        job = self._jobs[body.external_delivery_id] = self._new(body, base, now)
        return job, True

    def _new(self, body: JobBody, base: str, now: datetime) -> Job:
        notes = f"{body.pickup_instructions} {body.dropoff_instructions} {body.pickup_reference_tag}"
        job = Job(
            body=body,
            plan=Plan.by_chance(self._pace, self._chance),
            made=now,
            currency=self._currency,
            support=str(self._ids.randrange(10**9, 10**10)),
            troubles=self._troubles().marked(notes),
            base=base,
            tip=body.tip,
            pin=self._pin(body),
        )
        job.expect(now)
        return job

    def _pin(self, body: JobBody) -> str:
        if body.dropoff_options.proof_of_delivery != "pin_code":
            return ""
        wanted = body.dropoff_pin_code_verification_metadata
        if wanted is None or wanted.pin_code_type == "random_number":
            return f"{self._ids.randrange(10_000):04d}"
        return wanted.pin_code_value or body.dropoff_phone_number[-4:]

    def _refuse_update(self, job: Job, given: set[str]) -> None:
        reasons = {
            "delivery_cancelled": job.status == "cancelled",
            "delivery_completed": job.is_ended,
            "delivery_picked_up": job.status in WITH_GOODS and bool(given - UNTIL_THE_DOOR),
        }
        if reason := next((reason for reason, is_so in reasons.items() if is_so), None):
            raise Fault(reason, "Delivery cannot be updated", code="update_not_allowed")
