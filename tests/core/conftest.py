"""What the tests of core may ask for."""

from collections.abc import Iterator

import pytest

from core.store.database import Database
from tests.core.shop import Shop


@pytest.fixture
def shop(sqlite: Database) -> Iterator[Shop]:
    """A store on SQLite, with nothing in it."""
    opened = Shop(sqlite)
    yield opened
    opened.close()


@pytest.fixture
def any_shop(database: Database) -> Iterator[Shop]:
    """A store on each kind of database."""
    opened = Shop(database)
    yield opened
    opened.close()
