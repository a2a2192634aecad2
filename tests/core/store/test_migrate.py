"""The tables on disk are the tables of the code."""

import pytest
from sqlalchemy import text

from core.store import migrate
from core.store.database import Database, StoreUnusable
from tests.conftest import NOON


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
