"""When a courier is called: never kept away for ever, never by several at once, and never while all is well."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from core.domain.circuit import FEWEST, GAP, IN_A_ROW, KEPT, LASTING, PAUSES, TRY_LASTS, Circuit, CircuitState

NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
LONGEST = max(PAUSES[-1], TRY_LASTS)
SECONDS = st.floats(0, 900, allow_nan=False)
# What happens to a circuit, and how many seconds later: a call begins, is answered, fails.
WALKS = st.lists(st.tuples(st.sampled_from(("begins", "answered", "failed")), SECONDS), max_size=60)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def failing(times: int, circuit: Circuit | None = None, at: datetime = NOON) -> Circuit:
    circuit = circuit or Circuit()
    for _ in range(times):
        circuit = circuit.failed(at)
    return circuit


def walked(walk: list[tuple[str, float]]) -> tuple[Circuit, datetime]:
    """Calls begin only where they may, but end whenever they like."""
    circuit, now = Circuit(), NOON
    for what, seconds in walk:
        now += timedelta(seconds=seconds)
        if what == "answered":
            circuit = circuit.answered(now)
        elif what == "failed":
            circuit = circuit.failed(now)
        elif circuit.admits(now):
            circuit = circuit.started(now)
    return circuit, now


def test_one_failure_keeps_nobody_away() -> None:
    assert failing(IN_A_ROW - 1).admits(NOON)


def test_several_failures_in_a_row_open_it() -> None:
    circuit = failing(IN_A_ROW)
    assert (circuit.state(NOON), circuit.admits(NOON)) == (CircuitState.OPEN, False)
    assert circuit.until == NOON + PAUSES[0]


def test_half_of_many_calls_open_it_though_none_failed_in_a_row() -> None:
    circuit = Circuit()
    for _ in range(FEWEST // 2 - 1):
        circuit = circuit.answered(NOON).failed(NOON)
    assert circuit.is_closed
    assert not circuit.answered(NOON).failed(NOON).is_closed


def test_after_the_pause_one_call_may_try_and_no_second() -> None:
    circuit, later = failing(IN_A_ROW), NOON + PAUSES[0]
    assert (circuit.state(later), circuit.admits(later)) == (CircuitState.TRYING, True)
    trying = circuit.started(later)
    assert (trying.state(later), trying.admits(later)) == (CircuitState.TRYING, False)


def test_a_try_that_is_answered_closes_it_and_what_was_before_counts_no_more() -> None:
    later = NOON + PAUSES[0]
    circuit = failing(IN_A_ROW).started(later).answered(later)
    assert circuit.is_closed
    assert failing(IN_A_ROW - 1, circuit, later).is_closed
    assert circuit.failed_calls == IN_A_ROW


def test_each_try_that_fails_makes_the_pause_longer_up_to_an_end() -> None:
    circuit, now, pauses = failing(IN_A_ROW), NOON, []
    for _ in range(len(PAUSES) + 2):
        assert circuit.until is not None
        pauses.append(circuit.until - now)
        now = circuit.until
        circuit = circuit.started(now).failed(now)
    assert pauses == [*PAUSES, PAUSES[-1], PAUSES[-1]]


def test_a_courier_that_asks_for_a_longer_pause_gets_it() -> None:
    circuit = failing(IN_A_ROW - 1).failed(NOON, timedelta(minutes=30))
    assert circuit.until == NOON + timedelta(minutes=30)


def test_a_call_that_left_before_it_opened_makes_no_pause_longer() -> None:
    circuit = failing(IN_A_ROW)
    later = circuit.failed(after(2))
    assert (later.until, later.opened) == (circuit.until, circuit.opened)


def test_it_lasts_when_it_was_tried_more_than_once() -> None:
    circuit = failing(IN_A_ROW)
    for _ in range(LASTING - 1):
        assert not circuit.is_lasting
        now = circuit.until or NOON
        circuit = circuit.started(now).failed(now)
    assert circuit.is_lasting


def test_what_failed_long_ago_says_nothing_now() -> None:
    circuit = failing(IN_A_ROW - 1)
    later = NOON + GAP + timedelta(seconds=1)
    assert circuit.failed(later).is_closed
    assert circuit.failed(later).calls == "-"


def test_only_the_last_calls_are_kept() -> None:
    circuit = Circuit()
    for _ in range(KEPT * 2):
        circuit = circuit.answered(NOON)
    assert circuit.calls == "+" * KEPT


@given(st.lists(SECONDS, max_size=80))
def test_with_answers_only_it_never_opens(pauses: list[float]) -> None:
    circuit, now = Circuit(), NOON
    for seconds in pauses:
        now += timedelta(seconds=seconds)
        circuit = circuit.started(now).answered(now)
        assert circuit.is_closed


@given(WALKS)
def test_whatever_happened_it_is_tried_again(walk: list[tuple[str, float]]) -> None:
    circuit, now = walked(walk)
    assert circuit.admits(now + LONGEST)
    assert circuit.until is None or circuit.until <= now + LONGEST


@given(WALKS)
def test_whatever_happened_an_answer_closes_it(walk: list[tuple[str, float]]) -> None:
    circuit, now = walked(walk)
    assert circuit.answered(now).state(now) is CircuitState.CLOSED


@given(WALKS)
def test_whatever_happened_an_open_one_lets_one_through_at_a_time(walk: list[tuple[str, float]]) -> None:
    circuit, now = walked(walk)
    circuit = circuit if circuit.until is not None else failing(KEPT, circuit, now)
    assert circuit.until is not None
    then = max(now, circuit.until)
    assert circuit.admits(then)
    assert not circuit.started(then).admits(then)


@given(WALKS)
def test_whatever_happened_enough_failures_open_it(walk: list[tuple[str, float]]) -> None:
    circuit, now = walked(walk)
    assert not failing(IN_A_ROW, circuit, now).is_closed


@given(WALKS, SECONDS)
def test_a_failure_that_is_no_try_moves_no_pause(walk: list[tuple[str, float]], seconds: float) -> None:
    circuit, now = walked(walk)
    if circuit.until is None or circuit.is_trying:
        circuit = failing(KEPT, Circuit(), now)
    later = circuit.failed(now + timedelta(seconds=seconds))
    assert (later.until, later.opened) == (circuit.until, circuit.opened)
