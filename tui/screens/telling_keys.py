"""What is asked when the shop's own system said no, or does not answer: a person looks there, and says it here."""

from core.domain.ids import OrderId
from core.domain.tell import TellingEnd
from tui.i18n import _
from tui.labels.reasons import GIVING_UP
from tui.screens.dialogs import Confirm, PickReason
from tui.screens.doubt_keys import DoubtKeys


class TellingKeys(DoubtKeys):
    """No key of its own: F8 leads here."""

    async def settle_telling(self, order_id: OrderId, end: TellingEnd) -> None:
        """Told again at once; that it is done there is asked once more, as nothing is told after it."""
        reason = await self._why_given_up() if end is TellingEnd.GIVEN_UP else ""
        if reason is None or (end is TellingEnd.BY_HAND and not await self._is_done_there()):
            return
        words = reason
        await self.tell(lambda: self.desk.settle_telling(order_id, end, words))
        if end is TellingEnd.AGAIN:
            self.say(_("#{number}: the shop's system is told once more.").format(number=self.number))

    async def _is_done_there(self) -> bool:
        question = _("Is it done in the shop's own system for #{number}?").format(number=self.number)
        facts = _("Look there. From now on nothing more is told of it from here.")
        return await self.ask(Confirm(question, facts, yes=_("It is done there"))) is True

    async def _why_given_up(self) -> str | None:
        reasons = tuple(_(reason) for reason in GIVING_UP)
        facts = _("The shop's system stays as it is. Money that was to go back stays too.")
        return await self.ask(PickReason(_("Why is it given up?"), facts, reasons=reasons)) or None
