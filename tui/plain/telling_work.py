"""What the shop's own system refused or does not answer: what a person saw there, typed."""

from core.domain.ids import OrderId
from core.domain.tell import TellingEnd
from tui.i18n import _
from tui.labels.reasons import GIVING_UP
from tui.labels.tellings import end_words
from tui.plain import speech
from tui.plain.doubt_work import DoubtWork
from tui.plain.speech import sentence


class TellingWork(DoubtWork):
    """told."""

    async def told(self, words: list[str]) -> None:
        """The order, then how it ends; asks for what is missing."""
        if (order_id := await self.take_order(words)) is None:
            return
        ends = tuple(TellingEnd)
        at = await self.pick(_("How does it go on?"), tuple(end_words(end).rstrip(" …") for end in ends))
        if at is not None:
            await self.settle_telling(order_id, ends[at])

    async def settle_telling(self, order_id: OrderId, end: TellingEnd) -> None:
        """That it is done there is asked once more: nothing is told after it."""
        reason = ""
        if end is TellingEnd.GIVEN_UP:
            reason = await self.reason(_("Why is it given up?"), tuple(_(one) for one in GIVING_UP))
        is_said = bool(reason) if end is TellingEnd.GIVEN_UP else end is TellingEnd.AGAIN or await self._is_done_there()
        if not is_said:
            return self.say(_("Nothing was done."))
        await self.tell(order_id, lambda: self.desk.settle_telling(order_id, end, reason))
        said = {
            TellingEnd.AGAIN: _("the shop's system is told once more"),
            TellingEnd.BY_HAND: _("done in the shop's own system"),
            TellingEnd.GIVEN_UP: _("given up"),
        }
        return self.say(sentence(speech.order(self.number), said[end]))

    async def _is_done_there(self) -> bool:
        return await self.is_yes(_("Is it done in the shop's own system? Nothing more is told of it from here."))
