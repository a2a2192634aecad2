"""P9: a letter answered → its order painted and the bell started, at 1 and at 50 a second, against a bare feed."""

import re
import time

from tests.bench.arrivals import Arrivals
from tests.bench.program import bare_list, counter, station
from tests.bench.rounds import percentile
from tests.bench.stores import FULL
from tests.bench.table import Result
from tests.bench.terminal import Terminal

ROUNDS = 2
PACES = {1: 8.0, 50: 4.0}  # letters a second: seconds a round
COUNT, BELL, TITLES = re.compile(r"ORDERS (\d+)"), b"\x07", re.compile(rb"\x1b\][^\x07]*\x07")
SETTLES, EARLY = 2.0, 0.05  # seconds
ALLOWED = 100.0  # milliseconds


def run() -> list[Result]:
    """Both follow the same store; while one is measured the other stands still."""
    with station(FULL) as port, counter(FULL) as ours, bare_list(0, FULL.file) as bare:
        for terminal in (ours, bare):
            terminal.frame(0, lambda told: b"ORDERS 10000" in told)
            terminal.quiet(1.0)
        taken = {pace: ([*_rounds(port, pace, seconds, ours, bare)]) for pace, seconds in PACES.items()}
    return [result for pace, (mine, theirs) in taken.items() for result in _results(pace, mine, theirs)]


def _results(pace: int, ours: list[float], bare: list[float]) -> list[Result]:
    mine, theirs = percentile(ours, 0.99), percentile(bare, 0.99)
    return [
        Result(f"P9-{pace}", f"answered → seen and heard, p99, {pace}/s; ms", mine, theirs, "<=", 2.0),
        Result(f"P9-{pace}-ms", "the same ÷ what is allowed; ms", mine, ALLOWED, "<=", 1.0),
    ]


def _rounds(port: int, pace: int, seconds: float, ours: Terminal, bare: Terminal) -> tuple[list[float], list[float]]:
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for times, this, other in ((taken[0], ours, bare), (taken[1], bare, ours)):
            other.pause()
            times += _round(port, pace, seconds, this)
            other.resume()
            other.quiet(1.0)
    return taken


def _round(port: int, pace: int, seconds: float, terminal: Terminal) -> list[float]:
    """Milliseconds a letter."""
    with Arrivals(port, pace) as arrivals:
        time.sleep(seconds)
    time.sleep(SETTLES)
    seen = terminal.found(COUNT)
    first = max(count for at, count in seen if at < arrivals.answered[0] - 1)
    heard = [chunk.at for chunk in terminal.chunks if BELL in TITLES.sub(b"", chunk.data)]
    return [_taken(seen, heard, first + place, at) for place, at in enumerate(arrivals.answered, start=1)]


def _taken(seen: list[tuple[float, int]], heard: list[float], count: int, answered: float) -> float:
    """A commit is seen before its answer is on the wire, at times."""
    painted = next(at for at, shown in seen if shown >= count)
    rung = next((at for at in heard if at >= answered - EARLY), painted)
    return (max(painted, rung) - answered) * 1000
