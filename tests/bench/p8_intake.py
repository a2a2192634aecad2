"""P8, P8b: signed letter → durable → answered, against a bare server with one raw durable commit each."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench.letters import SECRET, letters
from tests.bench.load import Rate, measure
from tests.bench.program import await_port, free_port
from tests.bench.table import Result

ROUNDS, SECONDS = 3, 2.0
CONFIG = (
    '[store]\nhours = "00:00-24:00"\n[station]\nport = {port}\n[channels.web]\nkind = "shopify"\nsecret = "{secret}"\n'
)


def run() -> list[Result]:
    """Rounds of both servers in turn, so that a noisy machine is noisy for both."""
    with TemporaryDirectory() as folder, _ours(Path(folder)) as ours, _bare(Path(folder)) as bare:
        alone = [(_round(ours, 1), _round(bare, 1)) for _ in range(ROUNDS)]
        many = [(_round(ours, 32), _round(bare, 32)) for _ in range(ROUNDS)]
    return [
        _result("P8", "letters a second, 1 connection", alone, "a_second", ">=", 0.5),
        _result("P8b", "letters a second, 32 connections", many, "a_second", ">=", 2.0),
        _result("P8b-p99", "p99 of an answer, 32 connections, ms", many, "p99", "<=", 0.5),
    ]


_numbers = letters()


def _round(port: int, connections: int) -> Rate:
    return asyncio.run(measure(port, _numbers, connections, SECONDS))


def _result(id: str, what: str, rounds: list[tuple[Rate, Rate]], field: str, sign: str, goal: float) -> Result:
    scale = 1000 if field == "p99" else 1
    ours = median(getattr(mine, field) for mine, _ in rounds) * scale
    bare = median(getattr(theirs, field) for _, theirs in rounds) * scale
    return Result(id, what, ours, bare, sign, goal)


@contextmanager
def _ours(folder: Path) -> Iterator[int]:
    port = free_port()
    config = folder / "config.toml"
    config.write_text(CONFIG.format(port=port, secret=SECRET), encoding="utf-8")
    words = [sys.executable, "-m", "tui", "--config", str(config), "--data", str(folder / "data"), "serve"]
    with _server(words, port) as process:
        json.loads(process.stdout.readline() if process.stdout else b"")
        yield port


@contextmanager
def _bare(folder: Path) -> Iterator[int]:
    port = free_port()
    with _server([sys.executable, "-m", "tests.bench.bare_station", str(folder / "bare.db"), str(port)], port):
        yield port


@contextmanager
def _server(words: list[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        await_port(port)
        yield process
    finally:
        process.terminate()
        process.communicate()
