"""Pick, check, close the bag."""

from core.domain import fulfilment
from core.domain.checklist import Check
from core.domain.ids import OrderId
from core.domain.moment import Moment
from core.domain.order import Order, Outcome
from core.domain.refusal import AlreadyCalled, BadQuantity
from core.services import steps
from core.services.telling import Telling
from core.store.unit_of_work import UnitOfWork


class PackingService:
    """The desk's second drawer."""

    def __init__(self, telling: Telling | None = None) -> None:
        self._telling = telling or Telling()

    def pick(self, uow: UnitOfWork, order_id: OrderId, code: str, picked: int, now: Moment) -> Order:
        """So many pieces of a line are in the bag; the line by id, sku or barcode."""

        def move(order: Order) -> Outcome:
            return fulfilment.pick(order, order.line(code).id, picked, by=now.by, at=now.at)

        return steps.change(uow, order_id, move)

    def scan(self, uow: UnitOfWork, order_id: OrderId, code: str, now: Moment) -> Order:
        """One more piece of the line this code stands for; raises `UnknownLine`, `BadQuantity`."""

        def move(order: Order) -> Outcome:
            line = order.line(code)
            if order.has_picked(line):
                message = f"{line.picked} × {line.sku or line.id} are in the bag already"
                raise BadQuantity(message, found=str(line.picked + 1), allowed=str(order.needed(line)))
            return fulfilment.pick(order, line.id, line.picked + 1, by=now.by, at=now.at)

        return steps.change(uow, order_id, move)

    def tick(self, uow: UnitOfWork, order_id: OrderId, check: Check, ticked: bool, now: Moment) -> Order:
        """Set or take back a check."""

        def move(order: Order) -> Outcome:
            return fulfilment.tick(order, check, ticked=ticked, by=now.by, at=now.at)

        return steps.change(uow, order_id, move)

    def tick_all(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> Order:
        """Every line picked and every check ticked, each with its own row in the journal."""
        order = uow.orders.get(order_id)
        for line in order.lines:
            if not order.has_picked(line):
                order = self.pick(uow, order_id, line.id, order.needed(line), now)
        for check in order.checklist.missing:
            order = self.tick(uow, order_id, check, True, now)
        return order

    def ready(self, uow: UnitOfWork, order_id: OrderId, parcels: int | None, reason: str, now: Moment) -> Order:
        """Packed, in the parcels planned unless a number is said; with a reason when the list is not complete."""

        def move(order: Order) -> Outcome:
            return fulfilment.finish_packing(order, by=now.by, at=now.at, parcels=parcels, reason=reason.strip())

        packed = steps.change(uow, order_id, move)
        self._telling.packed(uow, packed, now)
        return packed

    def plan_parcels(self, uow: UnitOfWork, order_id: OrderId, parcels: int, now: Moment) -> Order:
        """All goods in so many parcels; not while a courier is called, who was told how many."""
        _require_not_called(uow, order_id)
        return steps.change(uow, order_id, lambda order: fulfilment.plan_parcels(order, parcels, by=now.by, at=now.at))

    def reopen(self, uow: UnitOfWork, order_id: OrderId, reason: str, now: Moment) -> Order:
        """Back to the table; not while a courier is called."""
        _require_not_called(uow, order_id)

        def move(order: Order) -> Outcome:
            return fulfilment.reopen_packing(order, by=now.by, at=now.at, reason=reason)

        return steps.change(uow, order_id, move)


def _require_not_called(uow: UnitOfWork, order_id: OrderId) -> None:
    if uow.outbox.open_of(order_id) or uow.deliveries.live_of(order_id):
        raise AlreadyCalled("a courier is called; recall first", found="called", allowed="not called")
