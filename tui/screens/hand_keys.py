"""The key that hands goods over, and what it asks."""

from dataclasses import replace
from typing import TYPE_CHECKING

from core.board.sheet import Sheet
from core.domain.delivery import Delivery
from core.domain.handover import WITH_DRIVER, Handover, PinAt
from core.domain.ids import OrderId
from core.domain.order import Order
from core.domain.purchase import OrderType
from core.domain.refusal import (
    NoDriverYet,
    NotAManager,
    OrderRefusal,
    TooManyPins,
    WrongParcels,
    WrongPin,
    WrongWaybill,
)
from tui import labels
from tui.i18n import _
from tui.screens.errands import errand
from tui.screens.pack_keys import PackKeys

if TYPE_CHECKING:
    from tui.screens.forms import AskHandover


class HandKeys(PackKeys):
    """H."""

    @errand
    async def action_hand_over(self) -> None:
        """Waybill, parcels, PIN."""
        if (order_id := self.need_order()) is not None:
            await self.give(order_id)

    async def give(self, order_id: OrderId, waybill: str = "") -> None:
        """Ask until it fits, or the person leaves; on any page, whichever order is chosen there."""
        sheet = await self.desk.sheet(order_id)
        form = _handover_form(sheet, waybill, "")
        while (handover := await self.ask(form)) is not None:
            given = replace(handover)
            try:
                return await self._hand_over(order_id, given)
            except (WrongWaybill, WrongParcels, WrongPin) as refusal:
                form = _again(sheet, given.waybill, refusal)
            except TooManyPins as refusal:
                return await self._without_pin(sheet.order, given, labels.why(refusal, sheet.order.number))
        return None

    async def _hand_over(self, order_id: OrderId, given: Handover) -> None:
        await self.tell(lambda: self.desk.hand_over(order_id, given))

    async def _without_pin(self, order: Order, given: Handover, full: str) -> None:
        """Only with a manager's word."""
        trouble = ""
        while (permission := await self._ask_manager(full, trouble)) is not None:
            try:
                return await self._hand_over(order.id, replace(given, permission=permission))
            except NotAManager as refusal:
                trouble = labels.why(refusal, order.number)
        return None


def _again(sheet: Sheet, waybill: str, refusal: OrderRefusal) -> "AskHandover":
    kept = "" if isinstance(refusal, WrongWaybill) else waybill
    return _handover_form(sheet, kept, labels.why(refusal, sheet.order.number))


def _handover_form(sheet: Sheet, waybill: str, trouble: str) -> "AskHandover":
    """What to compare with is shown; raises `NoDriverYet`."""
    order, delivery = sheet.order, sheet.delivery
    if order.purchase.type is not OrderType.DELIVERY:
        return _fetched_form(order, waybill, trouble)
    if delivery is None or delivery.state not in WITH_DRIVER:
        raise NoDriverYet("no driver", found=delivery.state if delivery else "none")
    question = _("Hand over #{number} to {driver}").format(
        number=order.number, driver=delivery.driver.name if delivery.driver else delivery.courier
    )
    from tui.screens.forms import AskHandover

    known = PinAt.PICKUP if sheet.pin_at is PinAt.PICKUP else PinAt.DOOR
    asked = known if delivery.pin else PinAt.NONE
    return AskHandover(question, _handover_facts(delivery, sheet), waybill=waybill, pin_at=asked, trouble=trouble)


def _fetched_form(order: Order, waybill: str, trouble: str) -> "AskHandover":
    """No courier carries it: whoever comes says the order's number."""
    question = _("Hand over #{number} to {customer}, who fetches it").format(
        number=order.number, customer=order.purchase.customer.name or _("whoever comes")
    )
    facts = _("Ask for the order's number, and type or scan it. It has {parcels}.").format(
        parcels=labels.parcels_of(order.parcels)
    )
    from tui.screens.forms import AskHandover

    return AskHandover(question, facts, waybill=waybill, trouble=trouble, is_fetched=True)


def _handover_facts(delivery: Delivery, sheet: Sheet) -> str:
    """What to compare with; a PIN the driver has to say is not among it."""
    facts = _("The order's waybill is {waybill}. It has {parcels}.").format(
        waybill=delivery.waybill or delivery.ref, parcels=labels.parcels_of(sheet.order.parcels)
    )
    phone = _("Store phone for the driver: {phone}.").format(phone=sheet.store_phone) if sheet.store_phone else ""
    at_the_door = delivery.pin and sheet.pin_at is not PinAt.PICKUP
    pin = _("The customer's PIN at the door is {pin}.").format(pin=delivery.pin) if at_the_door else ""
    return "\n".join(words for words in (facts, f"{phone} {pin}".strip()) if words)
