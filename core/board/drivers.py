"""One live delivery as one line, with its clock, where its driver is and when he is expected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from core.domain.delivery import USUAL_MINUTES, Delivery, DeliveryState
from core.domain.ids import DeliveryId, OrderId
from core.domain.measures import Place, metres_between
from core.domain.order import Order
from core.domain.store_rules import StoreRules

Usual = Mapping[DeliveryState, tuple[int, int]]
"""The minutes a state usually lasts: from, to."""

NEAR_M: Final = 75  # metres from the store: across the street, or parking
FRESH: Final = timedelta(minutes=2)  # a rider goes a kilometre in it
SWAP_SHOWS: Final = timedelta(minutes=5)
FIRST: Final = (DeliveryState.AT_STORE, DeliveryState.HEADING_TO_STORE, DeliveryState.MATCHING)


@dataclass(frozen=True)
class Ground:
    """What a store knows of every way: where it begins, and how long a state usually lasts."""

    store: Place | None = None
    usual: Usual = field(default_factory=lambda: USUAL_MINUTES)


SOMEWHERE: Final = Ground()


@dataclass(frozen=True, kw_only=True)
class DriverLine:
    """Times aware, distances metres as the crow flies; the clock runs from `state_since` against `usual` minutes.

    Empty texts and None are unknown. `told_at` and `eta_at` are by our clock, a place has the courier's.
    """

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
    former: str = ""  # who was to come before this one
    changed_at: datetime | None = None  # when that was noticed
    place: Place | None = None
    to_store: int | None = None
    to_door: int | None = None
    eta_store: datetime | None = None
    eta_door: datetime | None = None
    eta_at: datetime | None = None  # when these two were told
    waybill: str = ""
    pin: str = ""
    handed_over: bool = False
    door: Place | None = None

    @property
    def rank(self) -> tuple[int, bool, datetime, str]:
        """At the door first, then on the way here, the near ones before the rest; then by who waits longest."""
        first = FIRST.index(self.state) if self.state in FIRST else len(FIRST)
        return first, not self.is_near, self.state_since, self.delivery_id

    @property
    def is_near(self) -> bool:
        """On the way here, and last seen in front of the store: no courier's word, so no state."""
        on_the_way = self.state is DeliveryState.HEADING_TO_STORE
        return on_the_way and self.to_store is not None and self.to_store <= NEAR_M

    def is_fresh(self, now: datetime) -> bool:
        """The driver can't be far from where he was seen."""
        return self.place is not None and self.place.at is not None and now - self.place.at <= FRESH

    def has_swapped(self, now: datetime) -> bool:
        """A moment ago: another took over, or the one there was gave it back."""
        is_told = bool(self.former) or self.state is DeliveryState.MATCHING
        return is_told and self.changed_at is not None and now - self.changed_at <= SWAP_SHOWS


def ground_of(rules: StoreRules) -> Ground:
    """The store's own."""
    return Ground(point(rules.latitude, rules.longitude), rules.usual_minutes)


def driver_line(delivery: Delivery, order: Order, ground: Ground = SOMEWHERE) -> DriverLine:
    """How a delivery shows."""
    customer, driver = order.purchase.customer, delivery.driver
    door, place, etas = point(customer.latitude, customer.longitude), delivery.whereabouts, delivery.expected
    return DriverLine(
        delivery_id=delivery.id,
        order_id=delivery.order_id,
        number=order.number,
        courier=delivery.courier,
        state=delivery.state,
        state_since=delivery.state_since,
        usual=ground.usual.get(delivery.state),
        told_at=delivery.heard_at or delivery.at,
        driver=driver.name if driver else "",
        phone=driver.phone if driver else "",
        vehicle=driver.vehicle if driver else "",
        plate=driver.plate if driver else "",
        former=delivery.former_driver,
        changed_at=delivery.driver_changed_at,
        place=place,
        to_store=metres(place, ground.store),
        to_door=metres(place, door),
        eta_store=etas[0],
        eta_door=etas[1],
        eta_at=delivery.eta_at,
        waybill=delivery.waybill,
        pin=delivery.pin,
        handed_over=delivery.handed_over_at is not None,
        door=door,
    )


def point(latitude: float | None, longitude: float | None, at: datetime | None = None) -> Place | None:
    """None when it is not on the map."""
    return None if latitude is None or longitude is None else Place(latitude, longitude, at)


def metres(one: Place | None, other: Place | None) -> int | None:
    """None when either is unknown."""
    if one is None or other is None:
        return None
    between = metres_between(one.latitude, one.longitude, other.latitude, other.longitude)
    return None if between is None else round(between)
