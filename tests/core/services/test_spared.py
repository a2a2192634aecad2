"""A counter does not ask for prices where the station gets no answer."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from core.domain.circuit import IN_A_ROW, PAUSES
from core.domain.ids import CourierName
from core.domain.job import Job
from core.domain.offer import Answer, Offer
from core.ports.courier import Ability, Courier
from core.services.health import Health
from core.services.jobs import job_for
from core.services.quoting import Quoting
from core.services.spared import Spared
from tests import builders
from tests.builders import RULES, UBER
from tests.core.fake_courier import FakeCourier
from tests.core.fakes import FakeClock


class Counter:
    """One courier, and a station beside."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.far = FakeCourier(self.clock, abilities=frozenset({Ability.QUOTE}))
        self.station = Health()
        self.station.know([], [UBER])
        self.built = 0
        self.spared = Spared(self._build, self._told, self.clock)
        self.quoting = Quoting(self.spared.couriers, timedelta(seconds=30))

    def _build(self) -> Mapping[CourierName, Courier]:
        self.built += 1
        return {UBER: self.far}

    def _told(self) -> Mapping[str, Any]:
        return self.station.told()

    def break_down(self) -> None:
        """For the station."""
        for _ in range(IN_A_ROW):
            self.station.change(UBER, lambda one: one.failed("no answer", self.clock.now()))

    async def asked(self, job: Job) -> Offer:
        told: list[Offer] = []
        await self.quoting.ask([UBER], job, told.append)
        (offer,) = told
        return offer


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def job() -> Job:
    return job_for(builders.ready(), "k" * 32, RULES)


async def test_one_that_does_not_answer_the_station_is_skipped_with_a_word(counter: Counter, job: Job) -> None:
    counter.break_down()
    offer = await counter.asked(job)
    assert (offer.answer, counter.far.calls) == (Answer.DOWN, [])
    assert offer.words == "not called: it does not answer, next try in 5 s"


async def test_as_soon_as_the_station_hears_of_it_it_is_asked_again(counter: Counter, job: Job) -> None:
    counter.break_down()
    await counter.asked(job)
    counter.clock.move(seconds=PAUSES[0].total_seconds())
    counter.station.change(UBER, lambda one: one.answered(counter.clock.now()))
    assert (await counter.asked(job)).answer is Answer.QUOTED


async def test_couriers_are_built_once_and_keep_their_connections(counter: Counter, job: Job) -> None:
    assert (await counter.asked(job)).answer is Answer.QUOTED
    assert (await counter.asked(job)).answer is Answer.QUOTED
    assert counter.built == 1


async def test_a_station_that_fell_silent_bars_nobody_for_long(counter: Counter, job: Job) -> None:
    counter.break_down()
    await counter.asked(job)
    counter.clock.move(seconds=PAUSES[0].total_seconds())
    assert (await counter.asked(job)).answer is Answer.QUOTED
