"""What of an open order the queue shows, and no more: made of a whole order, or read by itself."""

from datetime import datetime
from typing import NamedTuple, Protocol, TypeVar

from core.domain.delivery import DeliveryState
from core.domain.hold import Hold
from core.domain.ids import OrderId
from core.domain.money import Money
from core.domain.order import Order
from core.domain.purchase import OrderType
from core.domain.stage import Stage

T = TypeVar("T", datetime, str)


class Glance(NamedTuple):
    """Times aware. A tuple, for thousands are made at a start."""

    id: OrderId
    number: str
    stage: Stage
    type: OrderType
    channel: str
    customer: str
    phone: str
    total: Money
    pieces: int
    picked: int
    is_picked: bool  # every piece that goes lies in the bag
    is_checked: bool  # every check is ticked
    is_paid: bool
    is_test: bool
    is_short: bool
    is_changed: bool
    has_note: bool
    since: datetime  # when it came to this stage
    accept_by: datetime
    ready_by: datetime | None
    promised_to: datetime | None
    seen_at: datetime | None
    seen_by: str
    promised_from: datetime | None
    hold: Hold | None = None
    reminders: int = 0
    reminded_at: datetime | None = None


class Ride(Protocol):
    """What of a live delivery the queue shows."""

    @property
    def state(self) -> DeliveryState:
        """How far it is."""

    @property
    def courier(self) -> str:
        """Who carries."""

    @property
    def waybill(self) -> str:
        """The courier's number."""


def glance_of(order: Order) -> Glance:
    """The same of an order that was read whole."""
    purchase = order.purchase
    return Glance(
        id=order.id,
        number=order.number,
        stage=order.stage,
        type=purchase.type,
        channel=purchase.channel,
        customer=purchase.customer.name,
        phone=purchase.customer.phone,
        total=purchase.total,
        pieces=order.pieces,
        picked=order.picked,
        is_picked=all(order.has_picked(line) for line in order.lines),
        is_checked=order.checklist.is_complete,
        is_paid=order.is_paid,
        is_test=purchase.is_test,
        is_short=order.is_short,
        is_changed=bool(order.changed),
        has_note=bool(purchase.note or purchase.allergens),
        since=since(order.received_at, order.opened_at, order.accepted_at, order.ready_at, order.left_at),
        accept_by=order.accept_by,
        ready_by=order.ready_by,
        promised_to=purchase.promised_to,
        seen_at=order.seen_at,
        seen_by=order.seen_by or "",
        promised_from=purchase.promised_from,
        hold=order.hold,
        reminders=order.reminders,
        reminded_at=order.reminded_at,
    )


def since(*times: T | None) -> T:
    """The last of them that there is; instants, or as a database keeps them."""
    return max(time for time in times if time is not None)
