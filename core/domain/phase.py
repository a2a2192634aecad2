"""Where an order stands for somebody who telephones: finer than `Stage` where the rules are (L22–L26)."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from core.domain.delivery import Delivery, DeliveryState
from core.domain.order import Order
from core.domain.stage import Stage


class Phase(StrEnum):
    """The first side of the coach's table, from the bell to long after."""

    NOT_PAID = "not_paid"
    BEFORE_ACCEPT = "before_accept"
    NOT_BEGUN = "not_begun"  # accepted, nothing is in the bag
    PACKING = "packing"
    PACKED = "packed"
    DRIVER_CALLED = "driver_called"
    AT_STORE = "at_store"  # the driver is
    ON_THE_WAY = "on_the_way"
    AT_THE_DOOR = "at_the_door"  # refused, or nobody opened: the goods come back
    DELIVERED = "delivered"
    RETURNED = "returned"
    ENDED = "ended"  # rejected or called off


_P = Phase
STAGES: Final[dict[Phase, frozenset[Stage]]] = {
    _P.NOT_PAID: frozenset({Stage.WAITING_PAYMENT, Stage.REVIEW, Stage.NEW}),
    _P.BEFORE_ACCEPT: frozenset({Stage.REVIEW, Stage.NEW}),
    _P.NOT_BEGUN: frozenset({Stage.PREPARING}),
    _P.PACKING: frozenset({Stage.PREPARING}),
    _P.PACKED: frozenset({Stage.READY}),
    _P.DRIVER_CALLED: frozenset({Stage.READY}),
    _P.AT_STORE: frozenset({Stage.READY}),
    _P.ON_THE_WAY: frozenset({Stage.OUT}),
    _P.AT_THE_DOOR: frozenset({Stage.OUT}),
    _P.DELIVERED: frozenset({Stage.COMPLETED}),
    _P.RETURNED: frozenset({Stage.RETURNED}),
    _P.ENDED: frozenset({Stage.REJECTED, Stage.CANCELLED}),
}
_ENDS: Final = {
    Stage.COMPLETED: _P.DELIVERED,
    Stage.RETURNED: _P.RETURNED,
    Stage.REJECTED: _P.ENDED,
    Stage.CANCELLED: _P.ENDED,
}
_TURNED: Final = frozenset({DeliveryState.RETURNING, DeliveryState.RETURNED, DeliveryState.FAILED})
_SEARCHED: Final = frozenset({DeliveryState.MATCHING, DeliveryState.HEADING_TO_STORE, DeliveryState.UNKNOWN})


def phase_of(order: Order, job: Delivery | None, *, is_called: bool = False) -> Phase:
    """`job` is the live one, else the last; `is_called`: a call is owed that may bring a driver."""
    if order.stage in _ENDS:
        return _ENDS[order.stage]
    if order.stage is Stage.OUT:
        return _P.AT_THE_DOOR if job is not None and job.state in _TURNED else _P.ON_THE_WAY
    if not order.is_in_the_shop:
        return _P.BEFORE_ACCEPT if order.is_paid and order.stage is not Stage.WAITING_PAYMENT else _P.NOT_PAID
    return _in_the_shop(order, job if job is not None and job.is_live else None, is_called=is_called)


def phase_before(order: Order, jobs: Sequence[Delivery]) -> Phase:
    """Where an order stood that was called off after accept (X5): what was done to it is still written on it."""
    if order.accepted_at is None:
        return _P.ENDED
    if order.ready_at is None:
        return _begun(order)
    coming = [job for job in jobs if job.ended_at is None or order.ended_at is None or job.ended_at >= order.ended_at]
    if not coming:
        return _P.PACKED
    return _P.AT_STORE if coming[0].at_store_at is not None else _P.DRIVER_CALLED


def _in_the_shop(order: Order, live: Delivery | None, *, is_called: bool) -> Phase:
    """What is not in the bag yet costs nothing, whoever comes for it: the courier is dealt with by the job."""
    if order.stage is Stage.PREPARING:
        return _begun(order)
    if live is None:
        return _P.DRIVER_CALLED if is_called else _P.PACKED
    return _P.DRIVER_CALLED if live.state in _SEARCHED else _P.AT_STORE


def _begun(order: Order) -> Phase:
    return _P.PACKING if order.picked or order.checklist.ticked else _P.NOT_BEGUN
