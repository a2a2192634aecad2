"""Couriers on a loop of their own: built when first asked, answering at home, let go at the end."""

import asyncio
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from core.domain.ids import CourierName
from core.domain.job import Job
from core.domain.offer import Answer, Offer
from core.domain.quote import Quote
from core.ports.courier import Ability
from core.services.jobs import job_for
from tests.builders import RULES, UBER, ready
from tests.conftest import NOON
from tests.core.fake_courier import FakeCourier
from tests.core.fakes import FakeClock
from tests.sample_offers import quoted
from tui.wiring.aside import Aside

JOB = job_for(ready(), "k", RULES)


@dataclass
class Watched(FakeCourier):
    """Knows in which thread it works, and whether it was called off and closed."""

    abilities: frozenset[Ability] = frozenset({Ability.QUOTE})
    never_answers: bool = False
    thread: str = ""
    began: threading.Event = field(default_factory=threading.Event)
    called_off: threading.Event = field(default_factory=threading.Event)
    closed: threading.Event = field(default_factory=threading.Event)

    async def quote(self, job: Job) -> Quote:
        self.thread = threading.current_thread().name
        self.began.set()
        try:
            if self.never_answers:
                await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.called_off.set()
            raise
        quote = quoted(self.name, 65, NOON).quote
        assert quote is not None
        return quote

    async def close(self) -> None:
        self.closed.set()


def of(courier: Watched, within: float = 30) -> Aside:
    return Aside(lambda: {courier.name: courier}, timedelta(seconds=within))


async def test_answers_come_on_the_loop_of_whoever_asks() -> None:
    courier, told, home = Watched(FakeClock()), list[tuple[Offer, str]](), threading.current_thread().name
    aside = of(courier)
    await aside.ask((UBER,), JOB, lambda offer: told.append((offer, threading.current_thread().name)))
    assert [(offer.answer, thread) for offer, thread in told] == [(Answer.QUOTED, home)]
    assert courier.thread == "couriers"
    aside.close()


async def test_nobody_is_built_before_somebody_asks() -> None:
    built = list[str]()

    def build() -> Mapping[CourierName, Watched]:
        built.append(threading.current_thread().name)
        return {}

    aside = Aside(build, timedelta(seconds=30))
    assert built == []
    await aside.ask((), JOB, lambda _: None)
    assert built == ["couriers"]
    aside.close()


async def test_whoever_leaves_calls_the_couriers_off() -> None:
    courier = Watched(FakeClock(), never_answers=True)
    aside = of(courier)
    asking = asyncio.create_task(aside.ask((UBER,), JOB, lambda _: None))
    await asyncio.to_thread(courier.began.wait, 30)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    assert await asyncio.to_thread(courier.called_off.wait, 30)
    aside.close()


async def test_connections_are_let_go_and_the_thread_ends() -> None:
    courier = Watched(FakeClock())
    aside = of(courier)
    await aside.ask((UBER,), JOB, lambda _: None)
    threads = [thread for thread in threading.enumerate() if thread.name == "couriers"]
    await asyncio.to_thread(aside.close)
    assert courier.closed.is_set()
    assert [thread for thread in threads if thread.is_alive()] == []


async def test_closed_while_couriers_are_asked_it_ends_all_the_same() -> None:
    courier = Watched(FakeClock(), never_answers=True)
    aside = of(courier)
    asking = asyncio.create_task(aside.ask((UBER,), JOB, lambda _: None))
    await asyncio.to_thread(courier.began.wait, 30)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    await asyncio.to_thread(aside.close)
    assert courier.closed.is_set()


def test_one_that_was_never_asked_closes_quietly() -> None:
    of(Watched(FakeClock())).close()
