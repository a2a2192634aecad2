"""A transaction on each database that is taken back after the test: a fresh database for each would take minutes."""

from collections.abc import Iterator
from contextlib import suppress

import pytest

from core.store import migrate
from core.store.database import Database, sqlite_url
from core.store.unit_of_work import UnitOfWork, writing
from tests.conftest import NOON, _fresh_postgres


class _TakeBack(Exception):
    """Nothing of it shall stay."""


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def lasting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One empty store for many tests."""
    folder = tmp_path_factory.mktemp("lasting")
    database = Database(sqlite_url(folder) if request.param == "sqlite" else _fresh_postgres(request))
    migrate.ensure(database, NOON)
    yield database
    database.close()


@pytest.fixture
def uow(lasting: Database) -> Iterator[UnitOfWork]:
    """One transaction in an empty store."""
    with suppress(_TakeBack), writing(lasting) as work:
        yield work
        raise _TakeBack
