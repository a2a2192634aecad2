"""What a shop's system is to be told in a moment, and can still be taken back: its order may be out of the queue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import OrderId
from core.domain.money import Money
from core.domain.send import Send
from core.domain.shop_call import ShopAbility
from core.domain.tell import RANK, UNDOABLE


@dataclass(frozen=True, kw_only=True)
class HeldLine:
    """The no, the cancel, or the money that leaves at `held_until`."""

    order_id: OrderId
    number: str
    held_until: datetime
    ability: ShopAbility
    money: Money | None = None


def held_lines(sends: Iterable[Send], numbers: Mapping[OrderId, str]) -> tuple[HeldLine, ...]:
    """One for each order: the money of one that is called off is taken back with it."""
    lines: dict[OrderId, HeldLine] = {}
    for send in sends:
        if send.call is None or send.call.ability not in UNDOABLE:
            continue
        line = HeldLine(
            order_id=send.order_id,
            number=numbers.get(send.order_id, ""),
            held_until=send.due_at,
            ability=send.call.ability,
            money=send.call.money,
        )
        known = lines.get(send.order_id)
        if known is None or RANK[line.ability] < RANK[known.ability]:
            lines[send.order_id] = line
    return tuple(lines.values())
