"""The journey, and what the courier last said of it: disorder, repeats, swaps, silence."""

from dataclasses import replace
from datetime import timedelta
from functools import reduce

import pytest
from hypothesis import given, settings, strategies as st

from core.domain.delivery import COMING_BACK, ENDED, Delivery, DeliveryState, Driver, Report
from core.domain.measures import Place
from core.domain.money import Money
from tests.builders import after, delivery, report

S = DeliveryState
MING, HUA = Driver(name="A-Ming", plate="ABC-123"), Driver(name="A-Hua", plate="XYZ-987")
often = settings(deadline=None, max_examples=100)


def heard(*reports: Report, first: Delivery | None = None) -> Delivery:
    return reduce(Delivery.hear, reports, first or delivery())


def test_the_usual_journey_ends_at_the_door() -> None:
    states = (S.MATCHING, S.HEADING_TO_STORE, S.AT_STORE, S.PICKED_UP, S.DELIVERED)
    journey = heard(*(report(state, count) for count, state in enumerate(states)))
    assert (journey.state, journey.picked_up_at, journey.ended_at, journey.is_live) == (
        S.DELIVERED,
        after(3),
        after(4),
        False,
    )


def test_an_older_report_changes_nothing() -> None:
    journey = heard(report(S.PICKED_UP, 9))
    assert journey.hear(report(S.AT_STORE, 8)) == journey


def test_a_repeat_changes_nothing() -> None:
    once = heard(report(S.AT_STORE, 5, driver=MING))
    assert once.hear(report(S.AT_STORE, 5, driver=MING)) == once


def test_of_two_reports_of_one_instant_the_further_one_stands() -> None:
    one, other = report(S.AT_STORE, 5), report(S.PICKED_UP, 5)
    assert heard(one, other).state is heard(other, one).state is S.PICKED_UP


@pytest.mark.parametrize("end", sorted(ENDED))
def test_nothing_comes_after_the_end(end: DeliveryState) -> None:
    ended = heard(report(end, 5))
    for state in set(DeliveryState) - (COMING_BACK if end is S.FAILED else set()):
        assert ended.hear(report(state, 9, driver=MING)) == ended


def test_goods_come_back_from_a_way_that_failed() -> None:
    back = heard(report(S.PICKED_UP, 3), report(S.FAILED, 5), report(S.RETURNING, 9))
    assert (back.state, back.is_live, back.ended_at) == (S.RETURNING, True, None)
    assert heard(report(S.RETURNED, 12), first=back).ended_at == after(12)


def test_a_way_back_told_before_the_failure_is_over() -> None:
    failed = heard(report(S.FAILED, 5))
    assert failed.hear(report(S.RETURNING, 4)) == failed


def test_a_word_nobody_knows_leaves_the_state_and_is_kept() -> None:
    journey = heard(report(S.AT_STORE, 5), report(S.UNKNOWN, 6, word="dancing"))
    assert (journey.state, journey.word, journey.state_since) == (S.AT_STORE, "dancing", after(5))


def test_a_word_nobody_knows_bars_no_status_that_is_still_on_its_way() -> None:
    journey = heard(report(S.AT_STORE, 5), report(S.UNKNOWN, 9, word="dancing"), report(S.PICKED_UP, 7))
    assert (journey.state, journey.at) == (S.PICKED_UP, after(7))


def test_a_word_nobody_knows_still_tells_what_it_tells() -> None:
    journey = heard(report(S.UNKNOWN, 0, waybill="W-9", tracking_url="https://example.test/9"))
    assert (journey.state, journey.waybill, journey.tracking_url) == (S.MATCHING, "W-9", "https://example.test/9")


def test_a_driver_who_gives_the_job_back_is_gone() -> None:
    journey = heard(report(S.HEADING_TO_STORE, 3, driver=MING), report(S.MATCHING, 8))
    assert (journey.state, journey.driver, journey.state_since) == (S.MATCHING, None, after(8))


