"""The noises: as the script makes them, gentle to loudspeakers, and easy to tell apart."""

import math
from array import array
from itertools import combinations
from pathlib import Path

import pytest

from core.domain.alert import Chime
from sounds.chimes import LONGEST_SECONDS, SILENCE, seconds_of, wav_of
from sounds.make_chimes import FULL_SCALE, RATE, RECIPES, main
from sounds.sound import read_sound


def samples_of(chime: Chime) -> "array[int]":
    return array("h", read_sound(wav_of(chime)).samples)


def strength(chime: Chime, hz: float, start: float, end: float) -> float:
    """How much of one pitch there is between two moments, in seconds."""
    part = samples_of(chime)[round(start * RATE) : round(end * RATE)]
    turn = 2 * math.pi * hz / RATE
    real = sum(sample * math.cos(turn * n) for n, sample in enumerate(part))
    imaginary = sum(sample * math.sin(turn * n) for n, sample in enumerate(part))
    return math.hypot(real, imaginary)


def likeness(one: "array[int]", other: "array[int]") -> float:
    """1 for the same sound, 0 for sounds with nothing in common."""
    both = sum(a * b for a, b in zip(one, other, strict=False))
    return abs(both) / math.sqrt(sum(a * a for a in one) * sum(b * b for b in other))


def test_the_script_makes_every_file_here_byte_for_byte(tmp_path: Path) -> None:
    main([str(tmp_path)])
    committed = sorted(SILENCE.parent.glob("*.wav"))
    assert [file.name for file in committed] == sorted(file.name for file in tmp_path.iterdir())
    for file in committed:
        assert (tmp_path / file.name).read_bytes() == file.read_bytes(), file.name


def test_every_chime_has_a_recipe() -> None:
    assert set(RECIPES) == set(Chime)


@pytest.mark.parametrize("chime", Chime)
def test_a_chime_is_short_and_mono(chime: Chime) -> None:
    sound = read_sound(wav_of(chime))
    assert (sound.channels, sound.rate) == (1, RATE)
    assert (0.2 if chime is Chime.CHECK else 0.5) < sound.seconds <= LONGEST_SECONDS


@pytest.mark.parametrize("chime", Chime)
def test_a_chime_is_loud_enough_and_never_clips(chime: Chime) -> None:
    peak = max(map(abs, samples_of(chime))) / FULL_SCALE
    assert 0.5 < peak < 0.95


@pytest.mark.parametrize("chime", Chime)
def test_a_chime_begins_and_ends_without_a_click(chime: Chime) -> None:
    samples = samples_of(chime)
    assert samples[0] == 0
    assert max(map(abs, samples[-10:])) < FULL_SCALE / 200


@pytest.mark.parametrize(("one", "other"), combinations(Chime, 2))
def test_two_chimes_have_little_in_common(one: Chime, other: Chime) -> None:
    assert likeness(samples_of(one), samples_of(other)) < 0.5


@pytest.mark.parametrize("chime", [Chime.NEW, Chime.CANCELLED, Chime.FEED_DOWN])
def test_the_notes_are_heard_one_after_the_other(chime: Chime) -> None:
    first, second = RECIPES[chime].notes[:2]
    early, late = (0, second.at), (second.at + 0.1, second.at + 0.22)
    assert strength(chime, first.hz, *early) > 3 * strength(chime, second.hz, *early)
    assert strength(chime, second.hz, *late) > strength(chime, first.hz, *late)


def test_a_new_order_rises_and_a_cancelled_one_falls() -> None:
    pitches = {chime: [note.hz for note in recipe.notes] for chime, recipe in RECIPES.items()}
    assert pitches[Chime.NEW] == sorted(pitches[Chime.NEW])
    assert pitches[Chime.CANCELLED] == sorted(pitches[Chime.CANCELLED], reverse=True)
    assert max(pitches[Chime.FEED_DOWN]) < min(
        hz for chime in pitches if chime != Chime.FEED_DOWN for hz in pitches[chime]
    )


def test_the_beep_to_be_counted_is_short_and_does_not_fade() -> None:
    sound = read_sound(wav_of(Chime.CHECK))
    samples = samples_of(Chime.CHECK)
    assert sound.seconds < 0.3
    assert max(map(abs, samples[-round(0.06 * RATE) :])) > max(map(abs, samples)) / 3


def test_the_driver_knocks_three_times() -> None:
    recipe, samples = RECIPES[Chime.DRIVER_HERE], samples_of(Chime.DRIVER_HERE)
    assert len(recipe.notes) == 3
    for note in recipe.notes[1:]:
        start, width = round(note.at * RATE), round(0.02 * RATE)
        before, after = samples[start - width : start], samples[start : start + width]
        assert max(map(abs, after)) > 3 * max(map(abs, before))


def test_the_silence_is_silent_and_at_most_fifty_milliseconds() -> None:
    sound = read_sound(SILENCE)
    assert not any(sound.samples)
    assert 0 < sound.seconds <= 0.05


def test_a_file_that_is_missing_counts_as_the_longest(tmp_path: Path) -> None:
    assert seconds_of(tmp_path / "gone.wav") == LONGEST_SECONDS
