"""How the outside world stands, as the station sees it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from core.board.lamps import LampKind, LampLine, Light

_KINDS: Final = {"channels": LampKind.CHANNEL, "couriers": LampKind.COURIER}


@dataclass
class Health:
    """Kept in memory by the station, told to every terminal through its lease."""

    channels: dict[str, dict[str, Any]] = field(default_factory=dict)
    couriers: dict[str, dict[str, Any]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def know(self, channels: Iterable[str], couriers: Iterable[str]) -> None:
        """Everything configured has a lamp, unknown until heard of."""
        self.channels = {name: {} for name in channels}
        self.couriers = {name: {} for name in couriers}

    def heard_channel(self, name: str, at: datetime, trouble: str = "") -> None:
        """A letter came; `trouble` when it was refused."""
        entry = self.channels.setdefault(name, {})
        entry.update({"trouble": trouble} if trouble else {"at": at.isoformat(), "trouble": ""})

    def heard_courier(self, name: str, at: datetime, trouble: str = "") -> None:
        """A courier answered, or did not."""
        entry = self.couriers.setdefault(name, {})
        entry.update({"trouble": trouble} if trouble else {"at": at.isoformat(), "trouble": ""})

    def told(self) -> dict[str, Any]:
        """As the lease carries it."""
        return {"channels": self.channels, "couriers": self.couriers}


def lamps(told: dict[str, Any]) -> tuple[LampLine, ...]:
    """The lamps of what a station told."""
    return tuple(
        _lamp(kind, name, entry)
        for group, kind in _KINDS.items()
        for name, entry in sorted(told.get(group, {}).items())
    )


def _lamp(kind: LampKind, name: str, entry: dict[str, Any]) -> LampLine:
    heard = datetime.fromisoformat(entry["at"]) if entry.get("at") else None
    trouble = entry.get("trouble", "")
    light = Light.FAIL if trouble else Light.OK if heard else Light.UNKNOWN
    return LampLine(kind=kind, name=name, light=light, heard_at=heard, word=trouble)
