"""Picking, checking and closing the bag, typed or scanned."""

from functools import partial

from core.board.sheet import Sheet
from core.domain.checklist import Check
from core.domain.ids import OrderId
from core.domain.line import OrderLine
from core.domain.refusal import PackingIncomplete, PartialUsedUp
from core.domain.stage import Stage
from tui import labels
from tui.i18n import _
from tui.labels.reasons import LEFT_OPEN
from tui.labels.words import word
from tui.plain import speech
from tui.plain.commands import typed
from tui.plain.items import in_bag, item_words, next_item
from tui.plain.order_work import OrderWork
from tui.plain.speech import sentence

MOST = 99  # parcels
PREPARING = frozenset({Stage.PREPARING})


class PackWork(OrderWork):
    """tick, more, less, count, checks, packed, parcels, unpack, partial."""

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

    async def ready(self, words: list[str]) -> None:
        """The bag is closed; with open points only for a reason."""
        if (order_id := await self.take_order(words)) is not None:
            await self._close(order_id, 1)

    async def parcels(self, words: list[str]) -> None:
        """Closed, in several parcels."""
        is_count = len(words) == 1 and words[0].isdecimal() and await self.named(words[0]) is None
        if (order_id := self.chosen() if is_count else await self.take_order(words)) is None:
            return None
        self.need_stage(await self.sheet(order_id), Stage.READY, PREPARING)
        if words:
            count = self.within(words[0], least=1, most=MOST)
        else:
            count = await self.count(_("How many parcels?"), usual=2, least=1, most=MOST)
        return None if count is None else await self._close(order_id, count)

    async def reopen(self, words: list[str]) -> None:
        """Back to the table."""
        if (order_id := await self.take_order(words)) is not None:
            await self.tell(order_id, lambda: self.desk.reopen(order_id))
            await self.done(order_id, sentence(_("back to the table"), speech.order(self.number)))

    async def partial(self, words: list[str]) -> None:
        """Fewer goods, once (C72–C76): asks for each item, then once more."""
        if (sheet := await self._on_table(words)) is None:
            return None
        if sheet.order.is_short:
            raise PartialUsedUp("shipped short already", found="2nd", allowed="once")
        self.say(
            _("Only once for an order. Ask the customer first; what does not go is refunded in the shop's system.")
        )
        going = {}
        for item in sheet.order.lines:
            question = _("{name}: how many of {count} go?").format(name=item.name, count=item.quantity)
            count = await self.count(question, usual=item.picked, least=0, most=item.quantity)
            if count is None:
                return None
            going[item.id] = count
        total, bought = sum(going.values()), sheet.order.purchase.pieces
        facts = _("{total} of {bought} pieces of {order} go.").format(
            total=total, bought=bought, order=speech.order(self.number)
        )
        if not await self.is_yes(f"{sentence(facts)} {_('Is that right?')}"):
            return self.say(_("Nothing was done."))
        await self.tell(sheet.order.id, lambda: self.desk.ship_short(sheet.order.id, going))
        return await self.done(sheet.order.id, sentence(_("partial shipment"), labels.count_of(total)))

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

    async def _close(self, order_id: OrderId, parcels: int) -> None:
        try:
            await self.tell(order_id, lambda: self.desk.ready(order_id, parcels))
        except PackingIncomplete as refusal:
            question = f"{speech.why(refusal, self.number)} {_('Close the bag all the same?')}"
            reason = await self.reason(question, tuple(_(reason) for reason in LEFT_OPEN))
            if not reason:
                return
            await self.tell(order_id, lambda: self.desk.ready(order_id, parcels, reason))
        await self.done(order_id, sentence(_("packed"), speech.order(self.number), labels.parcels_of(parcels)))


def _check(name: str) -> Check | None:
    """By its word in any of the ways it is said."""
    said = name.casefold()
    return next((check for check in Check if said in (check.value, word(check).text.casefold())), None)


def _called(lines: tuple[OrderLine, ...], name: str) -> OrderLine | None:
    if name.isdecimal() and 1 <= int(name) <= len(lines):
        return lines[int(name) - 1]
    return next((line for line in lines if line.is_called(name)), None)
