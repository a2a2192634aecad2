"""One database, SQLite or PostgreSQL: how it is opened and how its transactions begin."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.pool import NullPool, QueuePool

BUSY_SECONDS: Final = 20  # the longest wait seen between two busy writers was 0.6 s
WRITING: Final = "orderbell_writing"


class StoreUnusable(Exception):
    """The database cannot be opened, read or written; the message says which and why, and what to do."""


class Database:
    """Hands out connections: `writing` holds the store's one write lock from its start, `reading` one snapshot."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url) if self.is_sqlite else _postgres_engine(url)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A writing transaction: committed at the end, rolled back whole by any exception."""
        with plain_words(self), self.engine.connect() as connection:
            connection.execution_options(**{WRITING: True})
            with connection.begin():
                if not self.is_sqlite:
                    _lock_store(connection)
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A snapshot: what is read within it belongs together."""
        with plain_words(self), self.engine.connect() as connection:
            if not self.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def copy_to(self, file: Path) -> None:
        """One consistent, compact copy of an SQLite store, beside whoever reads and writes; never over a store."""
        _make_private(file)
        with plain_words(self), unpooled(self).connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(
                text("VACUUM INTO :copy"), {"copy": str(file)}
            )

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    @property
    def shown(self) -> str:
        """Where the data are, without a password."""
        return self.url.render_as_string(hide_password=True)


def sqlite_url(folder: Path) -> str:
    """The database file of a data folder; both are made when missing."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "orderbell.db"
    _make_private(file)
    return f"sqlite:///{file}"


def _make_private(file: Path) -> None:
    """Names and telephones are for nobody else's eyes; SQLite gives its other files the rights of this one."""
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


@contextmanager
def plain_words(database: Database) -> Iterator[None]:
    """Trouble with the database itself becomes `StoreUnusable`; broken constraints stay what they are."""
    try:
        yield
    except OperationalError as error:
        raise StoreUnusable(f"{database.shown}: {str(error.orig).strip()}") from error
    except DBAPIError as error:
        if type(error) is DatabaseError:  # SQLite's word for a file that is damaged, or no database
            raise StoreUnusable(f"{database.shown}: {error.orig}") from error
        if error.connection_invalidated:
            raise StoreUnusable(f"{database.shown}: the connection was lost") from error
        raise


def _sqlite_engine(url: str) -> Engine:
    memory = make_url(url).database in (None, "", ":memory:")
    if memory:
        raise StoreUnusable("sqlite: a store needs a file")
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, poolclass=QueuePool, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, else a failed migration is left half-done
    connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")  # NORMAL loses acknowledged orders at a power cut
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _postgres_engine(url: str) -> Engine:
    plain = make_url(url).set(drivername="postgresql+psycopg")
    try:
        return create_engine(plain, pool_pre_ping=True, pool_size=6, hide_parameters=True)
    except ModuleNotFoundError as error:
        raise StoreUnusable('PostgreSQL needs psycopg: .venv/bin/pip install "psycopg[binary]"') from error


def _lock_store(connection: Connection) -> None:
    """One writer at a time for each schema, as on SQLite: journal numbers then appear in order."""
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('orderbell.' || current_schema()))"))


def unpooled(database: Database) -> Engine:
    """An engine that keeps no connection open: for migrations."""
    return create_engine(database.engine.url, poolclass=NullPool)
