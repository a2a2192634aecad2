"""Put right what went wrong."""

from dataclasses import replace

from core.domain import fulfilment, goods_back
from core.domain.delivery import Delivery, DeliveryState
from core.domain.goods_back import GoodsBack
from core.domain.ids import OrderId, ProblemId
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.problem import ProblemKind
from core.domain.record import AS_KNOWN, Ending
from core.domain.refusal import Conflict, JoinFirst, NothingCameBack, OrderRefusal, StillOwed, StillReported
from core.domain.stage import Stage
from core.domain.tell import is_in_trouble
from core.services import refund_ends, steps, way_troubles
from core.services.aftermath import settle_recall
from core.services.receiving import Receiving
from core.store.unit_of_work import UnitOfWork


class CareService:
    """The desk's last drawer; `receiving` knows what becomes of goods that came back."""

    def __init__(self, receiving: Receiving | None = None) -> None:
        self.receiving = receiving or Receiving()

    def close_problem(
        self, uow: UnitOfWork, problem_id: ProblemId, result: str, now: Moment, ends: Ending = AS_KNOWN
    ) -> None:
        """Dealt with; closed only with a result (L33)."""
        problem = uow.problems.get(problem_id)
        if problem is None or not problem.is_open:
            raise Conflict("this problem is closed already")
        if problem.kind is ProblemKind.JOIN_UNSURE:  # no other word ends the doubt
            raise JoinFirst(
                "say whether it is the same order", found=problem.detail, order_id=problem.order_id or OrderId("")
            )
        if not result.strip():
            raise OrderRefusal("a problem is closed with a result", allowed="what was done")
        if problem.order_id is not None:
            self._require_told(uow, problem.order_id, problem.kind)
        if problem.kind is ProblemKind.REFUND_DUE and problem.order_id is not None:
            refund_ends.given_by_hand(uow, problem.order_id, now)
        steps.close_problem(uow, ends.of(problem), result.strip(), now)

    def _require_told(self, uow: UnitOfWork, order_id: OrderId, kind: ProblemKind) -> None:
        """What the shop's system was to be told ends by a word of its own, or it would be forgotten."""
        waits = any(is_in_trouble(send) for send in uow.outbox.tellings(order_id))
        if kind in (ProblemKind.SHOP_REFUSED, ProblemKind.SHOP_SILENT) and waits:
            raise StillOwed("the shop's system is still to be told", allowed="again, by hand or given up")

    def settle(self, uow: UnitOfWork, order_id: OrderId, now: Moment, *, came_back: bool) -> Order:
        """A person says how a way ended that no courier reports on any more: at the customer's, or back here."""
        if uow.deliveries.live_of(order_id) is not None:
            raise StillReported("a courier still reports on it", found="under way", allowed="ended")
        ended = fulfilment.come_back if came_back else fulfilment.complete
        order = steps.change(uow, order_id, lambda it: ended(it, at=now.at, by=now.by))
        result = "the goods are back" if came_back else "the customer has it"
        settle_recall(uow, order, result, now)
        if came_back:  # nobody has counted them yet
            way_troubles.is_back(uow, order_id, result, now)
        else:
            way_troubles.arrived(uow, order_id, now, result)
        return order

    def receive(self, uow: UnitOfWork, order_id: OrderId, goods: GoodsBack, now: Moment) -> Order:
        """Goods are back in the store, counted and looked at: only now the way is dealt with (C68, C71, C78)."""
        order = uow.orders.get(order_id)
        delivery = _way_back(uow, order)
        received = goods_back.receive(order, goods, by=now.by, at=now.at)
        if delivery is not None:
            uow.deliveries.save(replace(delivery, received_at=now.at))
        if order.stage is not Stage.RETURNED:
            order = steps.change(uow, order_id, lambda it: fulfilment.come_back(it, at=now.at, by=now.by))
        uow.journal.add([received])
        return self.receiving.received(uow, order, received, goods.onward, now)


def _way_back(uow: UnitOfWork, order: Order) -> Delivery | None:
    """The journey that brought them; None where no courier of ours had it. Raises why nothing can be received."""
    live, jobs = uow.deliveries.live_of(order.id), uow.deliveries.of(order.id)
    last = live or next(iter(jobs), None)
    if order.stage not in (Stage.OUT, Stage.RETURNED) and not _is_asked_back(uow, order):
        raise NothingCameBack(f"order {order.number} is {order.stage}", found=order.stage, allowed="out, returned")
    if live is not None and live.state is not DeliveryState.RETURNING:
        raise StillReported("a courier still reports on it", found=live.state, allowed=DeliveryState.RETURNING)
    if last is not None and last.received_at is not None:
        raise NothingCameBack(f"the goods of order {order.number} were received already", found="received")
    if last is None and order.stage is Stage.RETURNED:
        raise NothingCameBack(f"the goods of order {order.number} are dealt with", found=order.stage)
    return last


def _is_asked_back(uow: UnitOfWork, order: Order) -> bool:
    """The customer had it, and gives it back (C74, C86)."""
    awaited = uow.problems.open_of(order.id, ProblemKind.GOODS_RETURNING)
    return order.stage is Stage.COMPLETED and awaited is not None
