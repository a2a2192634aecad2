"""What somebody else wrote is noticed within half a second, from another process too."""

import subprocess
import sys
import time
from collections.abc import Iterator
from threading import Timer

import pytest
from sqlalchemy import text

from core.store.database import Database, StoreUnusable
from core.store.unit_of_work import UnitOfWork, writing
from core.store.watch import watching
from tests.builders import new

ANOTHER = """
import sys, time
from core.store.database import Database
from core.store.unit_of_work import writing
from tests.builders import new
database = Database(sys.argv[1])
with writing(database): pass
print("ready", flush=True)
sys.stdin.readline()
with writing(database) as uow:
    uow.orders.add(new())
print(time.time(), flush=True)
"""


@pytest.fixture
def another(database: Database) -> Iterator[subprocess.Popen[str]]:
    """Another process, which writes when it is told a line, and says when it had."""
    url = database.url.render_as_string(hide_password=False)
    process = subprocess.Popen(
        [sys.executable, "-c", ANOTHER, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield process
    process.communicate(timeout=20)


def test_another_processs_commit_is_noticed_within_half_a_second(
    database: Database, another: subprocess.Popen[str]
) -> None:
    assert another.stdout
    assert another.stdin
    assert another.stdout.readline() == "ready\n"
    with watching(database) as watch:
        assert not watch.changed(0.1)
        another.stdin.write("go\n")
        another.stdin.flush()
        assert watch.changed(10)
        noticed = time.time()
        assert noticed - float(another.stdout.readline()) < 0.5


def test_our_own_process_is_noticed_too(database: Database) -> None:
    with watching(database) as watch:
        assert not watch.changed(0.05)
        with writing(database) as uow:
            uow.orders.add(new())
        assert watch.changed(0.5)


def test_what_was_taken_back_is_no_news(sqlite: Database) -> None:
    with watching(sqlite) as watch:
        with pytest.raises(ZeroDivisionError), writing(sqlite) as uow:
            _add_and_fail(uow)
        assert not watch.changed(0.1)


def test_silence_costs_no_more_than_the_patience(database: Database) -> None:
    with watching(database) as watch:
        start = time.monotonic()
        assert not watch.changed(0.2)
        assert 0.15 < time.monotonic() - start < 1.5


def test_a_commit_during_the_wait_ends_it(database: Database) -> None:
    def write() -> None:
        with writing(database) as uow:
            uow.orders.add(new())

    with watching(database) as watch:
        watch.changed(0.05)
        timer = Timer(0.1, write)
        timer.start()
        start = time.monotonic()
        assert watch.changed(10)
        assert time.monotonic() - start < 2
        timer.join()


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_a_lost_connection_says_that_the_store_cannot_be_used(database: Database) -> None:
    with watching(database) as watch:
        _cut_all_lines(database)
        with pytest.raises(StoreUnusable, match="lost"):
            watch.changed(2)


def test_a_store_that_is_not_there_cannot_be_watched() -> None:
    nowhere = Database("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(StoreUnusable), watching(nowhere):
        pass


def _add_and_fail(uow: UnitOfWork) -> None:
    uow.orders.add(new())
    raise ZeroDivisionError


def _cut_all_lines(database: Database) -> None:
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    with database.engine.connect() as connection:
        connection.execute(text(f"{others} AND pid <> pg_backend_pid()"))
