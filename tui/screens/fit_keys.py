"""The key that asks who can carry the goods."""

from tui import labels
from tui.i18n import _
from tui.labels.fits import nobody_asked
from tui.screens.errands import errand
from tui.screens.pack_keys import PackKeys


class FitKeys(PackKeys):
    """Y."""

    @errand
    async def action_fit(self) -> None:
        """Every courier with its numbers; the split can be planned from there."""
        if (order_id := self.need_order()) is None:
            return None
        sheet = await self.desk.sheet(order_id)
        if not sheet.fits:
            return self.say(nobody_asked(sheet.order, sheet.delivery), is_bad=True)
        from tui.screens.will_it_fit import WillItFit

        parcels = await self.ask(WillItFit(_("Will #{number} fit?").format(number=sheet.order.number), sheet=sheet))
        if parcels is None:
            return None
        await self.tell(lambda: self.desk.plan_parcels(order_id, parcels))
        words = _("#{number} goes in {parcels}.")
        return self.say(words.format(number=sheet.order.number, parcels=labels.parcels_of(parcels)))
