"""What was, counted by the database: hours of past days, and how a day's orders went."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, column, func, select, text, values

from core.board.day_numbers import Passage, StageCount
from core.board.waits import Taking
from core.domain.day import Span
from core.domain.stage import IN_THE_SHOP, Stage
from core.store.columns import UtcTime
from core.store.open_rows import OPEN_STAGES
from core.store.tables import deliveries, orders

ENOUGH: Final = 1000  # orders whose times are read
_TIMES: Final = ("opened_at", "accepted_at", "ready_at", "ended_at", "promised_to")
_PASSAGE: Final = [orders.c[name] for name in ("stage", *_TIMES)]


class Records:
    """Reads only; every question goes through an index, however many orders have been."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def accepted_in(self, spans: Iterable[Span]) -> list[int]:
        """Orders accepted in each span, in one statement."""
        return self._counted(orders.c.accepted_at, tuple(spans))

    def promised_in(self, spans: Iterable[Span]) -> list[int]:
        """Orders in the shop that are due at the customer's in each span."""
        in_shop = (text(f"orders.{OPEN_STAGES}"), orders.c.stage.in_(sorted(IN_THE_SHOP)))
        return self._counted(orders.c.promised_to, tuple(spans), *in_shop)

    def passages(self, span: Span) -> list[Passage]:
        """How the newest orders first told in the span went: enough for a median, and never ten thousand rows."""
        query = select(*_PASSAGE).where(*_told_in(span)).order_by(orders.c.received_at.desc()).limit(ENOUGH)
        return [_passage(*row) for row in self._connection.execute(query)]

    def takings(self, span: Span) -> list[Taking]:
        """How the newest orders first told in the span went to their drivers."""
        job, order = deliveries.c, orders.c
        query = (
            select(job.at_store_at, order.ready_at, job.handed_over_at, job.picked_up_at)
            .join_from(orders, deliveries, job.order_id == order.id)
            .where(*_told_in(span))
            .order_by(order.received_at.desc())
            .limit(ENOUGH)
        )
        rows = self._connection.execute(query)
        return [
            Taking(came_at=came, ready_at=ready, handed_at=handed, taken_at=taken)
            for came, ready, handed, taken in rows
        ]

    def stages(self, span: Span) -> list[StageCount]:
        """Where all orders first told in the span stand now."""
        counted = (orders.c.stage, func.count(), func.count(orders.c.accepted_at))
        rows = self._connection.execute(select(*counted).where(*_told_in(span)).group_by(orders.c.stage))
        return [StageCount(stage=Stage(stage), orders=count, accepted=accepted) for stage, count, accepted in rows]

    def _counted(self, when: ColumnElement[Any], spans: Sequence[Span], *only: Any) -> list[int]:
        if not spans:
            return []
        asked = values(column("start", UtcTime), column("until", UtcTime), name="asked")
        span = asked.data([(one.start, one.until) for one in spans]).cte("asked")
        counted = select(func.count()).select_from(orders).where(when >= span.c.start, when < span.c.until, *only)
        query = select(span.c.start, counted.correlate(span).scalar_subquery())
        found = {start: count for start, count in self._connection.execute(query)}
        return [found[one.start] for one in spans]


def _told_in(span: Span) -> tuple[ColumnElement[bool], ...]:
    return orders.c.received_at >= span.start, orders.c.received_at < span.until


def _passage(stage: str, *times: datetime | None) -> Passage:
    return Passage(stage=Stage(stage), **dict(zip(_TIMES, times, strict=True)))


def _taking(came: datetime | None, ready: datetime | None, handed: datetime | None, taken: datetime | None) -> Taking:
    return Taking(came_at=came, ready_at=ready, handed_at=handed, taken_at=taken)
