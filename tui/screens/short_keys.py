"""The key for an order of which not all is there: the wizard, its last look, and what is left after it."""

from core.domain.ids import OrderId
from core.domain.refusal import PartialUsedUp
from core.domain.short import Short
from core.domain.stage import Stage
from tui import keys, labels
from tui.i18n import _
from tui.labels.reasons import GIVING_BACK
from tui.screens.dialogs import PickOne, PickReason
from tui.screens.errands import errand
from tui.screens.order_keys import OrderKeys

PREPARING = frozenset({Stage.PREPARING})


class ShortKeys(OrderKeys):
    """P."""

    @errand
    async def action_partial(self) -> None:
        """Fewer goods, once (C72–C76); after that only return and refund."""
        if (order_id := self.need_order()) is None or self.sheet is None:
            return
        if self.sheet.order.is_short:
            await self._only_return(order_id)
        else:
            self.need_stage(Stage.PREPARING, PREPARING)
            await self._ship_short(order_id)

    async def _ship_short(self, order_id: OrderId) -> None:
        """Made up, looked at once more, done; going back keeps what was made up."""
        from tui.screens.short_look import ShortLook
        from tui.screens.short_order import ShortOrder, Store

        shortage, terminal = await self.desk.shortage(order_id), self.around.terminal
        name = self.picture.board.store if self.picture else terminal.store
        store, short = Store(name=name, zone=terminal.zone), None
        question = _("What goes of #{number}? Only once for an order.").format(number=self.number)
        while (made := await self.ask(ShortOrder(question, shortage=shortage, store=store, short=short))) is not None:
            look = _("Ship #{number} short like this?").format(number=self.number)
            if await self.ask(ShortLook(look, shortage.plan(made))):
                return await self._do(order_id, made)
            short = made
        return None

    async def _do(self, order_id: OrderId, short: Short) -> None:
        await self.tell(lambda: self.desk.ship_short(order_id, short))
        words = _("#{number} is shipped short. {key} takes it back until it leaves.")
        self.say(words.format(number=self.number, key=keys.cap("order.undo")))

    async def _only_return(self, order_id: OrderId) -> None:
        """A second time is refused with the reason, and what is possible is offered (C76)."""
        why = labels.why(PartialUsedUp("shipped short already", found="2nd", allowed="once"), self.number)
        question = _("#{number} was shipped short already").format(number=self.number)
        if await self.ask(PickOne(question, why, options=(_("Return and refund"),))) is None:
            return
        from tui.screens.give_back import GiveBack

        question = _("What of #{number} is given back?").format(number=self.number)
        pieces = await self.ask(GiveBack(question, shortage=await self.desk.shortage(order_id)))
        reasons = tuple(_(reason) for reason in GIVING_BACK)
        if pieces and (reason := await self.ask(PickReason(_("Why is it given back?"), reasons=reasons))):
            await self.tell(lambda: self.desk.refund(order_id, None, reason, pieces))
