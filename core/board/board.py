"""The whole picture: everything a terminal shows, frozen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from core.board.drivers import DriverLine
from core.board.lamps import LampLine
from core.board.load import LoadLine
from core.board.orders import QueueLine, in_order
from core.board.problems import ProblemLine
from core.domain.ids import OrderId


@dataclass(frozen=True, kw_only=True)
class Board:
    """`seen` is the last journal row it knows; `queue` and `drivers` are in reading order."""

    seen: int = 0
    store: str = ""
    queue: tuple[QueueLine, ...] = ()
    drivers: tuple[DriverLine, ...] = ()
    problems: tuple[ProblemLine, ...] = ()
    load: LoadLine = field(default_factory=lambda: LoadLine(cap=50))
    lamps: tuple[LampLine, ...] = ()
    sends_waiting: int = 0

    def line(self, order_id: OrderId) -> QueueLine | None:
        """The queue's line of an order, None when it is not open."""
        return next((line for line in self.queue if line.order_id == order_id), None)


def with_orders(
    board: Board,
    told: Iterable[OrderId],
    queue: Mapping[OrderId, QueueLine],
    drivers: Mapping[OrderId, tuple[DriverLine, ...]],
) -> Board:
    """The next board, when only the `told` orders changed; one absent from `queue` is open no more."""
    changed = set(told)
    lines = [line for line in board.queue if line.order_id not in changed]
    rides = [line for line in board.drivers if line.order_id not in changed]
    rides += [line for some in drivers.values() for line in some]
    return replace(
        board,
        queue=in_order([*lines, *queue.values()]),
        drivers=tuple(sorted(rides, key=lambda line: line.rank)),
    )
