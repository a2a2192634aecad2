"""From the best way down to the terminal's bell: what is tried, in which order, and what is remembered."""

import logging
import sys
from pathlib import Path

import pytest

from core.domain.alert import Chime
from core.domain.sound_trouble import Fault, SoundTrouble
from core.ports.bell import Rung
from sounds.chimes import wav_of
from sounds.player import Player
from sounds.sound import read_sound
from tests.sounds.conftest import CRASH, FakeModule, FakeProgram, Log, needs_linux, needs_simpleaudio

pytestmark = needs_linux

ASKED_SIMPLEAUDIO = [] if sys.version_info >= (3, 12) else ["simpleaudio"]
"""Later Pythons refuse it without a look."""


@needs_simpleaudio
async def test_the_best_way_comes_first(recording: Path, player: Player) -> None:
    assert await player.ring(Chime.OVERDUE) == Rung("simpleaudio")
    assert read_sound(recording) == read_sound(wav_of(Chime.OVERDUE))


async def test_without_a_device_the_terminal_rings(no_device: None, player: Player, terminal: list[str]) -> None:
    rung = await player.ring(Chime.NEW)
    assert (rung.backend, rung.sounded, rung.is_last_resort, terminal) == ("bell", True, True, ["BEL"])
    assert [trouble.backend for trouble in rung.passed_over] == ["simpleaudio", "miniaudio", "system"]
    assert {trouble.fault for trouble in rung.passed_over} <= {Fault.NO_DEVICE, Fault.NOT_INSTALLED, Fault.NOT_USED}


async def test_after_a_crash_the_next_way_is_tried(
    fake_module: FakeModule, fake_program: FakeProgram, player: Player
) -> None:
    fake_module("simpleaudio", "raise ImportError")
    fake_module("miniaudio", CRASH.format(signal=11))
    fake_program("aplay", "exit 0")
    rung = await player.ring(Chime.NEW)
    assert (rung.backend, rung.sounded) == ("system", True)
    assert SoundTrouble(Fault.CRASHED, "miniaudio", 11) in rung.passed_over


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
    assert rung == Rung("miniaudio", (SoundTrouble(Fault.NOT_INSTALLED, "miniaudio"),))
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


@pytest.mark.usefixtures("libraries_missing")
async def test_what_nobody_heard_gives_way_to_the_next(
    fake_program: FakeProgram, log: Log, player: Player, terminal: list[str]
) -> None:
    fake_program("aplay", 'printf "aplay " >> "$LOG"')
    await player.ring(Chime.NEW)
    player.distrust("system")
    log.clear()
    assert (await player.ring(Chime.NEW)).backend == "bell"
    assert terminal == ["BEL"]
    assert "aplay" not in log.words()


@pytest.mark.usefixtures("libraries_missing")
async def test_when_nobody_heard_any_way_all_are_tried_again(fake_program: FakeProgram, player: Player) -> None:
    fake_program("aplay", "exit 0")
    for backend in ("simpleaudio", "miniaudio", "system", "bell"):
        player.distrust(backend)
    assert (await player.ring(Chime.NEW)).backend == "system"


async def test_a_backend_named_in_config_stays_even_when_nobody_heard_it(terminal: list[str]) -> None:
    player = Player("bell", terminal=lambda: terminal.append("BEL"))
    player.distrust("bell")
    assert (await player.ring(Chime.NEW)).backend == "bell"


@needs_simpleaudio
async def test_a_device_that_is_pulled_out_and_put_back_is_lost_and_found(
    recording: Path, player: Player, terminal: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    config = recording.with_name("file.conf")
    plugged = config.read_text()
    ways = []
    for text in (plugged, "", plugged):
        config.write_text(text)
        ways.append((await player.ring(Chime.NEW)).backend)
    assert ways == ["simpleaudio", "bell", "simpleaudio"]
    assert read_sound(recording) == read_sound(wav_of(Chime.NEW))
