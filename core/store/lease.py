"""Who holds a role, until when: the one station, and the counters that are open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update

from core.store.tables import lease

STATION: Final = "station"
COUNTER: Final = "counter:"


@dataclass(frozen=True, kw_only=True)
class Lease:
    """Times are of the wall clock: a lease guards against real processes."""

    name: str
    holder: str
    host: str
    pid: int
    url: str
    since: datetime
    until: datetime
    health: Mapping[str, Any]


class Leases:
    """The leases of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> Lease | None:
        """None when nobody ever held it, or it was given back."""
        row = self._connection.execute(select(lease).where(lease.c.name == name)).mappings().first()
        return Lease(**row) if row else None

    def take(self, taken: Lease) -> None:
        """Whoever held it before holds it no more."""
        self._connection.execute(delete(lease).where(lease.c.name == taken.name))
        self._connection.execute(insert(lease), [_row(taken)])

    def renew(self, name: str, holder: str, until: datetime, health: Mapping[str, Any]) -> bool:
        """Whether the holder still had it."""
        mine = update(lease).where(lease.c.name == name, lease.c.holder == holder)
        return self._connection.execute(mine.values(until=until, health=dict(health))).rowcount == 1

    def give_back(self, name: str, holder: str) -> None:
        """Free for the next."""
        self._connection.execute(delete(lease).where(lease.c.name == name, lease.c.holder == holder))

    def counters(self) -> list[Lease]:
        """Every counter that was opened and did not say good-bye."""
        query = select(lease).where(lease.c.name.startswith(COUNTER))
        return [Lease(**row) for row in self._connection.execute(query).mappings()]


def _row(taken: Lease) -> dict[str, Any]:
    return {**vars(taken), "health": dict(taken.health)}
