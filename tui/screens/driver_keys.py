"""Keys for calling the driver, taking it back, handing over."""

from dataclasses import replace
from typing import TYPE_CHECKING

from core.board.orders import NextStep, QueueLine
from core.domain.delivery import Delivery, DeliveryState
from core.domain.handover import WITH_DRIVER
from core.domain.ids import OrderId
from core.domain.order import Order
from core.domain.purchase import OrderType
from core.domain.refusal import (
    NoDriverYet,
    NothingHeld,
    NothingToTakeBack,
    NotRecallable,
    OrderRefusal,
    WrongParcels,
    WrongPin,
    WrongWaybill,
)
from tui import labels
from tui.i18n import _
from tui.screens.dialogs import Confirm
from tui.screens.errands import errand
from tui.screens.pack_keys import PackKeys

if TYPE_CHECKING:
    from tui.screens.forms import AskHandover


class DriverKeys(PackKeys):
    """S, U, V, H."""

    @errand
    async def action_ship(self) -> None:
        """Leaves after the held seconds; U takes it back."""
        if (order_id := self.need_order()) is not None:
            await self.tell(lambda: self.desk.ship(order_id))

    @errand
    async def action_undo(self) -> None:
        """The chosen order's held call, else the one that was held last."""
        held = self._held()
        if held is None:
            raise self._nothing_held()
        await self.tell(lambda: self.desk.take_back(held.order_id))
        self.say(_("Taken back: #{number}.").format(number=held.number))

    @errand
    async def action_recall(self) -> None:
        """Asks once; only while a driver is being looked for (C77)."""
        if (order_id := self.need_order()) is None:
            return
        state = self.line.delivery_state if self.line else None
        if state is not DeliveryState.MATCHING:
            raise NotRecallable("not matching", found=state or "none", allowed=DeliveryState.MATCHING)
        question = _("Recall the driver for #{number}?").format(number=self.number)
        facts = _("The search ends. If the courier refuses, its fee is owed.")
        if await self.ask(Confirm(question, facts, yes=_("Recall"))):
            await self.tell(lambda: self.desk.recall(order_id))

    @errand
    async def action_hand_over(self) -> None:
        """Waybill, parcels, PIN."""
        if (order_id := self.need_order()) is not None:
            await self.give(order_id)

    async def give(self, order_id: OrderId, waybill: str = "") -> None:
        """Ask until it fits, or the person leaves."""
        if self.sheet is None or self.sheet.order.id != order_id:
            await self.fetch_sheet()
        form = self._handover_form(waybill, "")
        while (handover := await self.ask(form)) is not None:
            given = replace(handover)
            try:
                return await self.tell(lambda: self.desk.hand_over(order_id, given))  # noqa: B023 - awaited here
            except (WrongWaybill, WrongParcels, WrongPin) as refusal:
                form = self._again(given.waybill, refusal)
        return None

    def _again(self, waybill: str, refusal: OrderRefusal) -> "AskHandover":
        kept = "" if isinstance(refusal, WrongWaybill) else waybill
        return self._handover_form(kept, labels.why(refusal, self.number))

    def _handover_form(self, waybill: str, trouble: str) -> "AskHandover":
        """What to compare with is shown; raises `NoDriverYet`."""
        sheet, delivery = self.sheet, self.sheet.delivery if self.sheet else None
        if sheet is not None and sheet.order.purchase.type is not OrderType.DELIVERY:
            return self._fetched_form(sheet.order, waybill, trouble)
        if sheet is None or delivery is None or delivery.state not in WITH_DRIVER:
            raise NoDriverYet("no driver", found=delivery.state if delivery else "none")
        question = _("Hand over #{number} to {driver}").format(
            number=self.number, driver=delivery.driver.name if delivery.driver else delivery.courier
        )
        facts = _handover_facts(delivery, sheet.order)
        from tui.screens.forms import AskHandover

        return AskHandover(question, facts, waybill=waybill, wants_pin=bool(delivery.pin), trouble=trouble)

    def _fetched_form(self, order: Order, waybill: str, trouble: str) -> "AskHandover":
        """No courier carries it: whoever comes says the order's number."""
        question = _("Hand over #{number} to {customer}, who fetches it").format(
            number=order.number, customer=order.purchase.customer.name or _("whoever comes")
        )
        facts = _("Ask for the order's number, and type or scan it. It has {parcels}.").format(
            parcels=labels.parcels_of(order.parcels)
        )
        from tui.screens.forms import AskHandover

        return AskHandover(question, facts, waybill=waybill, trouble=trouble, is_fetched=True)

    def _nothing_held(self) -> NothingToTakeBack:
        """Too late only where a call has left for the chosen order."""
        if self.line is not None and (self.line.delivery_state or self.line.next_step is NextStep.CALLING):
            return NothingToTakeBack("the call has left already")
        return NothingHeld("nothing is held")

    def _held(self) -> QueueLine | None:
        """Of the chosen order, else the one held last."""
        held = self.picture.held if self.picture else ()
        mine = (line for line in held if line.order_id == self.order_id)
        return next(mine, next(iter(held), None))


def _handover_facts(delivery: Delivery, order: Order) -> str:
    """The customer tells the driver the PIN at the door; staff know it in case they are asked (C57)."""
    facts = _("The order's waybill is {waybill}. It has {parcels}. Store phone on the bag?").format(
        waybill=delivery.waybill or delivery.ref, parcels=labels.parcels_of(order.parcels)
    )
    pin = _("The customer's PIN at the door is {pin}.").format(pin=delivery.pin) if delivery.pin else ""
    return f"{facts} {pin}".strip()
