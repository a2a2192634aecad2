"""What this terminal is: whose, where, in which language and looks; and what a page needs to work."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from core.domain.ids import StaffId
from core.ports.clock import Clock
from core.ports.desk import AlertDesk, Desk


@dataclass(frozen=True, kw_only=True)
class TerminalSettings:
    """`theme`: dark, light or contrast; `rows`: normal or large; `scanner_gap`: seconds; `scanner_prefix`: a key.

    `keys`: key id -> key; `hint`: coaching for those who learn.
    """

    store: str
    zone: ZoneInfo
    staff: StaffId
    language: str = "en"
    theme: str = "dark"
    rows: str = "normal"
    scanner_gap: float = 0.05
    scanner_prefix: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    managers: tuple[StaffId, ...] = ()
    channels: tuple[str, ...] = ()
    currency: str = "TWD"
    reject_reasons: tuple[str, ...] = ()
    hint: bool = False


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """`alerts` is the bell."""

    desk: Desk
    clock: Clock
    terminal: TerminalSettings
    alerts: AlertDesk
