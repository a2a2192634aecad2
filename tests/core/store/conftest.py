"""A transaction on each database that is taken back after the test: a fresh database for each would take minutes."""

from collections.abc import Iterator
from contextlib import suppress

import pytest

from core.store.database import Database
from core.store.unit_of_work import UnitOfWork, writing


class _TakeBack(Exception):
    """Nothing of it shall stay."""


@pytest.fixture
def uow(emptied: Database) -> Iterator[UnitOfWork]:
    """One transaction in an empty store."""
    with suppress(_TakeBack), writing(emptied) as work:
        yield work
        raise _TakeBack
