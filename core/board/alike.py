"""An order that may be the one in hand, as one line to decide by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import OrderId
from core.domain.joining import Likeness, Sign
from core.domain.money import Money
from core.domain.order import Order
from core.domain.stage import Stage


@dataclass(frozen=True, kw_only=True)
class AlikeLine:
    """`at`: when it came in or was keyed in; `signs` speak for it and against it."""

    order_id: OrderId
    number: str
    channel: str
    stage: Stage
    at: datetime
    customer: str
    phone: str
    pieces: int
    total: Money
    signs: frozenset[Sign]
    is_sure: bool = False


def alike_line(likeness: Likeness, order: Order) -> AlikeLine:
    """How it shows."""
    purchase = order.purchase
    return AlikeLine(
        order_id=order.id,
        number=order.number,
        channel=purchase.channel,
        stage=order.stage,
        at=order.received_at,
        customer=purchase.customer.name,
        phone=purchase.customer.phone,
        pieces=purchase.pieces,
        total=purchase.total,
        signs=likeness.signs,
        is_sure=likeness.is_sure,
    )


def alike_lines(found: Iterable[tuple[Likeness, Order]]) -> tuple[AlikeLine, ...]:
    """Best first, as they come."""
    return tuple(alike_line(likeness, order) for likeness, order in found)
