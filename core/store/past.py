"""How long drivers and bags took: the newest orders that were accepted, and who carried them."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Subquery, func, or_, select

from core.domain.delivery import DeliveryState
from core.domain.events import NAMES, LinePicked
from core.domain.ids import CourierName
from core.domain.money import Money
from core.domain.timed import Packing, Ride
from core.domain.wares import Ware
from core.store.tables import deliveries, journal, lines, orders

NEWEST: Final = 1000  # orders; what is older teaches little, and the read stays short however many there are


class Past:
    """Reads only, from the index on when orders were accepted."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rides(self, since: datetime) -> list[Ride]:
        """Drivers who came for orders accepted after `since`."""
        newest, job = _newest(since), deliveries.c
        told = (job.courier, job.booked_at, job.at_store_at, job.picked_up_at, job.state, job.ended_at)
        query = (
            select(*told, newest.c.ready_at)
            .join_from(newest, deliveries, job.order_id == newest.c.id)
            .where(or_(job.at_store_at.is_not(None), job.picked_up_at.is_not(None)))
        )
        return [_ride(*row) for row in self._connection.execute(query)]

    def packings(self, since: datetime) -> list[Packing]:
        """Orders accepted after `since` that were packed."""
        newest = _newest(since)
        pieces = select(func.sum(lines.c.quantity)).where(lines.c.order_id == newest.c.id).scalar_subquery()
        begun = select(func.min(journal.c.at)).where(
            journal.c.order_id == newest.c.id, journal.c.kind == NAMES[LinePicked]
        )
        query = select(newest.c.accepted_at, newest.c.ready_at, pieces, begun.scalar_subquery()).where(
            newest.c.ready_at.is_not(None)
        )
        return [
            Packing(accepted_at=accepted, ready_at=ready, pieces=int(count or 0), begun_at=first)
            for accepted, ready, count, first in self._connection.execute(query)
        ]

    def sold(self, currency: str) -> list[Ware]:
        """What was on the newest orders, each article once, with its last price."""
        newest = select(orders.c.id, orders.c.currency, orders.c.received_at)
        newest_ones = newest.order_by(orders.c.received_at.desc()).limit(NEWEST).subquery("newest")
        told = (lines.c.name, lines.c.sku, lines.c.barcode, lines.c.unit_price_minor, lines.c.quantity)
        query = (
            select(*told, newest_ones.c.currency)
            .join_from(newest_ones, lines, lines.c.order_id == newest_ones.c.id)
            .where(lines.c.is_gift.is_(False))
            .order_by(newest_ones.c.received_at.desc(), lines.c.place)
        )
        found: dict[tuple[str, str], Ware] = {}
        for name, sku, barcode, price, count, coin in self._connection.execute(query):
            amount = Money(price, coin) if price is not None and coin == currency else None
            ware = Ware(name=name, sku=sku, barcode=barcode, price=amount, sold=count)
            known = found.setdefault((sku, "" if sku else name), replace(ware, sold=0))
            found[sku, "" if sku else name] = replace(
                known, sold=known.sold + count, price=amount if known.price is None else known.price
            )
        return list(found.values())


def _newest(since: datetime) -> Subquery:
    wanted = select(orders.c.id, orders.c.accepted_at, orders.c.ready_at).where(orders.c.accepted_at > since)
    return wanted.order_by(orders.c.accepted_at.desc()).limit(NEWEST).subquery("newest")


def _ride(
    courier: str,
    called_at: datetime,
    at_store_at: datetime | None,
    picked_up_at: datetime | None,
    state: str,
    ended_at: datetime | None,
    ready_at: datetime | None,
) -> Ride:
    return Ride(
        courier=CourierName(courier),
        called_at=called_at,
        at_store_at=at_store_at,
        picked_up_at=picked_up_at,
        delivered_at=ended_at if state == DeliveryState.DELIVERED else None,
        ready_at=ready_at,
    )
