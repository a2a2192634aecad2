"""Taking a call back, recalling, handing over, typed."""

from dataclasses import replace

from core.board.held import HeldLine
from core.board.orders import QueueLine
from core.board.sheet import Sheet
from core.domain.delivery import DeliveryState
from core.domain.handover import WITH_DRIVER, Handover, PinAt
from core.domain.ids import OrderId
from core.domain.purchase import OrderType
from core.domain.refusal import (
    NoDriverYet,
    NotAManager,
    NothingHeld,
    NothingToTakeBack,
    NotRecallable,
    OrderRefusal,
    TooManyPins,
    WrongParcels,
    WrongPin,
    WrongWaybill,
)
from tui import labels
from tui.i18n import _
from tui.labels.costs import recall_facts
from tui.plain import speech
from tui.plain.call_work import CallWork
from tui.plain.questions import DIGITS
from tui.plain.sheet import held_of, line_of
from tui.plain.speech import sentence


class DriverWork(CallWork):
    """undo, recall, hand over."""

    async def undo(self, words: list[str]) -> None:
        """The held call of the order named or meant, else the one that was held last."""
        if words and await self.take_order(words) is None:
            return
        held = await self._held()
        mine = self.line(self.order_id) if self.order_id else None
        if held is None and mine is not None and mine.is_short:
            held = mine  # where no system is told, a partial shipment waits its seconds without a call
        if held is None:
            raise await self._nothing_held()
        await self.tell(held.order_id, lambda: self.desk.take_back(held.order_id))
        self.say(sentence(_("taken back"), speech.order(held.number)))

    async def recall(self, words: list[str]) -> None:
        """Asks once; only while a driver is being looked for, or asked for (C77)."""
        if (order_id := await self.take_order(words)) is None:
            return
        sheet = await self.sheet(order_id)
        job, line = sheet.delivery, line_of(sheet)
        if line is None or not line.is_recallable:
            raise NotRecallable("not matching", found=job.state if job else "none", allowed=DeliveryState.MATCHING)
        question = _("Recall the driver for {order}?").format(order=speech.order(self.number))
        if await self.is_yes(f"{question} {recall_facts(job, is_asked_for=line.is_asked_for)}"):
            await self.tell(order_id, lambda: self.desk.recall(order_id))
            await self.done(order_id, sentence(_("recalled"), speech.order(self.number)))
        else:
            self.say(_("Nothing was done."))

    async def hand_over(self, words: list[str]) -> None:
        """Asks for waybill, parcels and PIN, a line each; what stands behind the order is taken in this sequence."""
        if (order_id := await self.take_order(words)) is not None:
            await self.give(order_id, *words[:1])

    async def give(self, order_id: OrderId, waybill: str = "") -> None:
        """Until it fits, or nobody answers; raises `NoDriverYet`."""
        self.choose(order_id, self.number)
        sheet = await self.sheet(order_id)
        self.say(*self._facts(sheet))
        while (given := await self._handover(sheet, waybill)) is not None:
            handover = given
            try:
                await self.tell(order_id, lambda: self.desk.hand_over(order_id, handover))  # noqa: B023 - awaited here
            except (WrongWaybill, WrongParcels, WrongPin) as refusal:
                waybill = self._again(handover, refusal)
            except TooManyPins as refusal:
                return await self._without_pin(order_id, handover, refusal)
            else:
                return await self.done(order_id, sentence(_("handed over"), speech.order(self.number)))
        return self.say(_("Nothing was handed over."))

    async def _without_pin(self, order_id: OrderId, given: Handover, full: OrderRefusal) -> None:
        """Only with a manager's word."""
        self.say(speech.why(full, self.number), _("A manager's word is needed; Enter alone goes back."))
        while (permission := await self.permission()) is not None:
            waived = replace(given, permission=permission)
            try:
                await self.tell(order_id, lambda: self.desk.hand_over(order_id, waived))  # noqa: B023 - awaited here
            except NotAManager as refusal:
                self.say(speech.why(refusal))
            else:
                return await self.done(order_id, sentence(_("handed over"), speech.order(self.number)))
        return self.say(_("Nothing was handed over."))

    async def _handover(self, sheet: Sheet, waybill: str) -> Handover | None:
        waybill = waybill or await self.ask(_("Waybill: scan or type; Enter alone goes back."))
        if not waybill:
            return None
        parcels = await self.ask(_("Parcels counted?"))
        if not parcels.isdecimal() or len(parcels) > DIGITS:
            return None
        wants_pin = sheet.delivery is not None and bool(sheet.delivery.pin) and _is_carried(sheet)
        is_said = sheet.pin_at is PinAt.PICKUP
        asked = _("PIN the driver says?") if is_said else _("PIN, if one is given; Enter alone leaves it out.")
        pin = await self.ask(asked) if wants_pin else ""
        return Handover(waybill=waybill, parcels=int(parcels), pin=pin or None)

    def _facts(self, sheet: Sheet) -> tuple[str, ...]:
        """Who takes it and what to compare with."""
        order, job = sheet.order, sheet.delivery
        named, parcels = speech.order(order.number), labels.parcels_of(order.parcels)
        if not _is_carried(sheet):
            who = _("Hand over {order} to whoever fetches it.").format(order=named)
            return who, _("The order's number is the waybill. It has {parcels}.").format(parcels=parcels)
        if job is None or job.state not in WITH_DRIVER:
            raise NoDriverYet("no driver", found=job.state if job else "none")
        driver = sentence(job.driver.name, job.driver.plate) if job.driver else sentence(job.courier)
        who = _("Hand over {order} to {driver}").format(order=named, driver=driver)
        facts = _("The order's waybill is {waybill}. It has {parcels}.").format(
            waybill=job.waybill or job.ref, parcels=parcels
        )
        phone = _("Store phone for the driver: {phone}.").format(phone=sheet.store_phone) if sheet.store_phone else ""
        at_the_door = job.pin and sheet.pin_at is not PinAt.PICKUP
        pin = _("The customer's PIN at the door is {pin}.").format(pin=job.pin) if at_the_door else ""
        return who, facts, phone, pin

    def _again(self, given: Handover, refusal: OrderRefusal) -> str:
        """The waybill is kept where it was right."""
        self.say(speech.why(refusal, self.number))
        return "" if isinstance(refusal, WrongWaybill) else given.waybill

    async def _nothing_held(self) -> NothingToTakeBack:
        """Too late only where a call has left for the order that is meant."""
        sheet = await self.sheet(self.order_id) if self.order_id is not None else None
        if sheet is not None and _has_left(sheet):
            return NothingToTakeBack("the call has left already")
        return NothingHeld("nothing is held")

    async def _held(self) -> QueueLine | HeldLine | None:
        if self.order_id is not None and (mine := held_of(await self.sheet(self.order_id))) is not None:
            return mine
        await self.settled()
        held: list[QueueLine | HeldLine] = [line for line in self.board.queue if line.held_until is not None]
        held += self.board.held
        return max(held, key=lambda line: str(line.held_until), default=None)


def _has_left(sheet: Sheet) -> bool:
    """A courier was called, and may be on it."""
    is_live = sheet.delivery is not None and sheet.delivery.is_live
    return is_live or (sheet.send is not None and sheet.send.is_open)


def _is_carried(sheet: Sheet) -> bool:
    """By a courier of ours; else the customer comes."""
    return sheet.order.purchase.type is OrderType.DELIVERY
