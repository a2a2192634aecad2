"""What went wrong with a sound, in plain words, and how to mend it."""

import sys

from sounds.answer import Answer
from sounds.playback import CAN_NOT_START, TOOK_TOO_LONG

OFF = "sound is off in config"
SILENT = "volume is 0 in config"
NO_TERMINAL = "terminal bell: no terminal here to ring"
BELL_FAILED = "terminal bell: the terminal couldn't be written to"
UNFORESEEN = "the ring itself failed; the log says more"

_INSTALL = {
    "simpleaudio": "simpleaudio: not installed (it needs a C compiler and ALSA headers: libasound2-dev)",
    "miniaudio": "miniaudio: not installed (pip install miniaudio)",
    "system": "system player: none found (install alsa-utils or pulseaudio-utils)",
}
_NAMES = {"system": "system player"}
_WORDS: dict[int, str] = {
    Answer.USAGE: "was asked wrongly (reinstall Orderbell)",
    Answer.NO_DEVICE: "no sound device (connect a loudspeaker, or close the program that holds it)",
    Answer.BAD_FILE: "the sound file is missing or damaged (reinstall Orderbell)",
    Answer.REFUSED: "not used, for it crashes Python 3.12 and later",
    CAN_NOT_START: "could not be started (is Python still where it was?)",
    TOOK_TOO_LONG: "did not end in time and was stopped (restart the sound server)",
}


def trouble_of(backend: str, code: int) -> str:
    """One clause for one backend that failed; `code` is what `Playback.run` answered."""
    if code == Answer.NOT_INSTALLED:
        return _INSTALL[backend]
    return f"{_NAMES.get(backend, backend)}: {_WORDS.get(code) or _end_of(code)}"


def _end_of(code: int) -> str:
    if code < 0 and sys.platform != "win32":
        return f"crashed (signal {-code}); choose another backend under [sound]"
    return f"failed (exit code {code}); choose another backend under [sound]"


def together(troubles: list[str]) -> str:
    """Several clauses as one line; words that many backends share are said once."""
    shared = _WORDS[Answer.NO_DEVICE]
    silent = [trouble.partition(":")[0] for trouble in troubles if trouble.endswith(shared)]
    rest = [trouble for trouble in troubles if not trouble.endswith(shared)]
    first = [f"{shared}: tried {', '.join(silent)}"] if silent else []
    return "; ".join(first + rest)
