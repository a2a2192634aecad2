"""A station in trouble says so for as long as it lasts, and lives on."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable

import pytest

from core.services import station as station_file
from core.services.health import Health
from core.services.journeys import Journeys
from core.services.sending import Sending
from core.services.station import LeaseLost, Station
from core.services.station_lease import StationLease
from core.services.watching import Watching
from core.store.database import Database, StoreUnusable
from core.store.lease import STATION, Leases
from core.store.unit_of_work import writing
from core.store.writer import Writer
from tests.builders import RULES
from tests.core.fakes import FakeClock

QUICK = {"BEAT": 0.005, "RENEW_EVERY": 0.02, "LOOK_EVERY": 0.02}


@pytest.fixture
async def station(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Station]:
    for name, seconds in QUICK.items():
        monkeypatch.setattr(station_file, name, seconds)
    writer, clock, journeys, lease = Writer(sqlite), FakeClock(), Journeys(), StationLease("http://127.0.0.1")
    await writer.do(lease.take)
    sending = Sending(writer, {}, journeys, RULES, clock, lease)
    yield Station(sqlite, writer, sending, Watching(writer, {}, journeys, clock), lease, Health(), clock)
    writer.close()


@pytest.fixture
async def running(station: Station) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(station.run())
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def until(is_so: Callable[[], bool]) -> None:
    for _ in range(5000):
        if is_so():
            return
        await asyncio.sleep(0.001)
    raise TimeoutError


@pytest.mark.usefixtures("running")
async def test_a_lease_that_cannot_be_renewed_is_trouble_until_it_can(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(Leases, "renew", _disk_full)
        await until(lambda: station.trouble == "disk full")
        for _ in range(100):  # the other loops find nothing wrong meanwhile
            assert station.trouble == "disk full"
            await asyncio.sleep(0.001)
    await until(lambda: station.trouble == "")


@pytest.mark.usefixtures("running")
async def test_trouble_is_logged_once(
    station: Station, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Leases, "renew", _disk_full)
    await until(lambda: station.trouble != "")
    await asyncio.sleep(0.1)
    assert len([record for record in caplog.records if record.levelno == logging.ERROR]) == 1


async def test_an_accident_is_noted_and_survived(
    station: Station, running: asyncio.Task[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(Watching, "look", _stumble)
        await until(lambda: station.trouble == "something failed here: KeyError")
    await until(lambda: station.trouble == "")
    assert not running.done()


async def test_a_call_that_a_library_broke_off_is_noted_and_survived(
    station: Station, running: asyncio.Task[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(Watching, "look", _broken_off)
        await until(lambda: station.trouble == "a call was broken off")
    await until(lambda: station.trouble == "")
    assert not running.done()


async def test_a_lease_taken_over_ends_it(running: asyncio.Task[None], sqlite: Database) -> None:
    await asyncio.sleep(0.05)
    with writing(sqlite) as uow:
        held = uow.leases.get(STATION)
        assert held is not None
        uow.leases.give_back(STATION, held.holder)
    with pytest.raises(LeaseLost):
        await asyncio.wait_for(running, 5)


def _disk_full(*_: object) -> bool:
    raise StoreUnusable("disk full")


async def _broken_off(*_: object) -> None:
    raise asyncio.CancelledError


async def _stumble(*_: object) -> None:
    raise KeyError("x")
