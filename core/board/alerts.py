"""What must be heard now, worked out from how things stand; nothing of it is stored."""

from datetime import datetime

from core.board.board import Board
from core.board.orders import QueueLine
from core.domain.order import still_rings


def rings(line: QueueLine, now: datetime) -> bool:
    """Paid, new, and nobody has it; once more in the last minute for one that was seen and left (C12)."""
    return line.may_ring and (line.due_at is None or still_rings(line.seen_at, line.due_at, now))


def ringing(board: Board, now: datetime) -> tuple[QueueLine, ...]:
    """The orders the bell rings for, most urgent first."""
    return tuple(line for line in board.queue if rings(line, now))
