"""P15: quotes of four couriers side by side, against the slowest of them alone."""

import asyncio
import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from adapters import registry
from core.domain.ids import CourierName, OrderId
from core.domain.job import Job, JobItem, Stop
from core.domain.money import Money
from core.domain.offer import Answer, Offer
from core.ports.courier import Courier
from core.services.quoting import Quoting
from tests.bench.program import ORDERBELL
from tests.bench.table import Result

ROUNDS: Final = 9
LIMIT: Final = timedelta(seconds=20)
SLOW: Final = {"uber_direct": 0.2, "pandago": 0.3, "lalamove": 0.4, "doordash_drive": 0.5}  # seconds an answer
SLOWEST: Final = CourierName("doordash_drive")
ENDS: Final = {"store": (25.0523, 121.5202), "door": (25.0416, 121.5436)}


class _Clock:
    """The wall's."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def real_seconds(self, seconds: float) -> float:
        return seconds


def run() -> list[Result]:
    """Real adapters over loopback; both ways in turn, in one run."""
    with _town() as sections:
        ours, alone = asyncio.run(_measured(sections))
    return [Result("P15", "quotes of four couriers ÷ slowest alone; ms", ours * 1000, alone * 1000, "<=", 1.25)]


async def _measured(sections: Mapping[str, Mapping[str, Any]]) -> tuple[float, float]:
    couriers = {
        CourierName(kind): registry.courier(kind, section, clock=_Clock()) for kind, section in sections.items()
    }
    quoting, all_names = Quoting(lambda: couriers, LIMIT), tuple(couriers)
    await _round(quoting, all_names)  # tokens and connections are there afterwards
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        taken[0].append(await _round(quoting, all_names))
        taken[1].append(await _round(quoting, (SLOWEST,)))
    await _close(quoting, couriers)
    return median(taken[0]), median(taken[1])


async def _round(quoting: Quoting, names: tuple[CourierName, ...]) -> float:
    """Seconds until everybody has answered, which all must."""
    told: list[Offer] = []
    begin = perf_counter()
    await quoting.ask(names, _job(), told.append)
    taken = perf_counter() - begin
    if bad := [offer for offer in told if offer.answer is not Answer.QUOTED]:
        raise RuntimeError(f"no quote: {bad}")
    return taken


async def _close(quoting: Quoting, couriers: Mapping[CourierName, Courier]) -> None:
    await quoting.close()
    for courier in couriers.values():
        await courier.close()


def _job() -> Job:
    now = datetime.now(UTC)
    ends = {
        name: Stop(name=name, phone="+886912000111", address=f"{name} 1", latitude=north, longitude=east)
        for name, (north, east) in ENDS.items()
    }
    item = JobItem(name="Tea", quantity=1, weight_g=500)
    key = f"bench-{now.timestamp()}"
    return Job(order_id=OrderId(key), key=key, number="1042", items=(item,), value=Money(10_000, "TWD"), **ends)


@contextmanager
def _town() -> Iterator[dict[str, dict[str, Any]]]:
    """A process a courier, as outside; each as slow as it is told to be."""
    started: list[subprocess.Popen[bytes]] = []
    sections: dict[str, dict[str, Any]] = {}
    try:
        for kind in SLOW:
            started.append(process := _simulator(kind))
            sections |= json.loads(process.stdout.readline() if process.stdout else b"")["couriers"]
        for kind, seconds in SLOW.items():
            base = f"http://{urlsplit(sections[kind]['base_url']).netloc}"
            httpx.post(f"{base}/_sim/trouble", json={"slow_seconds": seconds}, timeout=30).raise_for_status()
        yield sections
    finally:
        for process in started:
            process.terminate()
            process.communicate()


def _simulator(kind: str) -> "subprocess.Popen[bytes]":
    words = [*ORDERBELL, "simulate", "--couriers", kind]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
