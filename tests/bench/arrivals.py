"""Signed letters at a steady pace from a thread; when each was answered."""

import asyncio
import time
from itertools import count
from threading import Event, Thread

from tests.bench.letters import letters

_numbers = count(1_000_000, 1_000_000)  # where each sender's letters begin


class Arrivals:
    """So many a second, until `close`."""

    def __init__(self, port: int, a_second: float) -> None:
        self.answered: list[float] = []
        self._letters = letters(next(_numbers))
        self._port, self._pause, self._over = port, 1 / a_second, Event()
        self._trouble: Exception | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """No more; those on their way are answered. Raises what stopped the sender before."""
        self._over.set()
        self._thread.join()
        if self._trouble is not None:
            raise self._trouble

    def __enter__(self) -> "Arrivals":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self) -> None:
        try:
            asyncio.run(self._send())
        except Exception as trouble:
            self._trouble = trouble

    async def _send(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        next_at = time.monotonic()
        while not self._over.is_set():
            writer.write(next(self._letters))
            self.answered.append(await _answer(reader))
            next_at = max(next_at + self._pause, time.monotonic())
            await asyncio.sleep(next_at - time.monotonic())
        writer.close()
        await writer.wait_closed()


async def _answer(reader: asyncio.StreamReader) -> float:
    head = await reader.readuntil(b"\r\n\r\n")
    at = time.monotonic()
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise RuntimeError(f"answered {head[:40]!r}")
    await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]))
    return at
