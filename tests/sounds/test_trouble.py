"""Words for what went wrong: each names the backend, and says how to mend it."""

import pytest

from sounds.answer import Answer
from sounds.playback import CAN_NOT_START, TOOK_TOO_LONG
from sounds.trouble import together, trouble_of

FAILURES = [*(answer for answer in Answer if answer != Answer.PLAYED), CAN_NOT_START, TOOK_TOO_LONG, -11, 1]


@pytest.mark.parametrize("backend", ["simpleaudio", "miniaudio", "system"])
@pytest.mark.parametrize("code", FAILURES)
def test_every_failure_has_words_that_name_the_backend(backend: str, code: int) -> None:
    words = trouble_of(backend, code)
    assert words.startswith(backend)
    assert "(" in words or ";" in words or code == Answer.REFUSED


def test_a_missing_library_names_what_to_install() -> None:
    assert "libasound2-dev" in trouble_of("simpleaudio", Answer.NOT_INSTALLED)
    assert "alsa-utils" in trouble_of("system", Answer.NOT_INSTALLED)


def test_a_missing_device_is_said_once_for_all_who_miss_it() -> None:
    troubles = [
        trouble_of("simpleaudio", Answer.NOT_INSTALLED),
        trouble_of("miniaudio", Answer.NO_DEVICE),
        trouble_of("system", Answer.NO_DEVICE),
    ]
    assert together(troubles) == (
        "no sound device (connect a loudspeaker, or close the program that holds it): "
        "tried miniaudio, system player; "
        "simpleaudio: not installed (it needs a C compiler and ALSA headers: libasound2-dev)"
    )


def test_no_trouble_is_no_words() -> None:
    assert together([]) == ""
