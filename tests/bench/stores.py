"""Stores to measure on, kept in build/bench: made once by bulk SQL, their open orders made anew before each use."""

import json
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.store import migrate
from core.store.database import Database, sqlite_url
from tests.bench.letters import SECRET
from tests.bench.store_sql import ADD_BELONGINGS, ADD_DRIVERS, ADD_OPEN, ADD_PAST, FORGET

FOLDER = Path(__file__).parents[2] / "build" / "bench"
RECIPE = 3  # raised when the past is made otherwise
NAME = "Bench & Söhne"
CONFIG = (
    '[store]\nname = "{name}"\nhours = "00:00-24:00"\norders_per_hour = 10000\n'
    '[station]\nport = {port}\n[channels.web]\nkind = "shopify"\nsecret = "{secret}"\n[sound]\nbackend = "bell"\n'
)
AT_ONCE = 100_000


@dataclass(frozen=True)
class Store:
    """So many orders of the past, and so many open ones."""

    name: str
    past: int
    open: int

    @property
    def folder(self) -> Path:
        """Config and data."""
        return FOLDER / self.name

    @property
    def file(self) -> Path:
        """The database."""
        return self.folder / "data" / "orderbell.db"

    @property
    def options(self) -> list[str]:
        """For the program's command line."""
        return ["--config", str(self.folder / "config.toml"), "--data", str(self.folder / "data")]

    def fresh(self, port: int = 0) -> "Store":
        """As it should be at this moment: promises ahead, no letters, nobody signed in."""
        _make(self)
        config = CONFIG.format(name=NAME, port=port, secret=SECRET)
        (self.folder / "config.toml").write_text(config, encoding="utf-8")
        with _raw(self.file) as db:
            db.executescript(FORGET)
            db.execute("DELETE FROM journal WHERE id > ?", (2 * self.past,))
            _add_open(db, self.open)
        _settle(self.file)
        return self


EMPTY, TEN, FULL = Store("empty", 0, 0), Store("ten", 0, 10), Store("full", 1_000_000, 10_000)


def _make(store: Store) -> None:
    made = store.folder / "made.json"
    recipe = json.dumps({"recipe": RECIPE, "tables": migrate.HEAD, "past": store.past})
    if made.exists() and made.read_text(encoding="utf-8") == recipe:
        return
    shutil.rmtree(store.folder, ignore_errors=True)
    database = Database(sqlite_url(store.folder / "data"))
    migrate.ensure(database, datetime.now(UTC))
    database.close()
    with _raw(store.file) as db:
        _add_past(db, store.past)
    made.write_text(recipe, encoding="utf-8")


def _add_past(db: sqlite3.Connection, count: int) -> None:
    """In the order of their time, as they came."""
    for first in range(0, count, AT_ONCE):
        last = min(count, first + AT_ONCE)
        db.executescript(ADD_PAST.format(first=first, last=last - 1))


def _add_open(db: sqlite3.Connection, count: int) -> None:
    if not count:
        return
    now = datetime.now(UTC).replace(tzinfo=None)
    times = {"now": now, "soon": now + timedelta(hours=2), "before": now - timedelta(hours=3)}
    db.execute(ADD_OPEN, {"count": count, **{name: str(at) for name, at in times.items()}})
    for statement in ADD_BELONGINGS:
        db.execute(statement)
    db.execute(ADD_DRIVERS, {"now": str(now)})


def _raw(file: Path) -> sqlite3.Connection:
    db = sqlite3.connect(file)
    db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000;")
    db.execute("PRAGMA foreign_keys=OFF")
    return db


def _settle(file: Path) -> None:
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
