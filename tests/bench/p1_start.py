"""P1, P2, P3: start to the first frame, and to the orders, against a bare Textual app."""

from statistics import median

from tests.bench.program import bare_screen, counter, station
from tests.bench.stores import EMPTY, FULL, NAME, Store
from tests.bench.table import Result
from tests.bench.terminal import Terminal

ROUNDS = 7
LAMP, KEY, LISTED, NOTHING = "sound", "F2", "ORDERS 10000", "ORDERS 0"


def run() -> list[Result]:
    """Rounds of all in turn; the first of each only warms up. The station runs already, as for a second terminal."""
    frames, bares, listed, nothing = list[float](), list[float](), list[float](), list[float]()
    with station(FULL), station(EMPTY):
        for _ in range(ROUNDS + 1):
            bares.append(_bare())
            first, full = _ours(FULL, LISTED)
            frames.append(first)
            listed.append(full)
            nothing.append(_ours(EMPTY, NOTHING)[1])
    first, bare, full, empty = (median(times[1:]) * 1000 for times in (frames, bares, listed, nothing))
    return [
        Result("P1", "first frame: name, lamps, keys; ms", first, bare, "<=", 1.5),
        Result("P2", "orders listed, 1 M past, 10,000 open; ms", full, bare, "<=", 1.5),
        Result("P3", "the same ÷ an empty store; ms", full, empty, "<=", 1.1),
    ]


def _ours(store: Store, orders: str) -> tuple[float, float]:
    with counter(store) as terminal:
        _await(terminal, orders)
        return terminal.first_shows(_has_frame), terminal.first_shows(lambda text: _has_orders(text, orders))


def _bare() -> float:
    with bare_screen() as terminal:
        _await(terminal, "Bare")
        return terminal.first_shows(lambda text: "Bare" in text)


def _await(terminal: Terminal, words: str) -> None:
    terminal.frame(0, lambda told: words.encode() in told)


def _has_frame(text: str) -> bool:
    return NAME in text and LAMP in text and KEY in text


def _has_orders(text: str, orders: str) -> bool:
    """The count, and, where there are any, the first of them with what to do."""
    return orders in text and (orders == NOTHING or "000000  A  accept" in text)
