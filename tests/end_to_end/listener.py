"""Somebody who only hears: the program in plain mode behind a pipe or a pseudo-terminal, and every byte it wrote."""

import os
import pty
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from signal import SIGKILL
from threading import Thread

from tests.end_to_end.program import PATIENCE, PROGRAM, surroundings
from tests.end_to_end.shop import eventually
from tests.end_to_end.terminal import descendants

SILENCE = 3.0  # seconds after which an answer without a question is over


class Listener:
    """`raw` is all that was written; lines are typed with Enter."""

    def __init__(self, words: Sequence[str], *, reads: int, writes: int, child: tuple[int, int]) -> None:
        self.raw = b""
        self._reads, self._writes = reads, writes
        self._marks = count(1000)
        self._heard = 0
        self.process = subprocess.Popen(
            [*PROGRAM, *words],
            stdin=child[0],
            stdout=child[1],
            stderr=subprocess.PIPE,
            env=surroundings(),
            start_new_session=True,
        )
        for descriptor in set(child):
            os.close(descriptor)
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def text(self) -> str:
        return self.raw.decode("utf-8", "replace").replace("\r\n", "\n").replace("\a", "")

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    def type(self, text: str) -> None:
        """As it is, without Enter."""
        os.write(self._writes, text.encode())

    def hears(self, words: str, patience: float = PATIENCE) -> str:
        """The first line with these words that was not looked at before."""
        try:
            eventually(lambda: any(words in line for line in self.lines[self._heard :]), patience=patience)
        except AssertionError:
            raise AssertionError(f"{words!r} was never said:\n{self.text}") from None
        at = next(at for at, line in enumerate(self.lines) if at >= self._heard and words in line)
        self._heard = at + 1
        return self.lines[at]

    def says(self, line: str, hears: str = "") -> str:
        """A line with Enter, and the line of the answer with these words."""
        self._heard = len(self.lines)
        self.type(f"{line}\n")
        return self.hears(hears) if hears else ""

    def asks(self, *lines: str) -> list[str]:
        """Commands and the whole answer: a word that nobody knows marks its end."""
        self._heard = before = len(self.lines)
        mark = f"mark-{next(self._marks)}"
        self.type("".join(f"{line}\n" for line in (*lines, mark)))
        end = self.hears(mark) if not self._echoes else self._behind_echo(mark)
        return [line for line in self.lines[before:] if mark not in line and line != end]

    def until_question(self, before: int) -> list[str]:
        """What was said since then, up to a question; without one when nothing more is said."""
        eventually(lambda: len(self.lines) > before)
        said, since = len(self.lines), time.monotonic()
        while not any(line.endswith(("?", "goes back.")) for line in self.lines[before:]):
            if len(self.lines) > said:
                said, since = len(self.lines), time.monotonic()
            if time.monotonic() - since > SILENCE:
                break
            time.sleep(0.05)
        return self.lines[before:]

    def _behind_echo(self, mark: str) -> str:
        """The first is what was typed."""
        self.hears(mark)
        return self.hears(mark)

    @property
    def _echoes(self) -> bool:
        return self._reads == self._writes

    def ended(self) -> int:
        return self.process.wait(PATIENCE)

    def errors(self) -> str:
        """On standard error, once it has ended."""
        return self.process.stderr.read().decode() if self.process.stderr else ""

    def close(self) -> None:
        """Nobody is left."""
        family = (self.process.pid, *descendants(self.process.pid))
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, SIGKILL)
        self.process.wait()
        for descriptor in {self._writes, self._reads}:
            with suppress(OSError):
                os.close(descriptor)
        self._reader.join()
        if self.process.stderr is not None:
            self.process.stderr.close()

    def leave(self) -> None:
        """Nobody types any more."""
        os.close(self._writes)

    def _read(self) -> None:
        with suppress(OSError):  # the other end is closed
            while told := os.read(self._reads, 65_536):
                self.raw += told


@contextmanager
def piped(*words: str) -> Iterator[Listener]:
    """Both ends are pipes."""
    theirs_in, writes = os.pipe()
    reads, theirs_out = os.pipe()
    listener = Listener(words, reads=reads, writes=writes, child=(theirs_in, theirs_out))
    try:
        yield listener
    finally:
        listener.close()


@contextmanager
def at_terminal(*words: str) -> Iterator[Listener]:
    """Both ends are a terminal."""
    master, slave = pty.openpty()
    listener = Listener(words, reads=master, writes=master, child=(slave, slave))
    try:
        yield listener
    finally:
        listener.close()


def controls(raw: bytes, allowed: bytes) -> set[bytes]:
    """Bytes that a terminal would obey, apart from those allowed; also the controls of two bytes."""
    ones = {bytes([byte]) for byte in raw if (byte < 32 or byte == 127) and byte not in allowed}
    return ones | set(re.findall(rb"\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]", raw))
