"""Closing the bag and opening it again, typed."""

from core.domain.ids import OrderId
from core.domain.refusal import PackingIncomplete
from core.domain.stage import Stage
from tui import labels
from tui.i18n import _
from tui.labels.reasons import LEFT_OPEN
from tui.plain import speech
from tui.plain.pack_work import PREPARING
from tui.plain.short_work import ShortWork
from tui.plain.speech import sentence

MOST = 99  # parcels


class BagWork(ShortWork):
    """packed, parcels, unpack."""

    async def ready(self, words: list[str]) -> None:
        """The bag is closed; with open points only for a reason."""
        if (order_id := await self.take_order(words)) is not None:
            await self._close(order_id, (await self.sheet(order_id)).order.parcels)

    async def parcels(self, words: list[str]) -> None:
        """Closed, in several parcels."""
        is_count = len(words) == 1 and words[0].isdecimal() and await self.named(words[0]) is None
        if (order_id := self.chosen() if is_count else await self.take_order(words)) is None:
            return None
        self.need_stage(await self.sheet(order_id), Stage.READY, PREPARING)
        if words:
            count = self.within(words[0], least=1, most=MOST)
        else:
            count = await self.count(_("How many parcels?"), usual=2, least=1, most=MOST)
        return None if count is None else await self._close(order_id, count)

    async def reopen(self, words: list[str]) -> None:
        """Back to the table."""
        if (order_id := await self.take_order(words)) is not None:
            await self.tell(order_id, lambda: self.desk.reopen(order_id))
            await self.done(order_id, sentence(_("back to the table"), speech.order(self.number)))

    async def _close(self, order_id: OrderId, parcels: int) -> None:
        try:
            await self.tell(order_id, lambda: self.desk.ready(order_id, parcels))
        except PackingIncomplete as refusal:
            question = f"{speech.why(refusal, self.number)} {_('Close the bag all the same?')}"
            reason = await self.reason(question, tuple(_(reason) for reason in LEFT_OPEN))
            if not reason:
                return
            await self.tell(order_id, lambda: self.desk.ready(order_id, parcels, reason))
        await self.done(order_id, sentence(_("packed"), speech.order(self.number), labels.parcels_of(parcels)))
