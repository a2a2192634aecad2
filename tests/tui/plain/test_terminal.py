"""Real descriptors: pipes and pseudo-terminals."""

import asyncio
import os
import pty
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic

from tui.plain.keyboard import Stroke
from tui.plain.terminal import Ends, Outlet, letters


@contextmanager
def pipe() -> Iterator[tuple[int, int]]:
    reads, writes = os.pipe()
    try:
        yield reads, writes
    finally:
        for descriptor in (reads, writes):
            with suppress(OSError):
                os.close(descriptor)


@contextmanager
def terminal() -> Iterator[tuple[int, int]]:
    master, slave = pty.openpty()
    try:
        yield master, slave
    finally:
        for descriptor in (master, slave):
            with suppress(OSError):
                os.close(descriptor)


def read_until(descriptor: int, end: bytes) -> bytes:
    """What was written, up to its end."""
    found = b""
    while not found.endswith(end):
        found += os.read(descriptor, 1000)
    return found


async def test_lines_of_a_pipe_come_in_and_its_end_ends() -> None:
    with pipe() as (reads, writes), pipe() as (_theirs, ours), Ends(reads, ours).open() as console:
        os.write(writes, "a 1042\r\n陳".encode()[:-1])
        assert await console.line() == "a 1042"
        os.write(writes, "陳".encode()[-1:])
        os.close(writes)
        assert await console.line() == "陳"
        assert await console.line() is Stroke.END


async def test_text_goes_out_as_utf_8_whatever_the_machine_speaks() -> None:
    with pipe() as (reads, _writes), pipe() as (theirs, ours):
        with Ends(reads, ours).open() as console:
            console.say("陳怡君\ud800")
        assert read_until(theirs, b"\n") == "陳怡君\n".encode()


async def test_a_link_that_stops_reading_stops_nothing() -> None:
    with pipe() as (reads, writes), pipe() as (_theirs, ours):
        ends = Ends(reads, ours)
        with ends.open() as console:
            for _line in range(2000):
                console.say("x" * 400)  # far more than a pipe holds
            os.write(writes, b"n\n")
            assert await console.line() == "n"
            assert ends._outlet.behind() > 0
            os.close(_theirs)


async def test_a_reader_that_is_gone_ends_it() -> None:
    with pipe() as (reads, _writes), pipe() as (theirs, ours), Ends(reads, ours).open() as console:
        os.close(theirs)
        console.say("anybody?")
        assert await asyncio.wait_for(console.line(), 30) is Stroke.END


async def test_at_a_terminal_letters_are_echoed_and_it_is_left_as_it_was() -> None:
    with terminal() as (master, slave):
        before = termios.tcgetattr(slave)
        with Ends(slave, slave).open() as console:
            assert not termios.tcgetattr(slave)[3] & (termios.ICANON | termios.ECHO)
            os.write(master, b"a 1042\r")
            assert await console.line() == "a 1042"
            assert read_until(master, b"\n") == b"a 1042\r\n"
        assert termios.tcgetattr(slave) == before


def test_a_terminal_that_does_not_echo_is_not_echoed_to() -> None:
    with terminal() as (_master, slave):
        mode = termios.tcgetattr(slave)
        mode[3] &= ~termios.ECHO
        termios.tcsetattr(slave, termios.TCSANOW, mode)
        with letters(slave) as echoes:
            assert not echoes


def test_what_is_owed_is_written_before_the_end() -> None:
    with pipe() as (theirs, ours):
        outlet = Outlet(ours)
        for number in range(100):
            outlet.write(f"{number}\n")
        outlet.close()
        assert read_until(theirs, b"99\n").count(b"\n") == 100


async def test_news_under_a_line_left_alone_are_told_by_the_beat() -> None:
    with terminal() as (master, slave):
        ends = Ends(slave, slave)
        with ends.open() as console:
            waiting = asyncio.create_task(console.line())
            os.write(master, b"acc")
            await asyncio.to_thread(read_until, master, b"acc")
            console.tell("News.")
            ends._typed_at = monotonic() - 60
            ends.beat()
            assert await asyncio.to_thread(read_until, master, b"acc") == b"\r\nNews.\r\nacc"
            waiting.cancel()
