"""Notices that somebody else has written, within a few hundredths of a second."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Protocol

from sqlalchemy import text

from core.store.database import Database, StoreUnusable, plain_words

POLL: Final = 0.02  # seconds; one look at SQLite's counter costs three microseconds
CHANNEL: Final = "orderbell"


class Watch(Protocol):
    """Blocks: for a thread of its own."""

    def changed(self, patience: float) -> bool:
        """Whether anything was written since the last time, waiting at most `patience` seconds; may raise
        `StoreUnusable`.
        """


class _SqliteWatch:
    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._version = self._look()

    def changed(self, patience: float) -> bool:
        deadline = time.monotonic() + patience
        while (version := self._look()) == self._version:
            if time.monotonic() >= deadline:
                return False
            time.sleep(POLL)
        self._version = version
        return True

    def _look(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


class _PostgresWatch:
    def __init__(self, connection: Any, database: Database) -> None:
        self._connection = connection
        self._database = database
        self._lost = database.engine.dialect.loaded_dbapi.OperationalError
        connection.autocommit = True
        connection.execute(f"LISTEN {CHANNEL}")

    def changed(self, patience: float) -> bool:
        """A lost notice costs no more than `patience`: the caller looks then anyway."""
        try:
            return any(True for _ in self._connection.notifies(timeout=patience, stop_after=1))
        except self._lost as error:
            raise StoreUnusable(f"{self._database.shown}: the connection was lost") from error


@contextmanager
def watching(database: Database) -> Iterator[Watch]:
    """A watch on a connection of its own, which never writes."""
    with plain_words(database), database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        connection.detach()
        yield _SqliteWatch(raw) if database.is_sqlite else _PostgresWatch(raw, database)


def tell_postgres(connection: Any) -> None:
    """Sent with the commit, heard by every counter."""
    connection.execute(text(f"NOTIFY {CHANNEL}"))
