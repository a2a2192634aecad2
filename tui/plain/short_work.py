"""An order of which not all is there, typed: item by item, what to say, a last look, and only then done."""

from collections.abc import Iterator

from core.domain import short_move
from core.domain.ids import LineId, OrderId
from core.domain.line import OrderLine
from core.domain.refusal import PartialUsedUp
from core.domain.sharing import left_of
from core.domain.short import Short, ShortPlan
from core.domain.short_draft import ShortDraft
from core.domain.wish_line import allergy_words
from tui import labels
from tui.i18n import _
from tui.labels.reasons import GIVING_BACK
from tui.labels.short_calls import call_text
from tui.labels.shorts import HAS_SAID_YES, PlanRow, ask_words, name, plan_rows, wish
from tui.plain import speech
from tui.plain.pack_work import PackWork
from tui.plain.speech import sentence


class ShortWork(PackWork):
    """partial."""

    async def partial(self, words: list[str]) -> None:
        """Fewer goods, once (C72–C76); after that only return and refund."""
        if (order_id := await self.take_order(words)) is None:
            return None
        if (await self.sheet(order_id)).order.is_short:
            return await self._only_return(order_id)
        if await self._on_table([]) is None:
            return None
        draft = await self._draft(order_id)
        return None if draft is None else await self._look(order_id, draft)

    async def _draft(self, order_id: OrderId) -> ShortDraft | None:
        """Item by item: how many go, and what goes instead; then whether the customer was asked."""
        draft = ShortDraft.of(await self.desk.shortage(order_id))
        self.say(_("Only once for an order. Ask the customer first."))
        for item in draft.shortage.order.lines:
            question = _("{name}: how many of {count} go?").format(name=name(item), count=item.quantity)
            count = await self.count(question, usual=draft.goes[item.id], least=0, most=item.quantity)
            if count is None:
                return None
            draft = draft.changed(item.id, "", count - draft.goes[item.id])
            if draft.open_of(item):
                draft = await self._instead(draft, item)
        return draft

    async def _instead(self, draft: ShortDraft, item: OrderLine) -> ShortDraft:
        """Another article for what is missing; Enter alone leaves it out."""
        if not any(known.name for known in draft.shortage.catalogue.values()):
            return draft
        self.say(*(sentence(words) for words in _told(draft, item)))
        question = _("What goes instead of {name}? A sku or barcode; Enter alone leaves it out.")
        code = await self.ask(question.format(name=name(item)))
        return draft.swapped(item, code) if code else draft

    async def _look(self, order_id: OrderId, draft: ShortDraft) -> None:
        """All of it aloud, the yes by name where one is needed, the fee, and once more."""
        plan = draft.shortage.plan(draft.short)
        if plan.missing and plan.pieces:
            draft = await self._asked(draft, plan)
        if plan.missing and len(draft.fees) > 1:
            draft = await self._fee(draft)
        plan = draft.shortage.plan(draft.short)
        short_move.require(plan)
        self.say(*(sentence(*_row_words(row)) for row in plan_rows(plan)))
        question = _("Ship {order} short like this?").format(order=speech.order(self.number))
        if not await self.is_yes(question):
            return self.say(_("Nothing was done."))
        return await self._do(order_id, draft.short, plan)

    async def _do(self, order_id: OrderId, short: Short, plan: ShortPlan) -> None:
        await self.tell(order_id, lambda: self.desk.ship_short(order_id, short))
        await self.done(order_id, sentence(_("partial shipment"), labels.count_of(plan.pieces)))

    async def _asked(self, draft: ShortDraft, plan: ShortPlan) -> ShortDraft:
        """What to say on the phone, and whether the customer has said yes."""
        terminal = self.terminal
        self.say(_("Say: {words}").format(words=call_text(plan, terminal.store, terminal.zone)))
        self.say(*(sentence(name(one.line), ask_words(one.ask)) for one in plan.asks if one.ask is not None))
        said_yes = await self.is_yes(f"{speech.ended(_(HAS_SAID_YES))} {_('Is that right?')}")
        return draft.asked() if said_yes else draft

    async def _fee(self, draft: ShortDraft) -> ShortDraft:
        options = [_("{amount} goes back").format(amount=labels.money(fee)) for fee in draft.fees if fee is not None]
        self.say(*(f"{place}: {speech.ended(words)}" for place, words in enumerate(options, start=1)))
        question = _("How much of the delivery fee goes back? Enter alone: it stays.")
        answer = await self.ask(question)
        for _step in range(int(answer) if answer.isdecimal() and 1 <= int(answer) <= len(options) else 0):
            draft = draft.next_fee()
        return draft

    async def _only_return(self, order_id: OrderId) -> None:
        """A second time is refused with the reason, and what is possible is offered (C76)."""
        refusal = PartialUsedUp("shipped short already", found="2nd", allowed="once")
        self.say(speech.why(refusal, self.number))
        if not await self.is_yes(_("Give money back for pieces: return and refund?")):
            return self.say(_("Nothing was done."))
        order = (await self.desk.shortage(order_id)).order
        pieces: dict[LineId, int] = {}
        for item in order.lines:
            if not (left := left_of(order).get(item.id)):
                continue
            question = _("{name}: how many of {count} are given back?").format(name=name(item), count=left)
            if (count := await self.count(question, usual=0, least=0, most=left)) is None:
                return None
            pieces |= {item.id: count} if count else {}
        reason = await self.reason(_("Why?"), tuple(_(reason) for reason in GIVING_BACK)) if pieces else ""
        if not reason:
            return None if pieces else self.say(_("Nothing was done."))
        await self.tell(order_id, lambda: self.desk.refund(order_id, None, reason, pieces))
        return await self.done(order_id, sentence(_("money goes back"), speech.order(self.number)))


def _told(draft: ShortDraft, item: OrderLine) -> Iterator[str]:
    if told := allergy_words(draft.shortage.order, item):
        yield _("Allergy: {words}").format(words=", ".join(told))
    if said := wish(item):
        yield _("If it is missing: {wish}").format(wish=said)


def _row_words(row: PlanRow) -> tuple[str, ...]:
    return tuple(words for words in (row.words, row.amount) if words)
