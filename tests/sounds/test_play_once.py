"""The child process: what reaches the device, and the exit code for everything that can happen."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.domain.alert import Chime
from sounds import play_once
from sounds.answer import Answer
from sounds.chimes import SILENCE, seconds_of, wav_of
from sounds.play_once import BACKENDS, main, play_by_miniaudio, play_by_simpleaudio
from sounds.sound import Sound, read_sound
from tests.sounds.conftest import (
    FakeModule,
    FakeProgram,
    needs_aplay,
    needs_linux,
    needs_miniaudio,
    needs_simpleaudio,
)

NEW = wav_of(Chime.NEW)


def child(*arguments: str) -> int:
    command = (sys.executable, "-m", "sounds.play_once", *arguments)
    return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode


def heard(recording: Path) -> Sound:
    """What the device got; aplay fills its last period with silence, which is cut off."""
    sound = read_sound(recording)
    return Sound(sound.samples[: len(read_sound(NEW).samples)], sound.channels, sound.rate)


@needs_linux
@needs_simpleaudio
@pytest.mark.parametrize("chime", Chime)
def test_simpleaudio_plays_every_sample_of_a_chime(recording: Path, chime: Chime) -> None:
    assert child("simpleaudio", str(wav_of(chime)), "1") == Answer.PLAYED
    assert read_sound(recording) == read_sound(wav_of(chime))


@needs_linux
@needs_simpleaudio
def test_simpleaudio_plays_at_the_volume_asked_for(recording: Path) -> None:
    assert child("simpleaudio", str(NEW), "0.5") == Answer.PLAYED
    assert read_sound(recording) == read_sound(NEW).at_volume(0.5)


@needs_linux
@needs_aplay
@pytest.mark.parametrize("volume", [1.0, 0.3])
def test_the_system_player_plays_every_sample_at_the_volume_asked_for(recording: Path, volume: float) -> None:
    assert child("system", str(NEW), str(volume)) == Answer.PLAYED
    assert heard(recording) == read_sound(NEW).at_volume(volume)
    assert not any(read_sound(recording).samples[len(read_sound(NEW).samples) :])


@needs_miniaudio
def test_miniaudio_takes_at_least_as_long_as_the_sound_on_its_own_silent_device() -> None:
    file = wav_of(Chime.DRIVER_HERE)
    start = time.monotonic()
    assert child("nowhere", str(file), "1") == Answer.PLAYED
    assert seconds_of(file) <= time.monotonic() - start


@needs_miniaudio
def test_miniaudio_is_never_offered_its_silent_device(monkeypatch: pytest.MonkeyPatch) -> None:
    from miniaudio import Backend  # type: ignore[import-not-found,import-untyped,unused-ignore]

    offered: list[Backend] = []
    monkeypatch.setattr(play_once, "_play_by_miniaudio", lambda file, volume, backends: offered.extend(backends))
    play_by_miniaudio(NEW, 1)
    assert Backend.NULL not in offered
    assert {Backend.ALSA, Backend.PULSEAUDIO, Backend.COREAUDIO, Backend.WASAPI} <= set(offered)


@needs_linux
@needs_miniaudio
def test_miniaudio_without_a_device_says_so(no_device: None) -> None:
    assert child("miniaudio", str(NEW), "1") == Answer.NO_DEVICE


@needs_linux
@needs_simpleaudio
def test_simpleaudio_without_a_device_says_so(no_device: None) -> None:
    assert child("simpleaudio", str(NEW), "1") == Answer.NO_DEVICE


@needs_linux
@needs_aplay
def test_the_system_player_without_a_device_says_so(no_device: None) -> None:
    assert child("system", str(NEW), "1") == Answer.NO_DEVICE


@needs_linux
def test_no_player_on_the_path_is_not_installed(fake_program: FakeProgram) -> None:
    assert child("system", str(NEW), "1") == Answer.NOT_INSTALLED


def test_a_library_that_is_not_there_is_not_installed(fake_module: FakeModule) -> None:
    fake_module("miniaudio", "raise ModuleNotFoundError('miniaudio')")
    assert child("miniaudio", str(NEW), "1") == Answer.NOT_INSTALLED


def test_a_library_that_fails_in_a_new_way_has_failed(fake_module: FakeModule) -> None:
    fake_module("miniaudio", "raise RuntimeError('never seen before')")
    assert child("miniaudio", str(NEW), "1") == Answer.FAILED


@needs_simpleaudio
def test_simpleaudio_reads_no_damaged_file(tmp_path: Path) -> None:
    assert main(["simpleaudio", str(tmp_path / "gone.wav"), "1"]) == Answer.BAD_FILE


@needs_miniaudio
@pytest.mark.parametrize("backend", ["miniaudio", "nowhere", "system"])
def test_a_missing_file_is_a_bad_file(tmp_path: Path, backend: str) -> None:
    assert main([backend, str(tmp_path / "gone.wav"), "1"]) == Answer.BAD_FILE


@pytest.mark.parametrize(
    "arguments",
    [[], ["system"], ["gramophone", str(SILENCE), "1"], ["system", str(SILENCE), "loud"], ["system", "a", "1", "b"]],
)
def test_a_wrong_call_is_a_usage_error(arguments: list[str]) -> None:
    assert main(arguments) == Answer.USAGE


def test_simpleaudio_is_refused_where_it_kills_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 12, 0))
    assert play_by_simpleaudio(NEW, 1) == Answer.REFUSED


def test_the_backends_of_the_ladder_are_all_here() -> None:
    assert {"simpleaudio", "miniaudio", "system"} <= set(BACKENDS)


def test_the_child_loads_nothing_heavy_before_it_plays() -> None:
    look = "import sys, sounds.play_once; print(*sys.modules)"
    loaded = subprocess.run((sys.executable, "-c", look), capture_output=True, text=True, check=True).stdout.split()
    assert not {"asyncio", "core", "miniaudio", "simpleaudio", "pydantic", "typer"} & set(loaded)
