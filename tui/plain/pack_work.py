"""Picking and checking, typed or scanned."""

from functools import partial

from core.board.sheet import Sheet
from core.domain.checklist import Check
from core.domain.ids import OrderId
from core.domain.line import OrderLine
from core.domain.stage import Stage
from tui.i18n import _
from tui.labels.words import word
from tui.plain import speech
from tui.plain.commands import typed
from tui.plain.items import in_bag, item_words, next_item
from tui.plain.order_work import OrderWork
from tui.plain.speech import sentence

PREPARING = frozenset({Stage.PREPARING})


class PackWork(OrderWork):
    """tick, more, less, count, checks."""

    async def tick(self, words: list[str]) -> None:
        """Items by place or code, checks by name; with none named the next one. Again takes it back."""
        if (sheet := await self._with_items(words)) is None:
            return None
        if not words:
            return await self._tick_next(sheet)
        for name in words:
            if (check := _check(name)) is not None:
                await self._toggle_check(sheet, check)
            elif (item := self._item(sheet, name)) is not None:
                await self._pick(sheet, item, 0 if sheet.order.has_picked(item) else sheet.order.needed(item))
            sheet = await self.sheet(sheet.order.id)
        return None

    async def more(self, words: list[str]) -> None:
        """One piece more in the bag."""
        await self._add(words, 1)

    async def less(self, words: list[str]) -> None:
        """One piece less."""
        await self._add(words, -1)

    async def count_pieces(self, words: list[str]) -> None:
        """So many pieces: `= 2 3` is three of item 2; what is missing is asked."""
        if (sheet := await self._with_items(words, most=2)) is None:
            return None
        item = self._item(sheet, words[0]) if len(words) > 1 else next_item(sheet.order)
        if item is None:
            return self.say(_("Choose an item: its number or its code."))
        if words and words[-1].isdecimal():
            return await self._pick(sheet, item, int(words[-1]))
        question = _("How many of {name} are in the bag?").format(name=item.name)
        count = await self.count(question, usual=item.picked, least=0, most=sheet.order.needed(item))
        return None if count is None else await self._pick(sheet, item, count)

    async def tick_all(self, words: list[str]) -> None:
        """The four checks, when every item is in the bag."""
        if (sheet := await self._on_table(words)) is None:
            return None
        order = sheet.order
        if (item := next_item(order)) is not None:
            return self.say(_("First the items: not all are in the bag."), item_words(order, item))
        for check in order.checklist.missing:
            await self.tell(order.id, partial(self.desk.tick, order.id, check, True))
        return await self.done(order.id, sentence(_("all checks are made")))

    async def scan_item(self, order_id: OrderId, code: str) -> None:
        """One piece more of the item this code stands for; raises `UnknownLine`."""
        await self.tell(order_id, lambda: self.desk.scan(order_id, code))
        sheet = await self.sheet(order_id)
        item = next((item for item in sheet.order.lines if item.is_called(code)), None)
        await self.done(order_id, sentence(item.name, in_bag(sheet.order, item)) if item else "")

    async def _with_items(self, words: list[str], most: int = 1) -> Sheet | None:
        """The same, with items behind the order: a lone number is an item's place before it is an order's."""
        is_item = self.order_id is not None and len(words) <= most and bool(words) and await self._is_item(words[0])
        is_order = bool(words) and not is_item and (self.order_id is None or await self.named(words[0]) is not None)
        if is_order and await self.take_order(words) is None:
            return None
        return await self._on_table([])

    async def _on_table(self, words: list[str]) -> Sheet | None:
        """The order's sheet, when it is being packed; raises `IllegalMove`."""
        if (order_id := await self.take_order(words)) is None:
            return None
        sheet = await self.sheet(order_id)
        self.need_stage(sheet, Stage.PREPARING, PREPARING)
        return sheet

    async def _is_item(self, name: str) -> bool:
        if self.order_id is None:
            return False
        order = (await self.sheet(self.order_id)).order
        return _check(name) is not None or _called(order.lines, name) is not None

    def _item(self, sheet: Sheet, name: str) -> OrderLine | None:
        """By place or code; says so when there is none."""
        item = _called(sheet.order.lines, name)
        if item is None:
            words = _("{name} is no item of {order}: it has items 1 to {count}.")
            self.say(sentence(words.format(name=name, order=speech.order(self.number), count=len(sheet.order.lines))))
        return item

    async def _tick_next(self, sheet: Sheet) -> None:
        order = sheet.order
        if (item := next_item(order)) is not None:
            return await self._pick(sheet, item, order.needed(item))
        if order.checklist.missing:
            return await self._toggle_check(sheet, order.checklist.missing[0])
        return self.say(_("Everything is ticked. {key} closes the bag.").format(key=typed("order.ready")))

    async def _toggle_check(self, sheet: Sheet, check: Check) -> None:
        order, name = sheet.order, word(check).text
        ticked = check not in order.checklist.ticked
        await self.tell(order.id, lambda: self.desk.tick(order.id, check, ticked))
        said = _("{check} checked") if ticked else _("{check} taken back")
        await self.done(order.id, sentence(said.format(check=name)))

    async def _pick(self, sheet: Sheet, item: OrderLine, count: int) -> None:
        order_id = sheet.order.id
        await self.tell(order_id, lambda: self.desk.pick(order_id, item.id, count))
        after = (await self.sheet(order_id)).order
        now = next((line for line in after.lines if line.id == item.id), item)
        await self.done(order_id, sentence(now.name, in_bag(after, now) or _("none in the bag")))

    async def _add(self, words: list[str], by: int) -> None:
        if (sheet := await self._with_items(words)) is None:
            return
        item = self._item(sheet, words[0]) if words else next_item(sheet.order) or sheet.order.lines[-1]
        if item is not None:
            await self._pick(sheet, item, item.picked + by)


def _check(name: str) -> Check | None:
    """By its word in any of the ways it is said."""
    said = name.casefold()
    return next((check for check in Check if said in (check.value, word(check).text.casefold())), None)


def _called(lines: tuple[OrderLine, ...], name: str) -> OrderLine | None:
    if name.isdecimal() and 1 <= int(name) <= len(lines):
        return lines[int(name) - 1]
    return next((line for line in lines if line.is_called(name)), None)
