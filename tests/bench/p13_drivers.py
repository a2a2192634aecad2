"""P13, P14: two hundred live deliveries each moving every second: processor time against a bare loop, and no growth."""

import asyncio
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from tests.bench.program import ORDERBELL, free_port
from tests.bench.rides import DRIVERS, SECRET, ref, request, rounds
from tests.bench.store_sql import ADD_BELONGINGS, ADD_OPEN
from tests.bench.stores import FOLDER
from tests.bench.table import Result

SECONDS = 15  # at the real pace
WARM, MINUTES, HOUR = 30, 120, 3600  # seconds of the drivers' time, as fast as they are answered
CONNECTIONS = 16
CONFIG = (
    '[store]\nhours = "00:00-24:00"\nlatitude = 25.05\nlongitude = 121.52\n[station]\nport = {port}\n'
    '[couriers.uber]\nkind = "uber_direct"\nbase_url = "http://127.0.0.1:9"\nauth_url = "http://127.0.0.1:9"\n'
    'customer_id = "c"\nclient_id = "c"\nclient_secret = "s"\nwebhook_secret = "{secret}"\n'
)


def run(seconds: int = SECONDS, lasting: int = MINUTES) -> list[Result]:
    """At the pace of the street first, then minutes of it as fast as it goes; by itself this file takes an hour."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=FOLDER) as folder:  # on a disk: most of what the bare loop costs is making sure
        bare = _bare(Path(folder), seconds)
        with _station(Path(folder)) as station:
            ours = _paced(station, seconds)
            before = _size(station, WARM)
            after = _size(station, lasting)
    memory = after.memory / 2**20, before.memory / 2**20
    return [
        Result("P13", "CPU a second of 200 moving drivers; ms", ours / seconds * 1000, bare / seconds * 1000, "<=", 8),
        Result("P14-rows", "rows after ÷ before, everyone moving", after.rows, before.rows, "<=", 1.0),
        Result("P14-file", "the store's files, likewise; KiB", after.file / 1024, before.file / 1024, "<=", 1.1),
        Result("P14-memory", "the station's memory, likewise; MiB", *memory, "<=", 1.1),
    ]


@dataclass
class Station:
    """A running one."""

    process: psutil.Process
    port: int
    data: Path
    second: int = 0

    def cpu(self) -> float:
        """Seconds of processor so far."""
        used = self.process.cpu_times()
        return used.user + used.system


@dataclass(frozen=True)
class Size:
    """What it has grown to."""

    rows: int
    file: int
    memory: int


def _paced(station: Station, seconds: int) -> float:
    """Seconds of processor for so many seconds of the street."""
    asyncio.run(_send(station, 3, pace=1.0))
    before = station.cpu()
    asyncio.run(_send(station, seconds, pace=1.0))
    return station.cpu() - before


def _size(station: Station, seconds: int) -> Size:
    asyncio.run(_send(station, seconds))
    with closing(sqlite3.connect(station.data / "orderbell.db")) as db:
        db.execute("PRAGMA busy_timeout=5000")
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = sum(db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables)
    files = sum(file.stat().st_size for file in station.data.glob("orderbell.db*"))
    return Size(rows, files, station.process.memory_info().rss)


async def _send(station: Station, seconds: int, pace: float = 0.0) -> None:
    """A round of letters a second, over a few connections; each must be answered 200."""
    links = [await asyncio.open_connection("127.0.0.1", station.port) for _ in range(CONNECTIONS)]
    start = asyncio.get_running_loop().time()
    for count, bodies in enumerate(rounds(station.second), start=1):
        shares = [bodies[place::CONNECTIONS] for place in range(CONNECTIONS)]
        await asyncio.gather(*(_share(link, share) for link, share in zip(links, shares, strict=True)))
        if pace:
            await asyncio.sleep(max(0.0, start + count * pace - asyncio.get_running_loop().time()))
        if count == seconds:
            break
    station.second += seconds
    for _, writer in links:
        writer.close()
        await writer.wait_closed()


async def _share(link: tuple[asyncio.StreamReader, asyncio.StreamWriter], bodies: list[bytes]) -> None:
    reader, writer = link
    for body in bodies:
        writer.write(request(body))
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise RuntimeError(f"answered {head[:40]!r}")
        await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]))


def _bare(folder: Path, seconds: int) -> float:
    words = [sys.executable, "-m", "tests.bench.bare_rides", str(folder / "bare.db"), str(seconds)]
    return float(subprocess.run(words, check=True, capture_output=True).stdout)


@contextmanager
def _station(folder: Path) -> Iterator[Station]:
    port = free_port()
    (folder / "config.toml").write_text(CONFIG.format(port=port, secret=SECRET), encoding="utf-8")
    words = [*ORDERBELL, "--config", str(folder / "config.toml"), "--data", str(folder / "data")]
    subprocess.run([*words, "order", "list"], check=True, capture_output=True)  # makes the store
    with closing(sqlite3.connect(folder / "data" / "orderbell.db")) as db:
        _fill(db)
    process = subprocess.Popen([*words, "serve"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        json.loads(process.stdout.readline() if process.stdout else b"")
        yield Station(psutil.Process(process.pid), port, folder / "data")
    finally:
        process.terminate()
        process.communicate()


def _fill(db: sqlite3.Connection) -> None:
    """Orders on the way, each with its driver."""
    now = "2026-03-02 03:50:00.000000"
    db.execute(ADD_OPEN, {"count": DRIVERS, "now": now, "soon": "2036-03-02 04:00:00", "before": now})
    db.execute("UPDATE orders SET stage = 'out', payment = 'paid'")
    for statement in ADD_BELONGINGS:
        db.execute(statement)
    columns = (
        "id, order_id, courier, ref, key, state, word, at, state_since, booked_at, waybill, tracking_url, pin, reason,"
        " return_ref"
    )
    jobs = [(f"d{at}", f"open-{at:09}", "uber", ref(at), f"k{at}") for at in range(DRIVERS)]
    values = f"?, ?, ?, ?, ?, 'picked_up', 'dropoff', '{now}', '{now}', '{now}', '', '', '', '', ''"
    db.executemany(f"INSERT INTO deliveries ({columns}) VALUES ({values})", jobs)
    db.commit()


if __name__ == "__main__":
    for result in run(lasting=HOUR):
        sys.stdout.write(f"{result.line}\n")
