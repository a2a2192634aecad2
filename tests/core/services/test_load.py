"""The day's load from a real store equals what a slow counter counts, on each database."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from core.board.day_load import DayLoad
from core.domain.day import local_day
from core.domain.hours import OpeningHours
from core.domain.order import Order
from core.domain.stage import Stage
from core.domain.store_rules import StoreRules
from core.services.load import LEARNED_FROM, LoadService
from core.store.database import Database
from core.store.unit_of_work import UnitOfWork, writing
from tests import builders
from tests.builders import RULES, after, minutes, purchase
from tests.core.shop import Shop

ZONES = ("Asia/Taipei", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")
CHANGES = (date(2026, 3, 8), date(2026, 11, 1), date(2026, 4, 5), date(2026, 10, 4))  # clocks change in some of them
MINUTES = st.lists(st.integers(-2 * 1440, 2 * 1440), max_size=40)


class _TakeBack(Exception):
    """Nothing of it shall stay."""


@contextmanager
def passing(database: Database) -> Iterator[UnitOfWork]:
    """A transaction of which nothing stays."""
    with suppress(_TakeBack), writing(database) as uow:
        yield uow
        raise _TakeBack


def rules_in(zone: ZoneInfo) -> StoreRules:
    return replace(RULES, zone=zone, hours=OpeningHours.parse("09:00-21:00", zone))


def accepted(number: int, at: datetime) -> Order:
    """An order that was accepted then, and is over."""
    return replace(
        builders.AT_STAGE[Stage.COMPLETED](),
        id=purchase(str(number)).order_id,
        purchase=purchase(str(number)),
        received_at=at,
        accepted_at=at,
    )


def slow_hours(day: date, times: list[datetime], zone: ZoneInfo) -> dict[tuple[int, int], int]:
    """One after the other, by what the clock on the wall showed."""
    found: dict[tuple[int, int], int] = {}
    for at in times:
        local = at.astimezone(zone)
        if local.date() == day:
            found[local.hour, local.fold] = found.get((local.hour, local.fold), 0) + 1
    return found


def told_hours(load: DayLoad, zone: ZoneInfo) -> dict[tuple[int, int], int]:
    starts = ((hour.span.start.astimezone(zone), hour.accepted) for hour in load.hours)
    return {(local.hour, local.fold): count for local, count in starts if count}


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.sampled_from(CHANGES), name=st.sampled_from(ZONES), around=MINUTES)
def test_the_hours_are_what_a_slow_counter_counts(lasting: Database, day: date, name: str, around: list[int]) -> None:
    zone = ZoneInfo(name)
    noon = datetime.combine(day, time(12), zone).astimezone(UTC)
    times = [noon + minutes(one) for one in around]
    with passing(lasting) as uow:
        for number, at in enumerate(times):
            uow.orders.add(accepted(number, at))
        assert told_hours(LoadService(rules_in(zone)).day(uow, noon), zone) == slow_hours(day, times, zone)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(ZONES), ages=st.lists(st.integers(1, 40 * 24 * 60), max_size=40))
def test_the_usual_day_is_what_a_slow_counter_makes_of_the_last_weeks(
    lasting: Database, name: str, ages: list[int]
) -> None:
    zone, today = ZoneInfo(name), date(2026, 11, 15)
    noon = datetime.combine(today, time(12), zone).astimezone(UTC)
    times = [noon - minutes(one) for one in ages]
    with passing(lasting) as uow:
        for number, at in enumerate(times):
            uow.orders.add(accepted(number, at))
        usual = LoadService(rules_in(zone)).usual(uow, today)
    days = {at.astimezone(zone).date() for at in times}
    days = {day for day in days if 1 <= (today - day).days <= LEARNED_FROM}
    same = {day for day in days if day.weekday() == today.weekday()}
    taken = same if len(same) >= 2 else days
    assert usual.days == len(taken)
    for hour in range(24):
        count = sum(at.astimezone(zone).date() in taken and at.astimezone(zone).hour == hour for at in times)
        assert usual.at(hour) == (pytest.approx(count / len(taken)) if taken else None)


def test_waiting_orders_are_not_counted_as_accepted_and_promised_ones_stand_apart(any_shop: Shop) -> None:
    any_shop.told(purchase("1", promised_to=after(30)))
    any_shop.told(purchase("2", promised_to=after(30)))
    any_shop.told(purchase("3", promised_to=after(90)))
    any_shop.accept(purchase("2").order_id, purchase("3").order_id)
    load = any_shop.read(lambda uow: any_shop.services.load.day(uow, any_shop.clock.now()))
    assert (load.hours[12].accepted, load.hours[12].promised, load.hours[13].promised) == (2, 1, 1)
    assert load.promised == 1
    assert (load.numbers.orders, load.numbers.accepted) == (3, 2)


def test_the_hours_of_the_shop_are_open_and_the_others_are_not(any_shop: Shop) -> None:
    load = any_shop.read(lambda uow: any_shop.services.load.day(uow, any_shop.clock.now()))
    assert [at for at, hour in enumerate(load.hours) if hour.is_open] == list(range(9, 21))
    assert (load.usual.days, load.busiest, load.cap) == (0, None, 50)


def test_a_new_day_learns_from_the_day_before(shop: Shop) -> None:
    service = LoadService(RULES)
    shop.told(purchase())
    shop.accept(purchase().order_id)
    assert shop.read(lambda uow: service.day(uow, shop.clock.now())).usual.days == 0
    tomorrow = shop.clock.now() + timedelta(days=1)
    load = shop.read(lambda uow: service.day(uow, tomorrow))
    assert (load.usual.days, load.usual.at(12)) == (1, 1)
    assert local_day(tomorrow, RULES.zone) == local_day(load.hours[0].span.start, RULES.zone)
    assert load.numbers.orders == 0


@pytest.mark.parametrize("column", ["received_at", "accepted_at"])
def test_a_day_is_read_through_an_index(sqlite: Database, column: str) -> None:
    plan = "EXPLAIN QUERY PLAN SELECT stage FROM orders WHERE {0} >= '2026' AND {0} < '2027'"
    with sqlite.reading() as connection:
        found = connection.exec_driver_sql(plan.format(column)).all()
    assert f"ix_orders_{column}" in str(found)
