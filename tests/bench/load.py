"""Writes letters to loopback as fast as they are answered, for a bounded time."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter


@dataclass(frozen=True)
class Rate:
    """Letters answered 200 a second, and the 99th percentile of an answer in seconds."""

    a_second: float
    p99: float


async def measure(port: int, letters: Iterator[bytes], connections: int, seconds: float) -> Rate:
    """Every answer must be 200."""
    took: list[float] = []
    begin = perf_counter()
    await asyncio.gather(*(_one(port, letters, begin + seconds, took) for _ in range(connections)))
    return Rate(len(took) / (perf_counter() - begin), quantiles(took, n=100)[98])


async def _one(port: int, letters: Iterator[bytes], until: float, took: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (start := perf_counter()) < until:
        writer.write(next(letters))
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise RuntimeError(f"answered {head[:40]!r}")
        size = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await reader.readexactly(size)
        took.append(perf_counter() - start)
    writer.close()
    await writer.wait_closed()