def test_another_driver_takes_over() -> None:
    journey = heard(report(S.HEADING_TO_STORE, 3, driver=MING), report(S.HEADING_TO_STORE, 8, driver=HUA))
    assert (journey.driver, journey.state_since) == (HUA, after(3))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("waybill", "W-1"),
        ("driver", MING),
        ("place", Place(25.0, 121.5, after(1))),
        ("eta_store", after(10)),
        ("eta_door", after(20)),
        ("tracking_url", "https://example.test"),
        ("fee", Money(8900, "TWD")),
        ("pin", "4471"),
        ("reason", "traffic"),
        ("return_ref", "J2"),
    ],
)
def test_what_a_report_does_not_mention_stays(name: str, value: object) -> None:
    journey = heard(report(S.AT_STORE, 1, **{name: value}), report(S.AT_STORE, 2))
    assert getattr(journey, name) == value


def test_a_free_ride_is_a_fee_too() -> None:
    journey = heard(report(S.AT_STORE, 1, fee=Money(8900, "TWD")), report(S.AT_STORE, 2, fee=Money(0, "TWD")))
    assert journey.fee == Money(0, "TWD")


def test_the_clock_of_a_state_starts_with_its_first_report() -> None:
    journey = heard(report(S.AT_STORE, 5), report(S.AT_STORE, 9))
    assert (journey.state_since, journey.at) == (after(5), after(9))


def test_the_first_pick_up_counts() -> None:
    assert heard(report(S.PICKED_UP, 5), report(S.PICKED_UP, 9)).picked_up_at == after(5)


@pytest.mark.parametrize(
    ("state", "most"), [(S.MATCHING, 15), (S.HEADING_TO_STORE, 30), (S.AT_STORE, 30), (S.PICKED_UP, 60)]
)
def test_a_stage_is_overdue_past_the_upper_end_of_its_range(state: DeliveryState, most: int) -> None:
    journey = heard(report(state, 7)) if state is not S.MATCHING else delivery(state_since=after(7))
    assert not journey.is_overdue(after(7 + most))
    assert journey.is_overdue(after(7 + most) + timedelta(seconds=1))


@pytest.mark.parametrize("state", [S.RETURNING, *sorted(ENDED)])
def test_what_has_no_range_is_never_overdue(state: DeliveryState) -> None:
    assert not heard(report(state, 0)).is_overdue(after(600))


ON_THE_WAY = st.sampled_from([state for state in S if state not in ENDED])


@st.composite
def journeys(draw: st.DrawFn) -> tuple[list[Report], list[Report]]:
    """Reports of distinct times whose last one is the end, and the same in any sequence, some of them twice."""
    states = [*draw(st.lists(ON_THE_WAY, max_size=7)), draw(st.sampled_from(sorted(ENDED)))]
    told = [report(state, count) for count, state in enumerate(states, start=1)]
    repeats = draw(st.lists(st.sampled_from(told), max_size=3))
    return told, draw(st.permutations([*told, *repeats]))


@often
@given(journeys())
def test_in_any_sequence_the_end_is_the_end(both: tuple[list[Report], list[Report]]) -> None:
    told, mixed = both
    journey = heard(*mixed)
    assert (journey.state, journey.ended_at, journey.word) == (told[-1].state, told[-1].at, told[-1].word)


@often
@given(st.lists(ON_THE_WAY, min_size=1, max_size=7), st.data())
def test_in_any_sequence_the_newest_state_we_know_stands(states: list[DeliveryState], data: st.DataObject) -> None:
    told = [report(state, count) for count, state in enumerate(states, start=1)]
    known = [S.MATCHING, *(state for state in states if state is not S.UNKNOWN)]
    assert heard(*data.draw(st.permutations(told))).state is known[-1]


@often
@given(st.lists(st.builds(report, st.sampled_from(S), st.integers(-5, 5)), max_size=10))
def test_whatever_is_heard_time_never_runs_backwards(reports: list[Report]) -> None:
    journey = delivery()
    for one in reports:
        later = journey.hear(one)
        assert later.at >= journey.at
        assert later.state_since >= journey.state_since
        assert later.is_live or later.ended_at is not None
        journey = later


@often
@given(st.lists(st.builds(report, st.sampled_from(S), st.integers(-5, 5)), max_size=10))
def test_a_journey_keeps_its_names(reports: list[Report]) -> None:
    first = delivery()
    names = ("id", "order_id", "courier", "ref", "key", "booked_at")
    assert all(getattr(heard(*reports, first=first), name) == getattr(first, name) for name in names)


def test_unknown_never_becomes_a_state() -> None:
    assert heard(*(replace(report(S.UNKNOWN, count), word="?") for count in range(5))).state is S.MATCHING
