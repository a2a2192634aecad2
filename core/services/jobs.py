"""An order as a job for a courier."""

from collections.abc import Iterable

from core.domain.job import Job, JobItem, Stop
from core.domain.order import Order
from core.domain.store_rules import StoreRules
from core.services.phones import dialled


def job_for(order: Order, key: str, store: StoreRules) -> Job:
    """What leaves the store, and where it goes."""
    customer = order.purchase.customer
    return Job(
        order_id=order.id,
        key=key,
        number=order.number,
        store=Stop(
            name=store.name,
            phone=store.phone,
            address=store.address,
            latitude=store.latitude,
            longitude=store.longitude,
        ),
        door=Stop(
            name=customer.name,
            phone=dialled(customer.phone, store.phone) or store.phone,
            address=customer.address,
            latitude=customer.latitude,
            longitude=customer.longitude,
            note=order.purchase.note,
        ),
        items=tuple(_items(order)),
        value=order.purchase.total,
        door_by=order.purchase.promised_to,
        parcels=order.parcels,
    )


def _items(order: Order) -> Iterable[JobItem]:
    for line in order.lines:
        if count := order.needed(line):
            yield JobItem(name=line.name, quantity=count, weight_g=line.weight_g, price=line.unit_price)
