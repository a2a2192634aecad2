"""Ready-made purchases, orders, jobs and letters for the tests of core; every word of them can be said otherwise."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.domain import arrival, fulfilment
from core.domain.checklist import Check, Checklist
from core.domain.delivery import Delivery, DeliveryState, Report
from core.domain.hours import OpeningHours
from core.domain.ids import (
    ChannelName,
    CourierName,
    DeliveryId,
    LineId,
    SendId,
    StaffId,
    fresh_id,
)
from core.domain.line import OrderLine
from core.domain.money import Money
from core.domain.order import Order
from core.domain.payment import Payment
from core.domain.purchase import Customer, Purchase
from core.domain.send import Send, SendKind
from core.domain.stage import Stage
from core.domain.store_rules import StoreRules
from core.ports.letter import Letter, Reading
from tests.conftest import NOON

TAIPEI = ZoneInfo("Asia/Taipei")
MEI = StaffId("mei")
BO = StaffId("bo")
UBER = CourierName("uber")
PANDA = CourierName("panda")
RULES = StoreRules(
    name="台北南西店",
    phone="+886225550000",
    address="台北市中山區南京西路 1 號",
    zone=TAIPEI,
    hours=OpeningHours.parse("09:00-21:00", TAIPEI),
)


def minutes(count: float) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=count)


def after(count: float) -> datetime:
    """So many minutes past noon."""
    return NOON + minutes(count)


def line(id: str = "1", quantity: int = 2, **more: Any) -> OrderLine:
    """Two bottles of tea, half a kilo each."""
    usual = {"sku": f"SKU-{id}", "name": f"Tea {id}", "weight_g": 500, "barcode": f"471000{id}"}
    return OrderLine(id=LineId(id), quantity=quantity, **usual | more)


def purchase(number: str = "1042", **more: Any) -> Purchase:
    """A paid order of three pieces, told at noon."""
    usual: dict[str, Any] = {
        "channel": ChannelName("web"),
        "shop": "nanxi",
        "channel_order_id": f"co-{number}",
        "number": number,
        "updated_at": NOON,
        "placed_at": NOON,
        "payment": Payment.PAID,
        "customer": Customer(name="Chen", phone="+886912000111", address="台北市大同區 2 號"),
        "lines": (line("1", 2), line("2", 1)),
        "total": Money(124_000, "TWD"),
    }
    return Purchase(**usual | more)


def told_later(earlier: Purchase, count: float, **more: Any) -> Purchase:
    """The same order told again so many minutes after noon."""
    return replace(earlier, updated_at=after(count), **more)


def new(number: str = "1042", **more: Any) -> Order:
    """Paid and rung for."""
    return arrival.first_told(purchase(number, **more), NOON, RULES.accept_within)[0]


def preparing(number: str = "1042", **more: Any) -> Order:
    """Accepted a minute past noon."""
    return fulfilment.accept(new(number, **more), by=MEI, ready_by=after(16), at=after(1))[0]


def packed(number: str = "1042", **more: Any) -> Order:
    """Every line picked and every check ticked, the bag still open."""
    order = preparing(number, **more)
    full = tuple(replace(one, picked=one.quantity) for one in order.lines)
    bought = replace(order.purchase, lines=full)
    return replace(order, purchase=bought, checklist=Checklist(frozenset(Check)))


def ready(number: str = "1042", **more: Any) -> Order:
    """Packed, waiting for its driver."""
    return fulfilment.finish_packing(packed(number, **more), by=MEI, at=after(8))[0]


def out(number: str = "1042", **more: Any) -> Order:
    """With the driver."""
    return fulfilment.leave(ready(number, **more), by=MEI, at=after(20))[0]


AT_STAGE: dict[Stage, Callable[[], Order]] = {
    Stage.WAITING_PAYMENT: lambda: new(payment=Payment.UNPAID),
    Stage.REVIEW: lambda: new().moved(Stage.REVIEW),
    Stage.NEW: new,
    Stage.PREPARING: preparing,
    Stage.READY: ready,
    Stage.OUT: out,
    Stage.COMPLETED: lambda: fulfilment.complete(out(), by=MEI, at=after(40))[0],
    Stage.REJECTED: lambda: fulfilment.reject(new(), by=MEI, reason="sold out", at=after(1))[0],
    Stage.CANCELLED: lambda: fulfilment.cancel(new(), by=MEI, reason="changed my mind", at=after(1))[0],
    Stage.RETURNED: lambda: fulfilment.come_back(out(), by=MEI, at=after(60))[0],
}


def report(state: DeliveryState = DeliveryState.MATCHING, count: float = 0, **more: Any) -> Report:
    """What the courier says of its job J1, so many minutes past noon."""
    usual = {"courier": UBER, "ref": "J1", "word": state.value, "at": after(count)}
    return Report(state=state, **usual | more)


def delivery(state: DeliveryState = DeliveryState.MATCHING, **more: Any) -> Delivery:
    """The job J1, booked at noon."""
    usual: dict[str, Any] = {
        "id": DeliveryId(fresh_id()),
        "order_id": purchase().order_id,
        "courier": UBER,
        "ref": "J1",
        "key": "our-key",
        "word": state.value,
        "at": NOON,
        "state_since": NOON,
        "booked_at": NOON,
        "waybill": "7F2K-01",
    }
    return Delivery(state=state, **usual | more)


def send(**more: Any) -> Send:
    """A call for a driver, held till five seconds past noon."""
    usual: dict[str, Any] = {
        "id": SendId(fresh_id()),
        "order_id": purchase().order_id,
        "kind": SendKind.BOOK_COURIER,
        "courier": UBER,
        "key": fresh_id(),
        "due_at": NOON + timedelta(seconds=5),
        "created_at": NOON,
        "created_by": MEI,
    }
    return Send(**usual | more)


def letter(body: bytes = b"{}", sender: str = "channels/web", **more: Any) -> Letter:
    """A signed call, as it came."""
    return Letter(sender=sender, body=body, **{"received_at": NOON} | more)


def reading(*purchases: Purchase, key: str = "", **more: Any) -> Reading:
    """What a letter said; a key of its own unless one is given."""
    return Reading(key=key or fresh_id(), purchases=purchases, **more)
