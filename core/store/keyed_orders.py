"""Orders keyed in by hand and channels' copies of them, as they find each other on disk."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, delete, or_, select, update

from core.domain.handwritten import BY_HAND, said_number
from core.domain.ids import OrderId
from core.domain.joining import digits
from core.domain.purchase import Purchase
from core.store.prepared import Found
from core.store.tables import orders, outbox, problems, refunds

ENOUGH: Final = 200  # orders that may be the same; never nearly as many
TAIL: Final = 3  # of a phone's digits, written together however the rest is
_OURS: Final = f" AND channel = '{BY_HAND}'"  # in the words of their own index
_SINCE: Final = Found(orders, show=("id",), since="received_at", end=_OURS)
_HANGS_ON: Final = (problems, outbox, refunds)


class KeyedOrders:
    """Of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def since(self, at: datetime) -> list[OrderId]:
        """Keyed in after this, and not joined with a channel's copy."""
        return [OrderId(row["id"]) for row in _SINCE.run(self._connection, at)]

    def alike(self, keyed: Purchase, since: datetime) -> list[OrderId]:
        """Orders that came in by themselves and share number, sum, name or the end of the phone with this one."""
        query = select(orders.c.id).where(
            orders.c.received_at >= since, orders.c.channel != BY_HAND, orders.c.hand_number == "", or_(*_hints(keyed))
        )
        return [OrderId(id) for id in self._connection.execute(query.limit(ENOUGH)).scalars()]

    def absorb(self, copy: OrderId, into: OrderId) -> None:
        """What hangs on the copy hangs on the keyed-in order from here on; the copy is no more."""
        for table in _HANGS_ON:
            self._connection.execute(update(table).where(table.c.order_id == copy).values(order_id=into))
        self._connection.execute(delete(orders).where(orders.c.id == copy))


def _hints(keyed: Purchase) -> list[ColumnElement[bool]]:
    customer, number = keyed.customer, said_number(keyed)
    hints: list[ColumnElement[bool]] = [orders.c.customer_name == customer.name]
    if keyed.total.minor:
        hints.append(orders.c.total_minor == keyed.total.minor)
    if number:
        hints += [orders.c.number == number, orders.c.channel_order_id == number]
    if len(tail := digits(customer.phone)[-TAIL:]) == TAIL:
        hints.append(orders.c.customer_phone.like(f"%{tail}"))
    return hints
