"""A day in real hours, where the clocks change too."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from core.domain.day import hours_of, local_day, midnight

ZONES = (
    "Asia/Taipei",
    "America/New_York",
    "Europe/Lisbon",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/Havana",
    "Asia/Beirut",
    "Pacific/Apia",
)
DAYS = st.dates(date(2008, 1, 1), date(2030, 12, 31))
NAIVE = (datetime(2008, 1, 1), datetime(2030, 12, 31))  # noqa: DTZ001 - Hypothesis puts the zone on
often = settings(deadline=None, max_examples=200)


@often
@given(DAYS, st.sampled_from(ZONES))
def test_the_hours_of_a_day_follow_one_another_from_midnight_to_midnight(day: date, name: str) -> None:
    zone = ZoneInfo(name)
    spans = hours_of(day, zone)
    assert all(before.until == after.start for before, after in pairwise(spans))
    if spans:
        assert (spans[0].start, spans[-1].until) == (midnight(day, zone), midnight(day + timedelta(days=1), zone))


@often
@given(st.datetimes(*NAIVE), st.sampled_from(ZONES))
def test_an_instant_is_in_exactly_one_hour_of_its_day_and_that_one_bears_its_name(at: datetime, name: str) -> None:
    zone, instant = ZoneInfo(name), at.replace(tzinfo=UTC)
    (span,) = [one for one in hours_of(local_day(instant, zone), zone) if one.holds(instant)]
    start, local = span.start.astimezone(zone), instant.astimezone(zone)
    assert (start.hour, start.fold) == (local.hour, local.fold)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (date(2026, 11, 2), 24)])
def test_when_the_clocks_change_a_day_is_shorter_or_longer(day: date, hours: int) -> None:
    assert len(hours_of(day, ZoneInfo("America/New_York"))) == hours


def test_a_day_that_was_left_out_has_no_hours() -> None:
    assert hours_of(date(2011, 12, 30), ZoneInfo("Pacific/Apia")) == ()
