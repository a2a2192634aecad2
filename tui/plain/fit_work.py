"""Who can carry the goods, typed."""

from collections.abc import Iterator

from core.board.sheet import Sheet
from core.domain.fit import Fit
from tui import labels
from tui.i18n import _
from tui.labels import fits
from tui.plain.bag_work import BagWork
from tui.plain.speech import sentence


class FitWork(BagWork):
    """fit."""

    async def fit(self, words: list[str]) -> None:
        """Every courier with its numbers; a split that helps can be planned at once."""
        if (order_id := await self.take_order(words)) is None:
            return None
        sheet = await self.sheet(order_id)
        if not sheet.fits:
            return self.say(fits.nobody_asked(sheet.order, sheet.delivery))
        self.say(*fit_words(sheet))
        split = sheet.split
        if split is None or sheet.is_split_planned or not sheet.order.is_in_the_shop:
            return self.say(fits.advice(sheet)) if fits.advice(sheet) else None
        parcels = labels.parcels_of(len(split.parcels))
        if not await self.is_yes(_("Plan {parcels}?").format(parcels=parcels)):
            return self.say(_("Nothing was done."))
        await self.tell(order_id, lambda: self.desk.plan_parcels(order_id, len(split.parcels)))
        words_done = _("#{number} goes in {parcels}.").format(number=sheet.order.number, parcels=parcels)
        return self.say(words_done)


def fit_words(sheet: Sheet) -> Iterator[str]:
    """A sentence a courier, and one a parcel of the split."""
    yield from (_courier(fit) for fit in sheet.fits)
    if sheet.split is not None:
        yield sentence(_("A split: {words}").format(words=fits.split(sheet.split)))
        for number, goods in enumerate(sheet.split.parcels, start=1):
            yield sentence(_("parcel {number}").format(number=number), fits.parcel(goods))


def _courier(fit: Fit) -> str:
    if fit.misfits:
        return sentence(fits.carrier(fit), _("cannot carry it"), fits.misfits(fit))
    return sentence(fits.carrier(fit), _("can carry it"), fits.takes(fit))
