"""A courier that does not answer is left alone and tried again; no driver rides on because of it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import fields, replace
from datetime import timedelta

import pytest

from core.board.board import Board
from core.board.lamps import LampLine, Light
from core.domain.circuit import IN_A_ROW, LASTING, PAUSES, Circuit
from core.domain.job import Job
from core.domain.money import Money
from core.domain.vitals import Allowance, TokenLife, Vitals
from core.ports.courier import (
    CIRCUIT_OPEN,
    NO_LOOKUP,
    RATE_LIMIT,
    CourierDown,
    CourierProblem,
    Proof,
    RateLimited,
    Waypoint,
)
from core.ports.wire import CallsLeft, Exchange, TokenAge, tell
from core.services.health import Health, lamps
from core.services.heard_courier import HeardCourier
from core.services.jobs import job_for
from core.services.occasions import Occasions
from core.services.pulse import GIVEN_UP, USUAL_PAUSE
from core.services.vitals_json import from_json, to_json
from tests import builders
from tests.builders import MEI, PANDA, RULES, UBER
from tests.conftest import NOON
from tests.core.fake_courier import Answer, FakeCourier
from tests.core.fakes import FakeClock
from tests.core.shop import Shop

PARTS = (Vitals, Circuit, Allowance, TokenLife)


class Line:
    """A courier with its pulse felt, and a clock for how long calls take."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.ticks = 0.0
        self.far = FakeCourier(self.clock)
        self.health = Health()
        self.health.know([], [UBER, PANDA])
        self.courier = HeardCourier(self.far, self.health, self.clock, lambda: self.ticks)

    @property
    def vitals(self) -> Vitals:
        return self.health.vitals(UBER)

    @property
    def lamp(self) -> LampLine:
        told = lamps(self.health.told(), self.clock.now())
        return next(lamp for lamp in told if lamp.name == UBER)

    async def call(self, *answers: Answer) -> None:
        """Look a job up, so often, with these answers."""
        for answer in answers:
            self.far.answers(answer)
            try:
                await self.courier.find(f"k{len(self.far.calls)}")
            except CourierProblem:
                continue

    async def break_down(self) -> None:
        await self.call(*[Answer.DOWN] * IN_A_ROW)
        self.far.calls.clear()

    def pass_pause(self) -> None:
        assert self.vitals.circuit.until is not None
        self.clock.move(seconds=(self.vitals.circuit.until - self.clock.now()).total_seconds())


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def job() -> Job:
    return job_for(builders.ready(), "k" * 32, RULES)


async def caught(call: Awaitable[object]) -> CourierProblem:
    with pytest.raises(CourierProblem) as problem:
        await call
    return problem.value


# What a call tells


async def test_a_courier_that_answers_is_green_also_when_it_refuses(line: Line) -> None:
    assert line.lamp.light is Light.UNKNOWN
    await line.call(Answer.REFUSED)
    assert (line.lamp.light, line.lamp.word) == (Light.OK, "")
    await line.call(Answer.DOWN)
    assert (line.lamp.light, line.lamp.word) == (Light.WARN, "no answer")
    await line.call(Answer.GOOD)
    assert (line.lamp.light, line.lamp.word) == (Light.OK, "")


async def test_a_courier_that_refuses_our_keys_is_red_and_called_all_the_same(line: Line) -> None:
    await line.call(*[Answer.LOCKED_OUT] * 9)
    assert (line.lamp.light, line.vitals.is_locked_out, line.vitals.circuit.is_closed) == (Light.FAIL, True, True)
    assert line.far.calls == ["find"] * 9


async def test_a_call_nobody_waited_for_says_nothing_of_the_courier(line: Line) -> None:
    line.far.answers(Answer.DEAF)
    await give_up(line, after=GIVEN_UP / 2)
    assert line.lamp.light is Light.UNKNOWN


async def test_a_courier_that_keeps_everybody_waiting_is_one_that_does_not_answer(line: Line) -> None:
    for _ in range(IN_A_ROW):
        line.far.answers(Answer.DEAF)
        await give_up(line, after=GIVEN_UP)
    assert (line.lamp.word, line.vitals.circuit.is_closed) == ("no answer: TimeoutError", False)


