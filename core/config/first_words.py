"""What the first picture needs of the config, read before all of it is checked, which takes a library of its own."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from core.config.paths import config_path, data_path

PLAIN: Final[dict[str, Any]] = {"theme": "dark", "rows": "normal", "scanner_gap_ms": 50}


@dataclass(frozen=True)
class FirstWords:
    """As in the config, or its defaults. `file` is the store, None when it is not one file here."""

    store: str
    zone: ZoneInfo
    language: str
    currency: str
    theme: str
    rows: str
    scanner_gap_ms: int
    managers: tuple[str, ...]
    file: Path | None


def first_words(config: Path | None = None, data: Path | None = None) -> FirstWords | None:
    """None where anything is out of the ordinary: then all of the config is checked before anything is shown."""
    try:
        with config_path(config).open("rb") as file:
            return _ordinary(tomllib.load(file), data_path(data))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def _ordinary(told: Mapping[str, Any], data: Path) -> FirstWords | None:
    store, screen = told.get("store", {}), {**told.get("screen", {})}
    clock = {name for name in told.get("practice", {}) if name != "speed"}  # its own, from when on
    if told.get("keys") or clock or screen.pop("scanner_prefix", "") or not set(screen) <= set(PLAIN):
        return None
    words = {name: store.get(name, plain) for name, plain in _STORE.items()}
    looks = {name: screen.get(name, plain) for name, plain in PLAIN.items()}
    if any(type(value) is not type((_STORE | PLAIN)[name]) for name, value in (words | looks).items()):
        return None
    return FirstWords(
        store=words["name"],
        zone=ZoneInfo(words["timezone"]),
        language=words["language"],
        currency=words["currency"],
        managers=tuple(name for name, one in told.get("staff", {}).items() if one.get("role") == "manager"),
        file=data / "orderbell.db" if told.get("database", {}).get("url", "sqlite") == "sqlite" else None,
        **looks,
    )


_STORE: Final[dict[str, Any]] = {
    "name": "My store",
    "timezone": "Asia/Taipei",
    "language": "en",
    "currency": "TWD",
}
