"""Keys for calling the driver, taking it back."""

from core.board.held import HeldLine
from core.board.orders import NextStep, QueueLine
from core.domain.delivery import DeliveryState
from core.domain.refusal import (
    NothingHeld,
    NothingToTakeBack,
    NotRecallable,
)
from tui.i18n import _
from tui.labels.costs import recall_facts
from tui.screens.call_keys import CallKeys
from tui.screens.dialogs import Confirm
from tui.screens.errands import errand
from tui.screens.hand_keys import HandKeys


class DriverKeys(CallKeys, HandKeys):
    """U, V."""

    @errand
    async def action_undo(self) -> None:
        """The chosen order's held call, else the one that was held last."""
        if await self.takes_back_asking():
            return
        held = self._held()
        if held is None and self.line is not None and self.line.is_short:
            held = self.line  # where no system is told, a partial shipment waits its seconds without a call
        if held is None:
            raise self._nothing_held()
        await self.tell(lambda: self.desk.take_back(held.order_id))
        self.say(_("Taken back: #{number}.").format(number=held.number))

    @errand
    async def action_recall(self) -> None:
        """Asks once; only while a driver is being looked for, or asked for (C77)."""
        if (order_id := self.need_order()) is None:
            return
        if (line := self.line) is None or not line.is_recallable:
            found = (line.delivery_state if line else None) or "none"
            raise NotRecallable("not matching", found=found, allowed=DeliveryState.MATCHING)
        question = _("Recall the driver for #{number}?").format(number=self.number)
        await self.fetch_sheet()
        facts = recall_facts(self.sheet.delivery if self.sheet else None, is_asked_for=line.is_asked_for)
        if await self.ask(Confirm(question, facts, yes=_("Recall"))):
            await self.tell(lambda: self.desk.recall(order_id))

    def _nothing_held(self) -> NothingToTakeBack:
        """Too late only where a call has left for the chosen order."""
        if self.line is not None and (self.line.delivery_state or self.line.next_step is NextStep.CALLING):
            return NothingToTakeBack("the call has left already")
        return NothingHeld("nothing is held")

    def _held(self) -> QueueLine | HeldLine | None:
        """Of the chosen order, else the one held last."""
        held = self.picture.held if self.picture else ()
        mine = (line for line in held if line.order_id == self.order_id)
        return next(mine, next(iter(held), None))
