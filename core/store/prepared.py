"""Inserts compiled once: on the path of every letter SQLAlchemy's own bookkeeping costs more than SQLite does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.engine import Dialect

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
    processors = {name: table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in row}
    return _Text(
        sql=f"{compiled}{end}",
        names=tuple(compiled.positiontup or row),
        changes={name: change for name, change in processors.items() if change is not None},
        is_positional=bool(compiled.positional),
    )
