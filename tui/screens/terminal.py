"""What this terminal is: whose, where, in which language and looks; and what a page needs to work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from core.board.lamps import SoundLamp
from core.domain.ids import StaffId
from core.ports.clock import Clock
from core.ports.desk import Desk


@dataclass(frozen=True, kw_only=True)
class TerminalSettings:
    """`theme`: dark, light or contrast; `keys`: key id -> key; `hint`: coaching for those who learn."""

    store: str
    zone: ZoneInfo
    staff: StaffId
    language: str = "en"
    theme: str = "dark"
    keys: Mapping[str, str] = field(default_factory=dict)
    managers: tuple[StaffId, ...] = ()
    currency: str = "TWD"
    reject_reasons: tuple[str, ...] = ()
    hint: bool = False


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """`lamp` tells how the last sound went."""

    desk: Desk
    clock: Clock
    terminal: TerminalSettings
    lamp: Callable[[], SoundLamp]
