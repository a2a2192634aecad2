"""Follows the feed and hands pictures to the pages; knows no rule of the trade."""

from asyncio import sleep
from collections.abc import Callable, Iterable
from datetime import datetime
from logging import getLogger
from pathlib import Path
from time import monotonic

from textual import events, on
from textual.app import App, SystemCommand
from textual.screen import Screen
from textual.widgets import Input

from core.board.board import Board
from core.ports.clock import Clock
from core.ports.desk import AlertDesk, Desk
from core.ports.feed import Feed, FeedLost, Update
from tui import i18n, keys
from tui.i18n import _
from tui.screens.counter import CounterScreen
from tui.screens.dialogs import Dialog
from tui.screens.drivers import DriversScreen
from tui.screens.errands import noted
from tui.screens.page import Page
from tui.screens.problems import ProblemsScreen
from tui.screens.terminal import Surroundings, TerminalSettings
from tui.themes import THEMES
from tui.widgets.picture import Picture
from tui.widgets.queue_index import QueueIndex
from tui.widgets.scanner import GAP, Kind, Scanner, Taken, plain

logger = getLogger(__name__)
DRAWINGS = 1 / 20  # seconds between two drawings: slow links, and eyes, get no more
BEAT = 0.5  # seconds: the flash of the bell; every second beat is a second of the clock
HOLD = GAP + 0.005  # seconds a letter waits to see whether a code follows
LONGEST_CODE = 100
PAUSES = (0.25, 0.5, 1.0, 2.0, 5.0)  # seconds before the feed is asked anew


class OrderbellApp(App[None]):
    """The counter terminal; everything real is handed in."""

    CSS_PATH = Path(__file__).with_name("app.tcss")
    TITLE = "Orderbell"
    DEFAULT_MODE = "counter"
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, *, desk: Desk, feed: Feed, alerts: AlertDesk, clock: Clock, terminal: TerminalSettings) -> None:
        i18n.use(terminal.language)
        keys.use(terminal.keys)
        super().__init__()
        self.animation_level = "none"
        self._feed, self._alerts, self._clock = feed, alerts, clock
        self._terminal = terminal
        self._scanner = Scanner()
        around = Surroundings(desk=desk, clock=clock, terminal=terminal, lamp=lambda: alerts.lamp)
        self._add_pages(around)
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = THEMES.get(terminal.theme, THEMES["dark"]).name
        self._board, self._index = Board(store=terminal.store), QueueIndex()
        self._is_first, self._flash = True, False
        self._lost_at: datetime | None = None
        self._true_at = clock.now()
        self._drawn_at, self._is_waiting = 0.0, False

    def _add_pages(self, around: Surroundings) -> None:
        self.add_mode("counter", lambda: CounterScreen(around))
        self.add_mode("drivers", lambda: DriversScreen(around))
        self.add_mode("problems", lambda: ProblemsScreen(around))

    def on_mount(self) -> None:
        """Follow the feed, keep the bell going, count the seconds."""
        self.set_keymap(keys.keymap())
        self.set_interval(BEAT, self._beat)
        self.run_worker(self._follow(), group="feed", exit_on_error=False)
        self.run_worker(self._ring(), group="bell", exit_on_error=False)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette holds the keys of the page."""
        if isinstance(screen, Page):
            for key in keys.KEYS:
                yield SystemCommand(_(key.label), f"{keys.cap(key.id)}  {_(key.tooltip)}", self._pressing(screen, key))

    async def on_event(self, event: events.Event) -> None:
        """Keys pass the scanner first, wherever the focus is; a paste counts as a scan."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self._weigh(self._scanner.take(plain(event), in_field=self._in_field))
        elif isinstance(event, events.Paste) and not event.is_forwarded and not self._in_field:
            await self._scanned(event.text.strip()[:LONGEST_CODE])
        else:
            await super().on_event(event)

    async def _weigh(self, taken: Taken) -> None:
        if taken.kind is Kind.CODE:
            return await self._scanned(taken.code)
        for key in taken.keys:
            await super().on_event(key)
        if self._scanner.held:
            self._wait_for_more()
        return None

    def _wait_for_more(self) -> None:
        """The event loop may be behind: what has arrived meanwhile is read before the silence is believed."""
        last = self._scanner.held[-1]

        async def believe() -> None:
            if self._scanner.held and self._scanner.held[-1] is last:
                await self._weigh(self._scanner.quiet(in_field=self._in_field))

        self.set_timer(HOLD, lambda: self.call_later(believe))

    @property
    def _in_field(self) -> bool:
        return isinstance(self.focused, Input)

    async def _scanned(self, code: str) -> None:
        for screen in reversed(self.screen_stack):
            if isinstance(screen, (Page, Dialog)) and await screen.scanned(code):
                return

    async def _follow(self) -> None:
        """For ever; when the feed is lost it is asked anew after a growing pause."""
        tries = 0
        while True:
            try:
                async for update in self._feed.updates():
                    tries = self._found(tries)
                    self._hear(update)
            except FeedLost as lost:
                self._lose(lost, tries)
            except Exception as accident:
                self.notify(noted(accident), severity="error", markup=False)
                self._lose(accident, tries)
            await sleep(PAUSES[min(tries, len(PAUSES) - 1)])
            tries += 1

    async def _ring(self) -> None:
        """The bell survives its own accidents."""
        while True:
            try:
                await self._alerts.run()
            except Exception as accident:
                self.notify(noted(accident), severity="error", markup=False)
            await sleep(PAUSES[2])

    def _hear(self, update: Update) -> None:
        """The bell first, then the eyes."""
        self._alerts.hear(update.board)
        self._board, self._index = update.board, self._index.after(update.board.queue)
        self._is_first, self._true_at = False, self._clock.now()
        self._draw_soon()

    def _found(self, tries: int) -> int:
        if self._lost_at is not None:
            logger.info("the feed is back after %s tries", tries)
            self._lost_at = None
        return 0

    def _lose(self, reason: Exception, tries: int) -> None:
        if self._lost_at is None:
            logger.warning("the feed is lost: %s", type(reason).__name__)
            self._lost_at = self._true_at
            self._draw()

    def _draw_soon(self) -> None:
        """At most so many drawings a second; the last picture is always drawn."""
        wait = self._drawn_at + DRAWINGS - monotonic()
        if wait <= 0:
            self._draw()
        elif not self._is_waiting:
            self._is_waiting = True
            self.set_timer(wait, self._draw)

    def _draw(self) -> None:
        self._is_waiting, self._drawn_at = False, monotonic()
        base = self.screen_stack[0] if self.screen_stack else None
        if isinstance(base, Page) and base.is_mounted:
            base.show(self.picture)

    @on(Page.Resumed)
    def bring_up_to_date(self) -> None:
        """A page that comes to the front shows what is true now."""
        self._draw()

    def _beat(self) -> None:
        """Twice a second while it rings, else once."""
        self._flash = not self._flash
        if self._flash or self._alerts.lamp.is_ringing or self.picture.ringing:
            self._draw()

    @property
    def picture(self) -> Picture:
        """How things stand now."""
        return Picture(
            board=self._board,
            index=self._index,
            now=self._clock.now(),
            zone=self._terminal.zone,
            sound=self._alerts.lamp,
            lost_at=self._lost_at,
            is_first=self._is_first,
            flash=self._flash,
        )

    def _pressing(self, page: Page, key: keys.Key) -> Callable[[], bool]:
        return lambda: page.call_later(page.run_action, key.action)
