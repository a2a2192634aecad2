"""Looking at an odd order: let it pass, call the customer, put the words right."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from core.board.sheet import Sheet
from core.domain.events import CustomerCalledBack
from core.domain.ids import OrderId
from core.domain.order import Order
from core.domain.purchase import Customer
from core.domain.refusal import BadAddress, BadPhone
from core.domain.review_moves import CallResult
from core.domain.stage import Stage
from tui import keys, labels
from tui.i18n import _
from tui.labels import review_calls, review_ways
from tui.labels.review_ways import Way
from tui.screens.dialogs import PickOne
from tui.screens.page import Page


class ReviewKeys(Page):
    """Reached from accept and trouble."""

    @property
    def is_in_review(self) -> bool:
        """The chosen order is to be looked at first."""
        return self.line is not None and self.line.stage is Stage.REVIEW

    async def review(self, order_id: OrderId) -> None:
        """What was found and what can be done; nothing by going back."""
        order = (await self.desk.sheet(order_id)).order
        if order.stage is not Stage.REVIEW:
            await self.fetch_sheet()
            return self.say(_("#{number} was looked at already.").format(number=order.number))
        ways = review_ways.ways(order)
        options = tuple(review_ways.way_words(way, order) for way in ways)
        question = _("Look at #{number} first").format(number=order.number)
        at = await self.ask(PickOne(question, "\n".join(review_ways.facts(order)), options=options, chosen=0))
        return None if at is None else await self._take(ways[at], order)

    async def _take(self, way: Way, order: Order) -> None:
        steps: dict[Way, Callable[[], Awaitable[None]]] = {
            Way.PASS: lambda: self._ask_desk(order, lambda: self.desk.let_pass(order.id)),
            Way.CALL: lambda: self._call(order),
            Way.EDIT: lambda: self._put_right(order),
            Way.TAKE_TOLD: lambda: self._ask_desk(order, lambda: self.desk.take_told(order.id)),
            Way.REFUSE: lambda: self.run_action(keys.BY_ID["order.reject"].action),
        }
        await steps[way]()

    async def _call(self, order: Order) -> None:
        """The words to say; then how it went."""
        results = tuple(CallResult)
        said = "\n".join(review_calls.call_back(order, self.around.terminal.store))
        question = _("Call {phone}").format(phone=order.purchase.customer.phone)
        options = tuple(review_calls.result_words(result) for result in results)
        at = await self.ask(PickOne(question, said, options=options))
        if at is None:
            return
        await self._ask_desk(order, lambda: self.desk.called_back(order.id, results[at]))
        if results[at] is CallResult.CHANGED:
            await self._put_right(order)

    async def _put_right(self, order: Order) -> None:
        """Until it will do, or nobody wants to any more."""
        from tui.screens.ask_customer import AskCustomer

        customer, trouble = order.purchase.customer, ""
        question = _("What does the customer of #{number} say?").format(number=order.number)
        facts = _("An empty phone says that there is none.")
        while (words := await self.ask(AskCustomer(question, facts, customer=customer, trouble=trouble))) is not None:
            given = words
            try:
                await self._ask_desk(
                    order,
                    lambda: self.desk.complete(order.id, given.address, given.phone),  # noqa: B023 - awaited here
                )
            except (BadAddress, BadPhone) as refusal:
                trouble, customer = labels.why(refusal, order.number), _typed(customer, given.address, given.phone)
            else:
                return

    async def _ask_desk(self, order: Order, call: Callable[[], Awaitable[None]]) -> None:
        await self.tell(call)
        if self.sheet is not None and self.sheet.order.id == order.id:
            self._say_what_became(self.sheet)

    def _say_what_became(self, sheet: Sheet) -> None:
        if sheet.order.stage is Stage.NEW:
            words = _("#{number} may be accepted now: {key}.")
            self.say(words.format(number=sheet.order.number, key=keys.cap("order.accept")))
        elif (again := call_again_at(sheet)) is not None:
            zone = self.around.terminal.zone
            self.say(_("Not reached. Call again at {time}.").format(time=labels.clock(again, zone)))


def call_again_at(sheet: Sheet) -> datetime | None:
    """When the customer, who was not reached, is to be called again."""
    calls = [event for event in sheet.history if isinstance(event, CustomerCalledBack)]
    return calls[-1].again_at if calls else None


def _typed(customer: Customer, address: str | None, phone: str | None) -> Customer:
    """What was typed stays in the fields, to be mended."""
    return replace(
        customer,
        address=customer.address if address is None else address,
        phone=customer.phone if phone is None else phone,
    )
