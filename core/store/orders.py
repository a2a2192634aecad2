"""Orders on disk: found by id, number or channel's key; saved only by who saw the newest version."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, delete, func, select, text, update

from core.domain.ids import OrderId
from core.domain.line import OrderLine
from core.domain.order import Order
from core.domain.purchase import Purchase
from core.domain.refusal import Ambiguous, Conflict, UnknownOrder
from core.domain.stage import ENDED, Stage
from core.store import mapping
from core.store.open_rows import OPEN_STAGES
from core.store.prepared import Found, Prepared
from core.store.tables import checks, lines, orders

AT_ONCE: Final = 500  # ids in one statement
_ADD: Final = Prepared(orders, unless_known="channel, shop, channel_order_id")
_ADD_LINES: Final = Prepared(lines)
_ADD_CHECKS: Final = Prepared(checks)
_KNOWN: Final = Found(orders, "channel", "shop", "channel_order_id", show=("id",))
_BY_ID: Final = select(orders).where(orders.c.id == bindparam("id"))
_SAVE: Final = update(orders).where(orders.c.id == bindparam("_id"), orders.c.version == bindparam("_version"))
_SAVE_LINE: Final = update(lines).where(lines.c.order_id == bindparam("_order"), lines.c.id == bindparam("_line"))


class Orders:
    """The orders of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, order: Order) -> bool:
        """A new order with its lines; False, and nothing done, when its channel has told of it before."""
        is_new = _ADD.run(self._connection, mapping.order_row(order)) == 1
        if is_new:
            self._write_lines(order)
            self._write_checks(order)
        return is_new

    def get(self, order_id: OrderId) -> Order:
        """Raises `UnknownOrder`."""
        found = self.find(order_id)
        if found is None:
            raise UnknownOrder(f"no order {order_id}", found=order_id)
        return found

    def find(self, order_id: OrderId) -> Order | None:
        """None when there is no such order."""
        row = self._connection.execute(_BY_ID, {"id": order_id}).mappings().first()
        return self._whole([row])[0] if row else None

    def known_as(self, purchase: Purchase) -> Order | None:
        """By what its channel calls it: the id of one that was keyed in by hand does not follow from that."""
        found = _KNOWN.run(self._connection, purchase.channel, purchase.shop, purchase.channel_order_id)
        return self.get(found[0]["id"]) if found else None

    def get_told(self, purchase: Purchase) -> Order:
        """The same of one that is known; raises `UnknownOrder`."""
        found = self.known_as(purchase)
        if found is None:
            raise UnknownOrder(f"no order {purchase.number}", found=purchase.number)
        return found

    def save(self, order: Order, before: Order) -> Order:
        """The next state of `before`, which must still be what is on disk; raises `Conflict`."""
        if order == before:
            return order
        row = mapping.order_row(order) | {"version": before.version + 1, "_id": before.id, "_version": before.version}
        if self._connection.execute(_SAVE, row).rowcount != 1:
            raise Conflict(f"order {order.number} was changed by someone else meanwhile")
        if order.lines != before.lines:
            self._save_lines(order, before)
        if order.checklist != before.checklist:
            self._save_checks(order)
        return replace(order, version=before.version + 1)

    def called(self, name: str) -> Order:
        """By id, or by the number people say, open ones first; raises `UnknownOrder`, `Ambiguous`."""
        number = name.strip().lstrip("#")
        rows = self._rows(select(orders).where((orders.c.id == number) | (orders.c.number == number)))
        open_rows = [row for row in rows if row["stage"] not in ENDED] or rows
        if not rows:
            raise UnknownOrder(f"no order is called {name!r:.60}", found=name[:60])
        if len(open_rows) > 1:
            ids = ", ".join(row["id"] for row in open_rows[:5])
            raise Ambiguous(f"{len(open_rows)} orders are called {number}; say which id: {ids}", found=number)
        return self._whole(open_rows)[0]

    def many(self, ids: Iterable[OrderId]) -> list[Order]:
        """Those of `ids` that exist, in no certain sequence."""
        wanted = list(dict.fromkeys(ids))
        slices = [wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE)]
        return [order for some in slices for order in self._load(select(orders).where(orders.c.id.in_(some)))]

    def all_open(self) -> list[Order]:
        """Everything that still wants something, oldest first."""
        return self._load(select(orders).where(text(OPEN_STAGES)).order_by(orders.c.received_at, orders.c.id))

    def listed(self, stages: Sequence[Stage] = (), limit: int = 1000) -> list[Order]:
        """Newest first; all stages when none is named."""
        query = select(orders).order_by(orders.c.received_at.desc(), orders.c.id).limit(limit)
        return self._load(query.where(orders.c.stage.in_(stages)) if stages else query)

    def received_between(self, start: datetime, end: datetime) -> list[Order]:
        """First told in this span, oldest first."""
        within = orders.c.received_at.between(start, end)
        return self._load(select(orders).where(within).order_by(orders.c.received_at, orders.c.id))

    def accepted_after(self, start: datetime) -> list[datetime]:
        """When orders were accepted, for the load of the hour."""
        query = select(orders.c.accepted_at).where(orders.c.accepted_at > start).order_by(orders.c.accepted_at)
        return list(self._connection.execute(query).scalars())

    def count(self, stages: Iterable[Stage]) -> int:
        """How many stand in these stages."""
        query = select(func.count()).select_from(orders).where(text(OPEN_STAGES), orders.c.stage.in_(list(stages)))
        return int(self._connection.execute(query).scalar_one())

    def _load(self, query: Select[Any]) -> list[Order]:
        return self._whole(self._rows(query))

    def _rows(self, query: Select[Any]) -> Sequence[mapping.Row]:
        return self._connection.execute(query).mappings().all()

    def _whole(self, rows: Sequence[mapping.Row]) -> list[Order]:
        ids = [row["id"] for row in rows]
        by_order, ticked = self._lines_of(ids), self._checks_of(ids)
        return [mapping.order_of(row, by_order[row["id"]], ticked[row["id"]]) for row in rows]

    def _lines_of(self, ids: Sequence[str]) -> dict[str, list[mapping.Row]]:
        found: dict[str, list[mapping.Row]] = defaultdict(list)
        for start in range(0, len(ids), AT_ONCE):
            query = select(lines).where(lines.c.order_id.in_(ids[start : start + AT_ONCE])).order_by(lines.c.place)
            for row in self._rows(query):
                found[row["order_id"]].append(row)
        return found

    def _checks_of(self, ids: Sequence[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for start in range(0, len(ids), AT_ONCE):
            for row in self._rows(select(checks).where(checks.c.order_id.in_(ids[start : start + AT_ONCE]))):
                found[row["order_id"]].append(row["name"])
        return found

    def _write_lines(self, order: Order) -> None:
        _ADD_LINES.run(self._connection, *(mapping.line_row(order.id, at, line) for at, line in enumerate(order.lines)))

    def _save_lines(self, order: Order, before: Order) -> None:
        """Only the lines that differ, when they are still the same lines."""
        if [line.id for line in order.lines] != [line.id for line in before.lines]:
            self._connection.execute(delete(lines).where(lines.c.order_id == order.id))
            return self._write_lines(order)
        was: dict[str, OrderLine] = {line.id: line for line in before.lines}
        for place, line in enumerate(order.lines):
            if line != was[line.id]:
                row = mapping.line_row(order.id, place, line) | {"_order": order.id, "_line": line.id}
                self._connection.execute(_SAVE_LINE, row)
        return None

    def _save_checks(self, order: Order) -> None:
        self._connection.execute(delete(checks).where(checks.c.order_id == order.id))
        self._write_checks(order)

    def _write_checks(self, order: Order) -> None:
        ticked = sorted(order.checklist.ticked)
        _ADD_CHECKS.run(self._connection, *({"order_id": order.id, "name": check.value} for check in ticked))
