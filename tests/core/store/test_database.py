"""One database, opened by several processes at once, and trouble in plain words."""

import os
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from core.domain.refusal import UnknownOrder
from core.store import migrate
from core.store.database import Database, StoreUnusable, sqlite_url
from core.store.unit_of_work import UnitOfWork, reading, writing
from tests.builders import after, delivery, new
from tests.conftest import NOON
from tests.core.store.test_orders import kept

OPENING = """
import sys
from datetime import UTC, datetime
from core.store import migrate
from core.store.database import Database
sys.stdin.readline()
database = Database(sys.argv[1])
migrate.ensure(database, datetime.now(UTC))
print(migrate.shape(database))
"""


def test_several_processes_may_make_the_file_at_once(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    pipe = subprocess.PIPE
    openers = [
        subprocess.Popen([sys.executable, "-c", OPENING, url], stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        for _ in range(3)
    ]
    for opener in openers:
        assert opener.stdin
        opener.stdin.write("go\n")
        opener.stdin.flush()
    said = [opener.communicate(timeout=60) for opener in openers]
    assert [out.strip() or err for out, err in said] == [migrate.HEAD] * 3
    assert migrate.differences(Database(url)) == []


def test_what_fails_is_taken_back_whole(database: Database) -> None:
    with pytest.raises(UnknownOrder), writing(database) as uow:
        _add_and_fail(uow)
    with reading(database) as uow:
        assert uow.orders.find(new().id) is None


def test_a_reader_sees_one_moment(database: Database) -> None:
    with reading(database) as uow:
        assert uow.orders.all_open() == []
        kept(database, new())
        assert uow.orders.all_open() == []
    with reading(database) as uow:
        assert len(uow.orders.all_open()) == 1


def test_what_belongs_to_no_order_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), writing(database) as uow:
        uow.deliveries.add(delivery())


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 3, 2, 12, 0)  # noqa: DTZ001
    with pytest.raises(ValueError, match="without a zone"), writing(database) as uow:
        uow.orders.add(replace(new(), received_at=naive))


def test_any_zone_comes_back_as_the_same_instant_in_utc(database: Database) -> None:
    far = after(0).astimezone(timezone(timedelta(hours=8)))
    back = kept(database, replace(new(), received_at=far)).received_at
    assert (back, back.tzinfo) == (after(0), UTC)


def test_a_store_in_memory_is_refused() -> None:
    with pytest.raises(StoreUnusable, match="needs a file"):
        Database("sqlite://")


def test_a_file_that_is_no_database_is_said_in_plain_words(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    (tmp_path / "orderbell.db").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(StoreUnusable, match=r"orderbell\.db"):
        migrate.ensure(Database(url), after(0))


def test_a_folder_that_is_no_folder_is_said_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable):
        migrate.ensure(Database(f"sqlite:///{tmp_path}/missing/orderbell.db"), after(0))


def test_no_password_is_ever_shown() -> None:
    assert "s3cret" not in Database("postgresql://shop:s3cret@127.0.0.1/orders").shown


def _add_and_fail(uow: UnitOfWork) -> None:
    uow.orders.add(new())
    uow.orders.get(new("7").id)


@pytest.mark.skipif(os.name != "posix", reason="rights of files are a matter of POSIX")
def test_the_file_and_what_lies_beside_it_are_the_owners_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        database = Database(sqlite_url(tmp_path / "data"))
        migrate.ensure(database, NOON)
        with writing(database) as uow:
            uow.orders.add(new())
            found = {file.name: stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "data").iterdir()}
        database.copy_to(tmp_path / "copy.db")
    finally:
        os.umask(before)
    database.close()
    assert found == dict.fromkeys(("orderbell.db", "orderbell.db-shm", "orderbell.db-wal"), 0o600)
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600


def test_a_file_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "orderbell.db").write_bytes(b"kept")
    sqlite_url(tmp_path)
    assert (tmp_path / "orderbell.db").read_bytes() == b"kept"
