"""The real ends: letters of a terminal or lines of a pipe come in, text goes out; neither ever holds up the bell."""

import asyncio
import os
from asyncio import AbstractEventLoop, TimerHandle
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from select import select
from signal import SIGINT, SIGTERM, Signals
from threading import Thread
from time import monotonic
from typing import Final

from tui.plain.console import PATIENCE, Console

QUIET: Final = 0.4  # seconds without a key after which Escape is Escape, and what was taken back is read out
LAST_WORDS: Final = 2.0  # seconds a slow link gets for what is still unsaid
CHUNK: Final = 4096  # bytes


class Outlet:
    """Writes in a thread of its own; `is_gone` once nobody reads any more."""

    def __init__(self, descriptor: int, on_gone: Callable[[], None] = lambda: None) -> None:
        self._descriptor, self._on_gone = descriptor, on_gone
        self._texts: SimpleQueue[str | None] = SimpleQueue()
        self.is_gone = False
        self._thread = Thread(target=self._run, name="outlet", daemon=True)
        self._thread.start()

    def write(self, text: str) -> None:
        """Sooner or later."""
        if text and not self.is_gone:
            self._texts.put(text)

    def behind(self) -> int:
        """Texts that wait for a slow link."""
        return self._texts.qsize()

    def close(self) -> None:
        """What is owed is written, if the link takes it."""
        self._texts.put(None)
        self._thread.join(LAST_WORDS)

    def _run(self) -> None:
        while (text := self._texts.get()) is not None:
            try:
                self._whole(text.encode("utf-8", "replace"))
            except OSError:
                self.is_gone = True
                return self._on_gone()
        return None

    def _whole(self, data: bytes) -> None:
        while data:
            try:
                data = data[os.write(self._descriptor, data) :]
            except BlockingIOError:
                select([], [self._descriptor], [])


class Ends:
    """A console between two descriptors, as long as the block lasts."""

    def __init__(self, reads: int, writes: int) -> None:
        self._reads, self._writes = reads, writes
        self.is_terminal = os.isatty(reads) and os.isatty(writes)
        self._timer: TimerHandle | None = None
        self._typed_at = monotonic()

    @contextmanager
    def open(self) -> Iterator[Console]:
        """Within a running loop; the terminal is left as it was found."""
        loop = asyncio.get_running_loop()
        self._outlet = Outlet(self._writes, on_gone=lambda: _tell(loop, self.console.end))
        with letters(self._reads) if self.is_terminal else _as_it_is() as echoes:
            self.console = Console(self._outlet.write, echo=echoes, behind=self._outlet.behind)
            Thread(target=self._read, args=(loop,), name="inlet", daemon=True).start()
            self._listen_to_signals(loop)
            try:
                yield self.console
            finally:
                self._outlet.close()

    def bell(self) -> None:
        """The terminal's own."""
        self._outlet.write("\a")

    def beat(self) -> None:
        """Once a second: a line that was begun long ago holds up no news."""
        if monotonic() - self._typed_at > PATIENCE:
            self.console.waited()

    def _read(self, loop: AbstractEventLoop) -> None:
        decoder = getincrementaldecoder("utf-8")("replace")
        with suppress(OSError):
            while data := os.read(self._reads, CHUNK):
                _tell(loop, self._take, decoder.decode(data))
        _tell(loop, self.console.end)

    def _take(self, text: str) -> None:
        self._typed_at = monotonic()
        self.console.take(text)
        if self.is_terminal:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = asyncio.get_running_loop().call_later(QUIET, self.console.quiet)

    def _listen_to_signals(self, loop: AbstractEventLoop) -> None:
        """Windows knows none of them: there Ctrl-C arrives as an exception."""
        with suppress(NotImplementedError, ValueError, RuntimeError):
            loop.add_signal_handler(SIGINT, self.console.interrupt)
            loop.add_signal_handler(SIGTERM, self.console.end)
            for name in ("SIGHUP", "SIGCONT"):
                does = self.console.end if name == "SIGHUP" else self._woken
                loop.add_signal_handler(Signals[name], does)

    def _woken(self) -> None:
        """Back from the background: the shell may have changed the terminal."""
        if self.is_terminal:
            _by_letter(self._reads)
            self.console.keyboard.again()


@contextmanager
def letters(descriptor: int) -> Iterator[bool]:
    """The terminal hands over each letter and draws none; yields whether we are to echo what is typed.

    One that does not echo itself is left alone: its other end does, as under Emacs or a half-duplex line.
    """
    try:
        import termios
    except ImportError:  # Windows: whole lines, edited and echoed by the console
        yield False
        return
    before = termios.tcgetattr(descriptor)
    _by_letter(descriptor)
    try:
        yield bool(before[3] & termios.ECHO)
    finally:
        with suppress(termios.error):
            termios.tcsetattr(descriptor, termios.TCSANOW, before)


def _by_letter(descriptor: int) -> None:
    import termios

    mode = termios.tcgetattr(descriptor)
    mode[0] &= ~termios.ICRNL
    mode[3] &= ~(termios.ICANON | termios.ECHO)
    mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
    termios.tcsetattr(descriptor, termios.TCSANOW, mode)


@contextmanager
def _as_it_is() -> Iterator[bool]:
    yield False


def _tell(loop: AbstractEventLoop, call: Callable[..., None], *words: str) -> None:
    with suppress(RuntimeError):  # the loop has ended meanwhile
        loop.call_soon_threadsafe(call, *words)
