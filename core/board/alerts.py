"""What must be heard now, worked out from how things stand; nothing of it is stored."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile

from core.board.board import Board
from core.board.drivers import DriverLine
from core.board.lamps import LampLine, Light
from core.board.orders import Lane, QueueLine
from core.domain.delivery import DeliveryState
from core.domain.order import still_rings

Passed = dict[str, str]
"""A key for each limit that was passed, and the number of its order."""


def rings(line: QueueLine, now: datetime) -> bool:
    """Paid, new, and nobody has it; once more in the last minute for one that was seen and left (C12)."""
    return line.may_ring and (line.due_at is None or still_rings(line.seen_at, line.due_at, now))


def ringing(board: Board, now: datetime) -> Iterator[QueueLine]:
    """The orders the bell rings for, most urgent first."""
    return (line for line in _new(board) if rings(line, now))


def at_the_door(board: Board) -> dict[str, str]:
    """Deliveries whose driver waits, and the numbers of their orders."""
    return {line.delivery_id: line.number for line in board.drivers if line.state is DeliveryState.AT_STORE}


def broken(board: Board) -> dict[str, LampLine]:
    """What can't be reached: the lamps that are red, by kind and name."""
    return {f"{lamp.kind}:{lamp.name}": lamp for lamp in board.lamps if lamp.light is Light.FAIL}


def passed(board: Board, now: datetime) -> Passed:
    """Orders that should be packed by now, and deliveries past the upper end of their stage (X8).

    A limit that is moved, or a stage that begins anew, is another limit.
    """
    late = {f"ready:{line.order_id}:{line.due_at}": line.number for line in board.queue if _is_unready(line, now)}
    slow = {f"{line.state}:{line.delivery_id}:{line.state_since}": line.number for line in _slow(board, now)}
    return late | slow


def _new(board: Board) -> Iterator[QueueLine]:
    """The queue begins with them."""
    return takewhile(lambda line: line.lane is Lane.NEW, board.queue)


def _is_unready(line: QueueLine, now: datetime) -> bool:
    return line.lane is Lane.PREPARING and line.due_at is not None and line.due_at < now


def _slow(board: Board, now: datetime) -> Iterator[DriverLine]:
    for line in board.drivers:
        if line.usual is not None and now - line.state_since > timedelta(minutes=line.usual[1]):
            yield line
