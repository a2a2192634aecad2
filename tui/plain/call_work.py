"""Calling the driver, typed: by the store's policy, or after hearing what couriers charge."""

from collections.abc import Iterator
from datetime import datetime

from core.domain.choice import Choice, Comparison, minutes_until, named
from core.domain.ids import OrderId
from core.domain.offer import CLOSED, Offer
from core.domain.refusal import NotReady
from core.domain.stage import Stage
from core.domain.why import Reason
from tui import labels
from tui.i18n import _
from tui.labels import offers
from tui.plain import speech
from tui.plain.fit_work import FitWork
from tui.plain.speech import lasting, sentence
from tui.plain.travel import send_facts


class CallWork(FitWork):
    """ship, quotes."""

    async def ship(self, words: list[str]) -> None:
        """Leaves after the held seconds; a courier may be named behind the order."""
        if (order_id := await self.take_order(words, more=True)) is not None:
            await self.call_driver(order_id, " ".join(words) or None)

    async def call_driver(self, order_id: OrderId, courier: str | None = None) -> None:
        """Of the courier named, else as the store's policy picks."""
        await self.tell(order_id, lambda: self.desk.ship(order_id, courier))
        await self._called(order_id)

    async def quotes(self, words: list[str]) -> None:
        """Says every offer, then asks for one; Enter alone calls nobody."""
        if (order_id := await self.take_order(words)) is None:
            return
        order = (await self.sheet(order_id)).order
        if not order.is_in_the_shop:
            raise NotReady("not in the shop", found=order.stage, allowed=Stage.READY)
        self.say(_("Asking the couriers."))
        told = await self.desk.quotes(order_id)
        if (choice := await self._picked(told)) is not None:
            await self.tell(order_id, lambda: self.desk.ship(order_id, choice.courier, choice.quote, choice.why))
            await self._called(order_id)

    async def _called(self, order_id: OrderId) -> None:
        sheet = await self.sheet(order_id)
        if sheet.send is None:
            return self.say(sentence(_("a driver is called"), speech.order(self.number)))
        return self.say(sentence(speech.order(self.number), *send_facts(sheet.send, self.now)))

    async def _picked(self, told: Comparison) -> Choice | None:
        """The store's pick is the first; who cannot come is said and not numbered."""
        now, able = self.now.at, [offer for offer in told.offers if offer.may_be_called]
        self.say(*(sentence(offer.courier, offers.answer(offer)) for offer in told.offers if offer.answer in CLOSED))
        ours = [told.choice] if told.choice is not None and told.choice.courier is not None else []
        if told.choice is not None and not ours:
            self.say(sentence(_("Our rule: nobody"), offers.reason(told.choice.why)))
        choices = [*ours, *(named(offer, now) for offer in able)]
        words = [*map(_ours, ours), *(", ".join(_facts(offer, now)) for offer in able)]
        if not choices:
            self.say(_("No courier can be called."))
            return None
        at = await self.pick(_("Which courier?"), words)
        return None if at is None else choices[at]


def _ours(choice: Choice) -> str:
    why = "" if choice.why.reason is Reason.PREFERRED else offers.reason(choice.why)
    return _(", ").join(part for part in (_("Our rule: {courier}").format(courier=choice.courier), why) if part)


def _facts(offer: Offer, now: datetime) -> Iterator[str]:
    yield offer.courier
    if (quote := offer.quote) is None:
        yield offers.answer(offer)
        return
    yield labels.money(quote.fee)
    for said, at in ((_("{time} to the store"), quote.at_store), (_("{time} to the door"), quote.at_door)):
        if (count := minutes_until(at, now)) is not None:
            yield said.format(time=offers.to_go(count))
    if unsure := offers.doubt(offer):
        yield unsure
    yield _("holds {time}").format(time=lasting(quote.expires_at - now))
    if offer.is_over:
        yield _("over limit")
