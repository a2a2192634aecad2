"""The tables on disk are the tables of the code."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, insert, inspect, text

from core.domain.events import OrderSeen
from core.store import mapping, migrate
from core.store.database import WRITING, Database, StoreUnusable, sqlite_url
from core.store.tables import deliveries, journal, lines, orders, outbox
from core.store.unit_of_work import reading
from tests.builders import delivery, preparing, send
from tests.empty import bare_postgres
from tests.paths import NOON

OWED = send()


def test_a_fresh_store_has_exactly_the_tables_of_the_code(database: Database) -> None:
    assert migrate.shape(database) == migrate.HEAD
    assert migrate.differences(database) == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    migrate.ensure(database, NOON)
    assert migrate.differences(database) == []


def test_a_store_of_a_newer_version_is_left_alone(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnusable, match="newer Orderbell"):
        migrate.ensure(database, NOON)


@pytest.fixture(params=["sqlite", "postgres"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A filled store as the first version left it."""
    database = Database(
        sqlite_url(tmp_path) if request.param == "sqlite" else bare_postgres(request.getfixturevalue("postgres_server"))
    )
    with database.engine.connect() as connection:
        connection.execution_options(**{WRITING: True})
        with connection.begin():
            config = Config()
            config.set_main_option("script_location", str(migrate.SCRIPTS))
            config.attributes["connection"] = connection
            command.upgrade(config, "0001")
    with database.writing() as connection:
        _fill(connection)
    yield database
    database.close()


def _fill(connection: Connection) -> None:
    """As the first version wrote them: nothing into columns that came later."""
    order = preparing()
    rows = {
        orders: [mapping.order_row(order)],
        lines: [mapping.line_row(order.id, place, line) for place, line in enumerate(order.lines)],
        deliveries: [mapping.delivery_row(delivery())],
        outbox: [mapping.send_row(OWED)],
        journal: [mapping.journal_row(OrderSeen(order_id=order.id, at=NOON))],
    }
    for table, told in rows.items():
        known = {column["name"] for column in inspect(connection).get_columns(table.name)}
        connection.execute(insert(table), [{name: row[name] for name in row.keys() & known} for row in told])


def test_a_filled_old_store_comes_to_the_newest_shape_and_loses_nothing(old: Database) -> None:
    assert migrate.shape(old) == "0001"
    migrate.ensure(old, NOON)
    assert migrate.shape(old) == migrate.HEAD
    assert migrate.differences(old) == []
    with reading(old) as uow:
        assert uow.orders.get(preparing().id) == preparing()
        assert [job.ref for job in uow.deliveries.of(preparing().id)] == ["J1"]
        assert uow.outbox.get(OWED.id) == OWED
        assert len(uow.journal.of(preparing().id)) == 1


def test_before_a_file_is_changed_a_copy_is_kept(tmp_path: Path, old: Database) -> None:
    migrate.ensure(old, NOON)
    copies = list(tmp_path.glob("orderbell.before-*.db"))
    assert len(copies) == int(old.is_sqlite)
    for copy in copies:
        assert migrate.shape(Database(f"sqlite:///{copy}")) == "0001"
