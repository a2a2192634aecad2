"""What became of outside calls."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class CalledByItself(Event):
    """The station calls a driver, and why just now: seconds to the store and of packing, None where not known."""

    courier: str
    lead: int | None = None
    rides: int = 0
    packing: int | None = None  # None: the goods are ready
    packings: int = 0


@dataclass(frozen=True, kw_only=True)
class SendHeld(Event):
    """An outside call is owed; until `until` it can be taken back."""

    send_id: str
    kind: str
    courier: str
    until: datetime
    why: str = ""  # why this courier, as `Why` packs it
    ability: str = ""  # of a telling: what the shop's system is told; `courier` is then its channel


@dataclass(frozen=True, kw_only=True)
class SendTakenBack(Event):
    """Taken back in time: nothing left the house."""

    send_id: str
    kind: str
    ability: str = ""  # of a telling: what the shop's system is told


@dataclass(frozen=True, kw_only=True)
class SendStarted(Event):
    """The call is on its way; a crash from here on is cleared up by asking first."""

    send_id: str
    kind: str
    attempt: int
    ability: str = ""  # of a telling: what the shop's system is told


@dataclass(frozen=True, kw_only=True)
class SendDone(Event):
    """Answered."""

    send_id: str
    kind: str
    ref: str
    ability: str = ""  # of a telling: what the shop's system is told


@dataclass(frozen=True, kw_only=True)
class SendPostponed(Event):
    """No answer; tried again at `until`."""

    send_id: str
    kind: str
    reason: str
    until: datetime
    ability: str = ""  # of a telling: what the shop's system is told


@dataclass(frozen=True, kw_only=True)
class SendRefused(Event):
    """A final no."""

    send_id: str
    kind: str
    reason: str
    ability: str = ""  # of a telling: what the shop's system is told
