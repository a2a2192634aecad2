"""The program in processes of its own; none of them outlives the test that started it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any

PROGRAM = (sys.executable, "-m", "tui")
NOT_OURS = ("ORDERBELL", "PYTEST", "COLUMNS", "LINES")
PATIENCE = 30.0  # seconds, for a machine that is busy with other tests


def surroundings(**more: str) -> dict[str, str]:
    """The environment without anything that would lead to a real shop, or tell of another terminal's size."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_OURS)}
    return kept | {"PYTHONWARNINGS": "default", "TERM": "xterm-256color", **more}


@dataclass(frozen=True)
class Said:
    """How a command ended, and its words."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> Any:
        """What it printed for scripts."""
        return json.loads(self.out)


def run(
    words: Sequence[str],
    *,
    typed: str = "",
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    patience: float = PATIENCE,
) -> Said:
    """One command from its first word to its exit code."""
    ended = subprocess.run(
        [*PROGRAM, *words],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=patience,
        env=dict(env or surroundings()),
        cwd=cwd,
        check=False,
    )
    return Said(ended.returncode, ended.stdout, ended.stderr)


class Running:
    """A process that goes on until it is ended; `first` is the line it says when it is ready."""

    def __init__(self, words: Sequence[str], errors: Path, env: Mapping[str, str] | None = None) -> None:
        self.errors = errors
        with errors.open("ab") as file:
            self.process = subprocess.Popen(
                [*PROGRAM, *words],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=file,
                env=dict(env or surroundings()),
                start_new_session=True,
            )

    def first(self) -> Any:
        """Its ready line."""
        watchdog = Timer(PATIENCE, self.kill)
        watchdog.start()
        try:
            line = self.process.stdout.readline() if self.process.stdout else b""
        finally:
            watchdog.cancel()
        assert line, f"not ready: {self.words}"
        return json.loads(line)

    @property
    def words(self) -> str:
        """What it said on standard error."""
        return self.errors.read_text(encoding="utf-8", errors="replace")

    def end(self) -> tuple[int, str]:
        """Asked to end: its exit code, and what else it printed."""
        self.process.send_signal(signal.SIGTERM)
        rest, _ = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, rest.decode()

    def kill(self) -> None:
        """No last word. One that was buried already may have given its number to a stranger."""
        if self.process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def close(self) -> None:
        """Whatever state it is in, it is gone afterwards."""
        self.kill()
        if self.process.stdout is not None:
            self.process.stdout.close()
