"""The station sends, watches and keeps time, until it is alone or another took over."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from core.board.lamps import LampKind, Light
from core.domain.delivery import DeliveryState
from core.domain.problem import ProblemKind
from core.services.health import Health
from core.services.station import LeaseLost, Station
from core.services.station_lease import StationLease
from core.services.watching import Watching
from tests.builders import PANDA, UBER, after, purchase
from tests.core.fake_courier import Answer
from tests.core.services.bell import until
from tests.core.shop import Shop

ID = purchase().order_id


@pytest.fixture
def health(shop: Shop) -> Health:
    told = Health()
    told.know(["web"], [UBER])
    return told


@pytest.fixture
def station(shop: Shop, health: Health) -> Station:
    watching = Watching(shop.writer, {UBER: shop.courier}, shop.journeys, shop.clock)
    return Station(shop.database, shop.writer, shop.sending, watching, shop.lease, health, shop.clock)


@pytest.fixture
async def running(station: Station) -> AsyncIterator["asyncio.Task[None]"]:
    task = asyncio.create_task(station.run())
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_call_leaves_by_itself_when_its_seconds_are_over(shop: Shop, running: "asyncio.Task[None]") -> None:
    shop.make_ready()
    shop.ship(ID)
    await asyncio.sleep(0.3)
    assert shop.courier.calls == []
    shop.clock.move(seconds=5)
    await until(lambda: bool(shop.deliveries(ID)))
    assert shop.courier.calls == ["book"]


async def test_half_an_hour_without_a_driver_is_noticed(shop: Shop, running: "asyncio.Task[None]") -> None:
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    shop.clock.move(minutes=31)
    await until(lambda: shop.problems() == [ProblemKind.NO_DRIVER])


async def test_another_station_makes_this_one_end(shop: Shop, running: "asyncio.Task[None]") -> None:
    shop.write(shop.lease.give_back)
    shop.write(StationLease("http://127.0.0.1:9999").take)
    with pytest.raises(LeaseLost):
        await asyncio.wait_for(running, 5)


async def test_every_terminal_sees_the_lamps_of_the_station(
    shop: Shop, running: "asyncio.Task[None]", health: Health
) -> None:
    health.heard_courier(UBER, after(1))
    await until(lambda: len(shop.board().lamps) == 3)
    assert [(lamp.kind, lamp.light) for lamp in shop.board().lamps] == [
        (LampKind.STATION, Light.OK),
        (LampKind.CHANNEL, Light.UNKNOWN),
        (LampKind.COURIER, Light.OK),
    ]


def test_without_a_station_its_lamp_is_red(shop: Shop) -> None:
    shop.write(shop.lease.give_back)
    (lamp,) = shop.board().lamps
    assert (lamp.kind, lamp.light) == (LampKind.STATION, Light.FAIL)


@pytest.fixture
async def watched(shop: Shop) -> Watching:
    """A driver is searched since five seconds past noon, and the courier sends no word."""
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    return Watching(shop.writer, {UBER: shop.courier}, shop.journeys, shop.clock)


async def look(shop: Shop, watching: Watching, seconds: float) -> list[str]:
    shop.courier.calls.clear()
    shop.clock.move(seconds=seconds)
    await watching.look(shop.read(lambda uow: uow.deliveries.live()))
    return shop.courier.calls


async def test_a_job_that_is_silent_for_half_a_minute_is_asked_after(shop: Shop, watched: Watching) -> None:
    assert await look(shop, watched, 29) == []
    shop.courier.job("J1").state = DeliveryState.AT_STORE
    assert await look(shop, watched, 1) == ["read"]
    assert shop.delivery(ID).state is DeliveryState.AT_STORE


async def test_a_couriers_clock_that_runs_ahead_keeps_nobody_from_asking(shop: Shop, watched: Watching) -> None:
    assert await look(shop, watched, 1) == []
    ahead = replace(shop.courier.says(shop.courier.job("J1"), DeliveryState.AT_STORE), at=after(600))
    shop.hear(ahead)
    assert shop.delivery(ID).state_since <= shop.clock.now()
    assert await look(shop, watched, 1) == []  # it was just heard of
    assert await look(shop, watched, 30) == ["read"]


async def test_it_is_asked_every_half_minute_though_nothing_comes_of_it(
    shop: Shop, watched: Watching, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    shop.courier.answers(Answer.DOWN)
    assert await look(shop, watched, 30) == ["read"]
    assert "did not say" in caplog.text
    assert await look(shop, watched, 15) == []
    assert await look(shop, watched, 15) == ["read"]


async def test_a_courier_nobody_configured_any_more_is_not_asked(shop: Shop, watched: Watching) -> None:
    without = Watching(shop.writer, {PANDA: shop.courier}, shop.journeys, shop.clock)
    assert await look(shop, without, 600) == []
