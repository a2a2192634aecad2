"""An order that somebody wants to wait: why, since when, until when, and whose word ends it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from core.domain.ids import StaffId
from core.domain.refusal import BadTime
from core.domain.staff import Role
from core.domain.stage import IN_THE_SHOP, Stage

_CLOCK: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_MINUTES: Final = re.compile(r"\+?(\d{1,4})")
HOLDABLE: Final = IN_THE_SHOP | {Stage.NEW, Stage.REVIEW, Stage.WAITING_PAYMENT}  # the goods are still here


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Times aware; `until` None: until somebody lifts it. `lifted_by` is the least role that may."""

    reason: str
    by: StaffId
    at: datetime
    until: datetime | None = None
    lifted_by: Role = Role.CASHIER

    @property
    def needs_manager(self) -> bool:
        """Not everybody may lift it."""
        return self.lifted_by is Role.MANAGER

    def holds(self, now: datetime) -> bool:
        """Its time has not come: then it is over, whether or not anybody has written that down."""
        return self.until is None or now < self.until


def end_of(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """As people say it: `15:30` is when a clock shows that next, `20` is minutes from now, nothing is no end.

    Raises `BadTime`.
    """
    said = text.strip()
    if not said:
        return None
    if clock := _CLOCK.fullmatch(said):
        return _next(now, int(clock[1]), int(clock[2]), zone)
    if (minutes := _MINUTES.fullmatch(said)) and int(minutes[1]):
        return now + timedelta(minutes=int(minutes[1]))
    message = f"{said!r:.40} is no time; allowed is one such as 15:30, or minutes such as 20"
    raise BadTime(message, found=said[:40], allowed="15:30, 20")


def _next(now: datetime, hour: int, minute: int, zone: tzinfo) -> datetime:
    local = now.astimezone(zone)
    at = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if at <= local:
        at += timedelta(days=1)
    return at.astimezone(now.tzinfo)
