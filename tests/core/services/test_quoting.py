"""Couriers are asked side by side: the slow ones hold nobody, and whatever comes is an answer."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from core.domain.ids import CourierName
from core.domain.job import Job
from core.domain.offer import Answer, Offer
from core.domain.quote import Quote
from core.ports.courier import Ability, CourierDown, CourierLockedOut, CourierRefused
from core.services.jobs import job_for
from core.services.quoting import Quoting
from tests.builders import RULES, ready
from tests.conftest import NOON
from tests.core.fake_courier import FakeCourier
from tests.core.fakes import FakeClock
from tests.sample_offers import quoted

JOB = job_for(ready(), "k", RULES)
LONG, SHORT = timedelta(seconds=30), timedelta(milliseconds=200)


@dataclass
class Quick(FakeCourier):
    """Answers as told; remembers whether it was called off."""

    answer: Callable[[], Awaitable[Quote]] | None = None
    abilities: frozenset[Ability] = frozenset({Ability.QUOTE})
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def quote(self, job: Job) -> Quote:
        assert self.answer is not None
        try:
            return await self.answer()
        finally:
            self.ended.set()


def courier(name: str, answer: Callable[[], Awaitable[Quote]] | None = None, **more: object) -> Quick:
    return Quick(FakeClock(), name=CourierName(name), answer=answer, **more)  # type: ignore[arg-type]


def good(name: str) -> Quick:
    async def answer() -> Quote:
        quote = quoted(CourierName(name), 65, NOON).quote
        assert quote is not None
        return quote

    return courier(name, answer)


def bad(name: str, error: Exception) -> Quick:
    async def answer() -> Quote:
        raise error

    return courier(name, answer)


def silent(name: str) -> Quick:
    async def answer() -> Quote:
        await asyncio.Event().wait()
        raise AssertionError

    return courier(name, answer)


async def ask(*couriers: Quick, within: timedelta = LONG) -> list[Offer]:
    known = {one.name: one for one in couriers}
    told: list[Offer] = []
    quoting = Quoting(lambda: known, within)
    await quoting.ask(tuple(known), JOB, told.append)
    await quoting.close()
    return told


async def test_everybody_answers_once() -> None:
    told = await ask(good("uber"), good("panda"))
    assert sorted((offer.courier, offer.answer, offer.quote is not None) for offer in told) == [
        ("panda", Answer.QUOTED, True),
        ("uber", Answer.QUOTED, True),
    ]


async def test_one_that_never_answers_is_late_called_off_and_holds_nobody() -> None:
    slow = silent("uber")
    told = await ask(slow, good("panda"), within=SHORT)
    assert [(offer.courier, offer.answer) for offer in told] == [("panda", Answer.QUOTED), ("uber", Answer.LATE)]
    assert slow.ended.is_set()


async def test_answers_are_told_as_they_come() -> None:
    slow, told = silent("uber"), asyncio.Event()
    quoting = Quoting(lambda: {slow.name: slow, CourierName("panda"): good("panda")}, LONG)
    asking = asyncio.create_task(quoting.ask((slow.name, CourierName("panda")), JOB, lambda _: told.set()))
    await asyncio.wait_for(told.wait(), 30)
    assert not asking.done()
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    await quoting.close()
    assert slow.ended.is_set()


async def test_one_that_clings_to_its_call_is_not_waited_for() -> None:
    let_go = asyncio.Event()

    async def cling() -> Quote:
        try:
            await asyncio.Event().wait()
        finally:
            await let_go.wait()
        raise AssertionError

    quoting = Quoting(lambda: {CourierName("uber"): courier("uber", cling)}, SHORT)
    told: list[Offer] = []
    await asyncio.wait_for(quoting.ask((CourierName("uber"),), JOB, told.append), 30)
    assert [offer.answer for offer in told] == [Answer.LATE]
    let_go.set()
    await quoting.close()


@pytest.mark.parametrize(
    ("error", "answer", "words"),
    [
        (CourierRefused("too far"), Answer.REFUSED, "too far"),
        (CourierLockedOut("bad key"), Answer.LOCKED_OUT, "bad key"),
        (CourierDown("no answer"), Answer.DOWN, "no answer"),
        (ZeroDivisionError("secret"), Answer.DOWN, "something failed here: ZeroDivisionError"),
    ],
)
async def test_each_trouble_is_an_answer(error: Exception, answer: Answer, words: str) -> None:
    (offer,) = await ask(bad("uber", error))
    assert (offer.answer, offer.words, offer.quote) == (answer, words, None)


async def test_one_that_tells_no_prices_is_not_asked() -> None:
    (offer,) = await ask(courier("own", abilities=frozenset()))
    assert (offer.answer, offer.quote) == (Answer.UNPRICED, None)


async def test_nobody_to_ask_is_quickly_done() -> None:
    assert await ask() == []
