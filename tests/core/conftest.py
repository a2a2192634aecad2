"""What the tests of core may ask for."""

from collections.abc import Iterator

import pytest

from core.store.database import Database
from core.store.tables import metadata
from tests.core.shop import Shop
from tests.empty import empty_postgres, empty_sqlite


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def lasting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One empty store for many tests."""
    folder = tmp_path_factory.mktemp("lasting")
    is_file = request.param == "sqlite"
    database = Database(empty_sqlite(folder) if is_file else empty_postgres(request.getfixturevalue("postgres_server")))
    yield database
    database.close()


@pytest.fixture
def emptied(lasting: Database) -> Database:
    """The same, with nothing of the last test in it: much quicker than a new one."""
    with lasting.writing() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
    return lasting


@pytest.fixture
def shop(sqlite: Database) -> Iterator[Shop]:
    """A shop on SQLite that has just opened."""
    opened = Shop(sqlite)
    yield opened
    opened.close()


@pytest.fixture
def any_shop(emptied: Database) -> Iterator[Shop]:
    """The same on each kind of database."""
    opened = Shop(emptied)
    yield opened
    opened.close()
