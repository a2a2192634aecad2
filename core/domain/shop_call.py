"""What is told to the shop's own system of an order: said once, whatever gets lost on the way."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.ids import LineId
from core.domain.money import Money


class ShopAbility(StrEnum):
    """What not every shop system can be told."""

    ACCEPT = "accept"  # the shop has said yes and prepares it
    READY = "ready"  # packed
    SHIPPED = "shipped"  # the goods are out of the house: all, or for good only some (C76)
    CANCEL = "cancel"  # rejected or called off; moves no money
    REFUND = "refund"  # so much money back to the customer
    RETURN = "return"  # the goods have come back; moves no money


@dataclass(frozen=True, kw_only=True)
class Tracking:
    """Who carries it, under what number, and where the customer can look."""

    courier: str = ""
    waybill: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class ShopCall:
    """`key` is ours and made before the first call; the same key is the same deed, however often it is told.

    `lines` are pieces by line, all of them where `is_all`. `money` is what a refund moves, in all. `restock`: the
    goods can be sold again. `notify`: the shop's system tells the customer.
    """

    ability: ShopAbility
    key: str
    shop: str
    channel_order_id: str
    number: str
    lines: tuple[tuple[LineId, int], ...] = ()
    is_all: bool = True
    money: Money | None = None
    reason: str = ""
    restock: bool = False
    notify: bool = True
    tracking: Tracking | None = None
