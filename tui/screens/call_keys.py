"""Keys that call the driver: by the store's policy, or after a look at what couriers charge."""

from asyncio import Future, ensure_future, wait
from typing import Final

from core.board.orders import NextStep
from core.domain.choice import Choice
from core.domain.ids import OrderId
from core.domain.purchase import OrderType
from core.domain.refusal import AlreadyCalled, NoCourier, NotReady
from core.domain.stage import Stage
from core.domain.why import Reason, Why
from tui.i18n import _
from tui.labels.offers import reason
from tui.screens.errands import errand
from tui.screens.pack_keys import PackKeys
from tui.screens.terminal import Surroundings

SOON: Final = 0.25  # seconds: a call without quotes is written down by then
UNPRICED: Final = Why(reason=Reason.NAMED)  # by hand, and nothing more to say of it


class CallKeys(PackKeys):
    """S, W."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._calling: dict[OrderId, Future[Choice]] = {}  # those whose couriers are being asked

    @errand
    async def action_ship(self) -> None:
        """Leaves after the held seconds; U takes it back."""
        if (order_id := self.need_order()) is not None:
            await self.call_driver(order_id)

    @errand
    async def action_quotes(self) -> None:
        """What couriers charge now; Enter calls the chosen one."""
        if (order_id := self.need_order()) is None:
            return
        self._need_callable()
        from tui.screens.pick_quote import PickQuote

        question = _("Which courier carries #{number}?").format(number=self.number)
        number, clock = self.number, self.around.clock
        asked = PickQuote(question, ask=lambda seen: self.desk.quotes(order_id, seen), clock=clock, number=number)
        if (choice := await self.ask(asked)) is not None:
            await self.call_driver(order_id, choice)

    async def call_driver(self, order_id: OrderId, choice: Choice | None = None, courier: str = "") -> None:
        """Of the courier chosen or named, else as the store's policy picks: while that asks, other keys go on."""
        number = self.number
        calling = await self._begun(order_id, choice, courier)
        if not calling.done():
            self.say(_("Asking couriers what they charge for #{number} …").format(number=number))
        try:
            called = await self._watched(order_id, calling)
        finally:
            await self.fetch_sheet()
        if called.why.reason is not Reason.PREFERRED and called.why != UNPRICED:
            words = _("#{number} goes with {courier} · {reason}")
            self.say(words.format(number=number, courier=called.courier, reason=reason(called.why)))

    async def _begun(self, order_id: OrderId, choice: Choice | None, courier: str) -> Future[Choice]:
        """In turn, as far as it takes no time: only couriers who are asked take some."""
        wanted = (choice.courier, choice.quote, choice.why) if choice else (courier or None, None, None)
        begun: list[Future[Choice]] = []

        async def begin() -> None:
            begun.append(ensure_future(self.desk.ship(order_id, *wanted)))
            await wait(begun, timeout=SOON)

        await self._turn.take(begin)
        return begun[0]

    async def _watched(self, order_id: OrderId, calling: Future[Choice]) -> Choice:
        self._calling[order_id] = calling
        try:
            return await calling
        finally:
            self._calling.pop(order_id, None)

    async def takes_back_asking(self) -> bool:
        """Undo in the midst of asking: the call that comes of it is the one that is taken back."""
        order_id, number = self.order_id, self.number
        if order_id is None or (calling := self._calling.get(order_id)) is None:
            return False
        self.say(_("#{number} is taken back as soon as the couriers have answered.").format(number=number))
        await wait({calling})
        if calling.exception() is None:
            await self.tell(lambda: self.desk.take_back(order_id))
            self.say(_("Taken back: #{number}.").format(number=number))
        return True

    def _need_callable(self) -> None:
        """Better before the question than after it."""
        line = self.line
        is_ready = line is not None and (line.stage is Stage.READY or line.next_step is NextStep.SHIP)
        if line is None or not is_ready:
            ended = self.sheet.order.stage if self.sheet else Stage.COMPLETED
            raise NotReady("not ready", found=line.stage if line else ended, allowed=Stage.READY)
        if line.held_kind is not None or line.delivery_state is not None:
            raise AlreadyCalled("called", found=line.courier, allowed="once")
        if line.next_step is NextStep.HAND_OVER:
            raise NoCourier("fetched", found=OrderType.PICKUP.value, allowed=OrderType.DELIVERY.value)
