"""The rolling hour against a slow counter."""

from datetime import datetime, timedelta

from hypothesis import given, settings, strategies as st

from core.domain.capacity import HOUR, HourLoad, load_at
from tests.builders import after

DAYS = st.lists(st.integers(0, 6 * 3600), max_size=120)
CAPS = st.integers(1, 20)
SECONDS = st.integers(0, 6 * 3600)
often = settings(deadline=None, max_examples=100)


def times(seconds: list[int]) -> list[datetime]:
    return [after(one / 60) for one in seconds]


def slow_count(accepted: list[datetime], at: datetime) -> int:
    """One after the other, as a person would."""
    count = 0
    for time in accepted:
        age = (at - time).total_seconds()
        if 0 <= age < 3600:
            count += 1
    return count


@often
@given(DAYS, CAPS, SECONDS)
def test_the_load_is_what_a_slow_counter_counts(day: list[int], cap: int, second: int) -> None:
    at = after(second / 60)
    assert load_at(at, times(day), cap=cap).count == slow_count(times(day), at)


@often
@given(DAYS, CAPS, SECONDS, st.integers(1, 5))
def test_there_is_room_exactly_when_the_slow_counter_stays_within_the_cap(
    day: list[int], cap: int, second: int, more: int
) -> None:
    at = after(second / 60)
    load = load_at(at, times(day), cap=cap)
    assert load.has_room(more) == (slow_count(times(day), at) + more <= cap)


@often
@given(DAYS, CAPS, SECONDS)
def test_the_next_free_minute_is_the_first_with_room(day: list[int], cap: int, second: int) -> None:
    at = after(second / 60)
    past = [time for time in times(day) if time <= at]
    free = load_at(at, past, cap=cap).next_free
    if free is None:
        assert slow_count(past, at) < cap
        return
    assert slow_count(past, free) < cap
    assert slow_count(past, free - timedelta(microseconds=1)) >= cap


def test_an_order_accepted_exactly_an_hour_ago_counts_no_more() -> None:
    assert load_at(after(60), [after(0)], cap=5).count == 0
    assert load_at(after(60) - timedelta(microseconds=1), [after(0)], cap=5).count == 1


def test_what_is_in_work_and_waiting_stands_beside_the_count() -> None:
    load = load_at(after(0), [], cap=5, in_progress=7, waiting=3)
    assert (load.count, load.in_progress, load.waiting) == (0, 7, 3)


def test_four_more_make_fifty_two() -> None:
    load = HourLoad(at=after(60), cap=50, accepted=tuple(after(count) for count in range(12, 60)))
    assert (load.after_accepting(4), load.has_room(2), load.has_room(3)) == (52, True, False)


def test_the_hour_is_an_hour() -> None:
    assert timedelta(hours=1) == HOUR
