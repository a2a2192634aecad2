"""The one station of a store: who it is, and that there is no second."""

import os
import socket
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from core.domain.ids import fresh_id
from core.store.lease import STATION, Lease
from core.store.unit_of_work import UnitOfWork

LASTS: Final = timedelta(seconds=10)  # of the wall clock; renewed every two


class StationTaken(Exception):
    """Another station runs on this store: the message says where."""


class StationLease:
    """Held by this process, or not. A lease that ran out, or whose process is dead, may be taken over."""

    def __init__(self, url: str) -> None:
        self.holder = fresh_id()
        self.url = url

    def take(self, uow: UnitOfWork) -> None:
        """Raises `StationTaken`."""
        now, held = datetime.now(UTC), uow.leases.get(STATION)
        if held is not None and is_alive(held, now):
            raise StationTaken(f"a station runs on this store already: process {held.pid} on {held.host}, {held.url}")
        lease = Lease(
            name=STATION,
            holder=self.holder,
            host=socket.gethostname(),
            pid=os.getpid(),
            url=self.url,
            since=now,
            until=now + LASTS,
            health={},
        )
        uow.leases.take(lease)

    def renew(self, uow: UnitOfWork, health: Mapping[str, Any]) -> bool:
        """Whether it is still ours."""
        return uow.leases.renew(STATION, self.holder, datetime.now(UTC) + LASTS, health)

    def is_held(self, uow: UnitOfWork) -> bool:
        """Asked in the transaction that lets a call leave: a station that slept must not send."""
        held = uow.leases.get(STATION)
        return held is not None and held.holder == self.holder

    def give_back(self, uow: UnitOfWork) -> None:
        """Free for the next."""
        uow.leases.give_back(STATION, self.holder)


def running(uow: UnitOfWork) -> Lease | None:
    """The lease of the station that runs on this store; None when none does."""
    held = uow.leases.get(STATION)
    return held if held is not None and is_alive(held, datetime.now(UTC)) else None


def is_alive(lease: Lease, now: datetime) -> bool:
    """Not run out, and on this machine its process exists."""
    if lease.until <= now:
        return False
    return lease.host != socket.gethostname() or _exists(lease.pid)


def _exists(pid: int) -> bool:
    if os.name == "nt":  # signal 0 would end the process there
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0] == b"Z"
    except (OSError, IndexError):
        return False
