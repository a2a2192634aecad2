"""Set-up's try for simpleaudio: one line, whatever happens, and soon."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from sounds import optional
from tests.sounds.conftest import FakeProgram, Log, is_running, needs_linux


@pytest.fixture
def not_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.11 without simpleaudio."""
    monkeypatch.setattr(sys, "version_info", (3, 11, 7))
    monkeypatch.setattr(optional, "find_spec", lambda name: None)


def pip_answers(monkeypatch: pytest.MonkeyPatch, code: int | None) -> list[Sequence[str]]:
    """A pip that ends with `code`; returns the commands it is given."""
    commands: list[Sequence[str]] = []

    def run(command: Sequence[str], *, limit: float) -> int | None:
        commands.append(command)
        return code

    monkeypatch.setattr(optional, "can_compile", lambda: True)
    monkeypatch.setattr(optional, "run_quietly", run)
    return commands


@pytest.mark.usefixtures("not_here")
@pytest.mark.parametrize(("code", "line"), [(0, optional.HERE), (1, optional.NOT_BUILT), (None, optional.TOO_SLOW)])
def test_what_pip_answers_becomes_one_line(monkeypatch: pytest.MonkeyPatch, code: int | None, line: str) -> None:
    commands = pip_answers(monkeypatch, code)
    assert optional.advice() == line
    assert len(commands) == 1
    assert "--require-hashes" in commands[0]


@needs_linux
@pytest.mark.usefixtures("not_here")
def test_without_a_compiler_pip_is_not_even_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CC", "no-such-compiler")
    monkeypatch.setattr(optional, "install", lambda: pytest.fail("pip was asked"))
    assert optional.advice() == optional.NOT_BUILT


@needs_linux
@pytest.mark.parametrize(("code", "can"), [(0, True), (1, False)])
def test_the_compiler_is_asked_for_both_headers(
    fake_program: FakeProgram, log: Log, monkeypatch: pytest.MonkeyPatch, code: int, can: bool
) -> None:
    fake_program("mycc", f'echo "$@" > "$LOG"; exit {code}')
    monkeypatch.setenv("CC", "mycc")
    assert optional.can_compile() is can
    assert "-include Python.h -include alsa/asoundlib.h" in log.path.read_text()


def test_a_python_that_simpleaudio_kills_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 13, 0))
    assert optional.advice() == optional.TOO_NEW


def test_what_is_installed_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 11, 7))
    monkeypatch.setattr(optional, "find_spec", lambda name: object())
    assert optional.advice() == optional.HERE


def test_an_error_nobody_foresaw_is_a_line_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> str:
        raise OSError("disk full")

    monkeypatch.setattr(optional, "advice", fail)
    optional.main()
    assert capsys.readouterr() == ("simpleaudio left out (OSError); miniaudio is used.\n", "")


def test_a_command_is_run_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    noisy = "import os; os.write(1, b'out'); os.write(2, b'err'); raise SystemExit(5)"
    assert optional.run_quietly((sys.executable, "-c", noisy), limit=10) == 5
    assert capfd.readouterr() == ("", "")


@needs_linux
def test_what_takes_too_long_is_killed_with_its_children(fake_program: FakeProgram, log: Log) -> None:
    build = fake_program("build", '/bin/sleep 30 & echo $! > "$LOG"; wait')
    start = time.monotonic()
    assert optional.run_quietly((str(build),), limit=0.3) is None
    assert time.monotonic() - start < 2
    compiler = Path("/proc") / log.words()[0]
    while is_running(compiler) and time.monotonic() - start < 2:
        time.sleep(0.01)
    assert not is_running(compiler)


def test_as_a_command_it_ends_well_and_says_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CC", "no-such-compiler")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    ended = subprocess.run(
        (sys.executable, "-m", "sounds.optional"), capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("simpleaudio ")
    assert ended.stdout.count("\n") == 1
