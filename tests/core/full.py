"""One of each in which every field says something, so that a forgotten column shows."""

from dataclasses import fields
from typing import Any

from core.domain.checklist import Check, Checklist
from core.domain.completed import Completed
from core.domain.delivery import Delivery, DeliveryState, Driver
from core.domain.hold import Hold
from core.domain.ids import ChannelName, DeliveryId, LineId, OrderId, ProblemId, RefundId, SendId, fresh_id
from core.domain.line import IfMissing
from core.domain.measures import Box, Place
from core.domain.money import Money
from core.domain.order import Order
from core.domain.problem import Problem, ProblemKind
from core.domain.purchase import Customer, OrderType, Purchase
from core.domain.quote import Quote
from core.domain.refund import Refund, RefundState
from core.domain.send import Send, SendKind, SendState
from core.domain.shop_call import ShopAbility, ShopCall, Tracking
from core.domain.staff import Role
from core.domain.stage import Stage
from tests.builders import BO, MEI, PANDA, after, line, purchase, send


def all_say_something(whole: Any) -> bool:
    """No field of it stands at its default."""
    return all(getattr(whole, one.name) != one.default for one in fields(whole))


def full_purchase() -> Purchase:
    """Every field says something."""
    full_line = line(
        "7",
        3,
        unit_price=Money(4_550, "TWD"),
        options="hot, no sugar",
        note="well wrapped",
        shelf="A-03",
        is_gift=True,
        picked=2,
        shipped=2,
        refunded=1,
        size=Box(210, 60, 90),
        total=Money(13_000, "TWD"),
        tax=Money(619, "TWD"),
        if_missing=IfMissing.SWAP,
        wish="green tea is fine too",
        swap_of=LineId("6"),
    )
    return purchase(
        "9001",
        type=OrderType.PICKUP,
        customer=Customer(
            name="王小明", phone="+886912000222", address="新北市 9 號", latitude=25.0312, longitude=121.5
        ),
        lines=(full_line, line("3", 1, weight_g=None)),
        promised_from=after(50),
        promised_to=after(80),
        accept_by=after(11.5),
        note="ring twice 🔔",
        allergens="peanut",
        wants_invoice=True,
        is_test=True,
        is_fulfilled=True,
        cancel_reason="the customer asked",
        clash="total 1 is not the sum 2",
        discount=Money(500, "TWD"),
        tax=Money(619, "TWD"),
        delivery_fee=Money(6_000, "TWD"),
        tax_included=False,
    )


def full_order() -> Order:
    """Every field says something, whether or not an order ever looks like it."""
    return Order(
        id=full_purchase().order_id,
        purchase=full_purchase(),
        stage=Stage.CANCELLED,
        received_at=after(1),
        accept_by=after(6),
        version=4,
        opened_at=after(2),
        seen_at=after(3),
        seen_by=MEI,
        accepted_at=after(4),
        accepted_by=BO,
        ready_by=after(19),
        ready_at=after(12),
        left_at=after(13),
        ended_at=after(14),
        reason="called off at the door",
        checklist=Checklist(frozenset({Check.SIZE, Check.QUALITY})),
        changed=frozenset({"note", "customer"}),
        parcels=3,
        is_short=True,
        hand_number="H1A2",
        review=("unclear_address", "huge_order:12 of 4"),
        reviewed_by=MEI,
        reviewed_at=after(3),
        completed=Completed(
            by=MEI,
            at=after(3),
            address="台北市中山區南京西路 12 號",
            phone="0912000222",
            told_address="南京西路",
            told_phone="12",
            is_retold=True,
        ),
        hold=Hold(reason="calls back at six", by=BO, at=after(5), until=after(60), lifted_by=Role.MANAGER),
        reminders=2,
        reminded_at=after(4),
    )


def full_delivery(order_id: OrderId) -> Delivery:
    """Every field says something."""
    return Delivery(
        id=DeliveryId(fresh_id()),
        order_id=order_id,
        courier=PANDA,
        ref="P-77",
        key=fresh_id(),
        state=DeliveryState.RETURNED,
        word="RETURNED_TO_VENDOR",
        at=after(30),
        state_since=after(29),
        booked_at=after(1),
        waybill="7F2K",
        driver=Driver(name="A-Ming", phone="+886912000333", vehicle="scooter", plate="ABC-123"),
        place=Place(25.04, 121.52, after(28)),
        eta_store=after(5),
        eta_door=after(25),
        tracking_url="https://example.test/t/1",
        fee=Money(8_900, "TWD"),
        pin="4471",
        reason="customer refused",
        return_ref="P-78",
        handed_over_at=after(10),
        picked_up_at=after(11),
        ended_at=after(30),
        at_store_at=after(9),
        heard_at=after(31),
        eta_at=after(12),
        cancel_fee=Money(4_000, "TWD"),
        tip=Money(2_000, "TWD"),
        received_at=after(33),
        eta_told_at=after(27),
        driver_at=after(28),
        driver_from=after(26),
        former_driver="A-Hua",
        driver_changed_at=after(26.5),
    )


def full_send(order_id: OrderId) -> Send:
    """Every field says something."""
    return send(
        order_id=order_id,
        kind=SendKind.CANCEL_COURIER,
        courier=PANDA,
        state=SendState.REFUSED,
        attempts=3,
        ref="P-77",
        is_unwanted=True,
        reason="too late",
        quote=Quote(courier=PANDA, ref="Q-1", fee=Money(8_900, "TWD"), expires_at=after(15), at_store=after(8)),
        tip=Money(2_000, "TWD"),
        why="cheapest",
        channel=ChannelName("web"),
        call=full_call(),
    )


def full_call() -> ShopCall:
    """Every field says something."""
    return ShopCall(
        ability=ShopAbility.REFUND,
        key=fresh_id(),
        shop="demo",
        channel_order_id="9001",
        number="1042",
        lines=((LineId("7"), 2), (LineId("3"), 1)),
        is_all=False,
        money=Money(4_550, "TWD"),
        reason="sold out",
        restock=True,
        notify=False,
        tracking=Tracking(courier="panda", waybill="7F2K", url="https://example.test/t/1"),
    )


def full_refund(order_id: OrderId) -> Refund:
    """Every field says something."""
    return Refund(
        id=RefundId(fresh_id()),
        order_id=order_id,
        amount=Money(4_550, "TWD"),
        reason="sold out",
        by=MEI,
        at=after(20),
        lines=((LineId("7"), 2),),
        state=RefundState.DONE,
        send_id=SendId(fresh_id()),
        ref="R-1",
        cause="out_of_stock",
        bearer="store",
    )


def full_problem(order_id: OrderId) -> Problem:
    """Every field says something."""
    return Problem(
        id=ProblemId(fresh_id()),
        kind=ProblemKind.NO_DRIVER,
        opened_at=after(31),
        order_id=order_id,
        detail="uber: 31 min",
        closed_at=after(40),
        result="called support",
        cause="weather",
        bearer="platform",
        cost=Money(8_900, "TWD"),
        step=2,
        next_at=after(45),
        louder=1,
        said="will wait ten minutes more",
    )
