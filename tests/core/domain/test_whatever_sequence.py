"""Couriers' words come late, twice and out of order; what is shown of a driver is the newest, and nobody else's."""

from dataclasses import replace
from functools import reduce

from hypothesis import given, settings, strategies as st

from core.domain.delivery import ENDED, Delivery, DeliveryState, Driver, Report
from core.domain.measures import Place
from tests.builders import after, delivery, report

S = DeliveryState
MING, HUA = Driver(name="A-Ming", plate="ABC-123"), Driver(name="A-Hua", plate="XYZ-987")
often = settings(deadline=None, max_examples=150)
ON_THE_WAY = sorted(set(S) - ENDED - {S.MATCHING})
minutes = st.integers(0, 9)


def heard(*reports: Report, first: Delivery | None = None) -> Delivery:
    return reduce(Delivery.hear, reports, first or delivery())


def where(count: int, latitude: float = 25.0) -> Place:
    return Place(latitude, 121.5, after(count))


@st.composite
def words(draw: st.DrawFn) -> Report:
    """One report of a job with one driver, and any part of what may be told."""
    count = draw(minutes)
    expected = st.none() | st.integers(10, 40).map(after)
    place = st.none() | st.builds(where, st.integers(0, count), st.sampled_from([25.0, 25.1]))
    return report(
        draw(st.sampled_from(ON_THE_WAY)),
        count,
        driver=draw(st.sampled_from([None, MING])),
        place=draw(place),
        eta_store=draw(expected),
        eta_door=draw(expected),
    )


@st.composite
def disorder(draw: st.DrawFn, told: st.SearchStrategy[list[Report]]) -> tuple[list[Report], list[Report]]:
    """Reports by their time, and the same in any sequence, some of them twice."""
    reports = draw(told)
    repeats = draw(st.lists(st.sampled_from(reports), max_size=4))
    return sorted(reports, key=lambda one: one.at), draw(st.permutations([*reports, *repeats]))


def shown(journey: Delivery) -> tuple[object, ...]:
    times = (journey.at, journey.eta_told_at, journey.driver_at)
    return journey.state, journey.whereabouts, journey.eta_store, journey.eta_door, journey.driver, *times


@often
@given(disorder(st.lists(words(), min_size=1, max_size=7)))
def test_in_any_sequence_state_position_and_expected_times_are_the_same(
    both: tuple[list[Report], list[Report]],
) -> None:
    in_order, mixed = both
    assert shown(heard(*mixed)) == shown(heard(*in_order))


@often
@given(disorder(st.lists(words(), min_size=1, max_size=7)), st.sampled_from(sorted(ENDED)))
def test_in_any_sequence_the_end_is_the_end(both: tuple[list[Report], list[Report]], end: DeliveryState) -> None:
    in_order, mixed = both
    last = report(end, 10)
    assert heard(*mixed, last).state is heard(last, *mixed).state is heard(*in_order, last).state is end


@st.composite
def swaps(draw: st.DrawFn) -> list[Report]:
    """A-Ming until minute 4, A-Hua from minute 5: who rides is told with any position, or by itself."""
    told = [report(S.HEADING_TO_STORE, 1, driver=MING), report(S.HEADING_TO_STORE, 5, driver=HUA)]
    for _ in range(draw(st.integers(0, 5))):
        count = draw(minutes.filter(lambda at: at > 1))
        place = where(count, 25.1 if count < 5 else 25.9)
        driver = draw(st.sampled_from([None, MING if count < 5 else HUA]))
        told.append(report(draw(st.sampled_from([S.UNKNOWN, S.HEADING_TO_STORE])), count, driver=driver, place=place))
    return told


@often
@given(disorder(swaps()))
def test_the_position_of_the_one_before_is_never_shown_for_the_one_who_took_over(
    both: tuple[list[Report], list[Report]],
) -> None:
    in_order, mixed = both
    journey = heard(*mixed)
    assert shown(journey) == shown(heard(*in_order))
    assert journey.driver == HUA
    assert journey.former_driver == "A-Ming"
    assert journey.whereabouts is None or journey.whereabouts.latitude == 25.9


@often
@given(st.lists(st.builds(where, st.integers(0, 30)), min_size=1, max_size=8))
def test_an_older_position_never_replaces_a_newer_one(places: list[Place]) -> None:
    journey = delivery()
    for count, place in enumerate(places, start=1):
        journey = journey.hear(report(S.UNKNOWN, 3, place=place))
        assert journey.place is not None
        assert journey.place.at == max(one.at for one in places[:count] if one.at)


def test_a_position_without_a_time_is_as_old_as_its_report() -> None:
    journey = heard(report(S.HEADING_TO_STORE, 4, place=Place(25.0, 121.5)))
    assert journey.place == where(4)
    assert heard(report(S.UNKNOWN, 3, place=Place(25.9, 121.5)), first=journey).place == where(4)


def test_a_late_word_fills_in_what_no_newer_one_told() -> None:
    journey = heard(report(S.AT_STORE, 8), report(S.HEADING_TO_STORE, 5, place=where(5), pin="4471", driver=MING))
    assert (journey.state, journey.place, journey.pin, journey.driver) == (S.AT_STORE, where(5), "4471", MING)


