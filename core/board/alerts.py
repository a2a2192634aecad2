"""What must be heard now, worked out from how things stand; nothing of it is stored."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from operator import is_

from core.board.board import Board
from core.board.drivers import DriverLine
from core.board.lamps import LampLine, Light
from core.board.orders import LANE_RANK, Lane, QueueLine
from core.domain.delivery import DeliveryState
from core.domain.order import still_rings

Lines = tuple[QueueLine, ...]
Passed = dict[str, str]
"""A key for each limit that was passed, and the number of its order."""


def rings(line: QueueLine, now: datetime) -> bool:
    """Paid, new, and nobody has it; seen and left, it rings again when it is reminded of (C12, L13)."""
    if not line.may_ring or (line.hold is not None and line.hold.holds(now)):
        return False
    return line.due_at is None or still_rings(line.seen_at, line.due_at, now, line.reminded_at)


def loudness(lines: Iterable[QueueLine]) -> int:
    """Of what rings: how often the one nobody takes was reminded of."""
    return max((line.reminders for line in lines), default=0)


def ringing(board: Board, now: datetime) -> Iterator[QueueLine]:
    """The orders the bell rings for, most urgent first."""
    return (line for line in _lane(board, Lane.NEW) if rings(line, now))


def starts_to_ring(before: Board, board: Board, now: datetime) -> bool:
    """An order rings that did not: only lines between the first and the last that differ are looked at."""
    old, new = _unlike(_lane(before, Lane.NEW), _lane(board, Lane.NEW))
    rang = {line.order_id for line in old if rings(line, now)}
    return any(line.order_id not in rang and rings(line, now) for line in new)


def at_the_door(board: Board, now: datetime | None = None) -> dict[str, str]:
    """Deliveries whose driver waits, or was seen in front of the store just `now` (None: ever); numbers of orders.

    Not every courier says when a driver has come: then the place on the map is all there is.
    """
    here = takewhile(lambda line: line.state is DeliveryState.AT_STORE or line.is_near, board.drivers)  # come first
    return {
        line.delivery_id: line.number
        for line in here
        if line.state is DeliveryState.AT_STORE or now is None or line.is_fresh(now)
    }


def broken(board: Board) -> dict[str, LampLine]:
    """What can't be reached: the lamps that are red, by kind and name."""
    return {f"{lamp.kind}:{lamp.name}": lamp for lamp in board.lamps if lamp.light is Light.FAIL}


def passed(board: Board, now: datetime) -> Passed:
    """Orders that should be packed by now, and deliveries past the upper end of their stage (X8).

    A limit that is moved, or a stage that begins anew, is another limit.
    """
    packing = _lane(board, Lane.PREPARING)
    unready = (line for line in packing if line.due_at is not None and line.due_at < now)
    late = {f"ready:{line.order_id}:{line.due_at}": line.number for line in unready}
    slow = {f"{line.state}:{line.delivery_id}:{line.state_since}": line.number for line in _slow(board, now)}
    return late | slow | _louder(board)


def _louder(board: Board) -> Passed:
    """Troubles nobody deals with, each time they grow."""
    return {f"problem:{line.problem_id}:{line.louder}": line.number for line in board.problems if line.louder}


def _lane(board: Board, lane: Lane) -> Lines:
    """Its part of the queue, which is in the order of lanes: ten thousand lines are not looked through for it."""
    rank = LANE_RANK[lane]
    first = bisect_left(board.queue, rank, key=_lane_rank)
    return board.queue[first : bisect_right(board.queue, rank, lo=first, key=_lane_rank)]


def _unlike(old: Lines, new: Lines) -> tuple[Lines, Lines]:
    """Both without the very same lines at their beginning and end."""
    first = _alike(old, new)
    old, new = old[first:], new[first:]
    last = _alike(reversed(old), reversed(new))
    return old[: len(old) - last], new[: len(new) - last]


def _alike(old: Iterable[QueueLine], new: Iterable[QueueLine]) -> int:
    return sum(1 for _ in takewhile(bool, map(is_, old, new)))


def _lane_rank(line: QueueLine) -> int:
    return LANE_RANK[line.lane]


def _slow(board: Board, now: datetime) -> Iterator[DriverLine]:
    latest = {usual: now - timedelta(minutes=usual[1]) for usual in {line.usual for line in board.drivers} if usual}
    for line in board.drivers:
        if line.usual is not None and line.state_since < latest[line.usual]:
            yield line
