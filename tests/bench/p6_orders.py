"""P6, P7: what one more order, and one key, cost: the counter's processor time, and bytes to the terminal."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tests.bench.arrivals import Arrivals
from tests.bench.program import bare_list, counter, station
from tests.bench.stores import FULL, TEN, Store
from tests.bench.table import Result
from tests.bench.terminal import DOWN, UP, Terminal

ROUNDS, A_SECOND, BUSY, IDLE = 3, 4.0, 6.0, 3.0
KEYS, PAUSE = 30, 0.12
SMALL, LARGE = (80, 24), (120, 40)


@dataclass
class Cost:
    """Seconds of processor and bytes, for so many orders or keys."""

    cpu: float = 0.0
    bytes: float = 0.0
    count: int = 0


def run() -> list[Result]:
    """The same letters to a full and to a nearly empty store, each with a counter and a bare list."""
    with ExitStack() as stack:
        ports = [stack.enter_context(station(store)) for store in (FULL, TEN)]
        seats = [_seat(stack, store, bare) for store in (FULL, TEN) for bare in (False, True)]
        costs = [Cost() for _ in seats]
        for _ in range(ROUNDS):
            _round(ports, seats, costs)
    full, bare_full, ten, bare_ten = costs
    return [
        _result("P6", "CPU an order, 10,000 open ÷ 10; ms", "cpu", (full, ten), 1.3),
        _result("P7-order", "bytes an order, 10 open", "bytes", (ten, bare_ten), 1.2),
        _result("P7-order+", "bytes an order, 10,000 open", "bytes", (full, bare_full), 1.2),
        _keys("P7-key", "bytes a key, 80×24", SMALL),
        _keys("P7-key+", "bytes a key, 120×40 with its panel", LARGE),
    ]


def _seat(stack: ExitStack, store: Store, bare: bool) -> Terminal:
    terminal = stack.enter_context(bare_list(0, store.file) if bare else counter(store))
    terminal.frame(0, lambda told: f"ORDERS {store.open}".encode() in told)
    terminal.quiet(1.0)
    return terminal


def _round(ports: list[int], seats: list[Terminal], costs: list[Cost]) -> None:
    """What time alone costs, with the bell ringing, is taken off."""
    with _counted(seats, costs, 1.0), ExitStack() as stack:
        flows = [stack.enter_context(Arrivals(port, A_SECOND)) for port in ports]
        time.sleep(BUSY)
    for place, cost in enumerate(costs):
        cost.count += len(flows[place // 2].answered)
    with _counted(seats, costs, -BUSY / IDLE):
        time.sleep(IDLE)


@contextmanager
def _counted(seats: list[Terminal], costs: list[Cost], sign: float) -> Iterator[None]:
    before = [(seat.cpu(), seat.received()) for seat in seats]
    yield
    time.sleep(0.2)
    for cost, seat, (cpu, received) in zip(costs, seats, before, strict=True):
        cost.cpu += sign * (seat.cpu() - cpu)
        cost.bytes += sign * (seat.received() - received)


def _result(id: str, what: str, field: str, costs: tuple[Cost, Cost], goal: float) -> Result:
    scale = 1000 if field == "cpu" else 1
    ours, bare = (getattr(cost, field) / cost.count * scale for cost in costs)
    return Result(id, what, ours, bare, "<=", goal)


def _keys(id: str, what: str, size: tuple[int, int]) -> Result:
    """Down the list, a key every so often; nobody rings."""
    with station(FULL), counter(FULL, size) as ours, bare_list(10_000, size=size) as bare:
        costs = _pressed(ours), _pressed(bare)
    return _result(id, what, "bytes", costs, 1.2)


def _pressed(terminal: Terminal) -> Cost:
    terminal.frame(0, lambda told: b"ORDERS 10000" in told)
    terminal.quiet(1.0)
    cost = Cost(count=KEYS)
    with _counted([terminal], [cost], 1.0):
        for key in [DOWN] * (KEYS // 2) + [UP] * (KEYS // 2):
            terminal.type(key)
            time.sleep(PAUSE)
    with _counted([terminal], [cost], -1.0):
        time.sleep(KEYS * PAUSE)
    return cost
