"""Who holds a role, until when."""

from datetime import timedelta

from core.store.lease import COUNTER, STATION, Lease
from core.store.unit_of_work import UnitOfWork
from tests.conftest import NOON


def held(name: str = STATION, holder: str = "a", seconds: float = 10) -> Lease:
    until = NOON + timedelta(seconds=seconds)
    return Lease(
        name=name,
        holder=holder,
        host="pc",
        pid=1,
        url="http://127.0.0.1",
        since=NOON,
        until=until,
        health={"x": {"y": 1}},
    )


def test_a_lease_comes_back_with_every_field(uow: UnitOfWork) -> None:
    uow.leases.take(held())
    assert uow.leases.get(STATION) == held()


def test_whoever_takes_it_has_it(uow: UnitOfWork) -> None:
    uow.leases.take(held(holder="a"))
    uow.leases.take(held(holder="b"))
    assert not uow.leases.renew(STATION, "a", NOON, {})
    assert uow.leases.renew(STATION, "b", NOON + timedelta(seconds=60), {"couriers": {}})
    assert uow.leases.get(STATION) == Lease(**{**vars(held(holder="b", seconds=60)), "health": {"couriers": {}}})


def test_only_the_holder_gives_back(uow: UnitOfWork) -> None:
    uow.leases.take(held(holder="a"))
    uow.leases.give_back(STATION, "b")
    assert uow.leases.get(STATION) is not None
    uow.leases.give_back(STATION, "a")
    assert uow.leases.get(STATION) is None


def test_the_counters_are_known_by_name_and_the_station_is_none(uow: UnitOfWork) -> None:
    uow.leases.take(held())
    uow.leases.take(held(f"{COUNTER}1", seconds=5))
    uow.leases.take(held(f"{COUNTER}2", seconds=15))
    assert {counter.name for counter in uow.leases.counters()} == {f"{COUNTER}1", f"{COUNTER}2"}
