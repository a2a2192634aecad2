"""A courier's price for a job."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import CourierName
from core.domain.money import Money


@dataclass(frozen=True, kw_only=True)
class Quote:
    """What the courier asks and when it could be at the store and at the door; void after `expires_at`."""

    courier: CourierName
    ref: str
    fee: Money
    expires_at: datetime
    at_store: datetime | None = None
    at_door: datetime | None = None
