"""Pieces that money may go back for when a way came to nothing."""

from core.domain.ids import LineId
from core.domain.order import Order


def left_back(order: Order) -> dict[LineId, int]:
    """They left, or were to leave, and no money went back for them."""
    pieces = {line.id: min(order.needed(line), line.quantity - line.refunded) for line in order.lines}
    return {line_id: count for line_id, count in pieces.items() if count > 0}
