"""How the outside world stands, a lamp each."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Light(StrEnum):
    """Unknown is a state, not a guess."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "unknown"


class LampKind(StrEnum):
    """What a lamp stands for."""

    STATION = "station"
    CHANNEL = "channel"
    COURIER = "courier"


@dataclass(frozen=True, kw_only=True)
class LampLine:
    """`heard_at` is the last word from there; `word` says what is wrong."""

    kind: LampKind
    name: str
    light: Light
    heard_at: datetime | None = None
    word: str = ""


@dataclass(frozen=True, kw_only=True)
class SoundLamp:
    """Whether the bell can be heard: by which backend it last rang, when, and what is wrong."""

    light: Light = Light.UNKNOWN
    backend: str = ""
    rung_at: datetime | None = None
    trouble: str = ""
    is_ringing: bool = False
