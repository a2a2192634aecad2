"""One station a store."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.services import station_lease
from core.services.station_lease import StationLease, StationTaken, running
from core.store.database import Database
from core.store.lease import STATION, Lease
from core.store.unit_of_work import UnitOfWork, writing


def take(database: Database, lease: StationLease) -> None:
    with writing(database) as uow:
        lease.take(uow)


def held(uow: UnitOfWork) -> Lease:
    lease = uow.leases.get(STATION)
    assert lease is not None
    return lease


@pytest.fixture
def dead_pid() -> int:
    """Of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_the_second_station_is_told_where_the_first_one_is(emptied: Database) -> None:
    take(emptied, StationLease("http://127.0.0.1:8750"))
    with pytest.raises(StationTaken, match=r"process \d+ on .+ http://127\.0\.0\.1:8750"):
        take(emptied, StationLease("http://127.0.0.1:8751"))


def test_the_place_of_a_dead_process_is_free_at_once(emptied: Database, dead_pid: int) -> None:
    first, second = StationLease("a"), StationLease("b")
    take(emptied, first)
    with writing(emptied) as uow:
        uow.leases.take(replace(held(uow), pid=dead_pid))
    take(emptied, second)
    with writing(emptied) as uow:
        assert second.is_held(uow)
        assert not first.is_held(uow)
        assert not first.renew(uow, {})


def test_the_place_of_another_machine_is_free_when_it_ran_out(emptied: Database, dead_pid: int) -> None:
    take(emptied, StationLease("a"))
    now = datetime.now(UTC)
    with writing(emptied) as uow:
        elsewhere = replace(held(uow), host="another-pc", pid=dead_pid, until=now + timedelta(seconds=5))
        assert station_lease.is_alive(elsewhere, now)
        assert not station_lease.is_alive(elsewhere, now + timedelta(seconds=5))


def test_a_station_that_renews_keeps_its_place_and_tells_how_things_are(emptied: Database) -> None:
    lease = StationLease("a")
    take(emptied, lease)
    with writing(emptied) as uow:
        assert lease.renew(uow, {"couriers": {"uber": {}}})
        station = running(uow)
    assert station is not None
    assert station.health == {"couriers": {"uber": {}}}


def test_a_station_that_ends_leaves_no_trace(emptied: Database) -> None:
    lease = StationLease("a")
    take(emptied, lease)
    with writing(emptied) as uow:
        lease.give_back(uow)
        assert running(uow) is None


def test_a_station_gives_back_only_its_own_place(emptied: Database, dead_pid: int) -> None:
    first, second = StationLease("a"), StationLease("b")
    take(emptied, first)
    with writing(emptied) as uow:
        uow.leases.take(replace(held(uow), pid=dead_pid))
    take(emptied, second)
    with writing(emptied) as uow:
        first.give_back(uow)
        assert second.is_held(uow)
