"""An order that somebody wants to wait: why, since when, until when, and whose word ends it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.domain.ids import StaffId
from core.domain.staff import Role
from core.domain.stage import IN_THE_SHOP, Stage

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
