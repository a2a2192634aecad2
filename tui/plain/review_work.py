"""Looking at an odd order, typed."""

from collections.abc import Awaitable, Callable

from core.domain.ids import OrderId
from core.domain.order import Order
from core.domain.refusal import BadAddress, BadPhone
from core.domain.review_moves import CallResult
from core.domain.stage import Stage
from tui.i18n import _
from tui.labels import review_calls, review_ways
from tui.labels.review_ways import Way
from tui.plain import speech
from tui.plain.enter_work import EnterWork
from tui.plain.speech import sentence


class ReviewWork(EnterWork):
    """review; reached from accept too."""

    async def reject(self, words: list[str]) -> None:
        """Say no."""
        raise NotImplementedError

    async def review(self, words: list[str]) -> None:
        """Of the order named or meant."""
        if (order_id := await self.take_order(words)) is not None:
            await self.look_first(order_id)

    async def look_first(self, order_id: OrderId) -> None:
        """What was found, each with its next step, and what can be done."""
        order = (await self.sheet(order_id)).order
        if order.stage is not Stage.REVIEW:
            return self.say(_("There is nothing to be looked at first."))
        ways = review_ways.ways(order)
        self.say(sentence(speech.order(order.number), _("to be looked at first")), *review_ways.facts(order))
        at = await self.pick(_("What is done?"), tuple(review_ways.way_words(way, order) for way in ways))
        return None if at is None else await self._take(ways[at], order)

    async def _take(self, way: Way, order: Order) -> None:
        steps: dict[Way, Callable[[], Awaitable[None]]] = {
            Way.PASS: lambda: self._ask_desk(order, lambda: self.desk.let_pass(order.id)),
            Way.CALL: lambda: self._call(order),
            Way.EDIT: lambda: self._put_right(order),
            Way.TAKE_TOLD: lambda: self._ask_desk(order, lambda: self.desk.take_told(order.id)),
            Way.REFUSE: lambda: self.reject([]),
        }
        await steps[way]()

    async def _call(self, order: Order) -> None:
        results = tuple(CallResult)
        self.say(
            sentence(_("Call {phone}").format(phone=order.purchase.customer.phone)),
            *review_calls.call_back(order, self.terminal.store),
        )
        at = await self.pick(_("How did it go?"), tuple(review_calls.result_words(result) for result in results))
        if at is None:
            return
        await self._ask_desk(order, lambda: self.desk.called_back(order.id, results[at]))
        if results[at] is CallResult.CHANGED:
            await self._put_right(order)

    async def _put_right(self, order: Order) -> None:
        """An answer left out leaves it as it is."""
        address = await self.own_words(_("Address? Enter alone leaves it: {words}").format(words=_address(order)))
        phone = await self.ask(
            _("Phone? Enter alone leaves it: {words}").format(words=order.purchase.customer.phone or _("none"))
        )
        if not address and not phone:
            return self.say(_("Nothing was done."))
        try:
            await self._ask_desk(order, lambda: self.desk.complete(order.id, address or None, phone or None))
        except (BadAddress, BadPhone) as refusal:
            self.say(speech.why(refusal, order.number))
        return None

    async def _ask_desk(self, order: Order, call: Callable[[], Awaitable[None]]) -> None:
        await self.tell(order.id, call)
        now = (await self.sheet(order.id)).order
        said = _("may be accepted now") if now.stage is Stage.NEW else _("still to be looked at first")
        await self.done(order.id, sentence(speech.order(order.number), said))


def _address(order: Order) -> str:
    return order.purchase.customer.address or _("none")
