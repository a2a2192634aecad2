"""What an exit code says: every failure has its fault, and names the backend."""

import pytest

from core.domain.sound_trouble import Fault, SoundTrouble
from sounds.answer import Answer
from sounds.playback import CAN_NOT_START, TOOK_TOO_LONG
from sounds.trouble import trouble_of

FAILURES = {
    Answer.USAGE: Fault.FAILED,
    Answer.NO_DEVICE: Fault.NO_DEVICE,
    Answer.NOT_INSTALLED: Fault.NOT_INSTALLED,
    Answer.BAD_FILE: Fault.BAD_FILE,
    Answer.REFUSED: Fault.NOT_USED,
    Answer.FAILED: Fault.FAILED,
    CAN_NOT_START: Fault.CANNOT_START,
    TOOK_TOO_LONG: Fault.TOO_LONG,
    -11: Fault.CRASHED,
    1: Fault.FAILED,
}


@pytest.mark.parametrize(("code", "fault"), FAILURES.items())
def test_every_failure_has_a_fault_of_its_backend(code: int, fault: Fault) -> None:
    found = trouble_of("miniaudio", code)
    assert (found.fault, found.backend) == (fault, "miniaudio")


def test_no_answer_is_forgotten() -> None:
    assert set(Answer) - {Answer.PLAYED} <= set(FAILURES)


def test_a_crash_tells_its_signal_and_a_failure_its_exit_code() -> None:
    assert [trouble_of("system", code).code for code in (-11, 7, Answer.NO_DEVICE)] == [11, 7, 0]


def test_the_log_gets_backend_fault_and_code() -> None:
    assert str(SoundTrouble(Fault.CRASHED, "miniaudio", 11)) == "miniaudio: crashed 11"
    assert str(SoundTrouble(Fault.OFF)) == "off"
