"""Loudspeakers for tests: one that writes down what it hears, one that isn't there, and made-up backends.

Debian packages for all of it: alsa-utils (aplay) and, to build simpleaudio on Python 3.11, gcc, python3-dev and
libasound2-dev. What is missing is skipped, with the reason.
"""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from sounds.player import Player

needs_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ALSA and shell players are Linux only")
needs_aplay = pytest.mark.skipif(not shutil.which("aplay"), reason="aplay isn't here: apt-get install alsa-utils")
needs_simpleaudio = pytest.mark.skipif(
    sys.version_info >= (3, 12) or not find_spec("simpleaudio"),
    reason="simpleaudio isn't here: Python 3.11, gcc and libasound2-dev, then python -m sounds.optional",
)
needs_miniaudio = pytest.mark.skipif(not find_spec("miniaudio"), reason="miniaudio has no wheel for this machine")

CRASH = "import os, resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); os.kill(os.getpid(), {signal})"
"""A module that ends its process by a signal, as a broken library would; without a core file."""

FakeModule = Callable[[str, str], None]
FakeProgram = Callable[[str, str], Path]


def is_running(process: Path) -> bool:
    """Whether `/proc/<id>` still does something; one that only waits to be reaped does not."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No sound server can be reached, so nothing can be heard where the tests run."""
    for name in ("XDG_RUNTIME_DIR", "PIPEWIRE_RUNTIME_DIR", "PULSE_RUNTIME_PATH", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
    monkeypatch.setenv("JACK_NO_START_SERVER", "1")
    return tmp_path


@pytest.fixture
def no_device(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """ALSA knows no device at all, and complains about it at length on descriptor 2."""
    config = alone / "no-device.conf"
    config.touch()
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(config))


@pytest.fixture
def recording(alone: Path, fake_module: FakeModule, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A device that writes a WAV. It hides miniaudio, whose endless stream would fill the disk."""
    fake_module("miniaudio", "raise ImportError")
    config, wav = alone / "file.conf", alone / "heard.wav"
    config.write_text(f'pcm.!default {{ type file slave.pcm {{ type null }} file "{wav}" format "wav" }}\n')
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(config))
    return wav


@dataclass(frozen=True)
class Log:
    """Where made-up backends write what they are asked; they know the file as `$LOG`."""

    path: Path

    def words(self) -> list[str]:
        return self.path.read_text().split()

    def lines(self) -> list[str]:
        return self.path.read_text().splitlines()

    def clear(self) -> None:
        self.path.write_text("")


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Log:
    log = Log(tmp_path / "log.txt")
    log.clear()
    monkeypatch.setenv("LOG", str(log.path))
    return log


@pytest.fixture
def fake_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeModule:
    """Puts a module of one's own before the real one, in child processes only."""
    folder = tmp_path / "modules"
    folder.mkdir()
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH")))))

    def write(name: str, body: str) -> None:
        path = folder / f"{name}.py"
        shutil.rmtree(folder / "__pycache__", ignore_errors=True)
        path.write_text(body)

    return write


@pytest.fixture
def fake_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeProgram:
    """Makes a shell script the only thing on the path, next to other such scripts."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def write(name: str, body: str) -> Path:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
        return path

    return write


@pytest.fixture
def libraries_missing(fake_module: FakeModule, log: Log) -> None:
    """Neither library can be imported; each notes that it was asked for."""
    for name in ("simpleaudio", "miniaudio"):
        fake_module(
            name, f"import os, pathlib; pathlib.Path(os.environ['LOG']).open('a').write('{name} ')\nraise ImportError"
        )


@pytest.fixture
def terminal() -> list[str]:
    """What the terminal was sent."""
    return []


@pytest.fixture
def player(terminal: list[str]) -> Player:
    """One that tries everything."""
    return Player(terminal=lambda: terminal.append("BEL"))
