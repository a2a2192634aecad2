"""What happened, in the order it was committed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from core.board.journal import JournalLine
from core.domain.events import Event
from core.domain.ids import OrderId
from core.store import mapping
from core.store.prepared import Prepared
from core.store.tables import journal, orders

_ADD: Final = Prepared(journal)
_TAIL: Final = select(journal).where(journal.c.id > bindparam("seen")).order_by(journal.c.id).limit(bindparam("most"))


@dataclass(frozen=True)
class Entry:
    """A numbered event; `event` is None for a kind this version does not know."""

    number: int
    order_id: OrderId | None
    event: Event | None


class Journal:
    """The journal of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, events: Iterable[Event]) -> None:
        """Written with what it tells of, or not at all."""
        _ADD.run(self._connection, *(mapping.journal_row(event) for event in events))

    def after(self, seen: int, most: int = 1000) -> list[Entry]:
        """What came since number `seen`, oldest first."""
        rows = self._connection.execute(_TAIL, {"seen": seen, "most": most}).mappings()
        return [Entry(row["id"], row["order_id"], mapping.event_of(row)) for row in rows]

    def newest(self, *, before: int | None, after: int, of: OrderId | None, most: int) -> list[JournalLine]:
        """Between the two numbers, newest first, of one order or of all; kinds of a newer version are left out."""
        query = select(journal, orders.c.number).outerjoin(orders, orders.c.id == journal.c.order_id)
        query = query.where(journal.c.id > after).order_by(journal.c.id.desc()).limit(most)
        query = query if before is None else query.where(journal.c.id < before)
        query = query if of is None else query.where(journal.c.order_id == of)
        return [line for row in self._connection.execute(query).mappings() if (line := _line(row)) is not None]

    def last(self) -> int:
        """The newest number, 0 in an empty journal."""
        return int(self._connection.execute(select(func.max(journal.c.id))).scalar() or 0)

    def of(self, order_id: OrderId) -> Sequence[Event]:
        """One order's history, oldest first."""
        mine = select(journal).where(journal.c.order_id == order_id).order_by(journal.c.id)
        events = (mapping.event_of(row) for row in self._connection.execute(mine).mappings())
        return [event for event in events if event is not None]

    def counts(self) -> dict[str, int]:
        """How often each kind happened."""
        rows = self._connection.execute(select(journal.c.kind, func.count()).group_by(journal.c.kind))
        return {kind: count for kind, count in rows}


def _line(row: mapping.Row) -> JournalLine | None:
    event = mapping.event_of(row)
    return None if event is None else JournalLine(seen=row["id"], event=event, number=row["number"] or "")
