"""Refunds on disk: what goes back of an order, and how far it is."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Select, bindparam, func, insert, select, update

from core.domain.ids import LineId, OrderId, RefundId
from core.domain.money import Money
from core.domain.refund import COUNTED, Refund, RefundState
from core.store.tables import refunds

AT_ONCE: Final = 500  # ids in one statement
_PLAIN: Final = "id order_id reason by at send_id ref cause bearer".split()
_ADD: Final = insert(refunds)
_SAVE: Final = update(refunds).where(refunds.c.id == bindparam("_id"))
_COUNTED: Final = refunds.c.state.in_(sorted(state.value for state in COUNTED))


class Refunds:
    """The refunds of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, refund: Refund) -> None:
        """A new one; whoever adds it has seen to it that it is not too much."""
        self._connection.execute(_ADD, _row(refund))

    def save(self, refund: Refund) -> None:
        """Its next state."""
        self._connection.execute(_SAVE, _row(refund) | {"_id": refund.id})

    def get(self, refund_id: RefundId) -> Refund | None:
        """None when there is no such refund."""
        return next(iter(self._load(select(refunds).where(refunds.c.id == refund_id))), None)

    def of(self, order_id: OrderId) -> list[Refund]:
        """All of an order, oldest first."""
        mine = select(refunds).where(refunds.c.order_id == order_id)
        return self._load(mine.order_by(refunds.c.at, refunds.c.id))

    def of_many(self, ids: Iterable[OrderId]) -> dict[OrderId, list[Refund]]:
        """Of several orders, those that have any; oldest first."""
        found: dict[OrderId, list[Refund]] = defaultdict(list)
        wanted = list(ids)
        for start in range(0, len(wanted), AT_ONCE):
            mine = select(refunds).where(refunds.c.order_id.in_(wanted[start : start + AT_ONCE]))
            for refund in self._load(mine.order_by(refunds.c.at, refunds.c.id)):
                found[refund.order_id].append(refund)
        return found

    def sum_of(self, order_id: OrderId, currency: str) -> Money:
        """What is gone or on its way."""
        mine = select(func.coalesce(func.sum(refunds.c.amount_minor), 0)).where(
            refunds.c.order_id == order_id, _COUNTED
        )
        return Money(int(self._connection.execute(mine).scalar_one()), currency)

    def _load(self, query: Select[Any]) -> list[Refund]:
        return [_refund(row) for row in self._connection.execute(query).mappings()]


def _row(refund: Refund) -> dict[str, Any]:
    row = {name: getattr(refund, name) for name in _PLAIN}
    return row | {
        "amount_minor": refund.amount.minor,
        "currency": refund.amount.currency,
        "state": refund.state.value,
        "lines": [list(line) for line in refund.lines],
    }


def _refund(row: RowMapping) -> Refund:
    return Refund(
        id=RefundId(row["id"]),
        amount=Money(row["amount_minor"], row["currency"]),
        state=RefundState(row["state"]),
        lines=tuple((LineId(line_id), pieces) for line_id, pieces in row["lines"]),
        **{name: row[name] for name in _PLAIN if name != "id"},
    )
