"""What is told to a shop's own system: in the order it happened, asked after first where an answer was lost."""

import logging
from collections.abc import Mapping
from typing import Final

from core.domain.ids import ChannelName
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.payment import is_gone
from core.domain.purse import purse_of
from core.domain.refund import Refund, RefundState
from core.domain.send import Send
from core.domain.shop_call import ShopAbility, ShopCall
from core.domain.stage import Stage
from core.domain.tell import ONCE, blocks
from core.ports.clock import Clock
from core.ports.shop import NO_LOOKUP, UNABLE, ShopDesk, ShopDown, ShopProblem, ShopRefused
from core.services import refund_ends, sends, shop_answers
from core.store.unit_of_work import UnitOfWork
from core.store.writer import Writer

Shops = Mapping[ChannelName, ShopDesk]
NO_SHOPS: Final[Shops] = {}
CALLED_OFF: Final = frozenset({Stage.REJECTED, Stage.CANCELLED})
BACK_ALREADY: Final = "the channel reports the refund"
logger = logging.getLogger(__name__)


class ShopCalls:
    """One side of sending; the other calls couriers."""

    def __init__(self, writer: Writer, shops: Shops, clock: Clock) -> None:
        self._writer = writer
        self._shops = shops
        self._clock = clock

    def must_wait(self, uow: UnitOfWork, send: Send) -> bool:
        """What happened before is told before."""
        return not send.may_have_left and any(blocks(other, send) for other in uow.outbox.tellings(send.order_id))

    def claim(self, uow: UnitOfWork, send: Send, now: Moment) -> Send | None:
        """Begun; None when it is not wanted any more, and nothing is to be asked after."""
        order = uow.orders.get(send.order_id)
        if not send.may_have_left and not _is_wanted(send, order):
            _drop(uow, send, now)
            return None
        refund = refund_ends.of_send(uow, send)
        if refund is not None and not send.may_have_left and _is_too_much(uow, order, refund):
            shop_answers.say_no(uow, send, "less than that is left of what was paid", now)
            return None
        return sends.begin(uow, send, now)

    async def make(self, send: Send) -> None:
        """Tell, and write the answer down."""
        try:
            ref = await self._tell(send)
        except ShopRefused as refusal:
            no = refusal
            await self._writer.do(lambda uow: shop_answers.refused(uow, send.id, no, self._now()))
        except ShopProblem as trouble:
            await self._postpone(send, trouble)
        except Exception as error:
            logger.exception("telling %s failed here", send.channel)
            await self._postpone(send, ShopDown(f"something failed here: {type(error).__name__}"))
        else:
            await self._writer.do(lambda uow: shop_answers.told(uow, send.id, ref, self._now()))

    async def _tell(self, send: Send) -> str:
        desk, call = self._shops.get(send.channel), send.call
        if desk is None or call is None:
            raise self._nobody(send)
        if send.attempts > 1 and (found := await _find(desk, call)) is not None:
            return found
        return await desk.tell(call)

    def _nobody(self, send: Send) -> ShopProblem:
        """A channel that is gone from the config: what it may have been told stays open."""
        words = f"no channel is called {send.channel} in the config any more"
        return ShopDown(words) if send.attempts > 1 else ShopRefused(words, code=UNABLE)

    async def _postpone(self, send: Send, trouble: ShopProblem) -> None:
        await self._writer.do(lambda uow: shop_answers.postponed(uow, send, trouble, self._now()))

    def _now(self) -> Moment:
        return Moment(self._clock.now())


async def _find(desk: ShopDesk, call: ShopCall) -> str | None:
    """A no to the question is no answer about the telling: only what they say they have is believed."""
    try:
        return await desk.find(call)
    except ShopRefused as refusal:
        raise ShopDown(f"does not say whether it was done: {refusal}", code=refusal.code) from refusal
    except ShopDown as down:
        if down.code == NO_LOOKUP:  # the same call again is the way
            return None
        raise


def _is_wanted(send: Send, order: Order) -> bool:
    """How far an order is that is called off, or that it is off where they said so themselves, is no news."""
    ability = send.call.ability if send.call else None
    if ability in ONCE:
        return order.stage not in CALLED_OFF
    if ability is ShopAbility.CANCEL:
        return not order.purchase.is_cancelled
    return ability is not ShopAbility.REFUND or not is_gone(order.purchase.payment)


def _is_too_much(uow: UnitOfWork, order: Order, refund: Refund) -> bool:
    """By what the channel has told since."""
    others = [one for one in uow.refunds.of(order.id) if one.id != refund.id]
    return purse_of(order, others).left.minor < refund.amount.minor


def _drop(uow: UnitOfWork, send: Send, now: Moment) -> None:
    sends.take_back(uow, send, now)
    if (refund := refund_ends.of_send(uow, send)) is not None:
        refund_ends.stayed(uow, refund, RefundState.TAKEN_BACK, BACK_ALREADY, now)
