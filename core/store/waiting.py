"""New orders whose time to accept runs out, and holds whose time has come: looked up every second, so few columns."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select, text

from core.domain.ids import OrderId
from core.domain.order import Order
from core.domain.payment import Payment, is_received
from core.domain.stage import RINGING
from core.store.open_rows import OPEN_STAGES
from core.store.tables import orders

_OPEN: Final = text(OPEN_STAGES)
_COLUMNS: Final = (
    orders.c.id,
    orders.c.received_at,
    orders.c.opened_at,
    orders.c.accept_by,
    orders.c.channel_accept_by,
    orders.c.reminders,
    orders.c.payment,
)
_WAITING: Final = select(*_COLUMNS).where(
    _OPEN,
    orders.c.stage.in_(sorted(stage.value for stage in RINGING)),
    orders.c.is_test.is_(False),
    orders.c.accept_by <= bindparam("soon"),
    orders.c.reminders < bindparam("steps"),
)
_ENDING: Final = select(orders.c.id).where(_OPEN, orders.c.held_until <= bindparam("now"))


@dataclass(frozen=True, kw_only=True)
class Unaccepted:
    """A paid order nobody has accepted; `channel_deadline` None: only ours."""

    id: OrderId
    since: datetime
    deadline: datetime
    channel_deadline: datetime | None
    steps: int


def unaccepted_of(order: Order) -> Unaccepted | None:
    """The same of an order that was read whole; None where nobody has to accept it."""
    if order.stage not in RINGING or not order.is_paid or order.purchase.is_test:
        return None
    return Unaccepted(
        id=order.id,
        since=order.opened_at or order.received_at,
        deadline=order.accept_by,
        channel_deadline=order.purchase.accept_by,
        steps=order.reminders,
    )


class Waiting:
    """The waiting orders of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def unaccepted(self, soon: datetime, steps: int) -> list[Unaccepted]:
        """To be accepted by `soon`, and not so many steps along yet."""
        rows = self._connection.execute(_WAITING, {"soon": soon, "steps": steps}).mappings()
        return [
            Unaccepted(
                id=OrderId(row["id"]),
                since=row["opened_at"] or row["received_at"],
                deadline=row["accept_by"],
                channel_deadline=row["channel_accept_by"],
                steps=row["reminders"],
            )
            for row in rows
            if is_received(Payment(row["payment"]))
        ]

    def holds_ending(self, now: datetime) -> list[OrderId]:
        """Orders whose hold has run out."""
        return [OrderId(id) for id in self._connection.execute(_ENDING, {"now": now}).scalars()]
