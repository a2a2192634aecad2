"""A courier that keeps its own list of jobs, and answers as a test wants."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from core.domain.delivery import ENDED, DeliveryState, Report
from core.domain.ids import CourierName, OrderId
from core.domain.job import Job
from core.domain.limits import CourierLimits
from core.domain.money import Money
from core.domain.quote import Quote
from core.ports.courier import Ability, CourierDown, CourierLockedOut, CourierRefused, Proof, Waypoint
from core.ports.letter import Letter, Reading
from tests.builders import UBER
from tests.core.fakes import FakeClock


class Answer(StrEnum):
    """What a call to the fake courier comes to. LOST and SILENT take effect all the same."""

    GOOD = "good"
    REFUSED = "refused"
    DOWN = "down"  # nothing happened, no answer
    LOST = "lost"  # it happened, no answer
    SILENT = "silent"  # it happened, and nobody ever answers
    DEAF = "deaf"  # nothing happened, and nobody ever answers
    LOCKED_OUT = "locked_out"
    BROKEN = "broken"  # our own code fails


@dataclass
class FakeJob:
    """A job as the courier has it."""

    ref: str
    key: str
    order_id: OrderId
    state: DeliveryState = DeliveryState.MATCHING

    @property
    def is_live(self) -> bool:
        return self.state not in ENDED


@dataclass
class FakeCourier:
    """Books once a key, cancels only while matching; answers as scripted, then well."""

    clock: FakeClock
    name: CourierName = UBER
    kind: str = "fake"
    abilities: frozenset[Ability] = frozenset({Ability.CANCEL})
    limits: CourierLimits = field(default_factory=CourierLimits)
    script: deque[Answer] = field(default_factory=deque)
    calls: list[str] = field(default_factory=list)
    jobs: dict[str, FakeJob] = field(default_factory=dict)  # by our key
    took_effect: asyncio.Event = field(default_factory=asyncio.Event)  # a call came that is never answered
    booked: list[Job] = field(default_factory=list)

    def answers(self, *answers: Answer) -> None:
        """What the next calls come to."""
        self.script.extend(answers)

    def live(self, order_id: OrderId | None = None) -> list[FakeJob]:
        """The jobs a driver may come for."""
        return [job for job in self.jobs.values() if job.is_live and order_id in (None, job.order_id)]

    def job(self, ref: str) -> FakeJob:
        return next(job for job in self.jobs.values() if job.ref == ref)

    def says(self, job: FakeJob, state: DeliveryState | None = None, *, with_key: bool = True) -> Report:
        """The job moves on; what the courier reports of it."""
        job.state = state or job.state
        return Report(
            courier=self.name,
            ref=job.ref,
            state=job.state,
            word=job.state.value,
            at=self.clock.now(),
            our_key=job.key if with_key else "",
            waybill=f"W-{job.ref}",
        )

    async def quote(self, job: Job) -> Quote:
        self.calls.append("quote")
        return Quote(courier=self.name, ref="Q", fee=Money(8900, "TWD"), expires_at=self.clock.now())

    async def book(self, job: Job, quote: Quote | None = None) -> Report:
        self.calls.append("book")
        await self._answer(lambda: self._take_on(job))
        return self.says(self.jobs[job.key])

    async def find(self, key: str) -> Report | None:
        self.calls.append("find")
        await self._answer(lambda: None)
        return self.says(self.jobs[key]) if key in self.jobs else None

    async def read(self, ref: str) -> Report:
        self.calls.append("read")
        await self._answer(lambda: None)
        return self.says(self.job(ref))

    async def cancel(self, ref: str, reason: str = "") -> Report:
        self.calls.append("cancel")
        job = self.job(ref)
        if job.state not in (DeliveryState.MATCHING, DeliveryState.FAILED):
            raise CourierRefused("a driver is on the way", code="too_late")
        await self._answer(lambda: setattr(job, "state", DeliveryState.FAILED))
        return self.says(job)

    async def tip(self, ref: str, tip: Money) -> Report:
        return self.says(self.job(ref))

    async def proof(self, ref: str, waypoint: Waypoint, kind: Proof) -> bytes:
        return b""

    def verify(self, letter: Letter) -> None:
        return None

    def read_letter(self, letter: Letter) -> Reading:
        return Reading(key=letter.body_key)

    async def close(self) -> None:
        return None

    def _take_on(self, job: Job) -> None:
        self.booked.append(job)
        if job.key not in self.jobs:
            self.jobs[job.key] = FakeJob(f"J{len(self.jobs) + 1}", job.key, job.order_id)

    async def _answer(self, effect: Callable[[], None]) -> None:
        await asyncio.sleep(0)
        answer = self.script.popleft() if self.script else Answer.GOOD
        if answer in (Answer.GOOD, Answer.LOST, Answer.SILENT):
            effect()
        if answer in (Answer.SILENT, Answer.DEAF):
            self.took_effect.set()
            await asyncio.Event().wait()
        _TROUBLES.get(answer, _nothing)()


def _nothing() -> None:
    return None


def _refuse() -> None:
    raise CourierRefused("no drivers in this area", code="no_cover")


def _no_answer() -> None:
    raise CourierDown("no answer")


def _lock_out() -> None:
    raise CourierLockedOut("the keys are refused")


def _break() -> None:
    raise ZeroDivisionError("a mistake of ours")


_TROUBLES = {
    Answer.REFUSED: _refuse,
    Answer.DOWN: _no_answer,
    Answer.LOST: _no_answer,
    Answer.LOCKED_OUT: _lock_out,
    Answer.BROKEN: _break,
}
