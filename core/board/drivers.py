"""One live delivery as one line, with its clock."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.delivery import Delivery, DeliveryState
from core.domain.ids import DeliveryId, OrderId
from core.domain.order import Order


@dataclass(frozen=True, kw_only=True)
class DriverLine:
    """Times aware; the clock runs from `state_since` against `usual` minutes. Empty texts are unknown."""

    delivery_id: DeliveryId
    order_id: OrderId
    number: str
    courier: str
    state: DeliveryState
    state_since: datetime
    usual: tuple[int, int] | None
    told_at: datetime  # the courier's last word
    driver: str = ""
    phone: str = ""
    vehicle: str = ""
    plate: str = ""
    eta_store: datetime | None = None
    eta_door: datetime | None = None
    waybill: str = ""
    pin: str = ""
    handed_over: bool = False

    @property
    def rank(self) -> tuple[int, datetime, str]:
        """At the door first, then on the way here, then the rest; the longest first."""
        first = (DeliveryState.AT_STORE, DeliveryState.HEADING_TO_STORE, DeliveryState.MATCHING)
        return (first.index(self.state) if self.state in first else len(first)), self.state_since, self.delivery_id


def driver_line(delivery: Delivery, order: Order) -> DriverLine:
    """How a live delivery shows."""
    return line_of(delivery, order.number)


def line_of(delivery: Delivery, number: str) -> DriverLine:
    """The same, for an order whose number is known already."""
    driver = delivery.driver
    return DriverLine(
        delivery_id=delivery.id,
        order_id=delivery.order_id,
        number=number,
        courier=delivery.courier,
        state=delivery.state,
        state_since=delivery.state_since,
        usual=delivery.usual_minutes(),
        told_at=delivery.at,
        driver=driver.name if driver else "",
        phone=driver.phone if driver else "",
        vehicle=driver.vehicle if driver else "",
        plate=driver.plate if driver else "",
        eta_store=delivery.eta_store,
        eta_door=delivery.eta_door,
        waybill=delivery.waybill,
        pin=delivery.pin,
        handed_over=delivery.handed_over_at is not None,
    )
