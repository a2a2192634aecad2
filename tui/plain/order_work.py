"""Taking up, accepting and refusing, typed."""

from core.domain.ids import OrderId, StaffId
from core.domain.refusal import InReview, JoinFirst, NotAManager, OverCap
from core.domain.staff import Permission
from core.domain.stage import BEFORE_ACCEPT, Stage
from tui.i18n import _, ngettext
from tui.labels.reasons import REJECTING
from tui.plain import speech
from tui.plain.review_work import ReviewWork
from tui.plain.speech import sentence


class OrderWork(ReviewWork):
    """accept, reject, got it, changes, mark."""

    async def accept(self, words: list[str]) -> None:
        """The ones named, else the marked ones, else the one that is meant; past the cap with a manager's word."""
        wanted = await self._several(words)
        if not wanted:
            return None
        try:
            await self.tell(wanted[0], lambda: self.desk.accept(wanted))
        except InReview:
            if len(wanted) > 1:
                raise
            return await self.look_first(wanted[0])
        except JoinFirst as first:
            return await self.decide_join(first.order_id)
        except OverCap as full:
            if not await self._past_cap(wanted, speech.why(full, self.number)):
                return None
        self.touched |= set(wanted)
        self.marked = tuple(order_id for order_id in self.marked if order_id not in wanted)
        return await self._accepted(wanted)

    async def reject(self, words: list[str]) -> None:
        """Only before accept; asks for the reason, or whether the one that was typed is meant."""
        if (order_id := await self.take_order(words, more=True)) is None:
            return
        self.need_stage(await self.sheet(order_id), Stage.REJECTED, BEFORE_ACCEPT)
        question = _("Reject {order}? The customer gets the money back.").format(order=speech.order(self.number))
        if reason := await self._reason(question, " ".join(words)):
            await self.tell(order_id, lambda: self.desk.reject(order_id, reason))
            self.say(sentence(_("rejected"), speech.order(self.number)))

    async def see(self, words: list[str]) -> None:
        """The bell stops everywhere; the one that rings when none is named and the one meant does not."""
        await self.settled()
        ringing = [line.order_id for line in self.picture.ringing]
        if not words and ringing and self.order_id not in ringing:
            self.choose(ringing[0])
        if (order_id := await self.take_order(words)) is None:
            return None
        if (owner := self._owner(order_id)) and order_id not in ringing:
            said = _("{order} does not ring: {name} has it.").format(order=speech.order(self.number), name=owner)
            return self.say(sentence(said))
        await self.tell(order_id, lambda: self.desk.see(order_id))
        return await self.done(order_id, sentence(_("you have it"), speech.order(self.number), _("the bell stops")))

    async def see_changes(self, words: list[str]) -> None:
        """What changed was read."""
        if (order_id := await self.take_order(words)) is None:
            return None
        if not (await self.sheet(order_id)).order.changed:
            return self.say(sentence(_("nothing was changed"), speech.order(self.number)))
        await self.tell(order_id, lambda: self.desk.see_changes(order_id))
        return await self.done(order_id, sentence(_("changes read"), speech.order(self.number)))

    async def mark(self, words: list[str]) -> None:
        """On or off."""
        if not words and self.chosen() is None:
            return
        wanted = await self._orders(words) if words else (self.order_id,)
        if not wanted:
            return
        for order_id in wanted:
            if order_id in self.marked:
                self.marked = tuple(one for one in self.marked if one != order_id)
            elif order_id is not None:
                self.marked = (*self.marked, order_id)
        numbers = [line.number for line in map(self.line, self.marked) if line]
        self.say(sentence(_("marked: {numbers}").format(numbers=", ".join(numbers) or _("none"))))

    def _owner(self, order_id: OrderId) -> str:
        """Who has taken up a new order."""
        line = self.line(order_id)
        return line.seen_by if line is not None and line.stage is Stage.NEW else ""

    async def _several(self, words: list[str]) -> tuple[OrderId, ...]:
        if words:
            named = await self._orders(words)
            if len(named) == 1:
                self.choose(named[0], words[0].strip("#,."))
            return named
        marked = tuple(order_id for order_id in self.marked if self.line(order_id))
        one = () if marked else (self.chosen(),)
        return marked or tuple(order_id for order_id in one if order_id is not None)

    async def _orders(self, words: list[str]) -> tuple[OrderId, ...]:
        """All of them or none: one that nobody knows is said."""
        parts = [part for word in words for part in word.split(",") if part]
        found = [(part, await self.named(part)) for part in parts]
        missing = [part for part, order_id in found if order_id is None]
        if missing:
            self.say(_("No order is called {words}. Nothing was done.").format(words=", ".join(missing)))
            return ()
        return tuple(dict.fromkeys(order_id for _part, order_id in found if order_id is not None))

    async def _accepted(self, wanted: tuple[OrderId, ...]) -> None:
        if len(wanted) == 1:
            return await self.done(wanted[0], sentence(_("accepted"), speech.order(self.number)))
        words = ngettext("{count} order accepted", "{count} orders accepted", len(wanted)).format(count=len(wanted))
        return self.say(sentence(words))

    async def _past_cap(self, wanted: tuple[OrderId, ...], full: str) -> bool:
        self.say(full, _("A manager's word is needed; Enter alone goes back."))
        while (permission := await self.permission()) is not None:
            given = permission
            try:
                await self.tell(wanted[0], lambda: self.desk.accept(wanted, given))  # noqa: B023 - awaited here
            except NotAManager as refusal:
                self.say(speech.why(refusal))
            else:
                return True
        self.say(_("Nothing was done."))
        return False

    async def permission(self) -> Permission | None:
        """None as soon as one of the three is left out; a manager may have no PIN."""
        names = ", ".join(self.terminal.managers)
        manager = await self.ask(_("Manager's name?") + (f" {names}." if names else ""))
        if not manager:
            return None
        pin = await self.console.ask(_("PIN? It is not shown."), is_secret=True)
        if pin is None:
            return None
        reason = await self.own_words(_("Reason?"))
        return Permission(manager=StaffId(manager), pin=pin, reason=reason) if reason else None

    async def _reason(self, question: str, given: str) -> str:
        if not given:
            reasons = self.terminal.reject_reasons or tuple(_(reason) for reason in REJECTING)
            return await self.reason(question, reasons)
        if await self.is_yes(f"{question} {_('Reason: {reason}.').format(reason=given)}"):
            return given
        self.say(_("Nothing was done."))
        return ""
