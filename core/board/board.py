"""The whole picture: everything a terminal shows, frozen."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final, TypeVar

from core.board.drivers import DriverLine
from core.board.held import HeldLine
from core.board.lamps import LampLine
from core.board.load import LoadLine
from core.board.orders import LANE_RANK, Lane, QueueLine
from core.board.problems import ProblemLine
from core.domain.ids import OrderId

L = TypeVar("L", QueueLine, DriverLine)
FEW: Final = 64  # changes at once, above which sorting all is quicker


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
    held: tuple[HeldLine, ...] = ()  # by those who are told of orders; calls for drivers are in the queue's lines
    beyond: Mapping[Lane, int] = field(default_factory=dict)  # orders of a lane that are open but not in `queue`
    is_glance: bool = False  # the head of the queue, read at the start before anything else
    words: Mapping[OrderId, Sequence[Any]] = field(default_factory=dict, compare=False, repr=False)  # as drawn

    def line(self, order_id: OrderId) -> QueueLine | None:
        """The queue's line of an order, None when it is not open."""
        return next((line for line in self.queue if line.order_id == order_id), None)

    @property
    def open_orders(self) -> int:
        """How many there are, in `queue` or not."""
        return len(self.queue) + sum(self.beyond.values())

    @cached_property
    def rides(self) -> Mapping[OrderId, DriverLine]:
        """Every live delivery by its order; of the same drivers it is the same one."""
        return _rides(self.drivers)

    def count(self, lane: Lane) -> int:
        """How many orders stand in a lane."""
        start, end = (bisect_left(self.queue, rank, key=_lane_rank) for rank in (LANE_RANK[lane], LANE_RANK[lane] + 1))
        return end - start


def with_orders(
    board: Board,
    told: Iterable[OrderId],
    queue: Mapping[OrderId, QueueLine],
    drivers: Mapping[OrderId, tuple[DriverLine, ...]],
) -> Board:
    """The next board, when only the `told` orders changed; one absent from `queue` is open no more."""
    changed, rides = set(told), [line for some in drivers.values() for line in some]
    return replace(
        board,
        queue=exchanged(board.queue, changed, list(queue.values())),
        drivers=exchanged(board.drivers, changed, rides),
    )


def exchanged(lines: tuple[L, ...], changed: Set[OrderId], new: Sequence[L]) -> tuple[L, ...]:
    """Lines in order, those of `changed` orders replaced by `new` ones; the very same when nothing differs.

    What it costs follows the number of changes: of the rest it is a walk and a copy.
    """
    gone = [line for line in lines if line.order_id in changed]
    if len(gone) == len(new) and sorted(gone, key=_rank) == sorted(new, key=_rank):
        return lines
    kept: list[L] = [line for line in lines if line.order_id not in changed] if gone else list(lines)
    if len(new) > FEW:
        kept.extend(new)
        return tuple(sorted(kept, key=_rank))
    for line in new:
        insort(kept, line, key=_rank)
    return tuple(kept)


class _Last:
    """The drivers asked for last: a board that differs in its orders has the same ones."""

    rides: tuple[tuple[DriverLine, ...], Mapping[OrderId, DriverLine]] = ((), {})


def _rides(drivers: tuple[DriverLine, ...]) -> Mapping[OrderId, DriverLine]:
    known, found = _Last.rides
    if known is not drivers:
        found = {line.order_id: line for line in drivers}
        _Last.rides = (drivers, found)
    return found


def _rank(line: QueueLine | DriverLine) -> Any:
    return line.rank


def _lane_rank(line: QueueLine) -> int:
    return LANE_RANK[line.lane]
