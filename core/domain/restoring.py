"""A no, or a cancel, taken back while the shop's system has not heard of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from core.domain.events import Event, OrderCancelled, OrderRejected, OrderRestored
from core.domain.ids import StaffId
from core.domain.order import Order, Outcome
from core.domain.stage import Stage, require_return


def restore(order: Order, history: Iterable[Event], *, by: StaffId, at: datetime) -> Outcome:
    """As it stood before it was ended; raises `IllegalMove` where that cannot be."""
    stage = require_return(order.stage, _stood(history))
    back = replace(order, stage=stage, ended_at=None, reason="")
    return back, (OrderRestored(order_id=order.id, by=by, at=at, stage=stage),)


def _stood(history: Iterable[Event]) -> Stage:
    ends = [event.stage for event in history if isinstance(event, OrderRejected | OrderCancelled)]
    return Stage(ends[-1]) if ends else Stage.NEW
