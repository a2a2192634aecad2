"""Finding by words and by scanner."""

from collections.abc import Sequence

from core.domain import waybill
from core.domain.handover import WITH_DRIVER
from core.domain.ids import OrderId
from core.domain.refusal import UnknownLine
from tui.i18n import _
from tui.screens.care_keys import CareKeys
from tui.screens.dialogs import PickOne
from tui.screens.errands import errand
from tui.widgets.burst import LONGEST


class FindKeys(CareKeys):
    """/ and the scanner."""

    @errand
    async def action_find(self) -> None:
        """By number, name, phone, waybill."""
        facts = _("Number, name, phone or waybill")
        from tui.screens.forms import AskText

        wanted = await self.ask(AskText(_("Find an order"), facts, label=_("Search")))
        if wanted is not None:
            await self._find(wanted.words)

    async def scanned(self, code: str) -> bool:
        """An item of the chosen order, a waybill, or an order's number; anything else is said to be unknown."""
        self.send_out(lambda: self._scanned(code))
        return True

    async def _scanned(self, code: str) -> None:
        by_waybill = self._order_with_waybill(code)
        if by_waybill is not None:
            self.choose(by_waybill)
            return await self.give(by_waybill, waybill=code)
        if self.sheet is None:  # chosen a moment ago
            await self.fetch_sheet()
        if self.order_id is not None and (self.can_tick or self._is_item(code)):
            return await self._scan_item(self.order_id, code)
        return None if await self._given(code) else await self._find(code)

    async def _given(self, code: str) -> bool:
        """A courier's own number, or a link to the job, leads to the hand-over as its waybill does."""
        found = await self.desk.find(code)
        job = (await self.desk.sheet(found[0])).delivery if len(found) == 1 else None
        if job is None or job.state not in WITH_DRIVER or job.handed_over_at or not waybill.is_meant(code, job):
            return False
        self.choose(found[0])
        await self.give(found[0], waybill=code)
        return True

    async def _scan_item(self, order_id: OrderId, code: str) -> None:
        try:
            await self.tell(lambda: self.desk.scan(order_id, code))
        except UnknownLine:
            if not await self.desk.find(code):
                raise
            await self._find(code)
        else:
            self.after_tick()

    async def _find(self, words: str) -> None:
        found = await self.desk.find(words)
        if not found:
            return self.say(_("Nothing is called “{words}”.").format(words=words[:LONGEST]), is_bad=True)
        at = 0 if len(found) == 1 else await self._pick(found)
        return self.choose(found[at]) if at is not None else None

    async def _pick(self, found: Sequence[OrderId]) -> int | None:
        index = self.picture.index if self.picture else None
        lines = [index.line(order_id) if index else None for order_id in found]
        words = tuple(f"#{line.number} {line.customer}" if line else _("an ended order") for line in lines)
        return await self.ask(PickOne(_("Several fit"), options=words))

    def _order_with_waybill(self, code: str) -> OrderId | None:
        meant = waybill.codes_in(code)
        drivers = self.picture.board.drivers if self.picture else ()
        fits = (line.order_id for line in drivers if waybill.plain(line.waybill) in meant and not line.handed_over)
        return next(fits, None)

    def _is_item(self, code: str) -> bool:
        return self.sheet is not None and any(item.is_called(code) for item in self.sheet.order.lines)
