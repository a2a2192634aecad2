"""What we ask a courier to carry, in our words; each adapter puts it into its own."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import OrderId
from core.domain.money import Money


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One end of the way; phone as dialled abroad (`+886…`), degrees WGS-84."""

    name: str
    phone: str
    address: str
    latitude: float | None = None
    longitude: float | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class JobItem:
    """What is in the bag; grams of one piece, None when unknown."""

    name: str
    quantity: int
    weight_g: int | None = None
    price: Money | None = None


@dataclass(frozen=True, kw_only=True)
class Job:
    """One shipment from the store to the door; `key` is ours, made before the first call."""

    order_id: OrderId
    key: str
    number: str  # what people say aloud
    store: Stop
    door: Stop
    items: tuple[JobItem, ...]
    value: Money
    ready_at: datetime | None = None
    door_by: datetime | None = None
    parcels: int = 1

    @property
    def weight_g(self) -> int | None:
        """Grams in all; None when any piece's weight is unknown."""
        weights = [item.weight_g for item in self.items]
        if not weights or None in weights:
            return None
        return sum((item.weight_g or 0) * item.quantity for item in self.items)
