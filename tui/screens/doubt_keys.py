"""What is asked when an answer was lost and the courier cannot tell: a person looks there, and says it here."""

from core.domain.ids import OrderId
from tui.i18n import _
from tui.screens.back_keys import BackKeys
from tui.screens.dialogs import Confirm


class DoubtKeys(BackKeys):
    """No key of its own: F8 leads here."""

    async def settle_booking(self, order_id: OrderId, was_booked: bool) -> None:
        """The courier's number of the job, else a plain word that there is none: it may bring a second driver."""
        ref = await self._number_there() if was_booked else ""
        if ref is None or (not was_booked and not await self._is_sure()):
            return
        told = ref
        await self.tell(lambda: self.desk.settle_booking(order_id, told))
        if told:
            words = _("the courier is asked about {number}; if it knows no such job, the problem says so")
            self.say(f"#{self.number}: {words.format(number=told)}")

    async def _number_there(self) -> str | None:
        from tui.screens.forms import AskText

        question = _("Under which number did the courier book #{number}?").format(number=self.number)
        facts = _("It is looked up there, and taken up only if it is this order's.")
        typed = await self.ask(AskText(question, facts, label=_("Number of the job")))
        return typed.words if typed else None

    async def _is_sure(self) -> bool:
        question = _("Is there really no job for #{number}?").format(number=self.number)
        facts = _("Then a driver may be called anew. If the call did arrive, two drivers come.")
        sure = await self.ask(Confirm(question, facts, yes=_("There is none")))
        return sure is True
