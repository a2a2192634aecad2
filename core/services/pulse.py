"""Feels one courier's pulse: whether to call it now, and what each call tells of it."""

from asyncio import CancelledError
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final, TypeVar

from core.domain.ids import CourierName
from core.domain.vitals import Allowance, TokenLife, Vitals
from core.ports.clock import Clock
from core.ports.courier import (
    CIRCUIT_OPEN,
    NO_LOOKUP,
    RATE_LIMIT,
    CourierDown,
    CourierLockedOut,
    CourierProblem,
    CourierRefused,
    RateLimited,
)
from core.ports.wire import CallsLeft, Exchange, TokenAge, listening
from core.services.health import Health
from core.services.ration import Ration

T = TypeVar("T")
ALL_THE_SAME: Final = timedelta(seconds=10)
"""A job that may be live is asked about and called off even now, but not more often than this."""
USUAL_PAUSE: Final = timedelta(seconds=10)
"""Of a courier that says 429 and not for how long."""
GIVEN_UP: Final = 3.0  # seconds on the wall; who stops waiting sooner says nothing of the courier


class Pulse:
    """`ticks` are seconds of a clock that only goes forward."""

    def __init__(self, name: CourierName, health: Health, clock: Clock, ticks: Callable[[], float]) -> None:
        self._name = name
        self._health = health
        self._clock = clock
        self._ticks = ticks
        self._ration = Ration(ALL_THE_SAME)
        self._exchanges = 0  # heard on the wire

    @property
    def is_limited(self) -> bool:
        """It asked for a pause that is not over."""
        return self._vitals.is_limited(self._clock.now())

    @property
    def is_try_due(self) -> bool:
        """It did not answer, and the pause is over."""
        return not self._vitals.circuit.is_closed and self._vitals.next_try(self._clock.now()) is None

    def require(self, *, all_the_same: str = "", may_have_happened: bool = True) -> None:
        """Raises `CourierDown` when a call should not leave now; `all_the_same` names what it is about if it may."""
        vitals, now = self._vitals, self._clock.now()
        until = vitals.next_try(now)
        if until is None:
            return self._change(lambda one: one.started(now))
        if all_the_same and self._ration.grants(all_the_same, now):
            return None
        raise _not_called(max((until - now).total_seconds(), 1.0), vitals.is_limited(now), may_have_happened)

    async def note(self, asked: Awaitable[T], *, may_be_memory: bool = False) -> T:
        """Ask, and learn from what comes of it; what we remembered ourselves says nothing of the courier."""
        begun, heard = self._ticks(), self._exchanges
        try:
            with listening(self._hear):
                answer = await asked
        except CourierProblem as problem:
            self._judge(problem, self._clock.now())
            raise
        except CancelledError:
            if self._ticks() - begun >= GIVEN_UP:
                self._judge(CourierDown("no answer: TimeoutError"), self._clock.now())
            raise
        if self._exchanges > heard or not may_be_memory:
            self._change(lambda one: one.answered(self._clock.now()))
        return answer

    @property
    def _vitals(self) -> Vitals:
        return self._health.vitals(self._name)

    def _change(self, change: Callable[[Vitals], Vitals]) -> None:
        self._health.change(self._name, change)

    def _judge(self, problem: CourierProblem, now: datetime) -> None:
        """A refusal is an answer, and so is a no to our keys; a look-up that asked nobody says nothing."""
        wait = timedelta(seconds=problem.retry_after or 0) if isinstance(problem, CourierDown) else timedelta()
        if isinstance(problem, CourierRefused):
            self._change(lambda one: one.answered(now))
        elif isinstance(problem, CourierLockedOut):
            self._change(lambda one: one.locked_out(str(problem), now))
        elif isinstance(problem, RateLimited):
            self._change(lambda one: one.limited(now, wait or USUAL_PAUSE))
        elif problem.code != NO_LOOKUP:
            self._change(lambda one: one.failed(str(problem), now, wait))

    def _hear(self, exchange: Exchange) -> None:
        self._exchanges += 1
        now = self._clock.now()
        left, token = _allowance(exchange.calls_left, now), _life(exchange.token, now)
        self._change(lambda one: one.showed(round(exchange.took, 2), left, token))


def _not_called(wait: float, is_limited: bool, may_have_happened: bool) -> CourierDown:
    if is_limited:
        words = f"not called: it asked for a pause of {wait:.0f} s more"
        return RateLimited(words, code=RATE_LIMIT, retry_after=wait, may_have_happened=may_have_happened)
    words = f"not called: it does not answer, next try in {wait:.0f} s"
    return CourierDown(words, code=CIRCUIT_OPEN, retry_after=wait, may_have_happened=may_have_happened)


def _allowance(told: CallsLeft | None, now: datetime) -> Allowance | None:
    if told is None:
        return None
    anew_at = None if told.anew_in is None else _at(now, told.anew_in)
    return Allowance(left=told.left, most=told.most, anew_at=anew_at)


def _life(told: TokenAge | None, now: datetime) -> TokenLife | None:
    return None if told is None else TokenLife(since=_at(now, -told.age), ends=_at(now, told.left))


def _at(now: datetime, seconds: float) -> datetime:
    """In whole seconds: what is told every two seconds should be short."""
    return (now + timedelta(seconds=seconds)).replace(microsecond=0)
