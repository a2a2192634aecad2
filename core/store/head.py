"""The head of the queue in its own order, told in SQL: `QueueLine.rank` says the same, and a test holds them."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from core.board.orders import LANES, Lane
from core.store.glances import Glances
from core.store.open_rows import FOR_PEOPLE, OPEN_SENDS, OPEN_STAGES

WAITS: Final = (
    "CASE WHEN changed <> '' THEN 0"
    f" WHEN id IN (SELECT order_id FROM outbox WHERE {OPEN_SENDS} AND {FOR_PEOPLE}) THEN 1"
    " WHEN held_at IS NOT NULL AND stage IN ('new', 'ready') THEN 1"
    " WHEN stage IN ('new', 'preparing', 'review') THEN 0"
    " WHEN stage = 'ready' AND id NOT IN"
    " (SELECT order_id FROM deliveries WHERE ended_at IS NULL AND state <> 'at_store') THEN 0 ELSE 1 END"
)
DUE: Final[Mapping[Lane, str]] = {Lane.NEW: "accept_by", Lane.PREPARING: "ready_by"}
PATIENCE: Final = 0.2  # seconds; a store that is busy is read a moment later, whole


def first_of(lane: Lane, count: int) -> str:
    """Which orders are the first `count` of a lane, for `Glances`."""
    due, stages = DUE.get(lane, "promised_to"), ", ".join(f"'{stage}'" for stage in LANES if LANES[stage] is lane)
    inside = f"{OPEN_STAGES} AND stage IN ({stages})"
    return (
        f"orders.id IN (SELECT id FROM orders WHERE {inside} ORDER BY {WAITS}, {due} IS NULL, {due}, id LIMIT {count})"
    )


@contextmanager
def glancing(file: Path) -> Iterator[Glances]:
    """One snapshot of an SQLite store, without any library; raises `sqlite3.Error`."""
    place = f"{file.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(place, uri=True, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        yield Glances(lambda query: connection.execute(query).fetchall())
