"""What is told to the shop's own system: in which order, and how a telling that met trouble may end."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from core.domain.send import Send, SendState
from core.domain.shop_call import ShopAbility

# Of those owed at one instant; each is looked up here, so a new ability shows as missing.
RANK: Final[dict[ShopAbility, int]] = {
    ShopAbility.ACCEPT: 0,
    ShopAbility.READY: 1,
    ShopAbility.SHIPPED: 2,
    ShopAbility.CANCEL: 3,
    ShopAbility.RETURN: 4,
    ShopAbility.REFUND: 5,
}
ONCE: Final = frozenset({ShopAbility.ACCEPT, ShopAbility.READY, ShopAbility.SHIPPED})
"""How far an order is: told once, however often it comes there."""
UNDOABLE: Final = frozenset({ShopAbility.CANCEL, ShopAbility.REFUND})
"""What staff may take back within the held seconds; the rest says how far the order is."""
ENDINGS: Final = frozenset({ShopAbility.CANCEL, ShopAbility.RETURN})


class TellingEnd(StrEnum):
    """What a person says of a telling that was refused, or that nobody answers."""

    AGAIN = "again"  # put right there: tell it once more, under the same key
    BY_HAND = "by_hand"  # a person did it in the shop's own system
    GIVEN_UP = "given_up"  # it is not to be done


def ability_of(send: Send) -> str:
    """What is told, empty where it is no telling."""
    return send.call.ability.value if send.call else ""


def is_unsettled(send: Send) -> bool:
    """Refused, and nobody has said yet what becomes of it."""
    return send.call is not None and send.state is SendState.REFUSED and not send.is_unwanted


def is_in_trouble(send: Send) -> bool:
    """Refused, or tried without an answer: a person may say how it ends."""
    return is_unsettled(send) or (send.call is not None and send.is_open and bool(send.reason))


def blocks(earlier: Send, later: Send) -> bool:
    """Whether a telling of the same order has to be over first.

    They are told as they happened. How far the order is does not wait for money; money waits for all, and where the
    end of an order was refused for a person's word, as the shop may have given it back in that step.
    """
    if earlier.call is None or _place(earlier) >= _place(later):
        return False
    moves_money = _is_refund(later)
    if earlier.is_open:
        return moves_money or not _is_refund(earlier)
    return moves_money and is_unsettled(earlier) and earlier.call.ability in ENDINGS


def _is_refund(send: Send) -> bool:
    return send.call is not None and send.call.ability is ShopAbility.REFUND


def _place(send: Send) -> tuple[datetime, int, str]:
    return send.created_at, RANK[send.call.ability] if send.call else -1, send.id
