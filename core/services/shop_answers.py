"""What the answer of the shop's system, or its silence, does: to the debt, to the money, to the problems."""

from datetime import timedelta
from typing import Final

from core.domain.events import SendDone, SendPostponed, SendRefused
from core.domain.ids import OrderId, SendId
from core.domain.moment import Moment
from core.domain.problem import ProblemKind
from core.domain.send import Send, SendState
from core.domain.tell import ability_of, is_in_trouble, is_unsettled
from core.ports.shop import ShopDown, ShopLockedOut, ShopProblem, ShopRefused
from core.services import refund_ends, steps
from core.store.unit_of_work import UnitOfWork

LOCKED_OUT_PAUSE: Final = 300.0  # seconds: a person must act first
TROUBLE_AFTER: Final = 3  # silent tries before staff are told
LONG: Final = timedelta(minutes=1)
"""Owed for so long, staff are told, however few tries it took."""
ANSWERED: Final = "answers again"


def told(uow: UnitOfWork, send_id: SendId, ref: str, now: Moment) -> None:
    """They have it; what a person settled meanwhile stays settled."""
    send = uow.outbox.get(send_id)
    if not send.is_open:
        return
    uow.outbox.save(send.done(ref))
    done = SendDone(
        order_id=send.order_id, at=now.at, send_id=send.id, kind=send.kind, ref=ref, ability=ability_of(send)
    )
    uow.journal.add([done])
    if (refund := refund_ends.of_send(uow, send)) is not None:
        refund_ends.went_back(uow, refund, now, ref=ref)
    settle(uow, send.order_id, ANSWERED, now)


def refused(uow: UnitOfWork, send_id: SendId, refusal: ShopRefused, now: Moment) -> None:
    """A final no: a person says how it goes on, and until then the money counts as owed."""
    send = uow.outbox.get(send_id)
    if send.is_open:
        say_no(uow, send, str(refusal), now)


def say_no(uow: UnitOfWork, send: Send, reason: str, now: Moment) -> None:
    """It comes to nothing, by their word or because it can't be told any more."""
    uow.outbox.save(send.refused(reason))
    event = SendRefused(
        order_id=send.order_id, at=now.at, send_id=send.id, kind=send.kind, reason=reason, ability=ability_of(send)
    )
    uow.journal.add([event])
    settle(uow, send.order_id, ANSWERED, now)


def postponed(uow: UnitOfWork, send: Send, trouble: ShopProblem, now: Moment) -> None:
    """`send` is as it left: a person may have said meanwhile what became of it."""
    current = uow.outbox.get(send.id)
    if current.state is not SendState.CALLING:
        return
    wait = trouble.retry_after if isinstance(trouble, ShopDown) else LOCKED_OUT_PAUSE
    later = current.postponed(str(trouble), now.at, wait)
    uow.outbox.save(later)
    event = SendPostponed(
        order_id=later.order_id,
        at=now.at,
        send_id=later.id,
        kind=later.kind,
        reason=later.reason,
        until=later.due_at,
        ability=ability_of(later),
    )
    uow.journal.add([event])
    is_long = send.attempts >= TROUBLE_AFTER or now.at - send.created_at >= LONG
    if isinstance(trouble, ShopLockedOut) or is_long:
        steps.open_problem(uow, ProblemKind.SHOP_SILENT, now, order_id=later.order_id, detail=detail(later))


def settle(uow: UnitOfWork, order_id: OrderId, result: str, now: Moment) -> None:
    """Problems show what still stands: the oldest telling that is refused, none once all are dealt with."""
    tellings = sorted(uow.outbox.tellings(order_id), key=lambda send: send.created_at)
    no = next((send for send in tellings if is_unsettled(send)), None)
    if no is not None:
        steps.open_problem(uow, ProblemKind.SHOP_REFUSED, now, order_id=order_id, detail=detail(no))
    else:
        steps.settle_problem(uow, ProblemKind.SHOP_REFUSED, order_id, result, now)
    if not any(send.is_open and is_in_trouble(send) for send in tellings):
        steps.settle_problem(uow, ProblemKind.SHOP_SILENT, order_id, result, now)


def detail(send: Send) -> str:
    """Whose system, what it was told, the sum, and what it said: `web: refund 200.00 TWD: no such order`."""
    money = send.call.money if send.call else None
    what = " ".join(
        part for part in (ability_of(send), money.text if money else "", money.currency if money else "") if part
    )
    return f"{send.channel}: {what}: {send.reason}"
