"""Samples in memory: read, made quieter, written."""

import wave
from array import array
from pathlib import Path

import pytest

from sounds.sound import BadSound, Sound, read_sound

LOUD = Sound(array("h", [0, 1000, -1000, 32767, -32768, 1]).tobytes(), 1, 8000)


def levels(sound: Sound) -> list[int]:
    return array("h", sound.samples).tolist()


def test_full_volume_changes_nothing() -> None:
    assert LOUD.at_volume(1) is LOUD


def test_half_volume_halves_every_sample() -> None:
    assert levels(LOUD.at_volume(0.5)) == [0, 500, -500, 16383, -16384, 0]


def test_no_volume_is_silence_of_the_same_length() -> None:
    silent = LOUD.at_volume(0)
    assert not any(silent.samples)
    assert silent.seconds == LOUD.seconds


def test_length_counts_frames_not_samples() -> None:
    assert Sound(bytes(8000 * 4), channels=2, rate=8000).seconds == 1


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "loud.wav"
    file.write_bytes(LOUD.as_wav())
    assert read_sound(file) == LOUD


@pytest.mark.parametrize("content", [b"", b"RIFF", b"not a sound at all, only words"])
def test_what_is_no_wav_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bad.wav"
    file.write_bytes(content)
    with pytest.raises(BadSound, match=r"bad\.wav"):
        read_sound(file)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSound):
        read_sound(tmp_path / "gone.wav")


def test_eight_bit_samples_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "old.wav"
    with wave.open(str(file), "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(1)
        writer.setframerate(8000)
        writer.writeframes(bytes(100))
    with pytest.raises(BadSound, match="16-bit"):
        read_sound(file)
