"""A pseudo-terminal with a stop-watch: every chunk is stamped as it arrives, and read only afterwards."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from signal import SIGCONT, SIGKILL, SIGSTOP
from threading import Condition, Thread

import psutil
import pyte

from tests.bench.rounds import quietly

DOWN, UP = b"\x1b[B", b"\x1b[A"
ASKS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[?2048$p": b"\x1b[?2048;0$y"}  # frames are marked, sizes are not told
FRAME_END = b"\x1b[?2026l"
UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<=>][0-9;]*[a-z]|\x1b\[\?[0-9;]*\$p")
PATIENCE = 60.0  # seconds


@dataclass(frozen=True)
class Chunk:
    """Bytes and when they came (monotonic seconds)."""

    at: float
    data: bytes


class Terminal:
    """One program at it; `close` ends its whole family."""

    def __init__(
        self, words: Sequence[str], size: tuple[int, int] = (120, 40), env: Mapping[str, str] | None = None
    ) -> None:
        self.chunks: list[Chunk] = []
        self._size, self._news, self._tail = size, Condition(), b""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        told = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_FPS": "240", **(env or {})}
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            words, stdin=slave, stdout=slave, stderr=slave, env=told, start_new_session=True, close_fds=True
        )
        os.close(slave)
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def type(self, keys: bytes) -> float:
        """When they were written."""
        os.write(self._master, keys)
        return time.monotonic()

    def frame(self, since: int, shows: Callable[[bytes], object], patience: float = PATIENCE) -> float:
        """When the frame was complete with which the bytes after chunk `since` show it."""
        deadline, seen, data = time.monotonic() + patience, since, b""
        with self._news:
            while time.monotonic() < deadline:
                for chunk in self.chunks[seen:]:
                    data, seen = data + chunk.data, seen + 1
                    if data.endswith(FRAME_END) and shows(data):
                        return chunk.at
                self._news.wait(0.5)
        raise TimeoutError(f"never came; the screen was:\n{self.text()}")

    def first_shows(self, shows: Callable[[str], object]) -> float:
        """Seconds from the start to the chunk with which the screen shows it; looked up afterwards."""
        screen = pyte.Screen(*self._size)
        stream = pyte.ByteStream(screen)
        for chunk in list(self.chunks):
            stream.feed(UNKNOWN_TO_PYTE.sub(b"", chunk.data))
            if shows("\n".join(screen.display)):
                return chunk.at - self.begun
        raise LookupError(f"never came; the screen was:\n{self.text()}")

    def found(self, pattern: re.Pattern[str]) -> list[tuple[float, int]]:
        """Each number the screen showed there, and since when; looked up afterwards."""
        screen = pyte.Screen(*self._size)
        stream, numbers = pyte.ByteStream(screen), list[tuple[float, int]]()
        for chunk in list(self.chunks):
            stream.feed(UNKNOWN_TO_PYTE.sub(b"", chunk.data))
            found = next((match for line in screen.display if (match := pattern.search(line))), None)
            if found and (not numbers or numbers[-1][1] != int(found[1])):
                numbers.append((chunk.at, int(found[1])))
        return numbers

    def text(self) -> str:
        """The screen."""
        screen = pyte.Screen(*self._size)
        pyte.ByteStream(screen).feed(UNKNOWN_TO_PYTE.sub(b"", b"".join(chunk.data for chunk in list(self.chunks))))
        return "\n".join(line.rstrip() for line in screen.display)

    def quiet(self, pause: float = 0.3, patience: float = 6.0) -> None:
        """Wait until nothing is drawn for a while, or nothing but a clock; what rings is never quiet."""
        quietly(lambda: len(self.chunks), pause, patience)

    def received(self) -> int:
        """Bytes so far."""
        return sum(len(chunk.data) for chunk in list(self.chunks))

    def cpu(self) -> float:
        """Seconds of processor the program itself has used."""
        used = psutil.Process(self.process.pid).cpu_times()
        return used.user + used.system

    def pause(self) -> None:
        """It stands still, so that another can be measured."""
        os.kill(self.process.pid, SIGSTOP)

    def resume(self) -> None:
        """It goes on."""
        os.kill(self.process.pid, SIGCONT)

    def close(self) -> None:
        """Nobody is left."""
        with suppress(psutil.NoSuchProcess):
            for child in psutil.Process(self.process.pid).children(recursive=True):
                child.kill()
        with suppress(ProcessLookupError):
            os.kill(self.process.pid, SIGKILL)
        self.process.wait()
        self._reader.join()
        os.close(self._master)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self) -> None:
        while self.process.poll() is None:
            if not select.select([self._master], [], [], 0.2)[0]:
                continue
            try:
                data = os.read(self._master, 262_144)
            except OSError:  # the other end is closed
                return
            with self._news:
                self.chunks.append(Chunk(time.monotonic(), data))
                self._news.notify_all()
            self._answer(data)

    def _answer(self, data: bytes) -> None:
        """What a plain modern terminal answers to what programs ask of it."""
        told = self._tail + data
        for ask, answer in ASKS.items():
            if ask in told:
                os.write(self._master, answer)
        self._tail = data[-12:] if not any(ask in told for ask in ASKS) else b""
