"""A past that teaches: orders of the days before, packed in fifteen minutes, their drivers there in nine."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.domain.delivery import DeliveryState
from core.domain.events import LinePicked
from core.domain.stage import Stage
from core.store.unit_of_work import UnitOfWork
from tests.builders import MEI, UBER, delivery, minutes, out
from tests.conftest import NOON

LEAD, PREP, RIDE = 9, 15, 12  # minutes


def teach(uow: UnitOfWork, days: int = 12, *, until: datetime = NOON, courier: str = UBER, prep: float = PREP) -> None:
    """One order a day, accepted at this hour, up to the day before."""
    for day in range(1, days + 1):
        at = until - timedelta(days=day)
        number = f"past-{day}"
        order = replace(
            out(number),
            stage=Stage.COMPLETED,
            received_at=at,
            accepted_at=at,
            ready_at=at + minutes(prep),
            left_at=at + minutes(prep),
            ended_at=at + minutes(prep + RIDE),
        )
        uow.orders.add(order)
        begun = LinePicked(order_id=order.id, at=at + minutes(prep / 2), by=MEI, line_id="1", picked=1, quantity=2)
        uow.journal.add([begun])
        job = delivery(
            DeliveryState.DELIVERED,
            order_id=order.id,
            courier=courier,
            ref=number,
            key=number,
            booked_at=at + minutes(prep - LEAD),
            at_store_at=at + minutes(prep),
            picked_up_at=at + minutes(prep),
            ended_at=at + minutes(prep + RIDE),
        )
        uow.deliveries.add(job)
