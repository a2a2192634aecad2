"""When the store takes orders."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, strategies as st

from core.domain.hours import BadHours, OpeningHours
from tests.builders import TAIPEI


def at(clock: str) -> datetime:
    """A time of day in Taipei, as the house keeps it: UTC."""
    return datetime.combine(datetime(2026, 3, 2, tzinfo=UTC), time.fromisoformat(clock), TAIPEI).astimezone(UTC)


def is_open(hours: str, clock: str) -> bool:
    return OpeningHours.parse(hours, TAIPEI).is_open(at(clock))


@pytest.mark.parametrize(
    ("clock", "is_taken"), [("08:59:59", False), ("09:00", True), ("20:59:59", True), ("21:00", False)]
)
def test_the_first_minute_is_open_and_the_closing_minute_shut(clock: str, is_taken: bool) -> None:
    assert is_open("09:00-21:00", clock) is is_taken


@pytest.mark.parametrize(("clock", "is_taken"), [("17:59", False), ("23:30", True), ("00:30", True), ("02:00", False)])
def test_a_night_goes_past_midnight(clock: str, is_taken: bool) -> None:
    assert is_open("18:00-02:00", clock) is is_taken


@pytest.mark.parametrize(("clock", "is_taken"), [("13:59", True), ("15:00", False), ("17:00", True), ("22:00", False)])
def test_a_store_may_rest_at_noon(clock: str, is_taken: bool) -> None:
    assert is_open("11:00-14:00, 17:00-22:00", clock) is is_taken


@given(st.times())
def test_the_same_time_twice_means_always(clock: time) -> None:
    assert OpeningHours.parse("00:00-00:00", TAIPEI).is_open(datetime.combine(datetime(2026, 3, 2), clock, TAIPEI))  # noqa: DTZ001


@given(st.integers(0, 1439), st.integers(0, 1439), st.integers(0, 1439))
def test_what_is_shut_by_day_is_open_by_night(opens: int, closes: int, minute: int) -> None:
    if opens == closes:
        return
    start = at("00:00")
    one, other = (
        OpeningHours(((clock(first), clock(last)),), TAIPEI) for first, last in ((opens, closes), (closes, opens))
    )
    moment = start + timedelta(minutes=minute)
    assert one.is_open(moment) != other.is_open(moment)


def clock(minute: int) -> time:
    return time(minute // 60, minute % 60)


@pytest.mark.parametrize("text", ["", "09:00", "9-21", "09:00-25:00", "09:00-21:00-22:00", "nine-five", "09:00-21:00,"])
def test_other_forms_are_refused_with_the_form_that_is_meant(text: str) -> None:
    with pytest.raises(BadHours, match="09:00-21:00"):
        OpeningHours.parse(text, TAIPEI)


def test_hours_are_written_as_people_write_them() -> None:
    assert OpeningHours.parse("11:00-14:00,17:00-22:00", TAIPEI).text == "11:00–14:00, 17:00–22:00"


@pytest.mark.parametrize(
    ("text", "now", "end"),
    [
        ("09:00-21:00", "10:00", "21:00"),
        ("11:00-14:00, 17:00-22:00", "18:00", "22:00"),
        ("21:30-08:30", "07:00", "08:30"),
        ("17:00-24:00", "18:00", "00:00"),
    ],
)
def test_an_open_span_tells_when_it_ends(text: str, now: str, end: str) -> None:
    closes = OpeningHours.parse(text, TAIPEI).closes_at(at(now))
    assert closes is not None
    assert closes > at(now)
    assert f"{closes.astimezone(TAIPEI):%H:%M}" == end


def test_a_span_past_midnight_ends_on_the_next_day() -> None:
    closes = OpeningHours.parse("21:30-08:30", TAIPEI).closes_at(at("22:00"))
    assert closes == at("08:30") + timedelta(days=1)


@pytest.mark.parametrize(("text", "now"), [("09:00-21:00", "22:00"), ("00:00-24:00", "12:00")])
def test_what_is_shut_or_never_ends_has_no_end(text: str, now: str) -> None:
    assert OpeningHours.parse(text, TAIPEI).closes_at(at(now)) is None
