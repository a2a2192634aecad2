"""From the best way down to the terminal's bell: what is tried, in which order, and what is remembered."""

import logging
import sys
import time
from pathlib import Path

import pytest

from core.domain.alert import Chime
from core.ports.bell import Rung
from sounds.chimes import wav_of
from sounds.player import Player
from sounds.sound import read_sound
from tests.sounds.conftest import CRASH, FakeModule, FakeProgram, Log, needs_linux, needs_miniaudio, needs_simpleaudio

pytestmark = needs_linux

ASKED_SIMPLEAUDIO = [] if sys.version_info >= (3, 12) else ["simpleaudio"]
"""Later Pythons refuse it without a look."""


@needs_simpleaudio
async def test_the_best_way_comes_first(recording: Path, player: Player) -> None:
    assert await player.ring(Chime.OVERDUE) == Rung("simpleaudio")
    assert read_sound(recording) == read_sound(wav_of(Chime.OVERDUE))


@needs_miniaudio
async def test_without_a_device_the_terminal_rings_within_two_seconds(
    no_device: None, player: Player, terminal: list[str]
) -> None:
    start = time.monotonic()
    rung = await player.ring(Chime.NEW)
    assert time.monotonic() - start < 2
    assert (rung.backend, rung.sounded, terminal) == ("bell", True, ["BEL"])
    assert rung.passed_over.startswith("no sound device (connect a loudspeaker")


async def test_after_a_crash_the_next_way_is_tried(
    fake_module: FakeModule, fake_program: FakeProgram, player: Player
) -> None:
    fake_module("simpleaudio", "raise ImportError")
    fake_module("miniaudio", CRASH.format(signal=11))
    fake_program("aplay", "exit 0")
    rung = await player.ring(Chime.NEW)
    assert (rung.backend, rung.sounded) == ("system", True)
    assert "miniaudio: crashed" in rung.passed_over


@pytest.mark.usefixtures("libraries_missing")
async def test_what_worked_is_remembered(fake_program: FakeProgram, log: Log, player: Player) -> None:
    fake_program("aplay", 'printf "aplay " >> "$LOG"')
    assert [(await player.ring(Chime.NEW)).backend for _ in range(2)] == ["system", "system"]
    assert log.words()[-2:] == ["aplay", "aplay"]
    assert log.words().count("miniaudio") == 1


@pytest.mark.usefixtures("libraries_missing")
async def test_when_it_fails_the_ladder_is_climbed_from_the_top(
    fake_program: FakeProgram, log: Log, player: Player, terminal: list[str]
) -> None:
    aplay = fake_program("aplay", "exit 0")
    await player.ring(Chime.NEW)
    aplay.unlink()
    log.clear()
    assert (await player.ring(Chime.NEW)).backend == "bell"
    assert log.words() == [*ASKED_SIMPLEAUDIO, "miniaudio"]
    assert terminal == ["BEL"]


@pytest.mark.usefixtures("libraries_missing")
async def test_a_loudspeaker_that_comes_back_is_used_at_the_next_ring(
    fake_program: FakeProgram, player: Player
) -> None:
    assert (await player.ring(Chime.NEW)).backend == "bell"
    fake_program("aplay", "exit 0")
    assert (await player.ring(Chime.NEW)).backend == "system"


async def test_a_backend_named_in_config_is_tried_alone(fake_module: FakeModule, terminal: list[str]) -> None:
    fake_module("miniaudio", "raise ImportError")
    rung = await Player("miniaudio", terminal=lambda: terminal.append("BEL")).ring(Chime.NEW)
    assert rung == Rung("miniaudio", "miniaudio: not installed (pip install miniaudio)")
    assert terminal == []


@pytest.mark.usefixtures("libraries_missing")
async def test_the_log_has_one_line_when_sound_is_lost_and_one_when_it_is_back(
    fake_program: FakeProgram, player: Player, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="sounds")
    for _ in range(2):
        await player.ring(Chime.NEW)
    fake_program("aplay", "exit 0")
    for _ in range(2):
        await player.ring(Chime.NEW)
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
