"""Courier jobs on disk."""

from collections.abc import Iterable
from typing import Any, Final, cast

from sqlalchemy import Connection, Select, bindparam, insert, select, update

from core.domain.delivery import Delivery
from core.domain.ids import OrderId
from core.store import mapping
from core.store.orders import AT_ONCE
from core.store.prepared import Changed, Found
from core.store.tables import deliveries

_ADD: Final = insert(deliveries)
_SAVE: Final = update(deliveries).where(deliveries.c.id == bindparam("_id"))
_BY_REF: Final = Found(deliveries, "courier", "ref")
_BY_KEY: Final = Found(deliveries, "courier", "key")
_BY_RETURN: Final = Found(deliveries, "courier", "return_ref")
_MOVED: Final = Changed(deliveries)
_NEWEST_FIRST: Final = deliveries.c.booked_at.desc()


class Deliveries:
    """The deliveries of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, delivery: Delivery) -> None:
        """A job a courier took on; a second live one for an order breaks a constraint."""
        self._connection.execute(_ADD, mapping.delivery_row(delivery))

    def save(self, delivery: Delivery) -> None:
        """Its next state."""
        self._connection.execute(_SAVE, mapping.delivery_row(delivery) | {"_id": delivery.id})

    def moved(self, before: Delivery, after: Delivery) -> None:
        """Its next state, where it differs from the one that was read in this transaction."""
        _MOVED.run(self._connection, after.id, mapping.delivery_row(before), mapping.delivery_row(after))

    def live_of(self, order_id: OrderId) -> Delivery | None:
        """The one job that may still bring a driver."""
        mine = select(deliveries).where(deliveries.c.order_id == order_id, deliveries.c.ended_at.is_(None))
        return next(iter(self._load(mine)), None)

    def of(self, order_id: OrderId) -> list[Delivery]:
        """All jobs of an order, newest first."""
        return self._load(select(deliveries).where(deliveries.c.order_id == order_id).order_by(_NEWEST_FIRST))

    def known_as(self, courier: str, ref: str, key: str = "") -> Delivery | None:
        """The job a courier means: by its own id, by our key, or by the id of its return leg; each by an index."""
        ways = ((_BY_REF, ref), (_BY_KEY, key), (_BY_RETURN, ref))
        named = (row for way, name in ways if name for row in way.run(self._connection, courier, name))
        return next((mapping.delivery_of(cast("mapping.Row", row)) for row in named), None)

    def live(self) -> list[Delivery]:
        """Everything that is under way."""
        return self._load(select(deliveries).where(deliveries.c.ended_at.is_(None)))

    def live_of_many(self, ids: Iterable[OrderId]) -> dict[OrderId, Delivery]:
        """The live job of each order that has one."""
        wanted = list(ids)
        found: list[Delivery] = []
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            alive = deliveries.c.ended_at.is_(None)
            found += self._load(select(deliveries).where(deliveries.c.order_id.in_(some), alive))
        return {delivery.order_id: delivery for delivery in found}

    def _load(self, query: Select[Any]) -> list[Delivery]:
        return [mapping.delivery_of(row) for row in self._connection.execute(query).mappings()]
