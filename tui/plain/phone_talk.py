"""A call from a customer in lines: what is asked, what is read back, what is confirmed (L3–L5)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, tzinfo

from core.board.alike import AlikeLine
from core.domain.handwritten import HandLine, HandOrder, PaidHow
from core.domain.ids import OrderId
from core.domain.keyed import Draft
from core.domain.promise_words import NoTime, read_promise
from core.domain.purchase import OrderType
from core.domain.refusal import CameAlready
from core.domain.wares import Ware, found, scanned, wanted
from tui import labels
from tui.i18n import _
from tui.labels import by_hand
from tui.labels.words import word
from tui.plain import speech
from tui.plain.session import Session
from tui.plain.speech import sentence

KINDS = (OrderType.DELIVERY, OrderType.PICKUP, OrderType.SHIPPING, OrderType.DINE_IN)
TRIES = 2
OFFERED = 5


class PhoneTalk:
    """Each answer is kept at once; nothing is created before it was read back and confirmed twice."""

    def __init__(self, session: Session) -> None:
        self._session, self._desk, self._terminal = session, session.desk, session.terminal
        self._form = HandOrder()

    async def run(self) -> None:
        """Goes on with what was begun, or begins."""
        form = await self._first_words()
        if form is None:
            return None
        self._form = form
        for asks in (self._ask_customer, self._ask_way, self._ask_goods, self._ask_rest):
            if not await asks():
                return self._session.say(_("Kept for later: type new to go on with it."))
        return await self._finish(self._form)

    async def _first_words(self) -> HandOrder | None:
        drafts = await self._desk.drafts()
        if not drafts:
            return HandOrder()
        options = (*map(self._draft_words, drafts), _("Begin a new one"))
        at = await self._session.pick(_("Go on with an order by hand?"), options)
        if at is None:
            return None
        return drafts[at].form if at < len(drafts) else HandOrder()

    async def _keep(self, form: HandOrder) -> bool:
        """Each answer, at once."""
        self._form = form
        await self._desk.keep_draft(form)
        return True

    async def _ask_customer(self) -> bool:
        await self._keep(replace(self._form, name=await self._words(_("The customer's name?"), self._form.name)))
        if not self._form.name:
            return False
        await self._keep(replace(self._form, phone=await self._words(_("The phone?"), self._form.phone)))
        return bool(self._form.phone)

    async def _ask_way(self) -> bool:
        at = await self._session.pick(_("How does it go?"), tuple(word(kind).text for kind in KINDS))
        if at is None:
            return False
        await self._keep(replace(self._form, type=KINDS[at]))
        if KINDS[at] in (OrderType.DELIVERY, OrderType.SHIPPING):
            address = await self._words(_("The address?"), self._form.address)
            await self._keep(replace(self._form, address=address))
        return await self._keep(replace(self._form, promised_to=await self._when() or self._form.promised_to))

    async def _when(self) -> datetime | None:
        for _try in range(TRIES):
            typed = await self._session.ask(_("When? 14:50 or +40; Enter alone: as soon as it can be."))
            try:
                return read_promise(typed, self._session.now.at, self._terminal.zone)
            except NoTime:
                self._session.say(_("That is no time."))
        return None

    async def _ask_goods(self) -> bool:
        wares, currency = await self._desk.wares(), self._terminal.currency
        self._session.say(*(sentence(by_hand.item(line)) for line in self._form.lines))
        while typed := await self._session.ask(_("Item? 3 oolong, cake @120, or scan; Enter alone when done.")):
            if (line := await self._line(typed, wares)) is not None:
                await self._keep(self._form.with_line(line))
                total = f"{_('total')} {by_hand.total(self._form, currency)}"
                self._session.say(sentence(by_hand.item(line), total))
        return bool(self._form.lines)

    async def _ask_rest(self) -> bool:
        if not await self._ask_channel():
            return False
        how = await self._session.pick(_("Is it paid?"), tuple(by_hand.paid(one) for one in PaidHow))
        if how is None:
            return False
        await self._keep(replace(self._form, paid=tuple(PaidHow)[how]))
        allergens = await self._words(_("Allergens? Enter alone: none."), self._form.allergens)
        await self._keep(replace(self._form, allergens=allergens))
        return await self._keep(
            replace(self._form, note=await self._words(_("A note? Enter alone: none."), self._form.note))
        )

    async def _ask_channel(self) -> bool:
        if not (channels := self._terminal.channels):
            return True
        at = await self._session.pick(_("Where was it ordered?"), (*channels, _("no channel: a call only")))
        if at is None:
            return False
        await self._keep(replace(self._form, channel=channels[at] if at < len(channels) else ""))
        if self._form.channel:
            number = await self._words(_("Its number there? Enter alone: not known."), self._form.number)
            await self._keep(replace(self._form, number=number))
        return True

    async def _line(self, typed: str, wares: Sequence[Ware]) -> HandLine | None:
        said = wanted(typed, self._terminal.currency)
        if (ware := scanned(wares, said.words)) is None:
            offers = found(wares, said.words, OFFERED)
            names = (f"{one.name}, {labels.money(one.price) if one.price else _('price not known')}" for one in offers)
            at = await self._session.pick(_("Which one?"), (*names, _("as typed: “{words}”").format(words=said.words)))
            if at is None:
                return None
            ware = offers[at] if at < len(offers) else None
        line = ware.line(said.quantity) if ware else said.line()
        return line if said.price is None else replace(line, price=said.price)

    async def _finish(self, form: HandOrder) -> None:
        """Read back, then confirmed twice."""
        if form.lacking:
            return self._session.say(_("Still missing: {found}.").format(found=by_hand.lacking(form.lacking)))
        alike = await self._desk.alike(form)
        options = (*same_as(alike, self._terminal.zone), _("Another order: go on"))
        at = await self._session.pick(_(by_hand.ALIKE), options) if alike else 0
        if at != len(alike):
            return await self._leave_to(alike, at, form)
        self._session.say(_("Read it back to the caller:"))
        self._session.say(*(sentence(f"{name}: {said}") for name, said in self._said(form)))
        if not await self._session.is_yes(_("Is every word right?")) or not await self._session.is_yes(
            _("Enter this order now?")
        ):
            return self._session.say(_("Nothing was entered; it is kept for later."))
        return await self._enter(form, [line.order_id for line in alike])

    async def _enter(self, form: HandOrder, apart: Sequence[OrderId]) -> None:
        try:
            await self._session.tell(form.order_id, lambda: self._desk.enter(form, apart))
        except CameAlready as came:
            return self._session.say(speech.why(came))
        self._session.choose(form.order_id, form.called)
        return self._session.say(sentence(_("entered"), speech.order(form.called)))

    async def _leave_to(self, alike: Sequence[AlikeLine], at: int | None, form: HandOrder) -> None:
        if at is None:
            return
        await self._desk.drop_draft(form.id)
        self._session.choose(alike[at].order_id, alike[at].number)
        self._session.say(_("Nothing was entered: it is #{number}.").format(number=alike[at].number))

    async def _words(self, question: str, known: str) -> str:
        """Enter alone keeps what is known."""
        usual = _("Enter alone: {words}.").format(words=known) if known else ""
        return await self._session.ask(f"{question} {usual}".strip()) or known

    def _said(self, form: HandOrder) -> Sequence[tuple[str, str]]:
        return tuple(by_hand.said(form, self._terminal.currency, self._terminal.zone))

    def _draft_words(self, draft: Draft) -> str:
        form = draft.form
        count = labels.count_of(sum(line.quantity for line in form.lines))
        return sentence(form.name or form.phone or form.called, count, draft.by)


def same_as(alike: Sequence[AlikeLine], zone: tzinfo) -> Sequence[str]:
    """Each as something to choose."""
    return tuple(_("Same order as {order}").format(order=by_hand.alike(line, zone)) for line in alike)
