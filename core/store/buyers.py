"""Who bought before, and what was ordered just now to the same door: two reads by index for each new order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select

from core.domain.ids import OrderId
from core.domain.likeness import door_of
from core.domain.line import OrderLine
from core.domain.phone import is_same, tail_of
from core.domain.purchase import Customer
from core.domain.stage import Stage
from core.store import mapping
from core.store.prepared import Found, Row
from core.store.tables import lines, orders

LOOKED_AT: Final = 30  # of a buyer's newest orders
NEWEST: Final = 500  # orders whose sums are looked at
_SHOWN: Final = (
    "id", "number", "stage", "received_at", "customer_name", "customer_phone", "customer_address", "currency"
)  # fmt: skip
_BY_PHONE: Final = Found(orders, "buyer", show=_SHOWN, end=f" ORDER BY received_at DESC LIMIT {LOOKED_AT}")
_BY_DOOR: Final = Found(orders, "door", show=_SHOWN, end=f" ORDER BY received_at DESC LIMIT {LOOKED_AT}")


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """An order of the same phone or the same door."""

    id: OrderId
    number: str
    stage: Stage
    received_at: datetime
    customer: Customer
    currency: str


class Buyers:
    """The buyers of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_phone(self, phone: str) -> list[Earlier]:
        """The newest orders of this number, however it was written."""
        tail = tail_of(phone)
        found = _BY_PHONE.run(self._connection, tail) if tail else []
        return [_earlier(row) for row in found if is_same(row["customer_phone"], phone)]

    def by_door(self, address: str) -> list[Earlier]:
        """The newest orders to this address, however it was spaced."""
        door = door_of(address)
        return [] if door is None else [_earlier(row) for row in _BY_DOOR.run(self._connection, door)]

    def goods(self, order: Earlier) -> list[OrderLine]:
        """What was ordered then."""
        query = select(lines).where(lines.c.order_id == order.id)
        rows = self._connection.execute(query).mappings()
        return [mapping.line_of(row, order.currency) for row in rows]

    def sums(self, currency: str) -> list[int]:
        """What the newest accepted orders cost, in minor units."""
        query = (
            select(orders.c.total_minor)
            .where(orders.c.accepted_at.is_not(None), orders.c.currency == currency)
            .order_by(orders.c.accepted_at.desc())
            .limit(NEWEST)
        )
        return list(self._connection.execute(query).scalars())


def _earlier(row: Row) -> Earlier:
    customer = Customer(name=row["customer_name"], phone=row["customer_phone"], address=row["customer_address"])
    return Earlier(
        id=row["id"],
        number=row["number"],
        stage=Stage(row["stage"]),
        received_at=row["received_at"],
        customer=customer,
        currency=row["currency"],
    )