async def give_up(line: Line, after: float) -> None:
    line.far.took_effect.clear()
    waiting = asyncio.create_task(line.courier.find("k"))
    await line.far.took_effect.wait()
    line.ticks += after
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


async def test_what_the_wire_shows_is_kept_with_its_times(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Exchange(took=0.2345, calls_left=CallsLeft(left=48, most=50, anew_in=30), token=TokenAge(age=60, left=540))

    async def find(key: str) -> None:
        tell(shown)

    monkeypatch.setattr(line.far, "find", find)
    await line.courier.find("k")
    now = line.clock.now()
    assert line.vitals.took == 0.23
    assert line.vitals.allowance == Allowance(left=48, most=50, anew_at=now + timedelta(seconds=30))
    assert line.vitals.token is not None
    assert line.vitals.token.ends - line.vitals.token.since == timedelta(minutes=10)


async def test_one_couriers_wire_is_not_heard_by_another(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    other = FakeCourier(line.clock, name=PANDA)
    heard = HeardCourier(other, line.health, line.clock)

    async def slow(key: str) -> None:
        await asyncio.sleep(0)
        tell(Exchange(took=1.0))

    async def quick(key: str) -> None:
        tell(Exchange(took=2.0))
        await asyncio.sleep(0)

    monkeypatch.setattr(line.far, "find", slow)
    monkeypatch.setattr(other, "find", quick)
    await asyncio.gather(line.courier.find("k"), heard.find("k"))
    assert (line.vitals.took, line.health.vitals(PANDA).took) == (1.0, 2.0)


async def test_what_happens_on_no_ones_behalf_is_heard_by_nobody(line: Line) -> None:
    tell(Exchange(took=1.0))
    assert line.vitals == Vitals()


async def test_a_look_up_that_asks_nobody_is_no_failure(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    async def find(key: str) -> None:
        raise CourierDown("it keeps no list", code=NO_LOOKUP)

    monkeypatch.setattr(line.far, "find", find)
    for _ in range(IN_A_ROW):
        assert isinstance(await caught(line.courier.find("k")), CourierDown)
    assert line.vitals.circuit.calls == ""


# The circuit


async def test_prices_and_bookings_are_refused_at_once_while_it_does_not_answer(line: Line, job: Job) -> None:
    await line.break_down()
    for call in (line.courier.quote(job), line.courier.book(job), line.courier.tip("J1", Money(2_000, "TWD"))):
        problem = await caught(call)
        assert isinstance(problem, CourierDown)
        assert (problem.code, problem.may_have_happened) == (CIRCUIT_OPEN, False)
        assert problem.retry_after == PAUSES[0].total_seconds()
    assert line.far.calls == []


async def test_pictures_wait_too(line: Line) -> None:
    await line.break_down()
    assert (await caught(line.courier.proof("J1", Waypoint.DROPOFF, Proof.PICTURE))).code == CIRCUIT_OPEN


async def test_a_job_that_may_be_live_is_called_off_all_the_same(line: Line, job: Job) -> None:
    booked = await line.courier.book(job)
    await line.break_down()
    await line.courier.cancel(booked.ref)
    assert line.far.calls == ["cancel"]
    assert line.vitals.circuit.is_closed  # it answered


@pytest.mark.parametrize("what", ["find", "cancel"])
async def test_but_not_without_end_and_each_job_by_itself(line: Line, job: Job, what: str) -> None:
    first = await line.courier.book(job)
    second = await line.courier.book(replace(job, key="other"))
    await line.break_down()
    about = {"find": (job.key, "other"), "cancel": (first.ref, second.ref)}[what]
    line.far.answers(*[Answer.DOWN] * 3)
    call: Callable[[str], Awaitable[object]] = getattr(line.courier, what)
    assert [(await caught(call(ref))).code for ref in (*about, about[0])] == ["", "", CIRCUIT_OPEN]
    assert line.far.calls == [what, what]
    problem = await caught(call(about[0]))
    assert isinstance(problem, CourierDown)
    assert problem.may_have_happened  # nobody knows more than before


async def test_one_job_for_all_is_asked_how_it_stands(line: Line, job: Job) -> None:
    first = await line.courier.book(job)
    second = await line.courier.book(replace(job, key="other"))
    await line.break_down()
    line.far.answers(Answer.DOWN)
    assert (await caught(line.courier.read(first.ref))).code == ""
    assert (await caught(line.courier.read(second.ref))).code == CIRCUIT_OPEN
    assert line.far.calls == ["read"]


async def test_a_call_that_was_let_through_makes_no_pause_longer(line: Line) -> None:
    await line.break_down()
    before = line.vitals.circuit
    await line.call(*[Answer.DOWN] * IN_A_ROW)
    assert (line.vitals.circuit.until, line.vitals.circuit.opened) == (before.until, before.opened)


async def test_after_the_pause_it_is_tried_without_a_real_order_and_goes_on(line: Line, job: Job) -> None:
    await line.break_down()
    await line.courier.try_again()
    assert line.far.calls == []
    line.pass_pause()
    line.far.answers(Answer.REFUSED)  # as couriers answer who are asked for a job that is none
    await line.courier.try_again()
    assert (line.far.calls, line.lamp.light) == (["read"], Light.OK)
    await line.courier.book(job)


async def test_a_courier_that_is_well_is_never_tried(line: Line) -> None:
    await line.call(Answer.GOOD, Answer.DOWN)
    line.far.calls.clear()
    line.clock.move(minutes=10)
    await line.courier.try_again()
    assert line.far.calls == []


async def test_while_one_tries_nobody_else_does(line: Line, job: Job) -> None:
    await line.break_down()
    line.pass_pause()
    line.far.took_effect.clear()
    line.far.answers(Answer.DEAF)
    trying = asyncio.create_task(line.courier.try_again())
    await line.far.took_effect.wait()
    assert (await caught(line.courier.book(job))).code == CIRCUIT_OPEN
    await line.courier.try_again()
    assert line.far.calls == ["read"]
    trying.cancel()
    await asyncio.gather(trying, return_exceptions=True)


async def test_an_outage_that_lasts_turns_the_lamp_red_and_one_answer_green(line: Line) -> None:
    await line.break_down()
    for _ in range(LASTING - 1):
        assert line.lamp.light is Light.WARN
        line.pass_pause()
        line.far.answers(Answer.DOWN)
        await line.courier.try_again()
    assert line.lamp.light is Light.FAIL
    line.pass_pause()
    assert line.lamp.light is Light.FAIL
    line.far.answers(Answer.REFUSED)
    await line.courier.try_again()
    assert line.lamp.light is Light.OK


async def heard(line: Line, occasions: Occasions, tries: int) -> int:
    """How often the terminal chimed in one outage with so many vain tries."""
    chimes = 0
    await line.break_down()
    for _ in range(tries):
        line.pass_pause()
        line.far.answers(Answer.DOWN)
        await line.courier.try_again()
        chimes += len(list(occasions.hear(Board(lamps=(line.lamp,)), (), line.clock.now())))
    await line.call(Answer.GOOD)
    return chimes + len(list(occasions.hear(Board(lamps=(line.lamp,)), (), line.clock.now())))


async def test_a_short_outage_is_seen_and_not_heard(line: Line) -> None:
    occasions = Occasions(MEI)
    list(occasions.hear(Board(lamps=(line.lamp,)), (), line.clock.now()))
    assert await heard(line, occasions, LASTING - 2) == 0


async def test_outages_that_last_and_come_again_are_heard_once_in_a_while(line: Line) -> None:
    occasions = Occasions(MEI)
    list(occasions.hear(Board(lamps=(line.lamp,)), (), line.clock.now()))
    assert [await heard(line, occasions, LASTING) for _ in range(4)] == [1, 0, 0, 0]


# A pause that was asked for


async def limit(line: Line, monkeypatch: pytest.MonkeyPatch, seconds: float | None) -> None:
    async def quote(job: Job) -> None:
        raise RateLimited("429 customer_limited: too many", code="customer_limited", retry_after=seconds)

    with monkeypatch.context() as patched:
        patched.setattr(line.far, "quote", quote)
        await caught(line.courier.quote(None))  # type: ignore[arg-type]


async def test_a_pause_asked_of_one_call_holds_for_all(line: Line, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    await limit(line, monkeypatch, 90)
    assert (line.lamp.light, line.vitals.circuit.is_closed) == (Light.WARN, True)
    line.clock.move(seconds=30)
    for call in (line.courier.quote(job), line.courier.book(job), line.courier.read("J1")):
        problem = await caught(call)
        assert isinstance(problem, RateLimited)
        assert (problem.code, problem.retry_after) == (RATE_LIMIT, 60)
    assert line.far.calls == []
    line.clock.move(seconds=60)
    assert line.lamp.light is Light.OK
    await line.courier.book(job)


async def test_in_such_a_pause_a_live_job_is_called_off_all_the_same(
    line: Line, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    booked = await line.courier.book(job)
    await limit(line, monkeypatch, 90)
    await line.courier.cancel(booked.ref)
    assert line.far.live() == []


async def test_who_does_not_say_how_long_gets_a_short_pause(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    await limit(line, monkeypatch, None)
    assert line.vitals.limited_until == line.clock.now() + USUAL_PAUSE


# What the lease carries


async def test_what_a_station_tells_is_read_as_it_was(line: Line) -> None:
    await line.break_down()
    line.health.change(UBER, lambda one: one.showed(0.2, Allowance(left=1), None).wrote(line.clock.now()))
    (lamp,) = (lamp for lamp in lamps(line.health.told()) if lamp.name == UBER)
    assert lamp.vitals == line.vitals


def test_of_a_courier_never_heard_of_nothing_is_written(line: Line) -> None:
    assert line.health.told() == {"channels": {}, "couriers": {UBER: {}, PANDA: {}}}


@pytest.mark.parametrize("name", [part.name for kind in PARTS for part in fields(kind)])
def test_every_fact_of_vitals_can_be_told(name: str) -> None:
    whole = Vitals(
        circuit=Circuit(calls="+-", last_at=NOON, judged=2, opened=1, until=NOON, is_trying=True),
        answered_at=NOON,
        took=0.2,
        trouble="no answer",
        is_locked_out=True,
        limited_until=NOON,
        allowance=Allowance(left=1, most=2, anew_at=NOON),
        token=TokenLife(since=NOON, ends=NOON),
        letter_at=NOON,
        letter_trouble="not JSON",
    )
    told = json.dumps(to_json(whole))
    assert f'"{name}"' in told
    assert from_json(json.loads(told)) == whole


@pytest.mark.parametrize(
    "told",
    [
        {"took": "quick"},
        "well",
        None,
        [],
        {"circuit": {"calls": 7}},
        {"circuit": "closed"},
        {"answered_at": "noon"},
        {"answered_at": "2026-01-02T12:00:00"},
        {"answered_at": 7},
        {"allowance": {}},
        {"took": None},
    ],
)
def test_what_a_station_of_another_version_tells_is_unknown_at_worst(told: object) -> None:
    (lamp,) = lamps({"couriers": {"uber": told}})
    assert lamp.light is Light.UNKNOWN


def test_words_of_another_version_are_no_trouble() -> None:
    (lamp,) = lamps({"couriers": {"uber": {"took": 0.2, "mood": "good", "answered_at": "2026-01-02T12:00:00Z"}}})
    assert lamp.light is Light.OK


# In the station


async def test_the_outbox_waits_for_the_next_try(shop: Shop) -> None:
    health = Health()
    heard = HeardCourier(shop.courier, health, shop.clock)
    shop.couriers = {UBER: heard}
    shop.open_station()
    order_id = shop.make_ready()
    shop.courier.answers(*[Answer.DOWN] * IN_A_ROW)
    for at in range(IN_A_ROW):
        await caught(heard.find(f"k{at}"))
    shop.courier.calls.clear()
    shop.ship(order_id)
    shop.clock.move(seconds=RULES.hold_sends.total_seconds())
    health.change(UBER, lambda one: replace(one, circuit=one.circuit.started(shop.clock.now())))  # somebody tries
    await shop.send_due()
    send = shop.open_send(order_id)
    assert send is not None
    assert (shop.courier.calls, send.due_at) == ([], health.vitals(UBER).circuit.until)
    shop.clock.move(seconds=(send.due_at - shop.clock.now()).total_seconds())
    await shop.send_due()
    assert shop.courier.live(order_id) != []
