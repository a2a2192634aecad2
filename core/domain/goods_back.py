"""Goods that came back: counted, looked at, written down (C68, C71, C78)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.domain.events import GoodsReceived
from core.domain.ids import LineId, StaffId
from core.domain.line import OrderLine
from core.domain.order import Order
from core.domain.refusal import BadQuantity, WrongParcels


@dataclass(frozen=True)
class LineBack:
    """Pieces of one line that came back."""

    sound: int
    damaged: int = 0


class Onward(StrEnum):
    """What becomes of the customer's money: nobody who paid is left with nothing."""

    REFUND = "refund"  # as much as is theirs by who pays (C67, C104–C106)
    REFUND_ALL = "refund_all"  # with the delivery fee
    LATER = "later"  # a new time or a refund: to be agreed, and the trouble stays open till then


@dataclass(frozen=True, kw_only=True)
class GoodsBack:
    """What a person counted; lines not named came back whole and sound."""

    parcels: int
    lines: Mapping[LineId, LineBack] = field(default_factory=dict)
    note: str = ""
    onward: Onward = Onward.REFUND


def receive(order: Order, goods: GoodsBack, *, by: StaffId, at: datetime) -> GoodsReceived:
    """The count against what left; raises `WrongParcels` or `BadQuantity` for more than that."""
    if not 0 <= goods.parcels <= order.parcels:
        raise WrongParcels("more parcels than left", found=str(goods.parcels), allowed=f"0–{order.parcels}")
    went = [line for line in order.lines if line.shipped]
    for named in goods.lines:
        order.line(named)
    back = {line.id: goods.lines.get(line.id, LineBack(line.shipped)) for line in went}
    for line in went:
        _require_possible(line, back[line.id])
    return GoodsReceived(
        order_id=order.id,
        at=at,
        by=by,
        parcels=goods.parcels,
        sound={one: count.sound for one, count in back.items()},
        damaged={one: count.damaged for one, count in back.items() if count.damaged},
        missing={line.id: lost for line in went if (lost := _lost(line, back[line.id]))},
        note=goods.note.strip(),
    )


def found_words(received: GoodsReceived) -> str:
    """As the closed problem keeps it."""
    sound, damaged, missing = (sum(found.values()) for found in (received.sound, received.damaged, received.missing))
    return f"goods received: {sound} sound, {damaged} damaged, {missing} missing"


def _require_possible(line: OrderLine, back: LineBack) -> None:
    total = back.sound + back.damaged
    if back.sound < 0 or back.damaged < 0 or total > line.shipped:
        message = f"{line.shipped} pieces of {line.sku or line.id} left, {total} cannot come back"
        raise BadQuantity(message, found=str(total), allowed=f"0–{line.shipped}")


def _lost(line: OrderLine, back: LineBack) -> int:
    return line.shipped - back.sound - back.damaged
