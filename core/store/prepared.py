"""Statements compiled once: on the path of every letter SQLAlchemy's own bookkeeping costs more than SQLite does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, update
from sqlalchemy.engine import Dialect

from core.store.columns import UtcTime

Row = Mapping[str, Any]


class Prepared:
    """The text and the types of `connection.execute(insert, rows)`, kept; all rows must have the same columns."""

    def __init__(self, table: Table, *, unless_known: str = "") -> None:
        self._table = table
        self._end = f" ON CONFLICT ({unless_known}) DO NOTHING" if unless_known else ""
        self._by_dialect: dict[str, _Text] = {}

    def run(self, connection: Connection, *rows: Row) -> int:
        """How many rows were written: none for one whose `unless_known` columns are there already."""
        if not rows:
            return 0
        text = self._by_dialect.get(connection.dialect.name)
        if text is None:
            text = self._by_dialect[connection.dialect.name] = _text(
                self._table, rows[0], connection.dialect, self._end
            )
        return connection.exec_driver_sql(text.sql, text.bound(rows)).rowcount


class Found:
    """The text of `SELECT … WHERE` these columns are equal to what is given; texts, numbers and times only.

    `since`: one more column, of times, that is not earlier than the last value given; `end`: sequence and limit.
    """

    def __init__(self, table: Table, *by: str, show: Sequence[str] = (), since: str = "", end: str = "") -> None:
        self._table, self._equal, self._show, self._since = table, by, show, since
        self._by = (*by, since) if since else by
        self._end = end
        self._by_dialect: dict[str, _Answer] = {}

    def run(self, connection: Connection, *values: str | int | datetime) -> list[Row]:
        """The rows, as `connection.execute(select)` would give them."""
        answer = self._by_dialect.get(connection.dialect.name)
        if answer is None:
            answer = self._by_dialect[connection.dialect.name] = self._compiled(connection.dialect)
        given = dict(zip(self._by, values, strict=True))
        rows = connection.exec_driver_sql(answer.text.sql, answer.text.bound([given]))
        return [answer.row(row) for row in rows]

    def _compiled(self, dialect: Dialect) -> "_Answer":
        shown = [self._table.c[name] for name in self._show or self._table.c.keys()]
        query = select(*shown).where(*(self._table.c[name] == bindparam(name) for name in self._equal))
        if self._since:
            query = query.where(self._table.c[self._since] >= bindparam(self._since))
        compiled = query.compile(dialect=dialect)
        times = ((at, column.type) for at, column in enumerate(shown) if isinstance(column.type, UtcTime))
        reading = ((at, kind.dialect_impl(dialect).result_processor(dialect, None)) for at, kind in times)
        return _Answer(
            text=_Text(
                f"{compiled}{self._end}",
                tuple(compiled.positiontup or self._by),
                _bindings(self._table, dict.fromkeys(self._by), dialect),
                bool(compiled.positional),
            ),
            names=tuple(column.name for column in shown),
            readings=tuple((at, read) for at, read in reading if read is not None),
        )


class Changed:
    """The texts of `UPDATE SET` some columns of the row with an id; which ones differ from row to row."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._texts: dict[tuple[str, tuple[str, ...]], _Text] = {}

    def run(self, connection: Connection, id: str, before: Row, after: Row) -> None:
        """Write what differs."""
        change = {name: value for name, value in after.items() if value != before[name]}
        if not change:
            return
        key = (connection.dialect.name, tuple(change))
        text = self._texts.get(key)
        if text is None:
            text = self._texts[key] = self._compiled(connection.dialect, change)
        connection.exec_driver_sql(text.sql, text.bound([{**change, "_id": id}]))

    def _compiled(self, dialect: Dialect, change: Row) -> "_Text":
        statement = update(self._table).where(self._table.c.id == bindparam("_id"))
        compiled = statement.compile(dialect=dialect, column_keys=list(change))
        return _Text(
            sql=str(compiled),
            names=tuple(compiled.positiontup or (*change, "_id")),
            changes=_bindings(self._table, change, dialect),
            is_positional=bool(compiled.positional),
        )


@dataclass(frozen=True)
class _Answer:
    text: "_Text"
    names: tuple[str, ...]
    readings: tuple[tuple[int, Callable[[Any], Any]], ...]  # how what the driver gives becomes a value, where it must

    def row(self, given: Sequence[Any]) -> Row:
        values = list(given)
        for at, read in self.readings:
            values[at] = read(values[at])
        return dict(zip(self.names, values, strict=True))


@dataclass(frozen=True)
class _Text:
    sql: str
    names: tuple[str, ...]
    changes: Mapping[str, Any]  # how a value becomes what the driver takes, where it must
    is_positional: bool

    def bound(self, rows: Sequence[Row]) -> Any:
        sets = [self._one(row) for row in rows]
        return sets[0] if len(sets) == 1 else sets

    def _one(self, row: Row) -> Any:
        values = {name: change(row[name]) for name, change in self.changes.items()}
        full = {**row, **values}
        return tuple(full[name] for name in self.names) if self.is_positional else full


def _text(table: Table, row: Row, dialect: Dialect, end: str) -> _Text:
    compiled = insert(table).inline().compile(dialect=dialect, column_keys=list(row))
    return _Text(
        sql=f"{compiled}{end}",
        names=tuple(compiled.positiontup or row),
        changes=_bindings(table, row, dialect),
        is_positional=bool(compiled.positional),
    )


def _bindings(table: Table, row: Row, dialect: Dialect) -> dict[str, Any]:
    processors = {name: table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in row}
    return {name: change for name, change in processors.items() if change is not None}
