"""Another address, and goods that came back sent once more: what was agreed on the telephone (C66, C67, C70)."""

from dataclasses import replace

from core.domain import second_way
from core.domain.bearer import Bearer
from core.domain.events import GoodsReceived
from core.domain.ids import LineId, OrderId
from core.domain.moment import Moment
from core.domain.money import Money
from core.domain.order import Order
from core.domain.refusal import NotCounted
from core.domain.second_way import SecondWay
from core.domain.stage import Stage
from core.services import steps, way_troubles
from core.store.unit_of_work import UnitOfWork


class SecondWays:
    """What the customer is to pay for it is kept and shown; nobody here takes it from them."""

    def readdress(self, uow: UnitOfWork, order_id: OrderId, address: str, extra: Money | None, now: Moment) -> Order:
        """The right address; the trouble it was knows who bears the extra way (C67, C106)."""
        order = steps.change(uow, order_id, lambda it: second_way.readdress(it, address, extra, by=now.by, at=now.at))
        self._borne_by_customer(uow, order_id, extra)
        return order

    def again(self, uow: UnitOfWork, order_id: OrderId, way: SecondWay, now: Moment) -> Order:
        """In one step: the address, the order back on the table or the counter, the trouble dealt with.

        Raises `NotCounted`, `IllegalMove`, `MoneyWentBack`.
        """
        order = uow.orders.get(order_id)
        sound = _counted(uow, order)
        if way.address:
            self.readdress(uow, order_id, way.address, way.extra, now)
        else:
            self._borne_by_customer(uow, order_id, way.extra)
        again = steps.change(uow, order_id, lambda it: second_way.send_again(it, way, sound, by=now.by, at=now.at))
        way_troubles.received(uow, order_id, "it goes once more", now)
        return again

    def _borne_by_customer(self, uow: UnitOfWork, order_id: OrderId, extra: Money | None) -> None:
        problem = way_troubles.of_way(uow, order_id)
        if problem is not None and extra is not None:
            uow.problems.save(replace(problem, bearer=Bearer.CUSTOMER.value, cost=extra))


def _counted(uow: UnitOfWork, order: Order) -> dict[LineId, int]:
    """Sound pieces of the last time its goods were received; raises `NotCounted`."""
    received = [event for event in uow.journal.of(order.id) if isinstance(event, GoodsReceived)]
    job = next(iter(uow.deliveries.of(order.id)), None)
    is_open = job is not None and job.received_at is None
    if order.stage is Stage.RETURNED and (not received or is_open):
        raise NotCounted(f"the goods of order {order.number} are not counted yet", found="not counted")
    return {LineId(line): count for line, count in received[-1].sound.items()} if received else {}