def test_a_late_word_changes_nothing_that_a_newer_one_told() -> None:
    newer = report(S.AT_STORE, 8, place=where(8), pin="1", eta_store=after(9), driver=HUA)
    older = report(S.HEADING_TO_STORE, 5, place=where(5), pin="2", eta_store=after(7), driver=HUA)
    first = heard(newer)
    assert replace(heard(older, first=first), driver_from=after(8)) == first


def test_expected_times_are_told_together() -> None:
    journey = heard(
        report(S.HEADING_TO_STORE, 1, eta_store=after(9), eta_door=after(30)),
        report(S.PICKED_UP, 9, eta_door=after(31)),
    )
    assert (journey.eta_store, journey.eta_door, journey.eta_told_at) == (None, after(31), after(9))


def test_a_driver_told_of_again_keeps_what_is_left_out() -> None:
    full = replace(MING, phone="0928", vehicle="scooter")
    journey = heard(report(S.HEADING_TO_STORE, 1, driver=full), report(S.AT_STORE, 2, driver=Driver(name="A-Ming")))
    assert journey.driver == full
    assert not journey.former_driver


def test_another_plate_is_another_driver_of_the_same_name() -> None:
    other = replace(MING, plate="ZZZ-999")
    journey = heard(report(S.HEADING_TO_STORE, 1, driver=MING), report(S.HEADING_TO_STORE, 2, driver=other))
    assert (journey.driver, journey.driver_from) == (other, after(2))


def test_a_driver_who_gave_it_back_takes_place_and_name_along() -> None:
    riding = heard(report(S.HEADING_TO_STORE, 1, driver=MING, place=where(1)))
    journey = heard(report(S.MATCHING, 3), first=riding)
    assert (journey.driver, journey.whereabouts, journey.former_driver) == (None, None, "A-Ming")


def test_one_who_comes_back_is_no_other() -> None:
    journey = heard(
        report(S.HEADING_TO_STORE, 1, driver=MING), report(S.MATCHING, 3), report(S.HEADING_TO_STORE, 5, driver=MING)
    )
    assert (journey.driver, journey.former_driver) == (MING, "")


def test_nobody_named_is_nobody_lost() -> None:
    journey = heard(report(S.HEADING_TO_STORE, 1, driver=MING), report(S.AT_STORE, 2, driver=Driver()))
    assert journey.driver == MING


def noticed(before: Delivery, one: Report, count: float) -> Delivery:
    return before.hear(one).by_our_clock(before, after(count))


def test_every_word_is_noted_by_our_clock_and_expected_times_have_their_own() -> None:
    journey = noticed(delivery(), report(S.HEADING_TO_STORE, 1, eta_store=after(9)), 2)
    journey = noticed(journey, report(S.HEADING_TO_STORE, 3), 4)
    assert (journey.heard_at, journey.eta_at, journey.eta_store) == (after(4), after(2), after(9))
    late = noticed(journey, report(S.HEADING_TO_STORE, 0, eta_store=after(7)), 5)
    assert (late.heard_at, late.eta_at, late.eta_store) == (after(5), after(2), after(9))


def test_the_first_driver_takes_over_from_nobody() -> None:
    journey = noticed(delivery(), report(S.HEADING_TO_STORE, 1, driver=MING), 2)
    assert (journey.driver_changed_at, journey.former_driver) == (None, "")


def test_a_swap_is_noted_with_who_was_to_come() -> None:
    journey = noticed(delivery(), report(S.HEADING_TO_STORE, 1, driver=MING), 2)
    journey = noticed(journey, report(S.HEADING_TO_STORE, 3, driver=HUA), 4)
    assert (journey.driver, journey.former_driver, journey.driver_changed_at) == (HUA, "A-Ming", after(4))


def test_a_job_given_back_is_noted_and_so_is_the_next_one_who_takes_it() -> None:
    journey = noticed(delivery(), report(S.HEADING_TO_STORE, 1, driver=MING), 2)
    journey = noticed(journey, report(S.MATCHING, 3), 4)
    assert (journey.driver, journey.former_driver, journey.driver_changed_at) == (None, "A-Ming", after(4))
    journey = noticed(journey, report(S.HEADING_TO_STORE, 5, driver=HUA), 6)
    assert (journey.driver, journey.former_driver, journey.driver_changed_at) == (HUA, "A-Ming", after(6))


def test_a_job_given_back_by_somebody_without_a_name_is_noted_too() -> None:
    journey = noticed(delivery(), report(S.HEADING_TO_STORE, 1), 2)
    assert noticed(journey, report(S.MATCHING, 3), 4).driver_changed_at == after(4)


def test_a_swap_that_is_learned_of_late_is_noted() -> None:
    journey = noticed(delivery(), report(S.HEADING_TO_STORE, 5, driver=HUA), 6)
    late = noticed(journey, report(S.HEADING_TO_STORE, 3, driver=MING), 7)
    assert (late.driver, late.former_driver, late.driver_changed_at) == (HUA, "A-Ming", after(7))


def test_one_driver_in_two_spellings_is_no_other_driver() -> None:
    short, full = Driver(name="Han W."), Driver(name="Han Wu")
    told = [report(S.PICKED_UP, count, driver=who) for count, who in enumerate([short, full, short])]
    assert heard(*told).former_driver == ""
    assert not full.may_be(Driver(name="Hans Wu"))
    assert not full.may_be(Driver(name="Han Wong"))
