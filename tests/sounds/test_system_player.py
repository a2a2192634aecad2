"""The players of the system, made up as scripts that write down how they were called."""

from pathlib import Path

import pytest

from core.domain.alert import Chime
from sounds import system_player
from sounds.answer import Answer
from sounds.chimes import wav_of
from sounds.sound import read_sound
from sounds.system_player import PLAYERS, play_by_system
from tests.sounds.conftest import FakeProgram, Log, needs_linux

NEW = wav_of(Chime.NEW)
WRITE_DOWN = 'printf "%s\\n" "$@" > "$LOG"'

pytestmark = needs_linux


@pytest.mark.parametrize(
    ("player", "arguments"),
    [
        ("paplay", ["--volume=32768", str(NEW)]),
        ("pw-play", ["--volume=0.500", str(NEW)]),
        ("aplay", ["-q", "-t", "wav"]),
        ("afplay", ["-v", "0.500", str(NEW)]),
    ],
)
def test_a_player_is_told_file_and_volume(
    fake_program: FakeProgram, log: Log, player: str, arguments: list[str]
) -> None:
    fake_program(player, WRITE_DOWN)
    assert play_by_system(NEW, 0.5) == Answer.PLAYED
    assert log.lines() == arguments


def test_aplay_is_fed_the_softer_sound(fake_program: FakeProgram, log: Log) -> None:
    fake_program("aplay", '/bin/cat > "$LOG"')
    assert play_by_system(NEW, 0.5) == Answer.PLAYED
    assert read_sound(log.path) == read_sound(NEW).at_volume(0.5)


def test_powershell_gets_the_path_by_environment_only(fake_program: FakeProgram, log: Log) -> None:
    fake_program("powershell", WRITE_DOWN + '; echo "$ORDERBELL_WAV" >> "$LOG"')
    assert play_by_system(NEW, 1) == Answer.PLAYED
    *arguments, path = log.lines()
    assert path == str(NEW)
    assert not any(str(NEW) in argument for argument in arguments)
    assert arguments[-1].endswith("$env:ORDERBELL_WAV).PlaySync()")


def test_powershell_has_no_volume_so_it_gets_a_softer_copy(
    fake_program: FakeProgram, log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    fake_program("powershell", 'echo "$ORDERBELL_WAV" > "$LOG"')
    assert play_by_system(NEW, 0.5) == Answer.PLAYED
    copy = Path(log.words()[0])
    assert copy == tmp_path / "orderbell-new-50.wav"
    assert read_sound(copy) == read_sound(NEW).at_volume(0.5)


def test_when_one_player_fails_the_next_is_tried(fake_program: FakeProgram, log: Log) -> None:
    fake_program("paplay", 'echo paplay >> "$LOG"; exit 1')
    fake_program("aplay", 'echo aplay >> "$LOG"')
    assert play_by_system(NEW, 1) == Answer.PLAYED
    assert log.words() == ["paplay", "aplay"]


def test_a_player_that_hangs_gives_way_to_the_next(
    fake_program: FakeProgram, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_player, "GRACE_SECONDS", -0.9)
    fake_program("paplay", "exec /bin/sleep 30")
    fake_program("aplay", 'echo aplay >> "$LOG"')
    assert play_by_system(NEW, 1) == Answer.PLAYED
    assert log.words() == ["aplay"]


def test_when_every_player_fails_there_is_no_device(fake_program: FakeProgram) -> None:
    for player in PLAYERS:
        fake_program(player, "exit 1")
    assert play_by_system(NEW, 1) == Answer.NO_DEVICE


def test_a_program_that_can_not_be_run_is_no_device(fake_program: FakeProgram) -> None:
    fake_program("aplay", "").write_bytes(b"\x00not a program")
    assert play_by_system(NEW, 1) == Answer.NO_DEVICE
