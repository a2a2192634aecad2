"""Pictures on disk: for the shop's own eyes, whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Final

from core.domain import picture
from core.domain.ids import OrderId
from core.domain.proof import ProofKind, Waypoint

FOLDER: Final = "proofs"
PART: Final = ".part"  # behind the name of a file that is being written


class ProofFiles:
    """Below the data folder: `proofs/2026/11/ORDER-dropoff-picture.png`, by the month (UTC) in which it was kept."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def keep(self, body: bytes, *, order_id: OrderId, waypoint: Waypoint, kind: ProofKind, at: datetime) -> str:
        """Its place below the data folder; nothing that is there is written over. Raises `OSError`."""
        month = at.astimezone(UTC)
        folder = self._data / FOLDER / f"{month:%Y}" / f"{month:%m}"
        _make(folder, self._data)
        for name in _names(f"{order_id}-{waypoint}-{kind}", picture.ending(body)):
            file = folder / name
            if not file.exists():
                _write(file, body)
            elif file.read_bytes() != body:
                continue
            return file.relative_to(self._data).as_posix()
        raise AssertionError("names do not end")


def _names(stem: str, ending: str) -> Iterator[str]:
    yield f"{stem}.{ending}"
    for number in count(2):
        yield f"{stem}-{number}.{ending}"


def _make(folder: Path, data: Path) -> None:
    """For its owner only, from the first folder below the data on."""
    for part in (*reversed(folder.relative_to(data).parents[:-1]), folder.relative_to(data)):
        (data / part).mkdir(mode=0o700, exist_ok=True, parents=True)


def _write(file: Path, body: bytes) -> None:
    part = file.with_name(file.name + PART)
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
        written.write(body)
        written.flush()
        os.fsync(written.fileno())
    part.replace(file)
    _settle(file.parent)


def _settle(folder: Path) -> None:
    """So that the name outlives a power cut, too; Windows opens no folders."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
