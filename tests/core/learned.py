"""A past that teaches: orders of the days before, packed in fifteen minutes, their drivers there in nine."""

from dataclasses import replace
from datetime import timedelta

from core.domain.delivery import DeliveryState
from core.domain.events import LinePicked
from core.domain.stage import Stage
from core.store.unit_of_work import UnitOfWork
from tests.builders import MEI, delivery, minutes, out
from tests.conftest import NOON

LEAD, PREP, RIDE = 9, 15, 12  # minutes


def teach(uow: UnitOfWork, days: int = 12) -> None:
    """One order a day, at noon."""
    for day in range(1, days + 1):
        at = NOON - timedelta(days=day)
        number = f"past-{day}"
        order = replace(
            out(number),
            stage=Stage.COMPLETED,
            received_at=at,
            accepted_at=at,
            ready_at=at + minutes(PREP),
            left_at=at + minutes(PREP),
            ended_at=at + minutes(PREP + RIDE),
        )
        uow.orders.add(order)
        begun = LinePicked(order_id=order.id, at=at + minutes(PREP / 2), by=MEI, line_id="1", picked=1, quantity=2)
        uow.journal.add([begun])
        job = delivery(
            DeliveryState.DELIVERED,
            order_id=order.id,
            ref=number,
            key=number,
            booked_at=at + minutes(PREP - LEAD),
            at_store_at=at + minutes(PREP),
            picked_up_at=at + minutes(PREP),
            ended_at=at + minutes(PREP + RIDE),
        )
        uow.deliveries.add(job)
