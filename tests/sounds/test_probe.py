"""What `doctor` learns: every step of the ladder, without a sound."""

import asyncio
from pathlib import Path

import pytest

from core.domain.sound_trouble import Fault, SoundTrouble
from core.ports.bell import Rung
from sounds.player import LADDER, Player
from sounds.probe import probe
from sounds.sound import read_sound
from tests.sounds.conftest import needs_aplay, needs_linux, needs_simpleaudio

pytestmark = needs_linux


async def test_without_a_device_only_the_terminal_is_left(no_device: None, capfd: pytest.CaptureFixture[str]) -> None:
    rungs = await probe(terminal=lambda: None)
    assert [rung.backend for rung in rungs] == list(LADDER)
    assert [rung.backend for rung in rungs if rung.sounded] == ["bell"]
    assert capfd.readouterr() == ("", "")


async def test_without_a_terminal_the_last_step_says_so(no_device: None) -> None:
    assert (await probe())[-1] == Rung("bell", (SoundTrouble(Fault.NO_TERMINAL, "bell"),))


@needs_simpleaudio
@needs_aplay
async def test_with_a_device_the_ways_to_it_are_good(recording: Path) -> None:
    good = [rung.backend for rung in await probe() if rung.sounded]
    assert good == ["simpleaudio", "system"]


@needs_simpleaudio
async def test_the_device_hears_at_most_fifty_milliseconds_of_silence(
    recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    await probe()
    assert read_sound(recording).seconds <= 0.05
    assert not any(read_sound(recording).samples)


async def test_the_terminal_is_asked_nothing(no_device: None) -> None:
    rung_bells: list[str] = []
    await probe(terminal=lambda: rung_bells.append("BEL"))
    assert rung_bells == []


@needs_simpleaudio
async def test_a_player_learns_its_way_without_being_heard(recording: Path, player: Player) -> None:
    assert await player.probe() == Rung("simpleaudio")
    assert not any(read_sound(recording).samples)


async def test_a_player_without_a_device_learns_that_only_the_terminal_is_left(
    no_device: None, player: Player, terminal: list[str]
) -> None:
    rung = await player.probe()
    assert (rung.is_last_resort, terminal) == (True, [])


async def test_a_player_that_is_off_says_so() -> None:
    assert await Player("off").probe() == Rung("off", (SoundTrouble(Fault.OFF),))


async def test_a_probe_that_is_hushed_says_nothing(no_device: None, player: Player) -> None:
    probe = asyncio.create_task(player.probe())
    await asyncio.sleep(0)
    player.hush()
    assert (await probe).was_stopped
