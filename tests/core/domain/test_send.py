"""An outside call we owe, and its states."""

from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from core.domain.refusal import NothingToTakeBack
from core.domain.send import PAUSES, Send, SendState
from tests.builders import after, send


def tried(times: int) -> Send:
    owed = send().started()
    for _ in range(times - 1):
        owed = owed.postponed("no answer", after(1)).started()
    return owed


def test_a_held_call_is_taken_back() -> None:
    taken = send().taken_back()
    assert (taken.state, taken.is_open) == (SendState.TAKEN_BACK, False)


@pytest.mark.parametrize(
    "gone", [send().started(), send().started().done("J1"), send().started().refused("no"), send().taken_back()]
)
def test_what_has_left_or_is_over_is_not_taken_back(gone: Send) -> None:
    with pytest.raises(NothingToTakeBack):
        gone.taken_back()


def test_a_postponed_call_may_have_left_and_is_not_taken_back() -> None:
    owed = tried(1).postponed("no answer", after(1))
    assert owed.may_have_left
    with pytest.raises(NothingToTakeBack):
        owed.taken_back()


def test_a_call_is_open_while_it_is_held_or_made() -> None:
    assert send().is_open
    assert tried(1).is_open
    assert tried(1).postponed("no answer", after(1)).is_open
    assert not tried(1).done("J1").is_open
    assert not tried(1).refused("no").is_open


@pytest.mark.parametrize(("times", "pause"), [*enumerate(PAUSES, start=1), (20, PAUSES[-1])])
def test_pauses_grow_to_a_minute(times: int, pause: timedelta) -> None:
    assert tried(times).postponed("no answer", after(1)).due_at == after(1) + pause


@given(st.integers(1, 30), st.floats(0, 600))
def test_the_courier_may_ask_for_more_patience_but_not_for_less(times: int, asked: float) -> None:
    owed = tried(times)
    wait = owed.postponed("busy", after(1), asked).due_at - after(1)
    assert wait >= timedelta(seconds=asked)
    assert wait >= owed.postponed("busy", after(1)).due_at - after(1)


def test_the_key_is_ours_and_stays() -> None:
    owed = send()
    assert {owed.started().key, owed.started().postponed("x", after(1)).key, owed.started().done("J1").key} == {
        owed.key
    }


def test_an_answer_names_the_job_and_forgets_the_trouble() -> None:
    done = tried(3).done("J7")
    assert (done.ref, done.reason, done.state) == ("J7", "", SendState.DONE)


def test_a_refusal_keeps_its_reason() -> None:
    assert tried(1).refused("no cover").reason == "no cover"
