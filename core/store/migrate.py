"""Brings a database to the shape this version needs; Alembic is loaded only when there is work."""

import time
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from core.store.database import WRITING, Database, StoreUnusable
from core.store.tables import metadata

HEAD: Final = "0004"
SCRIPTS: Final = Path(__file__).parent / "migrations"
PATIENCE: Final = 20.0  # seconds; two processes may make the file at once, one waits


def ensure(database: Database, at: datetime) -> None:
    """The newest shape, or `StoreUnusable`; a database that a newer version wrote is left alone."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return _ensure(database, at)
        except StoreUnusable as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def shape(database: Database) -> str | None:
    """The version the tables have; None for a database without any."""
    with database.reading() as connection:
        return _shape(connection)


def _ensure(database: Database, at: datetime) -> None:
    before = shape(database)
    if before == HEAD:
        return
    if before is not None:
        if before > HEAD:
            raise StoreUnusable(f"{database.shown}: written by a newer Orderbell (tables {before}, known {HEAD})")
        _back_up(database, before, at)
    _upgrade(database)


def _shape(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(database: Database) -> None:
    """Whole or not at all; foreign keys are off meanwhile, for a batch change of a parent would delete its children."""
    with database.engine.connect() as connection:
        if database.is_sqlite:
            _foreign_keys(connection, on=False)
        try:
            connection.execution_options(**{WRITING: True})
            with connection.begin():
                if not database.is_sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('orderbell.migrate'))"))
                if _shape(connection) != HEAD:
                    _run(connection)
                    _check(connection, database)
        finally:
            if database.is_sqlite:
                _foreign_keys(connection, on=True)


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    raw = connection.connection.driver_connection
    if raw is not None:
        raw.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _check(connection: Connection, database: Database) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all() if database.is_sqlite else []
    if broken:
        raise StoreUnusable(f"{database.shown}: {len(broken)} rows point nowhere after the change; nothing was changed")


def _back_up(database: Database, before: str, at: datetime) -> None:
    if database.is_sqlite and database.url.database:
        copy = Path(database.url.database).with_suffix(f".before-{HEAD}-{at:%Y%m%d%H%M%S}.db")
        database.copy_to(copy)


def differences(database: Database) -> list[object]:
    """What the tables on disk lack against `tables.py`; empty when they agree."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with database.reading() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))
