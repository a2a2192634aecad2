"""Plain mode running: follows the feed, keeps the bell going, reads lines, says news."""

import asyncio
from collections.abc import Callable
from typing import Final

from core.ports.clock import Clock
from core.ports.desk import AlertDesk, Desk
from core.ports.feed import Feed, FeedLost, Update
from tui import i18n, keys, labels
from tui.i18n import _
from tui.plain.console import Console
from tui.plain.counter import PlainCounter
from tui.plain.news import News
from tui.plain.speech import sentence
from tui.screens.errands import noted
from tui.screens.follower import Follower
from tui.screens.terminal import TerminalSettings

BEAT: Final = 1.0  # seconds: time alone makes things ring, and be late
BELL_PAUSE: Final = 1.0  # seconds before a bell that broke is tried again
FIRST_BOARD: Final = 10.0  # seconds the first line waits for the first board


class PlainFront:
    """Everything real is handed in, as to the screen."""

    def __init__(
        self,
        *,
        console: Console,
        desk: Desk,
        feed: Feed,
        alerts: AlertDesk,
        clock: Clock,
        terminal: TerminalSettings,
        beat: Callable[[], None] = lambda: None,
    ) -> None:
        i18n.use(terminal.language)
        keys.use(terminal.keys)
        self._alerts, self._terminal, self._beat = alerts, terminal, beat
        self.counter = PlainCounter(console=console, desk=desk, alerts=alerts, clock=clock, terminal=terminal)
        self._console = console
        self._follower = Follower(feed, clock)
        self._news = News(terminal.staff, mine=lambda order_id: order_id in self.counter.touched)
        self._first, self._was_lost = asyncio.Event(), False

    async def run(self) -> None:
        """Until the person leaves."""
        behind = [
            asyncio.create_task(self._follower.follow(self._hear, self._lose)),
            asyncio.create_task(self._ring()),
            asyncio.create_task(self._tick()),
        ]
        try:
            await self._greet()
            await self.counter.run()
        finally:
            for task in behind:
                task.cancel()
            await asyncio.gather(*behind, return_exceptions=True)

    async def _greet(self) -> None:
        store = self._terminal.store
        self._console.say(sentence(_("Orderbell, {store}").format(store=store), _("type help for the commands")))
        try:
            async with asyncio.timeout(FIRST_BOARD):  # 3.11's `wait_for` may swallow a cancellation
                await self._first.wait()
        except TimeoutError:
            return
        if not self._was_lost:
            self._console.say(self.counter.summary())
        if self._terminal.hint:
            self._console.say(_("Type next to go to what needs your hand; each answer ends with what comes next."))

    def _hear(self, update: Update) -> None:
        """The bell first, then the words."""
        self._alerts.hear(update.board, update.events)
        self.counter.show(update.board)
        if self._was_lost:
            self._was_lost = False
            self._console.tell(_("The store can be read again."))
        self._console.tell(*self._news.of(update, self.counter.picture.ringing, self.counter.now))
        self._first.set()

    def _lose(self, reason: Exception) -> None:
        self._was_lost = True
        self._first.set()
        self._alerts.lose()
        if not isinstance(reason, FeedLost):
            self._console.tell(noted(reason))
        now = self.counter.now
        at = labels.day_clock(self._follower.lost_at or now.at, now.zone)
        words = _("The store cannot be read. What you hear is of {at}. It is tried again by itself.")
        self._console.tell(words.format(at=at))

    async def _ring(self) -> None:
        """The bell survives its own accidents."""
        while True:
            try:
                await self._alerts.run()
            except Exception as accident:
                self._console.tell(noted(accident))
            await asyncio.sleep(BELL_PAUSE)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            try:
                self._look()
            except Exception as accident:
                self._console.tell(noted(accident))

    def _look(self) -> None:
        """What follows from time alone, and from the bell."""
        now = self.counter.now
        self._console.tell(*self._news.rings(self.counter.picture.ringing, now))
        self._console.tell(*self._news.sound(self._alerts.lamp, now))
        self._beat()
