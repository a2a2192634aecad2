"""What a courier without keys of ours has done with a booking: known, or nobody can tell."""

from datetime import timedelta

import pytest

from adapters.bookings import NO_LOOKUP, REPLACED_WITHIN, Bookings, Successions
from core.ports.courier import CourierDown, CourierLockedOut, CourierRefused
from tests.adapters.couriers.conftest import NOW


def is_unsure(bookings: Bookings, key: str) -> bool:
    try:
        bookings.ref(key)
    except CourierDown as down:
        return down.code == NO_LOOKUP and down.may_have_happened
    return False


def test_of_a_key_never_heard_of_nobody_can_tell() -> None:
    assert is_unsure(Bookings(), "a")


def test_a_key_never_heard_of_may_be_booked() -> None:
    assert Bookings().begin("a") == ""


def test_a_call_that_has_left_may_have_arrived() -> None:
    bookings = Bookings()
    bookings.leaves("a")
    assert is_unsure(bookings, "a")
    with pytest.raises(CourierDown):
        bookings.begin("a")


def test_what_came_to_nothing_may_be_booked_again() -> None:
    bookings = Bookings()
    bookings.leaves("a")
    bookings.came_to_nothing("a")
    assert (bookings.ref("a"), bookings.begin("a")) == ("", "")


@pytest.mark.parametrize(
    ("problem", "unsure"),
    [
        (CourierDown("no answer"), True),
        (CourierDown("turned away", may_have_happened=False), False),
        (CourierRefused("no"), False),
        (CourierLockedOut("no"), False),
        (RuntimeError("something failed here"), True),
    ],
    ids=lambda it: str(it),
)
def test_how_an_attempt_ended_says_whether_it_may_have_arrived(problem, unsure) -> None:
    bookings = Bookings()
    with pytest.raises(type(problem)), bookings.attempt("a"):
        raise problem
    assert is_unsure(bookings, "a") == unsure


def test_while_an_attempt_is_under_way_nobody_can_tell() -> None:
    bookings = Bookings()
    with bookings.attempt("a"):
        assert is_unsure(bookings, "a")


def test_what_arrived_has_its_job_for_good() -> None:
    bookings = Bookings()
    bookings.leaves("a")
    bookings.is_job("a", "1")
    bookings.is_job("a", "2")
    assert (bookings.ref("a"), bookings.begin("a"), bookings.known("a")) == ("1", "1", "1")


@pytest.mark.parametrize(("key", "ref"), [("", "1"), ("a", "")])
def test_half_a_telling_is_none(key, ref) -> None:
    bookings = Bookings()
    bookings.is_job(key, ref)
    assert bookings.known(key) == ""


def test_the_oldest_are_forgotten_and_then_nobody_can_tell() -> None:
    bookings = Bookings(most=2)
    for key in "abc":
        bookings.is_job(key, key)
    assert is_unsure(bookings, "a")
    assert bookings.ref("c") == "c"


def test_a_job_without_successor_is_itself() -> None:
    jobs = Successions()
    assert (jobs.current("1"), jobs.first("1")) == ("1", "1")


def test_successors_lead_from_the_first_to_the_last_and_back() -> None:
    jobs = Successions()
    jobs.replaced("1", "2")
    jobs.replaced("2", "3")
    assert [jobs.current(ref) for ref in "123"] == ["3", "3", "3"]
    assert [jobs.first(ref) for ref in "123"] == ["1", "1", "1"]


@pytest.mark.parametrize("told", [[("1", "1")], [("1", "2"), ("1", "2")], [("1", "2"), ("2", "1")], [("", "1")]])
def test_a_succession_told_twice_or_backwards_goes_round_nowhere(told) -> None:
    jobs = Successions()
    for ref, heir in told:
        jobs.replaced(ref, heir)
    assert jobs.first(jobs.current("1")) == "1"


def test_who_was_taken_away_may_be_followed_for_a_while() -> None:
    jobs = Successions()
    jobs.taken_away("1", NOW)
    assert jobs.may_follow("1", NOW + REPLACED_WITHIN - timedelta(seconds=1))
    assert not jobs.may_follow("1", NOW + REPLACED_WITHIN)
    assert not jobs.may_follow("2", NOW)


def test_successions_are_forgotten_the_oldest_first() -> None:
    jobs = Successions(most=2)
    for ref in ("1", "3", "5"):
        jobs.replaced(ref, f"{ref}b")
    assert (jobs.current("1"), jobs.current("5")) == ("1", "5b")
