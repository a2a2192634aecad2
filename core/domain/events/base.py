"""What every event says."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import SYSTEM, OrderId, StaffId


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to an order (None: to the store), by whom and when."""

    order_id: OrderId | None
    at: datetime
    by: StaffId = SYSTEM
