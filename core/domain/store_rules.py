"""What a store has decided for itself: its hours, limits and clocks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from core.domain.delivery import USUAL_MINUTES, DeliveryState
from core.domain.hours import OpeningHours
from core.domain.staff import Staff


@dataclass(frozen=True, kw_only=True)
class StoreRules:
    """Grams, pieces, times; from the `[store]` section of the config."""

    name: str
    phone: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    currency: str = "TWD"
    zone: ZoneInfo
    hours: OpeningHours
    orders_per_hour: int = 50  # C100
    accept_within: timedelta = timedelta(minutes=5)  # L12
    prep_time: timedelta = timedelta(minutes=15)  # C19
    max_order_weight_g: int = 20_000  # C101
    max_order_pieces: int = 10  # C102
    hold_sends: timedelta = timedelta(seconds=5)
    staff: tuple[Staff, ...] = field(default=())
    usual_minutes: Mapping[DeliveryState, tuple[int, int]] = field(default_factory=lambda: USUAL_MINUTES)  # C45–C47, X8
