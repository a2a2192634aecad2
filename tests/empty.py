"""Empty stores: migrated once, then copied, for the tables take longer to make than most tests to run."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from sqlalchemy import make_url

from core.store import migrate
from core.store.database import Database, sqlite_url
from tests.paths import BUILD, NOON


def empty_sqlite(folder: Path) -> str:
    """The address of an empty store in this folder."""
    url = sqlite_url(folder)
    (folder / "orderbell.db").write_bytes(_file())
    return url


def empty_postgres(server: str) -> str:
    """The address of an empty store at this server."""
    return _database(server, _template(server))


def bare_postgres(server: str) -> str:
    """The address of a database without any table."""
    return _database(server)


@cache
def _file() -> bytes:
    with TemporaryDirectory(dir=BUILD) as folder:
        _make(sqlite_url(Path(folder)))
        return (Path(folder) / "orderbell.db").read_bytes()


@cache
def _template(server: str) -> str:
    url = _database(server)
    _make(url)
    return str(make_url(url).database)


def _make(url: str) -> None:
    database = Database(url)
    migrate.ensure(database, NOON)
    database.close()


def _database(server: str, template: str = "template1") -> str:
    import psycopg

    name = f"t{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[arg-type]
    return make_url(server).set(database=name).render_as_string(hide_password=False)
