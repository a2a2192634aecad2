"""One person at the lines: which order is meant, what is asked of the desk, what is asked of the person."""

from asyncio import Event, timeout
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from core.board.board import Board
from core.board.orders import QueueLine
from core.board.sheet import Sheet
from core.domain.ids import OrderId
from core.domain.refusal import IllegalMove, OrderRefusal
from core.domain.stage import Stage
from core.ports.clock import Clock
from core.ports.desk import AlertDesk, Desk
from tui.i18n import _
from tui.plain import sheet as reading, speech
from tui.plain.console import Console
from tui.plain.lines import Now
from tui.plain.questions import Questions
from tui.screens.errands import noted
from tui.screens.terminal import TerminalSettings
from tui.widgets.picture import Picture
from tui.widgets.queue_index import QueueIndex

SETTLES: Final = 1.0  # seconds a look at the board waits for what was just done to show there


class Session(Questions):
    """`order_id` is the order meant when none is named; nothing that arrives changes it."""

    settles = SETTLES

    def __init__(
        self, *, console: Console, desk: Desk, alerts: AlertDesk, clock: Clock, terminal: TerminalSettings
    ) -> None:
        super().__init__(console)
        self.desk, self.alerts, self.clock, self.terminal = desk, alerts, clock, terminal
        self.order_id: OrderId | None = None
        self.number = ""
        self.marked: tuple[OrderId, ...] = ()
        self.touched: set[OrderId] = set()  # orders something was done to here
        self.board = Board(store=terminal.store)
        self._index = QueueIndex()
        self._shows = Event()  # the board holds what was done last
        self._shows.set()

    @property
    def now(self) -> Now:
        """The time, in the shop's zone."""
        return Now(self.clock.now(), self.terminal.zone, self.clock.real_seconds(1.0))

    @property
    def picture(self) -> Picture:
        """What rings, and what needs a hand most, as on the screen."""
        now = self.now
        return Picture(
            board=self.board, index=self._index, now=now.at, zone=now.zone, sound=self.alerts.lamp, pace=now.pace
        )

    def show(self, board: Board) -> None:
        """The next board."""
        self.board, self._index = board, self._index.after(board.queue)
        self._shows.set()

    def line(self, order_id: OrderId) -> QueueLine | None:
        """The order on the board, None when it is not open."""
        return self._index.line(order_id)

    def choose(self, order_id: OrderId, number: str = "") -> None:
        """From now on this order is meant."""
        line = self.line(order_id)
        self.order_id, self.number = order_id, line.number if line else number

    def chosen(self) -> OrderId | None:
        """The order that is meant; says so when there is none."""
        if self.order_id is None:
            self.say(_("Which order? Type its number, or next for what needs your hand most."))
        return self.order_id

    async def named(self, word: str) -> OrderId | None:
        """The order people call so: an open one, else an ended one."""
        number = word.strip("#,.").casefold()
        open_ones = [line.order_id for line in self.board.queue if line.number.casefold() == number]
        if len(open_ones) > 1:
            return await self._which(open_ones)
        if open_ones or not any(sign.isdigit() for sign in number):
            return open_ones[0] if open_ones else None
        for order_id in await self.desk.find(number):
            sheet = await self.desk.sheet(order_id)
            if sheet.order.number.casefold() == number:
                return order_id
        return None

    async def take_order(self, words: list[str], *, more: bool = False) -> OrderId | None:
        """The order named first, which is meant from now on and leaves the words; the one that is meant without any.

        A name that no order has is said, and no other order is taken for it; `more`: other words may follow at once.
        """
        if not words:
            return self.chosen()
        if (order_id := await self.named(words[0])) is not None:
            self.choose(order_id, words.pop(0).strip("#,."))
            return order_id
        if more and not any(sign.isdigit() for sign in words[0]):
            return self.chosen()
        self.say(_("No order is called {words}. Nothing was done.").format(words=words[0]))
        return None

    async def sheet(self, order_id: OrderId) -> Sheet:
        """Everything about an order, as it is now."""
        sheet = await self.desk.sheet(order_id)
        if order_id == self.order_id:
            self.number = sheet.order.number
        return sheet

    async def tell(self, order_id: OrderId | None, call: Callable[[], Awaitable[object]]) -> None:
        """Ask the desk; boards from before that are old."""
        if order_id is not None:
            self.touched.add(order_id)
        self._shows.clear()
        await call()

    async def settled(self) -> None:
        """The board may lag behind what was just done: give it a moment."""
        try:
            async with timeout(self.settles):  # 3.11's `wait_for` may swallow a cancellation
                await self._shows.wait()
        except TimeoutError:
            self._shows.set()

    async def done(self, order_id: OrderId, *said: str) -> None:
        """What was done, and what leads on."""
        sheet = await self.sheet(order_id)
        self.say(*said, reading.lead_on(sheet, self.now))

    async def carry_out(self, work: Callable[[], Awaitable[None]]) -> None:
        """Whatever happens, the person hears of it and the program lives."""
        try:
            await work()
        except OrderRefusal as refusal:
            self.say(speech.why(refusal, self.number))
            if isinstance(refusal, IllegalMove) and self.order_id is not None:
                await self.carry_out(self._lead_on)
        except Exception as accident:
            self.say(noted(accident))

    def need_stage(self, sheet: Sheet, to: Stage, allowed: frozenset[Stage]) -> None:
        """Better before the question than after it; raises `IllegalMove`."""
        if sheet.order.stage not in allowed:
            raise IllegalMove(sheet.order.stage, to)

    async def _lead_on(self) -> None:
        if self.order_id is not None:
            self.say(reading.lead_on(await self.sheet(self.order_id), self.now))

    async def _which(self, order_ids: Sequence[OrderId]) -> OrderId | None:
        """Several are called the same."""
        lines = [self.line(order_id) for order_id in order_ids]
        words = [f"{line.number} {line.customer}, {line.channel}" if line else _("an ended order") for line in lines]
        at = await self.pick(_("Several fit: which one?"), words)
        return None if at is None else order_ids[at]
