"""Calls whose answer was lost: what a person saw at the courier's own site, typed."""

from typing import Final

from core.domain.ids import OrderId
from tui.i18n import _
from tui.plain import speech
from tui.plain.back_work import BackWork
from tui.plain.speech import sentence

NONE: Final = frozenset({"no", "none", "never"})


class DoubtWork(BackWork):
    """booked."""

    async def booked(self, words: list[str]) -> None:
        """The order, then the courier's number of the job, or `no` for none; asks for what is missing."""
        if (order_id := await self.take_order(words)) is None:
            return
        if words:
            is_none = words[0].casefold() in NONE
            await self.settle_booking(order_id, was_booked=not is_none, ref="" if is_none else words[0])
            return
        options = (_("It was booked"), _("The call never arrived there"))
        at = await self.pick(_("What does the courier's site say?"), options)
        if at is not None:
            await self.settle_booking(order_id, was_booked=at == 0)

    async def settle_booking(self, order_id: OrderId, *, was_booked: bool, ref: str = "") -> None:
        """That there is none must be said plainly: it may bring a second driver."""
        if was_booked and not ref:
            ref = await self.ask(_("Which number has the job there?"))
        is_said = bool(ref) if was_booked else await self._is_sure()
        if not is_said:
            return self.say(_("Nothing was done."))
        await self.tell(order_id, lambda: self.desk.settle_booking(order_id, ref))
        asked = _("the courier is asked about {number}; if it knows no such job, the problem says so")
        words = asked.format(number=ref) if ref else _("it never arrived")
        return self.say(sentence(speech.order(self.number), words))

    async def _is_sure(self) -> bool:
        return await self.is_yes(_("If the call did arrive, two drivers come. Is there really none?"))
