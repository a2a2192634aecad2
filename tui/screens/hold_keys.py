"""The key that lets an order wait, and ends that."""

from core.domain.hold import HOLDABLE, Hold
from core.domain.holding import held
from core.domain.ids import OrderId
from core.domain.refusal import NotAManager
from core.domain.staff import Permission
from core.domain.stage import Stage
from tui import labels
from tui.i18n import _
from tui.labels import holds
from tui.screens.dialogs import PickReason
from tui.screens.errands import errand
from tui.screens.order_keys import OrderKeys


class HoldKeys(OrderKeys):
    """!"""

    @errand
    async def action_hold(self) -> None:
        """Put on with a reason; where there is one it is lifted."""
        if (order_id := self.need_order()) is None:
            return None
        sheet = await self.desk.sheet(order_id)
        hold = held(sheet.order, self.around.clock.now())
        if hold is not None:
            return await self._lift(order_id, hold)
        self.need_stage(Stage.NEW, HOLDABLE)
        return await self._hold(order_id)

    async def _hold(self, order_id: OrderId) -> None:
        facts = _("Nothing of it goes out meanwhile: no accept, no driver, no handover. Packing may go on.")
        question = _("Why does #{number} have to wait?").format(number=self.number)
        reason = await self.ask(PickReason(question, facts, reasons=tuple(map(_, holds.HOLDING))))
        if not reason:
            return
        from tui.screens.ask_hold import AskHoldTerms

        now, zone = self.around.clock.now(), self.around.terminal.zone
        facts = _("Empty: until somebody lifts it. A time of day, or minutes from now: then it ends by itself.")
        terms = await self.ask(AskHoldTerms(_("Until when?"), facts, now=now, zone=zone))
        if terms is not None:
            await self.tell(lambda: self.desk.hold(order_id, reason, terms.until, terms.lifted_by))

    async def _lift(self, order_id: OrderId, hold: Hold) -> None:
        if not hold.needs_manager:
            await self.tell(lambda: self.desk.lift(order_id))
            return self.say(_("#{number} is free again: {reason}").format(number=self.number, reason=hold.reason))
        return await self._lift_by_manager(order_id, hold)

    async def _lift_by_manager(self, order_id: OrderId, hold: Hold) -> None:
        facts, trouble = holds.hold_facts(hold, self.around.terminal.zone), ""
        while (permission := await self._ask_manager(facts, trouble)) is not None:
            try:
                await self._lifted(order_id, permission)
            except NotAManager as refusal:
                trouble = labels.why(refusal, self.number)
            else:
                return

    async def _lifted(self, order_id: OrderId, permission: Permission) -> None:
        await self.tell(lambda: self.desk.lift(order_id, permission))
