"""Each courier's pulse, felt through its own adapter over a real port, in its simulator's bad weather."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
import stamina
from starlette.types import ASGIApp, Receive, Scope, Send

from adapters.hosting import hosted
from core.board.lamps import Light, courier_lamp
from core.domain.circuit import IN_A_ROW
from core.domain.vitals import Vitals
from core.ports.courier import CIRCUIT_OPEN, RATE_LIMIT, Ability, CourierProblem
from core.services.health import Health
from core.services.heard_courier import HeardCourier
from core.services.pulse import GIVEN_UP
from tests.adapters.test_every_courier import SIMULATED, built, job, simulator_of

GRANTED = {"uber_direct", "pandago", "stuart"}  # whose tokens are theirs; others sign each call


@pytest.fixture(autouse=True)
def no_pauses():
    with stamina.set_testing(True, attempts=2, cap=True):
        yield


class Counted:
    """An app, and how many calls came to it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.calls = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.calls += scope["type"] == "http"
        await self._app(scope, receive, send)


class Line:
    """One courier, its simulator and its pulse, with both clocks in our hand."""

    def __init__(self, kind: str, base: str, simulator: Any, counted: Counted) -> None:
        self.kind = kind
        self.at = datetime.now(UTC)
        self.ticks = 0.0
        self.health = Health()
        self.health.know([], ["it"])
        self.courier = HeardCourier(built(kind, simulator.settings(base)), self.health, self, lambda: self.ticks)
        self._simulator = simulator
        self._counted = counted

    def now(self) -> datetime:
        return self.at

    def real_seconds(self, seconds: float) -> float:
        return seconds

    @property
    def vitals(self) -> Vitals:
        return self.health.vitals("it")

    @property
    def light(self) -> Light:
        return courier_lamp("it", self.vitals, self.at).light

    @property
    def calls(self) -> int:
        """That reached them since this was last asked."""
        calls, self._counted.calls = self._counted.calls, 0
        return calls

    def weather(self, status: int = 0, **more: object) -> None:
        """From now on every call comes to this status; 0: all is well."""
        fail = _word(self.kind, status)
        troubles = replace(self._simulator.troubles, fail=fail, fail_on="any", fail_times=None, **more)
        self._simulator.troubles = troubles

    async def failing(self, ask: Awaitable[object]) -> CourierProblem:
        with pytest.raises(CourierProblem) as caught:
            await ask
        return caught.value

    def pass_pause(self) -> None:
        self.at = self.vitals.next_try(self.at) or self.at


def _word(kind: str, status: int) -> object:
    """How this simulator is told to fail: by a status, or by the word that has it."""
    if kind == "pandago":
        return status
    words: dict[str, int] = import_module(f"adapters.simulators.{kind}_faults").STATUS_OF
    return next((word for word, found in words.items() if found == status), "")


@asynccontextmanager
async def opened(kind: str) -> AsyncIterator[Line]:
    simulator = simulator_of(kind)
    counted = Counted(simulator.app)
    async with hosted(counted) as base:
        await simulator.start()
        line = Line(kind, base, simulator, counted)
        yield line
        await line.courier.close()
        await simulator.stop()


@pytest.fixture(params=SIMULATED)
async def line(request: pytest.FixtureRequest) -> AsyncIterator[Line]:
    async with opened(request.param) as it:
        yield it


async def test_an_answer_tells_how_fast_it_was_and_how_old_the_token_is(line) -> None:
    await line.courier.book(job())
    assert (line.light, line.vitals.circuit.calls) == (Light.OK, "+")
    assert line.vitals.took is not None
    assert (line.vitals.token is not None) == (line.kind in GRANTED)


async def test_calls_left_are_told_where_the_courier_says_them(line) -> None:
    await line.courier.book(job())
    if line.kind == "lalamove":
        assert line.vitals.allowance is not None
        assert line.vitals.allowance.left > 0
        assert line.vitals.allowance.anew_at is not None
    else:
        assert line.vitals.allowance is None


