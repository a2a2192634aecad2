"""What must be heard now, worked out from how things stand; nothing of it is stored."""

from datetime import datetime, timedelta
from typing import Final

from core.board.board import Board
from core.board.orders import QueueLine
from core.domain.order import RINGS_AGAIN

EVERY: Final = timedelta(seconds=4)  # between two rings


def rings(line: QueueLine, now: datetime) -> bool:
    """Paid, new, and nobody has it; once more in the last minute for one that was seen and left (C12)."""
    if not line.may_ring or line.seen_at is None or line.due_at is None:
        return line.may_ring
    return now >= max(line.due_at - RINGS_AGAIN, line.seen_at + RINGS_AGAIN)


def ringing(board: Board, now: datetime) -> tuple[QueueLine, ...]:
    """The orders the bell rings for, most urgent first."""
    return tuple(line for line in board.queue if rings(line, now))
