"""One ring: what reaches the device, and the words for all that can stop it."""

import subprocess
import sys
from pathlib import Path

import pytest

from core.domain.alert import Chime
from core.domain.sound_trouble import Fault, SoundTrouble
from core.ports.bell import Bell, Rung
from sounds import playback
from sounds.chimes import wav_of
from sounds.playback import Playback
from sounds.player import Player
from sounds.sound import read_sound
from tests.sounds.conftest import CRASH, FakeModule, needs_linux, needs_miniaudio, needs_simpleaudio

pytestmark = needs_linux


@needs_simpleaudio
async def test_the_volume_reaches_the_device(recording: Path) -> None:
    assert (await Player("simpleaudio", volume=0.25).ring(Chime.NEW)).sounded
    assert read_sound(recording) == read_sound(wav_of(Chime.NEW)).at_volume(0.25)


@needs_miniaudio
async def test_when_nothing_can_ring_the_trouble_says_so(no_device: None) -> None:
    rung = await Player().ring(Chime.NEW)
    assert not rung.sounded
    assert SoundTrouble(Fault.NO_DEVICE, "miniaudio") in rung.trouble
    assert rung.trouble[-1] == SoundTrouble(Fault.NO_TERMINAL, "bell")


async def test_nothing_reaches_descriptor_two(
    no_device: None, player: Player, capfd: pytest.CaptureFixture[str]
) -> None:
    await player.ring(Chime.NEW)
    assert capfd.readouterr() == ("", "")


def test_a_program_without_a_log_stays_silent_on_its_terminal(no_device: None) -> None:
    program = (
        "import asyncio; from core.domain.alert import Chime; from sounds.player import Player; "
        "assert not asyncio.run(Player().ring(Chime.NEW)).sounded"
    )
    ended = subprocess.run((sys.executable, "-c", program), capture_output=True, timeout=20, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


@pytest.mark.parametrize("signal", [11, 6])
async def test_a_backend_that_crashes_is_a_rung_with_trouble(fake_module: FakeModule, signal: int) -> None:
    fake_module("miniaudio", CRASH.format(signal=signal))
    rung = await Player("miniaudio").ring(Chime.NEW)
    assert (rung.backend, rung.sounded) == ("miniaudio", False)
    assert rung.trouble == (SoundTrouble(Fault.CRASHED, "miniaudio", signal),)


async def test_the_terminal_bell_can_be_chosen(terminal: list[str]) -> None:
    rung = await Player("bell", terminal=lambda: terminal.append("BEL")).ring(Chime.NEW)
    assert (rung, terminal) == (Rung("bell"), ["BEL"])


async def test_a_terminal_that_fails_is_trouble() -> None:
    def gone() -> None:
        raise OSError("no terminal")

    rung = await Player("bell", terminal=gone).ring(Chime.NEW)
    assert rung == Rung("bell", (SoundTrouble(Fault.TERMINAL_BROKEN, "bell"),))


async def test_sound_that_is_off_says_so() -> None:
    assert await Player("off").ring(Chime.NEW) == Rung("off", (SoundTrouble(Fault.OFF),))


async def test_no_volume_is_no_sound_and_says_so() -> None:
    assert await Player(volume=0).ring(Chime.NEW) == Rung("off", (SoundTrouble(Fault.NO_VOLUME),))


async def test_a_chime_without_volume_does_not_sound(terminal: list[str]) -> None:
    player = Player("bell", volumes={Chime.OVERDUE: 0}, terminal=lambda: terminal.append("BEL"))
    assert not (await player.ring(Chime.OVERDUE)).sounded
    assert await player.ring(Chime.NEW) == Rung("bell")
    assert terminal == ["BEL"]


@needs_simpleaudio
async def test_the_volume_of_a_chime_is_a_share_of_the_whole(recording: Path) -> None:
    player = Player("simpleaudio", volume=0.5, volumes={Chime.OVERDUE: 0.5})
    await player.ring(Chime.OVERDUE)
    assert read_sound(recording) == read_sound(wav_of(Chime.OVERDUE)).at_volume(0.25)
    await player.ring(Chime.NEW)
    assert read_sound(recording) == read_sound(wav_of(Chime.NEW)).at_volume(0.5)


async def test_an_error_nobody_foresaw_is_trouble_not_an_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Playback, "run")
    assert await Player("system").ring(Chime.NEW) == Rung("system", (SoundTrouble(Fault.UNFORESEEN),))


async def test_a_python_that_is_gone_is_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    rung = await Player("system").ring(Chime.NEW)
    assert rung.trouble == (SoundTrouble(Fault.CANNOT_START, "system"),)


async def test_a_child_that_never_ends_is_stopped(fake_module: FakeModule, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playback, "GRACE_SECONDS", -0.6)
    fake_module("miniaudio", "import time; time.sleep(30)")
    rung = await Player("miniaudio").ring(Chime.NEW)
    assert rung.trouble == (SoundTrouble(Fault.TOO_LONG, "miniaudio"),)


@pytest.mark.parametrize(
    ("backend", "volume"), [("gramophone", 1.0), ("auto", 1.5), ("auto", -0.1), ("auto", float("nan"))]
)
def test_what_can_not_be_is_refused_at_once(backend: str, volume: float) -> None:
    with pytest.raises(ValueError, match="allowed"):
        Player(backend, volume=volume)


def test_a_player_is_a_bell() -> None:
    bell: Bell = Player("off")
    bell.hush()


@pytest.mark.parametrize("share", [-0.1, 1.5, float("nan")])
def test_a_share_that_can_not_be_is_refused_too(share: float) -> None:
    with pytest.raises(ValueError, match="allowed"):
        Player(volumes={Chime.NEW: share})
