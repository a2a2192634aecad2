"""How a refund ends: the money went back, or it stays; each with its row in the journal."""

from dataclasses import replace

from core.domain.events import MoneyStayed, MoneyWentBack
from core.domain.ids import OrderId
from core.domain.moment import Moment
from core.domain.money import total_of
from core.domain.order import Order
from core.domain.problem import ProblemKind
from core.domain.refund import Refund, RefundState
from core.domain.send import Send
from core.domain.sharing import with_refunded
from core.services import steps
from core.store.unit_of_work import UnitOfWork


def went_back(
    uow: UnitOfWork, refund: Refund, now: Moment, *, ref: str = "", state: RefundState = RefundState.DONE
) -> None:
    """By the shop's system, or by a person there."""
    uow.refunds.save(replace(refund, state=state, ref=ref or refund.ref))
    done = MoneyWentBack(
        order_id=refund.order_id,
        at=now.at,
        by=now.by,
        refund_id=refund.id,
        amount=refund.amount.text,
        currency=refund.amount.currency,
        is_by_hand=state is RefundState.BY_HAND,
    )
    uow.journal.add([done])


def stayed(uow: UnitOfWork, refund: Refund, state: RefundState, reason: str, now: Moment) -> None:
    """Nothing goes back: neither the money nor the pieces it was for are given up."""
    uow.refunds.save(replace(refund, state=state))
    order = uow.orders.get(refund.order_id)
    kept = with_refunded(order, {line_id: -pieces for line_id, pieces in refund.lines})
    told = MoneyStayed(
        order_id=refund.order_id,
        at=now.at,
        by=now.by,
        refund_id=refund.id,
        amount=refund.amount.text,
        currency=refund.amount.currency,
        reason=reason,
    )
    steps.keep(uow, order, kept, (told,))


def of_send(uow: UnitOfWork, send: Send) -> Refund | None:
    """The refund that a telling is about."""
    return next((refund for refund in uow.refunds.of(send.order_id) if refund.send_id == send.id), None)


def owed_by_hand(uow: UnitOfWork, order_id: OrderId) -> list[Refund]:
    """What a person has still to give back in the shop's own system."""
    refunds = uow.refunds.of(order_id)
    return [refund for refund in refunds if refund.state is RefundState.OWED and refund.send_id is None]


def given_by_hand(uow: UnitOfWork, order_id: OrderId, now: Moment, state: RefundState = RefundState.BY_HAND) -> None:
    """Somebody says that it is done."""
    for refund in owed_by_hand(uow, order_id):
        went_back(uow, refund, now, state=state)


def ask(uow: UnitOfWork, order_id: OrderId, result: str, now: Moment) -> None:
    """The problem shows what a person has still to give back, all in all; with nothing left it is settled."""
    due = owed_by_hand(uow, order_id)
    if not due:
        return steps.settle_problem(uow, ProblemKind.REFUND_DUE, order_id, result, now)
    total = total_of((refund.amount for refund in due), due[0].amount.currency)
    detail = f"{total.text} {total.currency}"
    return steps.open_problem(uow, ProblemKind.REFUND_DUE, now, order_id=order_id, detail=detail)


def reported(uow: UnitOfWork, order: Order, now: Moment) -> None:
    """The channel says that all of the money is back: nobody has to give it any more."""
    result = "the channel reports the refund"
    steps.settle_problem(uow, ProblemKind.REFUND_DUE, order.id, result, now)
    given_by_hand(uow, order.id, now, RefundState.DONE)
