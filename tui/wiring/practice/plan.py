"""What a practice day is like, and its folder."""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import tomlkit

from core.config.paths import data_path

SHOWS: Final = datetime(2026, 3, 2, 3, 30, tzinfo=UTC)  # 11:30 in Taipei, the same for every practice day
OWN: Final = ("config.toml", "orderbell.db", "orderbell.db-wal", "orderbell.db-shm", "logs")
WATCHED: Final = 12.0  # times as fast with a person at the screen
ALONE: Final = 240.0  # without


@dataclass(frozen=True)
class Practice:
    """Orders and hours of the day, its seed; `speed` 0 means: as fits."""

    orders: int
    speed: float
    seed: int
    hours: float
    headless: bool
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def pace(self) -> float:
        """How many times as fast the shop's clock runs."""
        return self.speed or (ALONE if self.headless else WATCHED)


def fresh_folder(given: Path | None) -> Path:
    """A folder of its own below the data folder, never the shop's; yesterday's practice goes."""
    folder = data_path(given) / "practice"
    folder.mkdir(parents=True, exist_ok=True)
    for name in OWN:
        old = folder / name
        shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
    return folder


def write_config(practice: Practice, folder: Path, port: int, sections: dict[str, Any], language: str) -> Path:
    """An ordinary config.toml: the practice shop is an ordinary shop."""
    path = folder / "config.toml"
    settings = {**_settings(practice, port, language), **sections}
    path.write_text(tomlkit.dumps(settings | _clock(practice)), encoding="utf-8")
    path.chmod(0o600)
    return path


def _settings(practice: Practice, port: int, language: str) -> dict[str, Any]:
    watched = not practice.headless
    store: dict[str, Any] = {
        "name": "台北南西店",
        "phone": "+886225550000",
        "address": "台北市中山區南京西路 0 號",
        "latitude": 25.0523,
        "longitude": 121.5202,
        "accept_within_minutes": 5 * practice.pace / WATCHED if watched else 5,
        "hold_seconds": min(5 * practice.pace, 120) if watched else 5,
    }
    if language:
        store["language"] = language
    # Whoever learns hears the first order first; O proves the bell here, too.
    return {"store": store, "station": {"port": port}, "sound": {"check_after_minutes": 0}}


def _clock(practice: Practice) -> dict[str, Any]:
    return {"practice": {"speed": practice.pace, "started_at": practice.started_at, "shows": SHOWS}}
