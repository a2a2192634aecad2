"""A courier that keeps its own list of jobs, and answers as a test wants."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from adapters.bookings import Bookings
from core.domain.delivery import ENDED, DeliveryState, Report
from core.domain.ids import CourierName, OrderId
from core.domain.job import Job
from core.domain.limits import CourierLimits
from core.domain.money import Money
from core.domain.quote import Quote
from core.ports.courier import Ability, CourierDown, CourierLockedOut, CourierRefused, NoSuchJob, Proof, Waypoint
from core.ports.letter import Letter, Reading
from core.ports.wire import Exchange, tell
from tests.builders import UBER
from tests.core.fakes import FakeClock

T = TypeVar("T")


class Answer(StrEnum):
    """What a call to the fake courier comes to. LOST and SILENT take effect all the same."""

    GOOD = "good"
    REFUSED = "refused"
    HOPELESS = "hopeless"  # refused, as any other courier would
    DOWN = "down"  # nothing happened, no answer
    NEVER_LEFT = "never_left"  # nothing happened, and we know it
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
    tip: Money | None = None

    @property
    def is_live(self) -> bool:
        return self.state not in ENDED


@dataclass(repr=False)
class FakeCourier:
    """Books once a key, cancels only while matching; answers as scripted, then well.

    With `bookings` it is one that keeps no list of our keys: our own memory of them is all there is.
    """

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
    bookings: Bookings | None = None
    cancel_fee: Money | None = None
    made: int = 0  # jobs ever: a number is never given twice

    def answers(self, *answers: Answer) -> None:
        """What the next calls come to."""
        self.script.extend(answers)

    def live(self, order_id: OrderId | None = None) -> list[FakeJob]:
        """The jobs a driver may come for."""
        return [job for job in self.jobs.values() if job.is_live and order_id in (None, job.order_id)]

    def job(self, ref: str) -> FakeJob:
        found = next((job for job in self.jobs.values() if job.ref == ref), None)
        if found is None:
            raise NoSuchJob(f"no job is called {ref}", code="order_not_found")
        return found

    def forget(self, job: FakeJob) -> None:
        """It answered, and there is nothing all the same: no driver ever comes."""
        self.jobs = {key: kept for key, kept in self.jobs.items() if kept is not job}

    def restart(self) -> None:
        """Our own process begins anew, and remembers nothing."""
        self.bookings = Bookings() if self.bookings is not None else None

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
        if self.bookings is not None and (ref := self.bookings.begin(job.key)):
            return self.says(self.job(ref))
        with self.bookings.attempt(job.key) if self.bookings is not None else nullcontext():
            report = await self._answer(lambda: self._take_on(job))
        if self.bookings is not None:
            self.bookings.is_job(job.key, report.ref)
        return report

    async def find(self, key: str) -> Report | None:
        self.calls.append("find")
        if self.bookings is not None:
            ref = self.bookings.ref(key)
            return await self._answer(lambda: self.says(self.job(ref))) if ref else None
        return await self._answer(lambda: self.says(self.jobs[key]) if key in self.jobs else None)

    async def read(self, ref: str) -> Report:
        self.calls.append("read")
        return await self._answer(lambda: self.says(self.job(ref)))

    async def cancel(self, ref: str, reason: str = "") -> Report:
        self.calls.append("cancel")
        return await self._answer(lambda: self._call_off(self.job(ref)))

    async def tip(self, ref: str, tip: Money) -> Report:
        self.calls.append(f"tip {tip.text}")
        return await self._answer(lambda: self._tip(self.job(ref), tip))

    async def proof(self, ref: str, waypoint: Waypoint, kind: Proof) -> bytes:
        return b""

    def verify(self, letter: Letter) -> None:
        return None

    def read_letter(self, letter: Letter) -> Reading:
        return Reading(key=letter.body_key)

    async def close(self) -> None:
        return None

    def _take_on(self, job: Job) -> Report:
        self.booked.append(job)
        key = job.key if self.bookings is None or job.key not in self.jobs else f"{job.key}#{len(self.booked)}"
        if key not in self.jobs:
            self.made += 1
            self.jobs[key] = FakeJob(f"J{self.made}", job.key, job.order_id)
        return self.says(self.jobs[key])

    def _call_off(self, job: FakeJob) -> Report:
        if job.state not in (DeliveryState.MATCHING, DeliveryState.FAILED):
            raise CourierRefused("a driver is on the way", code="too_late", fee=self.cancel_fee)
        return self.says(job, DeliveryState.FAILED)

    def _tip(self, job: FakeJob, tip: Money) -> Report:
        if job.state is not DeliveryState.MATCHING:
            raise CourierRefused("the driver is known already", code="no_tip", try_another=False)
        job.tip = tip
        return self.says(job)

    async def _answer(self, effect: Callable[[], T]) -> T:
        """What was done is told as it was then, however late the answer comes."""
        await asyncio.sleep(0)
        answer = self.script.popleft() if self.script else Answer.GOOD
        if answer in (Answer.DEAF, Answer.SILENT):
            if answer is Answer.SILENT:
                effect()
            self.took_effect.set()
            await asyncio.Event().wait()
        if answer in (Answer.GOOD, Answer.LOST):
            result = effect()
        _TROUBLES.get(answer, _nothing)()
        tell(Exchange(took=0.0))
        return result


def _nothing() -> None:
    return None


def _refuse() -> None:
    raise CourierRefused("no drivers in this area", code="no_cover")


def _refuse_for_all() -> None:
    raise CourierRefused("there is no such address", code="unknown_location", try_another=False)


def _no_answer() -> None:
    raise CourierDown("no answer")


def _never_left() -> None:
    raise CourierDown("no answer: ConnectError", may_have_happened=False)


def _lock_out() -> None:
    raise CourierLockedOut("the keys are refused")


def _break() -> None:
    raise ZeroDivisionError("a mistake of ours")


_TROUBLES = {
    Answer.REFUSED: _refuse,
    Answer.HOPELESS: _refuse_for_all,
    Answer.DOWN: _no_answer,
    Answer.NEVER_LEFT: _never_left,
    Answer.LOST: _no_answer,
    Answer.LOCKED_OUT: _lock_out,
    Answer.BROKEN: _break,
}
