"""Undo within the held seconds: a driver's call, a no, a cancel, money that was to go back, a partial shipment."""

from typing import Final

from core.domain import restoring
from core.domain.ids import OrderId
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.payment import is_gone
from core.domain.problem import ProblemKind
from core.domain.refund import RefundState
from core.domain.refusal import NothingHeld, NothingToTakeBack
from core.domain.send import Send
from core.domain.shop_call import ShopAbility
from core.domain.stage import TAKEN_BACK, Stage
from core.domain.tell import UNDOABLE
from core.services import refund_ends, sends, steps
from core.services.dispatch import DispatchService
from core.services.shorting import Shorting
from core.services.telling import Telling
from core.store.unit_of_work import UnitOfWork

RESTORED: Final = "it was taken back"


class Undoing:
    """What was held last of an order is taken back first."""

    def __init__(
        self, dispatch: DispatchService, telling: Telling | None = None, shorting: Shorting | None = None
    ) -> None:
        self._dispatch = dispatch
        self._telling = telling or Telling()
        self._shorting = shorting or Shorting()

    def take_back(self, uow: UnitOfWork, order_id: OrderId, now: Moment) -> Send | None:
        """Raises `NothingHeld`, or `NothingToTakeBack` when it has left."""
        order, told = uow.orders.get(order_id), _tellings(uow, order_id)
        held = max((send for send in told if _may_undo(order, send)), key=lambda send: send.created_at, default=None)
        called = uow.outbox.open_of(order_id)
        if held is None or (called is not None and _is_held(called) and called.created_at > held.created_at):
            return self._called(uow, order_id, bool(told), now)
        if _is_of_the_end(order, held):
            self._restore(uow, order, [send for send in told if _is_of_the_end(order, send)], now)
        else:
            self._keep_money(uow, held, now)
        return held

    def _called(self, uow: UnitOfWork, order_id: OrderId, was_told: bool, now: Moment) -> Send | None:
        """A driver's call, or a partial shipment that nobody outside is told of."""
        try:
            return self._dispatch.take_back(uow, order_id, now)
        except NothingHeld:
            if self._shorting.may_take_back(uow, order_id, now):
                self._shorting.take_back(uow, order_id, now)
                return None
            if was_told:
                raise NothingToTakeBack("the shop's system has been told already", found="done") from None
            raise

    def _keep_money(self, uow: UnitOfWork, send: Send, now: Moment) -> None:
        """The goods that it was for go after all, where it was for a partial shipment."""
        sends.take_back(uow, send, now)
        refund = refund_ends.of_send(uow, send)
        if refund is not None and self._shorting.belongs_to(uow, refund):
            self._shorting.take_back(uow, send.order_id, now)
        elif refund is not None:
            refund_ends.stayed(uow, refund, RefundState.TAKEN_BACK, RESTORED, now)

    def _restore(self, uow: UnitOfWork, order: Order, told: list[Send], now: Moment) -> None:
        """It stands as before: nothing of its end is told, no money goes back. Its driver is not called again."""
        if any(not _is_held(send) for send in told) or order.purchase.is_cancelled or is_gone(order.purchase.payment):
            raise NothingToTakeBack("the shop's system has been told already", found="done")
        for send in told:
            sends.take_back(uow, send, now)
        for refund in uow.refunds.of(order.id):
            if refund.state is RefundState.OWED and refund.at == order.ended_at:
                refund_ends.stayed(uow, refund, RefundState.TAKEN_BACK, RESTORED, now)
        refund_ends.ask(uow, order.id, RESTORED, now)
        steps.settle_problem(uow, ProblemKind.CANCELLED_LATE, order.id, RESTORED, now)
        history = uow.journal.of(order.id)
        back = steps.change(uow, order.id, lambda it: restoring.restore(it, history, by=now.by, at=now.at))
        self._tell_again(uow, back, now)

    def _tell_again(self, uow: UnitOfWork, order: Order, now: Moment) -> None:
        """How far it is, where that was not told for its end."""
        if order.is_in_the_shop:
            self._telling.accepted(uow, order, now)
        if order.stage is Stage.READY:
            self._telling.packed(uow, order, now)


def _tellings(uow: UnitOfWork, order_id: OrderId) -> list[Send]:
    return [send for send in uow.outbox.tellings(order_id) if send.call and send.call.ability in UNDOABLE]


def _may_undo(order: Order, send: Send) -> bool:
    """Money alone, or with it the end of the order that it goes back for."""
    is_money = send.call is not None and send.call.ability is ShopAbility.REFUND
    return _is_held(send) and (is_money or _is_of_the_end(order, send))


def _is_held(send: Send) -> bool:
    return send.is_open and not send.may_have_left


def _is_of_the_end(order: Order, send: Send) -> bool:
    """Owed with the no, or the cancel, itself."""
    return order.stage in TAKEN_BACK and send.created_at == order.ended_at
