"""Keys for taking up, accepting and refusing."""

from core.domain.ids import OrderId
from core.domain.refusal import IllegalMove, JoinFirst, NotAManager, OverCap
from core.domain.staff import Permission
from core.domain.stage import BEFORE_ACCEPT, Stage
from tui import keys, labels
from tui.i18n import _
from tui.labels.reasons import REJECTING
from tui.screens.dialogs import PickReason
from tui.screens.errands import errand
from tui.screens.join_keys import JoinKeys
from tui.screens.review_keys import ReviewKeys


class OrderKeys(JoinKeys, ReviewKeys):
    """A, R, G, C, M."""

    @errand
    async def action_accept(self) -> None:
        """The marked ones, else the chosen one; past the cap with a manager's word."""
        wanted = self._wanted()
        if not wanted:
            return self._ask_to_choose()
        if wanted == (self.order_id,) and self.is_in_review:
            return await self.review(wanted[0])
        try:
            await self.tell(lambda: self.desk.accept(wanted))
        except OverCap as full:
            if not await self._accept_past_cap(wanted, labels.why(full, self.number)):
                return None
        except JoinFirst as first:
            return await self.decide_join(first.order_id)
        self.marked -= set(wanted)
        return self.redraw_all()

    @errand
    async def action_reject(self) -> None:
        """Only before accept; asks for the reason."""
        if (order_id := self.need_order()) is None:
            return
        self.need_stage(Stage.REJECTED, BEFORE_ACCEPT)
        reason = await self.ask(self._why(_("Reject #{number}?"), _("The customer gets the money back.")))
        if reason:
            await self.tell(lambda: self.desk.reject(order_id, reason))

    @errand
    async def action_see(self) -> None:
        """The bell stops everywhere; the one that rings when the chosen one does not."""
        ringing = self.picture.ringing if self.picture else ()
        chosen = next((line.order_id for line in ringing if line.order_id == self.order_id), None)
        order_id = chosen or (ringing[0].order_id if ringing else self.need_order())
        if order_id is None:
            return None
        if not ringing and self.line is not None and self.line.stage is Stage.NEW and self.line.seen_by:
            words = _("{order} does not ring: {name} has it.")
            return self.say(words.format(order=f"#{self.line.number}", name=self.line.seen_by))
        return await self.tell(lambda: self.desk.see(order_id))

    @errand
    async def action_see_changes(self) -> None:
        """What changed was read."""
        if (order_id := self.need_order()) is None:
            return None
        if self.line is not None and not self.line.is_changed:
            return self.say(_("Nothing was changed in #{number}.").format(number=self.number))
        return await self.tell(lambda: self.desk.see_changes(order_id))

    def action_mark(self) -> None:
        """On or off, and on to the next."""
        if (order_id := self.need_order()) is None:
            return
        self.marked ^= {order_id}
        self.go_down()
        self.redraw_all()

    def need_order(self) -> OrderId | None:
        """The chosen order; says so when there is none."""
        if self.order_id is None:
            self._ask_to_choose()
        return self.order_id

    def _ask_to_choose(self) -> None:
        urgent = self.picture.urgent if self.picture else None
        words = _("Choose an order first.")
        if urgent is not None:
            words += " " + _("{key} goes to #{number}.").format(key=keys.cap("order.next"), number=urgent.number)
        self.say(words, is_bad=True)

    def need_stage(self, to: Stage, allowed: frozenset[Stage]) -> None:
        """Better before the question than after it; raises `IllegalMove`."""
        stage = self.line.stage if self.line else self.sheet.order.stage if self.sheet else None
        if stage is not None and stage not in allowed:
            raise IllegalMove(stage, to)

    def go_down(self) -> None:
        """One row on, where there is a list."""

    def _wanted(self) -> tuple[OrderId, ...]:
        queue = self.picture.index.queue if self.picture and self.marked else ()
        marked = tuple(line.order_id for line in queue if line.order_id in self.marked)
        return marked or ((self.order_id,) if self.order_id else ())

    async def _accept_past_cap(self, wanted: tuple[OrderId, ...], full: str) -> bool:
        trouble = ""
        while (permission := await self._ask_manager(full, trouble)) is not None:
            given = permission
            try:
                await self.tell(lambda: self.desk.accept(wanted, given))  # noqa: B023 - awaited in the same turn
            except NotAManager as refusal:
                trouble = labels.why(refusal, self.number)
            else:
                return True
        return False

    async def _ask_manager(self, full: str, trouble: str) -> Permission | None:
        managers = self.around.terminal.managers
        from tui.screens.forms import AskManager

        return await self.ask(AskManager(_("A manager's word is needed"), full, managers=managers, trouble=trouble))

    def _why(self, question: str, facts: str) -> PickReason:
        reasons = self.around.terminal.reject_reasons or tuple(_(reason) for reason in REJECTING)
        return PickReason(question.format(number=self.number), facts, reasons=reasons)
