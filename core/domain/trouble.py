"""Troubles of a delivery: which of them a courier's word, a state or the time opens by itself."""

from typing import Final

from core.domain.bearer import Bearer
from core.domain.delivery import Delivery, DeliveryState
from core.domain.order import Order
from core.domain.problem import ProblemKind
from core.domain.stage import Stage

_K = ProblemKind
# What a person may name, hearing of it by telephone; the rest opens by itself alone.
NAMED: Final = (_K.WRONG_ADDRESS, _K.UNREACHABLE, _K.REFUSED, _K.DAMAGED, _K.LOST, _K.LATE, _K.WEATHER)
OF_THE_WAY: Final = (frozenset(NAMED) - {_K.LATE}) | {_K.DELIVERY_FAILED, _K.GOODS_RETURNING}
"""Of one way at most one of these is open: what is learnt of it takes the place of what was thought."""
ENDED_BY_ARRIVAL: Final = (_K.DELIVERY_FAILED, _K.GOODS_RETURNING, *(kind for kind in NAMED if kind is not _K.DAMAGED))
ENDED_BY_A_DRIVER: Final = (_K.NO_DRIVER, _K.DELIVERY_FAILED, _K.DRIVER_CANCELLED, _K.COURIER_REFUSED, _K.WRONG_ADDRESS)
WITH_THE_DRIVER: Final = frozenset({_K.DAMAGED, _K.LOST, _K.REFUSED, _K.UNREACHABLE})  # nothing of it before pick-up
LASTING: Final = frozenset({DeliveryState.HEADING_TO_STORE, DeliveryState.AT_STORE, DeliveryState.PICKED_UP})


def of_failure(delivery: Delivery, told: ProblemKind | None) -> ProblemKind:
    """A way that ended badly: as the courier names it, else by where it ended."""
    has_left = delivery.picked_up_at is not None or delivery.handed_over_at is not None
    if not has_left:
        return told if told is not None and told not in WITH_THE_DRIVER else _K.DRIVER_CANCELLED
    return told or _K.DELIVERY_FAILED


def of_return(told: ProblemKind | None, known: ProblemKind | None) -> ProblemKind:
    """Goods on their way back: why, if anybody said so before or now."""
    if told is not None:
        return told
    return known if known not in (None, _K.DELIVERY_FAILED) else _K.GOODS_RETURNING


def who_was_late(order: Order, delivery: Delivery) -> Bearer:
    """The carrier (C105); the store where goods left after they were promised, or a driver stood before an open bag."""
    promised, left, came = order.purchase.promised_to, order.left_at, delivery.at_store_at
    if promised is not None and left is not None and left > promised:
        return Bearer.STORE if came is None or came < promised else Bearer.PLATFORM
    is_waiting = delivery.state is DeliveryState.AT_STORE and order.stage is Stage.PREPARING
    return Bearer.STORE if is_waiting else Bearer.PLATFORM
