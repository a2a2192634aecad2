"""Who does something, and when: told to every use case, never asked of a clock."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import SYSTEM, StaffId


@dataclass(frozen=True)
class Moment:
    """Aware, UTC."""

    at: datetime
    by: StaffId = SYSTEM
