"""Which file holds which chime, and how long it lasts."""

from functools import cache
from pathlib import Path

from core.domain.alert import Chime
from sounds.sound import BadSound, read_sound

FOLDER = Path(__file__).parent
SILENCE = FOLDER / "silence.wav"
"""Forty milliseconds of nothing, to ask a loudspeaker whether it is there without being heard."""
LONGEST_SECONDS = 1.2
"""No chime lasts longer; the beep of a sound check is much shorter, for it is counted."""


def wav_of(chime: Chime) -> Path:
    """The WAV of a chime."""
    return FOLDER / f"{chime.value}.wav"


@cache
def seconds_of(wav: Path) -> float:
    """How long a WAV lasts; a file that can't be read counts as the longest, for its player will say so."""
    try:
        return read_sound(wav).seconds
    except BadSound:
        return LONGEST_SECONDS
