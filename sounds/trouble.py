"""What an exit code says about a sound: facts, for which the screens have words."""

import sys
from typing import Final

from core.domain.sound_trouble import Fault, SoundTrouble
from sounds.answer import Answer
from sounds.playback import CAN_NOT_START, TOOK_TOO_LONG

OFF: Final = SoundTrouble(Fault.OFF)
SILENT: Final = SoundTrouble(Fault.NO_VOLUME)
NO_TERMINAL: Final = SoundTrouble(Fault.NO_TERMINAL, "bell")
TERMINAL_BROKEN: Final = SoundTrouble(Fault.TERMINAL_BROKEN, "bell")
UNFORESEEN: Final = SoundTrouble(Fault.UNFORESEEN)

_FAULTS: Final[dict[int, Fault]] = {
    Answer.NO_DEVICE: Fault.NO_DEVICE,
    Answer.NOT_INSTALLED: Fault.NOT_INSTALLED,
    Answer.BAD_FILE: Fault.BAD_FILE,
    Answer.REFUSED: Fault.NOT_USED,
    CAN_NOT_START: Fault.CANNOT_START,
    TOOK_TOO_LONG: Fault.TOO_LONG,
}


def trouble_of(backend: str, code: int) -> SoundTrouble:
    """Why one backend failed; `code` is what `Playback.run` answered."""
    if code in _FAULTS:
        return SoundTrouble(_FAULTS[code], backend)
    if code < 0 and sys.platform != "win32":
        return SoundTrouble(Fault.CRASHED, backend, -code)
    return SoundTrouble(Fault.FAILED, backend, code)
