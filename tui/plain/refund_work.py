"""Money that goes back by agreement, typed."""

from core.domain.money import BadMoney, Money
from core.domain.purse import require_left
from tui import labels
from tui.i18n import _
from tui.labels.reasons import GIVING_BACK
from tui.plain import speech
from tui.plain.speech import sentence
from tui.plain.telling_work import TellingWork


class RefundWork(TellingWork):
    """refund."""

    async def refund(self, words: list[str]) -> None:
        """The order, the sum; asks for what is missing, why, and once more."""
        if (order_id := await self.take_order(words, more=True)) is None:
            return None
        sheet = await self.sheet(order_id)
        left = labels.money(sheet.purse.left)
        question = _("How much goes back of {order}? {left} are left.").format(
            order=speech.order(self.number), left=left
        )
        typed = words[0] if words else await self.ask(question)
        amount = _sum(typed, sheet.purse.left.currency)
        if amount is None:
            return self.say(_("Nothing was done."))
        require_left(sheet.order, sheet.purse, amount)
        reason = await self.reason(_("Why does it go back?"), tuple(_(one) for one in GIVING_BACK))
        if not reason or not await self.is_yes(_("{sum} go back to the customer.").format(sum=labels.money(amount))):
            return self.say(_("Nothing was done."))
        await self.tell(order_id, lambda: self.desk.refund(order_id, amount, reason))
        return self.say(sentence(speech.order(self.number), _("{sum} to go back").format(sum=labels.money(amount))))


def _sum(typed: str, currency: str) -> Money | None:
    try:
        return Money.parse(typed, currency) if typed else None
    except BadMoney:
        return None
