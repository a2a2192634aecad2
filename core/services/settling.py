"""A telling that the shop's system refused or does not answer: a person looks there, and says how it ends."""

from dataclasses import replace
from typing import Final

from core.domain.events import TellingSettled
from core.domain.ids import OrderId
from core.domain.moment import Moment
from core.domain.purse import purse_of, require_left
from core.domain.refund import Refund, RefundState
from core.domain.refusal import BeingTold, MayBeDone, NoReason, NothingToSettle
from core.domain.send import Send
from core.domain.tell import TellingEnd, ability_of, is_in_trouble
from core.services import refund_ends, shop_answers
from core.store.unit_of_work import UnitOfWork

BY_HAND: Final = "done by hand"


class Settling:
    """The oldest such telling of an order at a time: the problem names it."""

    def settle(self, uow: UnitOfWork, order_id: OrderId, end: TellingEnd, reason: str, now: Moment) -> Send:
        """Raises `NothingToSettle`, `BeingTold` while it is being asked, `MayBeDone` for money not to be given up."""
        send = self.in_trouble(uow, order_id)
        if end is not TellingEnd.AGAIN and send.is_open and send.due_at <= now.at:
            raise BeingTold("the shop's system is asked at this moment", found=send.channel, allowed="its answer")
        _ENDS[end](uow, send, reason.strip(), now)
        settled = TellingSettled(
            order_id=order_id,
            at=now.at,
            by=now.by,
            send_id=send.id,
            ability=ability_of(send),
            channel=send.channel,
            end=end,
            reason=reason.strip(),
        )
        uow.journal.add([settled])
        shop_answers.settle(uow, order_id, reason.strip() or end.value.replace("_", " "), now)
        return send

    def in_trouble(self, uow: UnitOfWork, order_id: OrderId) -> Send:
        """What is refused before what is only silent, as both hold up what comes after; raises `NothingToSettle`."""
        tellings = sorted(uow.outbox.tellings(order_id), key=lambda send: (send.is_open, send.created_at))
        found = next((send for send in tellings if is_in_trouble(send)), None)
        if found is None:
            raise NothingToSettle("the shop's system has refused nothing and owes no answer", found="none")
        return found


def _again(uow: UnitOfWork, send: Send, reason: str, now: Moment) -> None:
    """Under the same key: whatever took effect is not done again."""
    refund, order = refund_ends.of_send(uow, send), uow.orders.get(send.order_id)
    if refund is not None and not send.is_open:
        others = [one for one in uow.refunds.of(order.id) if one.id != refund.id]
        require_left(order, purse_of(order, others), refund.amount)
    uow.outbox.save(send.again(now.at))


def _by_hand(uow: UnitOfWork, send: Send, reason: str, now: Moment) -> None:
    uow.outbox.save(send.done(BY_HAND))
    if (refund := refund_ends.of_send(uow, send)) is not None:
        refund_ends.went_back(uow, refund, now, state=RefundState.BY_HAND)


def _given_up(uow: UnitOfWork, send: Send, reason: str, now: Moment) -> None:
    """Money that may have gone is never taken for money that is still there."""
    if not reason:
        raise NoReason("giving up needs a reason", found="none", allowed="a reason")
    refund: Refund | None = refund_ends.of_send(uow, send)
    if refund is not None and send.is_open:
        raise MayBeDone("the money may have gone back already: look there", found=refund.amount.text)
    uow.outbox.save(replace(send.refused(reason), is_unwanted=True))
    if refund is not None:
        refund_ends.stayed(uow, refund, RefundState.REFUSED, reason, now)


_ENDS: Final = {TellingEnd.AGAIN: _again, TellingEnd.BY_HAND: _by_hand, TellingEnd.GIVEN_UP: _given_up}
