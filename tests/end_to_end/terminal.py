"""A pseudo-terminal that a person could sit at: what is on the screen, what rang, and keys."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from signal import SIGKILL
from threading import Event, Thread

import psutil
import pyte

from tests.end_to_end.program import PATIENCE, PROGRAM, surroundings
from tests.end_to_end.shop import eventually

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "space": " ",
    "tab": "\t",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "end": "\x1b[F",
    "f1": "\x1bOP",
    "f8": "\x1b[19~",
}
BETWEEN_KEYS = 0.15  # seconds: hands are slower than scanners, which are told apart by their speed


class _Screen(pyte.Screen):
    """Counts its bells."""

    bells = 0

    def bell(self, *_: object) -> None:
        self.bells += 1


class Terminal:
    """The program with both ends at a terminal; its whole family is gone after `close`."""

    def __init__(self, words: Sequence[str], env: Mapping[str, str] | None = None, size: tuple[int, int] = (120, 40)):
        self.screen = _Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            [*PROGRAM, *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(env or surroundings()),
            start_new_session=True,
        )
        os.close(slave)
        self._family: dict[int, str] = {}
        self._asleep, self._gone = Event(), Event()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def text(self) -> str:
        """The screen, line by line."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def shows(self, *words: str, patience: float = PATIENCE) -> str:
        """The screen as soon as all words stand on it."""
        try:
            eventually(lambda: all(word in self.text for word in words), patience=patience)
        except AssertionError:
            raise AssertionError(f"{words} never came up:\n{self.text}") from None
        return self.text

    def press(self, *keys: str) -> None:
        """By name, or as they are."""
        for key in keys:
            os.write(self._master, KEYS.get(key, key).encode())
            time.sleep(BETWEEN_KEYS)

    def burst(self, text: str) -> None:
        """All at once, as a scanner or a paste sends it."""
        os.write(self._master, text.encode())

    def type(self, text: str) -> None:
        """Into a field."""
        self.press(*text)

    def scan(self, code: str) -> None:
        """All at once and Enter, as a scanner types."""
        os.write(self._master, f"{code}\r".encode())
        time.sleep(BETWEEN_KEYS)

    def resize(self, columns: int, rows: int) -> None:
        """By the edge of the window: all of it is drawn anew."""
        self.screen.resize(rows, columns)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def look_away(self) -> None:
        """Nobody reads the terminal from now on."""
        self._asleep.set()
        self._reader.join()

    def family(self) -> dict[int, str]:
        """Every process it started so far that lives, by id."""
        self._family |= descendants(self.process.pid)
        return {pid: words for pid, words in self._family.items() if living(pid, words)}

    def ended(self, patience: float = PATIENCE) -> int:
        """Its exit code."""
        return self.process.wait(patience)

    def close(self) -> None:
        """Whatever happened: nobody is left."""
        self.family()
        for pid in (self.process.pid, *self.family()):
            with suppress(ProcessLookupError):
                os.kill(pid, SIGKILL)
        self.process.wait()
        self._gone.set()
        self._reader.join()
        os.close(self._master)

    def _read(self) -> None:
        while not self._gone.is_set() and not self._asleep.is_set():
            if not select.select([self._master], [], [], 0.1)[0]:
                continue
            try:
                told = os.read(self._master, 65_536)
            except OSError:  # the other end is closed
                return
            self._stream.feed(told)


def descendants(pid: int) -> dict[int, str]:
    """Children, their children and so on, with their words."""
    try:
        return {child.pid: _words(child) for child in psutil.Process(pid).children(recursive=True)}
    except psutil.NoSuchProcess:
        return {}


def living(pid: int, words: str = "") -> bool:
    """Not ended, not only waiting to be buried, and not another one that was given its number."""
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and words in ("", _words(process))
    except psutil.NoSuchProcess:
        return False


def _words(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""
