"""What follows when an order is called off: the courier is dealt with in the same step."""

from dataclasses import replace

from core.domain.ids import CourierName, OrderId, SendId, fresh_id
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.payment import is_gone
from core.domain.problem import ProblemKind
from core.domain.send import Send, SendKind, SendState
from core.domain.stage import BEFORE_ACCEPT, Stage
from core.services import sends, steps
from core.services.refunding import Refunding
from core.services.sends import take_back as take_back
from core.store.unit_of_work import UnitOfWork


class Aftermath:
    """Looks at an order before and after, and does what the difference asks for."""

    def __init__(self, refunding: Refunding | None = None) -> None:
        self._refunding = refunding or Refunding()

    def of(self, uow: UnitOfWork, before: Order, after: Order, now: Moment) -> None:
        """Called off just now: held calls are taken back, a courier under way is recalled, a person is told."""
        is_news = _is_off(after) and not _is_off(before) and not self._is_our_own_doing(uow, after)
        if after.stage is Stage.OUT and is_news:
            steps.open_problem(uow, ProblemKind.CANCELLED_LATE, now, order_id=after.id, detail=after.stage)
        if after.stage is not Stage.CANCELLED or before.stage is Stage.CANCELLED:
            return
        self._free_courier(uow, after.id, now)
        if before.stage not in BEFORE_ACCEPT:
            steps.open_problem(uow, ProblemKind.CANCELLED_LATE, now, order_id=after.id, detail=before.stage)

    def money_back(self, uow: UnitOfWork, order: Order, now: Moment) -> None:
        """Called off: all that is left of its money goes back (C26)."""
        self._refunding.all_back(uow, order, order.reason, now)

    def _is_our_own_doing(self, uow: UnitOfWork, order: Order) -> bool:
        """All of the money is back because we gave it."""
        gone = uow.refunds.sum_of(order.id, order.purchase.total.currency)
        return not order.purchase.is_cancelled and 0 < order.purchase.total.minor <= gone.minor

    def _free_courier(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> None:
        send = uow.outbox.open_of(order_id, SendKind.BOOK_COURIER)
        if send is not None and send.state is SendState.HELD and not send.may_have_left:
            sends.take_back(uow, send, now)
        delivery = uow.deliveries.live_of(order_id)
        if delivery is not None:
            owe_recall(uow, order_id, delivery.courier, delivery.ref, now)


def settle_recall(uow: UnitOfWork, order: Order, result: str, now: Moment) -> None:
    """A refused one is over with the way; of an order that is off somebody must still see to driver and fee (C80)."""
    if order.stage is not Stage.CANCELLED and not _is_off(order):
        steps.settle_problem(uow, ProblemKind.RECALL_REFUSED, order.id, result, now)


def _is_off(order: Order) -> bool:
    return order.purchase.is_cancelled or is_gone(order.purchase.payment)


def owe_recall(
    uow: UnitOfWork, order_id: OrderId, courier: CourierName, ref: str, now: Moment, *, why: str = ""
) -> None:
    """The courier must hear that the job is off; once. `why` is a search that goes on: a person's word ends that."""
    known = uow.outbox.open_recall(order_id, courier, ref)
    if known is not None:
        return uow.outbox.save(replace(known, why="")) if known.why and not why else None
    send = Send(
        id=SendId(fresh_id()),
        order_id=order_id,
        kind=SendKind.CANCEL_COURIER,
        courier=courier,
        key=fresh_id(),
        due_at=now.at,
        created_at=now.at,
        created_by=now.by,
        ref=ref,
        why=why,
    )
    return sends.owe(uow, send, now)
