"""What calls and letters tell of a courier."""

from datetime import UTC, datetime, timedelta

from core.domain.circuit import IN_A_ROW, PAUSES
from core.domain.vitals import Allowance, TokenLife, Vitals

NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(seconds=30)
PAUSE = timedelta(seconds=90)


def down() -> Vitals:
    vitals = Vitals()
    for _ in range(IN_A_ROW):
        vitals = vitals.failed("no answer: ReadTimeout", NOON)
    return vitals


def test_at_first_nothing_is_known_and_nothing_is_in_the_way() -> None:
    assert (Vitals().heard_at, Vitals().is_up, Vitals().next_try(NOON)) == (None, True, None)


def test_an_answer_ends_every_trouble() -> None:
    for trouble in (down(), Vitals().locked_out("401", NOON), Vitals().limited(NOON, PAUSE)):
        well = trouble.answered(LATER)
        assert (well.trouble, well.is_up, well.next_try(LATER), well.answered_at) == ("", True, None, LATER)


def test_a_failure_is_no_answer() -> None:
    assert Vitals().answered(NOON).failed("no answer", LATER).answered_at == NOON


def test_a_courier_that_refuses_our_keys_is_there_and_yet_not_up() -> None:
    locked = down().locked_out("401 unauthorized", LATER)
    assert (locked.circuit.is_closed, locked.answered_at, locked.is_up) == (True, LATER, False)


def test_a_pause_that_was_asked_for_opens_no_circuit_and_passes() -> None:
    limited = Vitals().limited(NOON, PAUSE)
    assert (limited.circuit.is_closed, limited.next_try(NOON)) == (True, NOON + PAUSE)
    assert limited.next_try(NOON + PAUSE) is None


def test_the_later_of_both_bars_counts() -> None:
    both = Vitals(circuit=down().circuit, limited_until=NOON + PAUSE)
    assert both.next_try(NOON) == NOON + PAUSE
    assert down().next_try(NOON) == NOON + PAUSES[0]


def test_what_one_answer_does_not_tell_stays_as_it_was_told() -> None:
    left, token = Allowance(left=4, most=30), TokenLife(since=NOON, ends=LATER)
    vitals = Vitals().showed(0.2, left, token).showed(0.3, None, None)
    assert (vitals.took, vitals.allowance, vitals.token) == (0.3, left, token)


def test_a_letter_is_a_word_and_closes_no_circuit() -> None:
    vitals = down().wrote(LATER)
    assert (vitals.heard_at, vitals.letter_at, vitals.is_up) == (LATER, LATER, False)


def test_a_letter_that_was_refused_is_no_word() -> None:
    vitals = Vitals().wrote(NOON).wrote(LATER, "not JSON")
    assert (vitals.letter_at, vitals.letter_trouble) == (NOON, "not JSON")
    assert vitals.wrote(LATER).letter_trouble == ""