async def test_one_that_is_down_is_left_alone_and_found_again_by_itself(line) -> None:
    if Ability.QUOTE not in line.courier.abilities:
        pytest.skip("this courier names no price")
    line.weather(500)
    for _ in range(IN_A_ROW):
        assert (await line.failing(line.courier.quote(job()))).code != CIRCUIT_OPEN
    assert (line.light, line.vitals.is_up, line.calls > 0) == (Light.WARN, False, True)
    assert (await line.failing(line.courier.quote(job()))).code == CIRCUIT_OPEN
    assert (await line.failing(line.courier.book(job()))).code == CIRCUIT_OPEN
    assert line.calls == 0
    line.weather()
    await line.courier.try_again()
    assert line.calls == 0  # the pause is not over
    line.pass_pause()
    await line.courier.try_again()
    assert (line.calls > 0, line.light, line.vitals.is_up) == (True, Light.OK, True)
    assert (await line.courier.quote(job())).fee.minor > 0


async def test_asking_our_own_memory_first_hides_no_outage(line) -> None:
    line.weather(500)
    for _ in range(IN_A_ROW):
        with suppress(CourierProblem):
            await line.courier.find("k" * 32)
        with suppress(CourierProblem):
            await line.courier.book(job())
    assert not line.vitals.circuit.is_closed


async def test_a_try_that_fails_makes_the_pause_longer(line) -> None:
    line.weather(500)
    pauses = []
    for _ in range(IN_A_ROW):
        await line.failing(line.courier.read("nothing"))
    for _ in range(3):
        pauses.append(line.vitals.next_try(line.at) - line.at)
        line.pass_pause()
        await line.courier.try_again()
    assert pauses == sorted(set(pauses))
    assert line.light is Light.FAIL


async def test_a_driver_is_called_off_while_it_is_left_alone(line) -> None:
    booked = await line.courier.book(job())
    line.weather(500)
    for _ in range(IN_A_ROW):
        await line.failing(line.courier.read(booked.ref))
    assert not line.vitals.is_up
    line.weather()
    assert line.calls > 0
    await line.courier.cancel(booked.ref)
    assert (line.calls > 0, line.vitals.is_up) == (True, True)


async def test_too_many_calls_give_all_calls_a_pause(line) -> None:
    line.weather(429)
    await line.failing(line.courier.read("nothing"))
    assert (line.vitals.is_limited(line.at), line.vitals.circuit.is_closed, line.light) == (True, True, Light.WARN)
    line.weather()
    assert line.calls > 0
    assert (await line.failing(line.courier.book(job()))).code == RATE_LIMIT
    assert line.calls == 0
    line.pass_pause()
    await line.courier.book(job())
    assert line.light is Light.OK


async def test_refused_keys_are_red_at_once_and_shut_nobody_out(line) -> None:
    await line.courier.book(job())
    line.weather(401)
    for _ in range(IN_A_ROW + 1):
        await line.failing(line.courier.book(job("n" * 32)))
    assert (line.light, line.vitals.is_locked_out, line.vitals.circuit.is_closed) == (Light.FAIL, True, True)
    line.weather()
    with suppress(CourierProblem):  # who keeps no list of our keys can't tell what became of the first one
        await line.courier.read("nothing")
    assert line.light is Light.OK


async def test_one_that_keeps_everybody_waiting_is_left_alone_too(line) -> None:
    line.weather(slow_seconds=60.0)
    for _ in range(IN_A_ROW):
        asked = asyncio.create_task(line.courier.read("nothing"))
        async with asyncio.timeout(30):
            while line.calls == 0:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        line.ticks += GIVEN_UP
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
    assert (line.vitals.trouble, line.vitals.is_up) == ("no answer: TimeoutError", False)
    assert (await line.failing(line.courier.book(job()))).code == CIRCUIT_OPEN


async def test_one_that_is_gone_altogether_is_left_alone_too(line) -> None:
    section = simulator_of(line.kind).settings("http://127.0.0.1:1")
    gone = HeardCourier(built(line.kind, section), line.health, line, lambda: line.ticks)
    for _ in range(IN_A_ROW):
        await line.failing(gone.read("nothing"))
    assert (line.light, line.vitals.took, line.vitals.is_up) == (Light.WARN, None, False)
    await gone.close()
