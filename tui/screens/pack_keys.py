"""Keys for picking, checking and closing the bag."""

from core.domain.checklist import Check
from core.domain.ids import OrderId
from core.domain.line import OrderLine
from core.domain.refusal import PackingIncomplete
from core.domain.stage import Stage
from tui import keys, labels
from tui.i18n import _
from tui.labels.reasons import LEFT_OPEN
from tui.screens.dialogs import PickReason
from tui.screens.errands import errand
from tui.screens.short_keys import ShortKeys
from tui.widgets.checklist import CHECK, LINE
from tui.widgets.order_panel import next_to_tick

PREPARING = frozenset({Stage.PREPARING})


class PackKeys(ShortKeys):
    """Space, +, -, =, T, D, K, B."""

    @property
    def can_tick(self) -> bool:
        """The chosen order lies on the table."""
        return self.sheet is not None and self.sheet.order.stage is Stage.PREPARING

    @property
    def to_tick(self) -> str | None:
        """The row Space ticks: where the bar stands, else the first open one."""
        return next_to_tick(self.sheet) if self.sheet else None

    @property
    def planned(self) -> int:
        """Parcels the goods are to go in."""
        return self.sheet.order.parcels if self.sheet else 1

    def after_tick(self) -> None:
        """The bar goes on."""

    @errand
    async def action_tick(self) -> None:
        """The row the bar stands on."""
        await self.tell(lambda: self._tick(None))

    def tick_row(self, key: str) -> None:
        """The row that was clicked."""
        self.send_out(lambda: self.tell(lambda: self._tick(key)))

    @errand
    async def action_more(self) -> None:
        """One piece more in the bag."""
        await self.tell(lambda: self._add(1))

    @errand
    async def action_less(self) -> None:
        """One piece less."""
        await self.tell(lambda: self._add(-1))

    @errand
    async def action_count(self) -> None:
        """So many pieces."""
        if (order_id := self.need_order()) is None or (item := self._item()) is None or self.sheet is None:
            return
        needed = self.sheet.order.needed(item)
        from tui.screens.forms import AskQuantity

        picked = await self.ask(AskQuantity(_("How many are in the bag?"), item.name, value=item.picked, most=needed))
        if picked is not None:
            await self.tell(lambda: self.desk.pick(order_id, item.id, picked))

    @errand
    async def action_tick_all(self) -> None:
        """The four checks, when every item is in the bag."""
        await self.tell(self._tick_checks)

    @errand
    async def action_ready(self) -> None:
        """The bag is closed; with open points only for a reason."""
        if (order_id := self.need_order()) is not None:
            await self._close(order_id, self.planned)

    @errand
    async def action_parcels(self) -> None:
        """Closed, in several parcels."""
        if (order_id := self.need_order()) is None:
            return
        self.need_stage(Stage.READY, PREPARING)
        from tui.screens.forms import AskQuantity

        count = await self.ask(AskQuantity(_("How many parcels?"), value=max(2, self.planned), least=1, most=99))
        if count is not None:
            await self._close(order_id, count)

    @errand
    async def action_reopen(self) -> None:
        """Back to the table."""
        if (order_id := self.need_order()) is not None:
            await self.tell(lambda: self.desk.reopen(order_id))

    async def _close(self, order_id: OrderId, parcels: int) -> None:
        try:
            await self.tell(lambda: self.desk.ready(order_id, parcels))
        except PackingIncomplete as refusal:
            reasons = tuple(_(reason) for reason in LEFT_OPEN)
            question = _("Close the bag all the same?")
            reason = await self.ask(PickReason(question, labels.why(refusal, self.number), reasons=reasons))
            if reason:
                await self.tell(lambda: self.desk.ready(order_id, parcels, reason))

    async def _tick(self, key: str | None) -> None:
        """In turn, so that two quick presses tick two rows."""
        if (order_id := self.need_order()) is None or self.sheet is None:
            return None
        self.need_stage(Stage.PREPARING, PREPARING)
        row = key or self.to_tick
        if row is None:
            words = _("Everything is ticked. {key} closes the bag.").format(key=keys.cap("order.ready"))
            return self.say(words)
        await self._toggle(order_id, row)
        await self.fetch_sheet()
        return self.after_tick()

    async def _toggle(self, order_id: OrderId, row: str) -> None:
        order = self.sheet.order if self.sheet else None
        if order is None:
            return
        if row.startswith(LINE):
            item = order.line(row.removeprefix(LINE))
            await self.desk.pick(order_id, item.id, 0 if order.has_picked(item) else order.needed(item))
        else:
            check = Check(row.removeprefix(CHECK))
            await self.desk.tick(order_id, check, check not in order.checklist.ticked)

    async def _add(self, by: int) -> None:
        if (order_id := self.need_order()) is not None and (item := self._item()) is not None:
            await self.desk.pick(order_id, item.id, item.picked + by)

    async def _tick_checks(self) -> None:
        if (order_id := self.need_order()) is None or self.sheet is None:
            return None
        self.need_stage(Stage.PREPARING, PREPARING)
        order = self.sheet.order
        if any(not order.has_picked(item) for item in order.lines):
            return self.say(_("First the items: not all are in the bag."), is_bad=True)
        for check in order.checklist.missing:
            await self.desk.tick(order_id, check, True)
        return None

    def _item(self) -> OrderLine | None:
        """The item the bar stands on; says so when it stands on none."""
        row = self.to_tick
        if self.sheet is None or row is None or not row.startswith(LINE):
            self.say(_("Choose an item first."), is_bad=True)
            return None
        return self.sheet.order.line(row.removeprefix(LINE))
