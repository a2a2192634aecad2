"""Makes the WAVs of this folder: `python -m sounds.make_chimes [FOLDER]`; the same bytes every time."""

import math
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.domain.alert import Chime
from sounds.chimes import FOLDER, SILENCE, wav_of
from sounds.sound import Sound

RATE = 22_050
FULL_SCALE = 32_767
RELEASE_SECONDS = 0.03
SILENCE_SECONDS = 0.04


@dataclass(frozen=True)
class Partial:
    """One pure tone in a note: `ratio` to the note's pitch, loudness, and its share of the note's decay."""

    ratio: float
    loud: float
    decay: float


BELL = (Partial(1, 1, 1), Partial(2, 0.55, 0.7), Partial(3.01, 0.28, 0.45), Partial(4.24, 0.14, 0.25))
FELT = (Partial(1, 1, 1), Partial(2, 0.22, 0.6), Partial(3, 0.06, 0.4))
WOOD = (Partial(1, 1, 1), Partial(3.93, 0.5, 0.4), Partial(9.2, 0.2, 0.15))
BRASS = (Partial(1, 1, 1), Partial(2, 0.7, 0.9), Partial(3, 0.45, 0.8), Partial(4, 0.22, 0.7))
REED = (Partial(1, 1, 1), Partial(2, 0.3, 1), Partial(3, 0.12, 1))
"""Five characters; low notes get many partials, for small loudspeakers play nothing below 300 Hz."""


@dataclass(frozen=True)
class Note:
    """Starts at `at` seconds, sounds at `hz`, and falls to a third in `decay` seconds."""

    at: float
    hz: float
    decay: float
    loud: float = 1.0


@dataclass(frozen=True)
class Recipe:
    """How a chime is made; `attack` is the rise of each note in seconds, `peak` the loudest sample of 1."""

    voice: tuple[Partial, ...]
    notes: tuple[Note, ...]
    seconds: float
    attack: float
    peak: float


RECIPES = {
    Chime.NEW: Recipe(BELL, (Note(0, 880, 0.16), Note(0.17, 1318.51, 0.28)), 1.1, 0.003, 0.85),
    Chime.REMINDER: Recipe(
        BELL,
        (Note(0, 1046.5, 0.1), Note(0.16, 1567.98, 0.1), Note(0.32, 1046.5, 0.1), Note(0.48, 1567.98, 0.2)),
        1.1,
        0.003,
        0.92,
    ),
    Chime.CANCELLED: Recipe(
        FELT, (Note(0, 659.26, 0.2, 0.9), Note(0.22, 523.25, 0.2), Note(0.44, 440, 0.24)), 1.2, 0.025, 0.6
    ),
    Chime.DRIVER_HERE: Recipe(
        WOOD, (Note(0, 392, 0.05), Note(0.18, 392, 0.05), Note(0.36, 523.25, 0.08)), 0.8, 0.002, 0.85
    ),
    Chime.OVERDUE: Recipe(
        BELL,
        (Note(0, 987.77, 0.07), Note(0.14, 1174.66, 0.07), Note(0.4, 987.77, 0.07), Note(0.54, 1174.66, 0.14)),
        1.05,
        0.004,
        0.9,
    ),
    Chime.FEED_DOWN: Recipe(BRASS, (Note(0, 311.13, 0.3), Note(0.45, 233.08, 0.3)), 1.2, 0.02, 0.7),
    Chime.CHECK: Recipe(REED, (Note(0, 783.99, 0.25),), 0.22, 0.01, 0.7),
}


def make_sound(recipe: Recipe) -> Sound:
    """Mix the notes, bring the loudest sample to the recipe's peak, and let the end fade out."""
    mix = [0.0] * round(recipe.seconds * RATE)
    for note in recipe.notes:
        _add(note, recipe, mix)
    scale = FULL_SCALE * recipe.peak / max(map(abs, mix))
    samples = array("h", (round(level * scale * _release(len(mix) - n)) for n, level in enumerate(mix)))
    return Sound(samples.tobytes(), 1, RATE)


def _add(note: Note, recipe: Recipe, mix: list[float]) -> None:
    first = round(note.at * RATE)
    for n in range(first, len(mix)):
        seconds = (n - first) / RATE
        rise = min(1.0, seconds / recipe.attack)
        mix[n] += note.loud * rise * sum(_level(partial, note, seconds) for partial in recipe.voice)


def _level(partial: Partial, note: Note, seconds: float) -> float:
    fall = math.exp(-seconds / (note.decay * partial.decay))
    return partial.loud * fall * math.sin(2 * math.pi * note.hz * partial.ratio * seconds)


def _release(samples_left: int) -> float:
    return min(1.0, samples_left / (RELEASE_SECONDS * RATE))


def write_all(folder: Path) -> None:
    """Write the chimes and the silence into `folder`."""
    for chime, recipe in RECIPES.items():
        (folder / wav_of(chime).name).write_bytes(make_sound(recipe).as_wav())
    silence = Sound(bytes(2 * round(SILENCE_SECONDS * RATE)), 1, RATE)
    (folder / SILENCE.name).write_bytes(silence.as_wav())


def main(arguments: Sequence[str]) -> None:
    """Write into the folder named, or beside this file."""
    write_all(Path(arguments[0]) if arguments else FOLDER)


if __name__ == "__main__":
    main(sys.argv[1:])
