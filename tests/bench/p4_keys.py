"""P4, P5: key to paint with 10,000 open orders, idle beside a bare line list, and while 50 orders a second arrive."""

import time

from tests.bench.arrivals import Arrivals
from tests.bench.program import bare_list, counter, station
from tests.bench.rounds import percentile
from tests.bench.stores import FULL
from tests.bench.table import Result
from tests.bench.terminal import DOWN, UP, Terminal

ROUNDS, KEYS, PAUSE, A_SECOND = 5, 24, 0.1, 50
BAR = "▌".encode()


def run() -> list[Result]:
    """Rounds of the three in turn."""
    idle, bare, busy = list[float](), list[float](), list[float]()
    with station(FULL) as port, counter(FULL) as ours, bare_list(10_000) as list_:
        for terminal in (ours, list_):
            terminal.frame(0, lambda told: b"ORDERS 10000" in told)
            terminal.quiet(1.0)
        for _ in range(ROUNDS):
            bare += _pressed(list_)
            idle += _pressed(ours)
            with Arrivals(port, A_SECOND):
                busy += _pressed(ours)
            ours.quiet(1.0)
    return [
        _result("P4", "key to paint, median; ms", idle, bare, 0.5, 1.5),
        _result("P4-p99", "key to paint, p99; ms", idle, bare, 0.99, 2.0),
        _result("P5", "key p95, 50 orders a second ÷ idle; ms", busy, idle, 0.95, 1.5),
    ]


def _pressed(terminal: Terminal) -> list[float]:
    """Milliseconds from each key to the frame in which the bar has moved."""
    return [_once(terminal, key) for key in [DOWN] * (KEYS // 2) + [UP] * (KEYS // 2)]


def _once(terminal: Terminal, key: bytes) -> float:
    time.sleep(PAUSE)
    before = len(terminal.chunks)
    start = time.monotonic()
    terminal.type(key)
    return (terminal.frame(before, lambda told: BAR in told) - start) * 1000


def _result(id: str, what: str, ours: list[float], bare: list[float], share: float, goal: float) -> Result:
    return Result(id, what, percentile(ours, share), percentile(bare, share), "<=", goal)
