"""Troubles of the last days as they are counted: read through indexes, however many orders have been."""

from collections import defaultdict
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, ScalarSelect, func, select

from core.board.recurring import Incident
from core.domain.day import Span
from core.domain.events import NAMES, PackingFinished
from core.domain.ids import OrderId, ProblemId
from core.domain.money import Money
from core.domain.problem import ProblemKind
from core.store.tables import deliveries, journal, lines, orders, problems

MOST: Final = 5000  # newest ones: what recurs shows in fewer, too
NO_TROUBLE: Final = (ProblemKind.REFUND_DUE.value,)  # work that follows from one
_FACTS: Final = "opened_at order_id detail closed_at result bearer".split()


class Troubled:
    """Reads only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def began_in(self, span: Span) -> list[Incident]:
        """Newest first, at most `MOST`; of a courier who was called before it, and who packed the bag."""
        told, products = problems.c, self._products(span)
        query = (
            select(problems, orders.c.number, _courier().label("courier"), _person().label("person"))
            .join_from(problems, orders, orders.c.id == told.order_id, isouter=True)
            .where(*_within(span))
            .order_by(told.opened_at.desc())
            .limit(MOST)
        )
        return [_incident(row, products) for row in self._connection.execute(query).mappings()]

    def _products(self, span: Span) -> dict[str, tuple[str, ...]]:
        """By order, what was bought: gifts are nobody's trouble."""
        asked = select(problems.c.order_id).where(*_within(span)).order_by(problems.c.opened_at.desc()).limit(MOST)
        newest = asked.subquery("newest")
        query = select(lines.c.order_id, lines.c.name).distinct()
        query = query.join_from(newest, lines, lines.c.order_id == newest.c.order_id).where(~lines.c.is_gift)
        found: dict[str, list[str]] = defaultdict(list)
        for order_id, name in self._connection.execute(query):
            found[order_id].append(name)
        return {order_id: tuple(names) for order_id, names in found.items()}


def _within(span: Span) -> tuple[ColumnElement[bool], ...]:
    told = problems.c
    return told.opened_at >= span.start, told.opened_at < span.until, told.kind.not_in(NO_TROUBLE)


def _courier() -> ScalarSelect[str]:
    job = deliveries.c
    called = select(job.courier).where(job.order_id == problems.c.order_id, job.booked_at <= problems.c.opened_at)
    return called.order_by(job.booked_at.desc()).limit(1).correlate(problems).scalar_subquery()


def _person() -> ColumnElement[str]:
    mine = select(journal.c.by).where(
        journal.c.order_id == problems.c.order_id, journal.c.kind == NAMES[PackingFinished]
    )
    packed = mine.order_by(journal.c.id.desc()).limit(1).correlate(problems).scalar_subquery()
    return func.coalesce(packed, orders.c.accepted_by)


def _incident(row: Any, products: dict[str, tuple[str, ...]]) -> Incident:
    cost = None if row["cost_minor"] is None else Money(row["cost_minor"], row["cost_currency"])
    named = row["order_id"]
    return Incident(
        problem_id=ProblemId(row["id"]),
        kind=ProblemKind(row["kind"]),
        number=row["number"] or "",
        cost=cost,
        courier=row["courier"] or "",
        person=row["person"] or "",
        products=products.get(named, ()),
        **{name: row[name] for name in _FACTS if name != "order_id"},
        order_id=OrderId(named) if named else None,
    )
