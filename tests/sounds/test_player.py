"""One ring: what reaches the device, and the words for all that can stop it."""

import subprocess
import sys
from pathlib import Path

import pytest

from core.domain.alert import Chime
from core.ports.bell import Bell, Rung
from sounds import playback
from sounds.chimes import wav_of
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
    assert "no sound device" in rung.trouble
    assert rung.trouble.endswith("terminal bell: no terminal here to ring")


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
    assert f"crashed (signal {signal})" in rung.trouble


async def test_the_terminal_bell_can_be_chosen(terminal: list[str]) -> None:
    rung = await Player("bell", terminal=lambda: terminal.append("BEL")).ring(Chime.NEW)
    assert (rung, terminal) == (Rung("bell"), ["BEL"])


async def test_a_terminal_that_fails_is_trouble() -> None:
    def gone() -> None:
        raise OSError("no terminal")

    rung = await Player("bell", terminal=gone).ring(Chime.NEW)
    assert rung == Rung("bell", "terminal bell: the terminal couldn't be written to")


async def test_sound_that_is_off_says_so() -> None:
    assert await Player("off").ring(Chime.NEW) == Rung("off", "sound is off in config")


async def test_no_volume_is_no_sound_and_says_so() -> None:
    assert await Player(volume=0).ring(Chime.NEW) == Rung("off", "volume is 0 in config")


async def test_a_chime_that_must_be_quiet_says_why(terminal: list[str]) -> None:
    quiet = {Chime.OVERDUE: "muted until 22:00 by Mei"}
    player = Player("bell", quiet=lambda chime: quiet.get(chime, ""), terminal=lambda: terminal.append("BEL"))
    assert await player.ring(Chime.OVERDUE) == Rung("off", "muted until 22:00 by Mei")
    assert await player.ring(Chime.NEW) == Rung("bell")
    assert terminal == ["BEL"]


async def test_an_error_nobody_foresaw_is_trouble_not_an_exception() -> None:
    def quiet(chime: Chime) -> str:
        raise KeyError(chime)

    rung = await Player("bell", quiet=quiet).ring(Chime.NEW)
    assert rung == Rung("bell", "the ring itself failed; the log says more")


async def test_a_python_that_is_gone_is_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    rung = await Player("system").ring(Chime.NEW)
    assert rung.trouble.startswith("system player: could not be started")


async def test_a_child_that_never_ends_is_stopped(fake_module: FakeModule, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playback, "GRACE_SECONDS", -0.6)
    fake_module("miniaudio", "import time; time.sleep(30)")
    rung = await Player("miniaudio").ring(Chime.NEW)
    assert rung.trouble.startswith("miniaudio: did not end in time")


@pytest.mark.parametrize(
    ("backend", "volume"), [("gramophone", 1.0), ("auto", 1.5), ("auto", -0.1), ("auto", float("nan"))]
)
def test_what_can_not_be_is_refused_at_once(backend: str, volume: float) -> None:
    with pytest.raises(ValueError, match="allowed"):
        Player(backend, volume=volume)


def test_a_player_is_a_bell() -> None:
    bell: Bell = Player("off")
    bell.hush()
