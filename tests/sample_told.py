"""An order that was just refused, one with money back, one the shop's own system said no to."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.board.held import held_lines
from core.domain.ids import ChannelName, CourierName, OrderId, RefundId, SendId, StaffId
from core.domain.money import Money
from core.domain.refund import Refund, RefundState
from core.domain.send import Send, SendKind, SendState
from core.domain.shop_call import ShopAbility, ShopCall

if TYPE_CHECKING:
    from tests.samples import Shop

MEI = StaffId("Mei")


def telling(number: str, ability: ShopAbility, now: datetime, **more: object) -> Send:
    """Held till four seconds from now, unless said otherwise."""
    call = ShopCall(
        ability=ability,
        key=f"{ability}-{number}",
        shop="",
        channel_order_id=number,
        number=number,
        money=Money(20_000, "TWD") if ability is ShopAbility.REFUND else None,
    )
    usual: dict[str, object] = {
        "id": SendId(f"{ability}-{number}"),
        "order_id": OrderId(number),
        "kind": SendKind.TELL_SHOP,
        "courier": CourierName(""),
        "channel": ChannelName("web"),
        "key": call.key,
        "due_at": now + timedelta(seconds=4),
        "created_at": now - timedelta(seconds=1),
        "created_by": MEI,
        "call": call,
    }
    return Send(**usual | more)  # type: ignore[arg-type]


def refund(number: str, now: datetime, minor: int = 20_000, **more: object) -> Refund:
    """For a broken bottle."""
    usual: dict[str, object] = {
        "id": RefundId(f"refund-{number}-{minor}"),
        "order_id": OrderId(number),
        "amount": Money(minor, "TWD"),
        "reason": "damaged or spoilt",
        "by": MEI,
        "at": now - timedelta(minutes=2),
    }
    return Refund(**usual | more)  # type: ignore[arg-type]


def told(shop: "Shop", now: datetime) -> "Shop":
    """With a refusal held for 1042, money back of 1041, and a no from the shop's system to a refund of 1039."""
    held = telling("1042", ShopAbility.CANCEL, now)
    no = telling("1039", ShopAbility.REFUND, now, state=SendState.REFUSED, attempts=1, reason="the order is closed")
    board = replace(shop.board, held=held_lines([held], {OrderId("1042"): "1042"}), sends_waiting=1)
    sheets = dict(shop.sheets)
    for number, sends, refunds in (
        ("1041", (), (refund("1041", now, state=RefundState.DONE), refund("1041", now, 4_000))),
        ("1039", (no,), (refund("1039", now),)),
    ):
        sheets[number] = replace(sheets[number], tellings=sends, refunds=refunds)
    return replace(shop, board=board, sheets=sheets)
