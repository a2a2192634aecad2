"""How the outside world stands, as the station sees it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from core.board.lamps import LampKind, LampLine, Light, courier_lamp
from core.domain.vitals import Vitals
from core.services.vitals_json import from_json, to_json

Told = Mapping[str, Any]
"""As a lease carries it: `channels` and `couriers`, each by the name of its section."""


@dataclass
class Health:
    """Kept in memory by the station, told to every terminal through its lease."""

    channels: dict[str, dict[str, Any]] = field(default_factory=dict)
    couriers: dict[str, Vitals] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def know(self, channels: Iterable[str], couriers: Iterable[str]) -> None:
        """Everything configured has a lamp, unknown until heard of."""
        self.channels = {name: {} for name in channels}
        self.couriers = {name: Vitals() for name in couriers}

    def heard_channel(self, name: str, at: datetime, trouble: str = "") -> None:
        """A letter came; `trouble` when it was refused."""
        entry = self.channels.setdefault(name, {})
        entry.update({"trouble": trouble} if trouble else {"at": at.isoformat(), "trouble": ""})

    def heard_courier(self, name: str, at: datetime, trouble: str = "") -> None:
        """A letter of a courier's came; `trouble` when it was refused."""
        self.change(name, lambda vitals: vitals.wrote(at, trouble))

    def vitals(self, name: str) -> Vitals:
        """Of a courier."""
        return self.couriers.get(name, _UNHEARD)

    def change(self, name: str, change: Callable[[Vitals], Vitals]) -> None:
        """Something was learnt of a courier."""
        self.couriers[name] = change(self.vitals(name))

    def told(self) -> dict[str, Any]:
        """As the lease carries it; what is not known is left out."""
        couriers = list(self.couriers.items())  # asked for by another thread than the one that learns
        return {"channels": self.channels, "couriers": {name: to_json(vitals) for name, vitals in couriers}}


def vitals_told(told: Told) -> dict[str, Vitals]:
    """Of each courier, as a station told them."""
    return {name: _remembered(name, entry) for name, entry in sorted(told.get("couriers", {}).items())}


def lamps(told: Told, now: datetime | None = None) -> tuple[LampLine, ...]:
    """The lamps of what a station told; without `now` a pause that was asked for counts as over."""
    channels = [_channel_lamp(name, entry) for name, entry in sorted(told.get("channels", {}).items())]
    return (*channels, *(courier_lamp(name, vitals, now) for name, vitals in vitals_told(told).items()))


def _channel_lamp(name: str, entry: Mapping[str, Any]) -> LampLine:
    heard = datetime.fromisoformat(entry["at"]) if entry.get("at") else None
    trouble = entry.get("trouble", "")
    light = Light.FAIL if trouble else Light.OK if heard else Light.UNKNOWN
    return LampLine(kind=LampKind.CHANNEL, name=name, light=light, heard_at=heard, word=trouble)


def _remembered(name: str, entry: object) -> Vitals:
    """Every board asks, and most find what the one before it found."""
    last = _READ.get(name)
    if last is None or last[0] != entry:
        last = _READ[name] = (entry, from_json(entry))
    return last[1]


_UNHEARD: Final = Vitals()
_READ: Final[dict[str, tuple[object, Vitals]]] = {}
