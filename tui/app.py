"""Hands pictures to the pages and keeps the bell going; knows no rule of the trade."""

import os
from asyncio import sleep
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Final

from rich.console import RenderableType
from textual import on
from textual._compositor import ChopsUpdate
from textual.app import SystemCommand
from textual.screen import Screen
from textual.timer import Timer

from core.board.board import Board
from core.ports.bell import DesktopNotice
from core.ports.clock import Clock
from core.ports.desk import AlertDesk, Desk
from core.ports.feed import Feed, FeedLost, Update
from tui import i18n, keys
from tui.i18n import N_, _
from tui.screens.counter import CounterScreen
from tui.screens.day_reader import DayReader
from tui.screens.enduring import EnduringApp
from tui.screens.errands import noted
from tui.screens.eyes import Eyes, desktop_call
from tui.screens.follower import Follower
from tui.screens.frame import Frame
from tui.screens.look_keys import LookKeys
from tui.screens.page import Page
from tui.screens.pages import PAGES, page
from tui.screens.palette import Palette
from tui.screens.scanned import ScannedApp
from tui.screens.terminal import Surroundings, TerminalSettings
from tui.themes import THEMES
from tui.widgets.picture import Picture
from tui.widgets.queue_index import QueueIndex
from tui.widgets.scanner import Scanner
from tui.widgets.tight_update import TightUpdate

DRAWINGS: Final = 1 / 20  # seconds between two drawings: slow links, and eyes, get no more
BEAT: Final = 0.5  # seconds: the flash of the bell; every second beat is a second of the clock
BELL_PAUSE: Final = 1.0  # seconds before a bell that broke is tried again
BARE_CONSOLES: Final = ("linux", "dumb")
LOOKS: Final = {"dark": N_("dark"), "light": N_("light"), "contrast": N_("high contrast")}


class OrderbellApp(EnduringApp, ScannedApp):
    """The counter terminal; everything real is handed in. `greeting` is said when it opens."""

    CSS_PATH = Path(__file__).with_name("app.tcss")
    TITLE = "Orderbell"
    DEFAULT_MODE = "counter"

    def __init__(
        self,
        *,
        desk: Desk,
        feed: Feed,
        alerts: AlertDesk,
        clock: Clock,
        terminal: TerminalSettings,
        desktop: DesktopNotice | None = None,
        greeting: str = "",
    ) -> None:
        i18n.use(terminal.language)
        keys.use(terminal.keys)
        super().__init__(Scanner(gap=terminal.scanner_gap, prefix=terminal.scanner_prefix))
        self.animation_level = "none"
        self._alerts, self._clock, self._terminal = alerts, clock, terminal
        self._follower, self._days = Follower(feed, clock), DayReader(desk, clock)
        self._desktop, self._eyes = desktop, Eyes(self.write_to_terminal, self._notice, self._tell_shortly)
        self._board, self._index = Board(store=terminal.store), QueueIndex()
        self._is_first, self._flash = True, False
        self._greeting, self._told = greeting, frozenset[str]()
        self._drawn_at = 0.0
        self._timer: Timer | None = None
        self._add_pages(Surroundings(desk=desk, clock=clock, terminal=terminal, alerts=alerts))
        for theme in THEMES.values():
            self.register_theme(theme)
        self.look(terminal.theme)

    def on_mount(self) -> None:
        """Follow the feed, keep the bell going, count the seconds."""
        self.set_keymap(keys.keymap())
        self.set_interval(BEAT, self._beat)
        self.run_worker(self._follower.follow(self._hear, self._lose), group="feed", exit_on_error=False)
        self.run_worker(self._days.follow(self._draw_soon), group="day", exit_on_error=False)
        self.run_worker(self._ring(), group="bell", exit_on_error=False)
        self.run_worker(self._watch_lamp(), group="lamp", exit_on_error=False)
        self._eyes.open()
        if self._greeting:
            self._tell_shortly(self._greeting, is_bad=True)

    def on_unmount(self) -> None:
        """The window gets its own title back."""
        self._eyes.close()

    def write_to_terminal(self, codes: str) -> None:
        """Codes that draw nothing; a console without windows gets none."""
        if self._driver is not None and not self.is_headless and os.environ.get("TERM") not in BARE_CONSOLES:
            self._driver.write(codes)

    @property
    def picture(self) -> Picture:
        """How things stand now."""
        return Picture(
            board=self._board,
            index=self._index,
            now=self._clock.now(),
            zone=self._terminal.zone,
            sound=self._alerts.lamp,
            lost_at=self._follower.lost_at,
            day=self._days.day,
            is_first=self._is_first,
            flash=self._flash,
            pace=self._clock.real_seconds(1.0),
        )

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette holds the keys of the page, the languages and the looks."""
        if isinstance(screen, Page):
            for key in keys.KEYS:
                yield SystemCommand(_(key.label), f"{keys.cap(key.id)}  {_(key.tooltip)}", self._pressing(screen, key))
        for tag, name in i18n.LANGUAGES.items():
            yield SystemCommand(name, _("Speak this language here."), partial(self.speak, tag))
        for name, label in LOOKS.items():
            yield SystemCommand(_(label), _("Colours of this terminal."), partial(self.look, name))

    def action_command_palette(self) -> None:
        """Ctrl-P."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def speak(self, tag: str) -> None:
        """Another language, in mid-shift; what is open stays open."""
        i18n.use(tag)
        self._draw()

    @on(LookKeys.Speak)
    def speak_as_wished(self, event: LookKeys.Speak) -> None:
        """By its key."""
        self.speak(event.tag)

    def look(self, name: str) -> None:
        """Another theme; an unknown one is dark."""
        self.theme = THEMES.get(name, THEMES["dark"]).name

    def _add_pages(self, around: Surroundings) -> None:
        self.add_mode("counter", lambda: CounterScreen(around))
        for name in PAGES:
            self.add_mode(name, partial(page, name, around))

    async def _ring(self) -> None:
        """The bell survives its own accidents."""
        while True:
            try:
                await self._alerts.run()
            except Exception as accident:
                self._tell(accident)
            await sleep(BELL_PAUSE)

    async def _watch_lamp(self) -> None:
        """Trouble with the sound is seen at once."""
        while True:
            await self._alerts.changed()
            self._draw_soon()

    def _hear(self, update: Update) -> None:
        """The bell first, then the eyes; a glance at the queue is for eyes only."""
        self._board, self._index = update.board, self._index.after(update.board.queue, update.board.beyond)
        if not update.board.is_glance:
            self._alerts.hear(update.board, update.events)
            if self._is_first:
                self._days.want()
            self._is_first = False
            self._tell_joined(update.events)
        self._draw_soon()

    def _lose(self, reason: Exception) -> None:
        self._alerts.lose()
        if not isinstance(reason, FeedLost):
            self._tell(reason)
        self._draw()

    def _tell(self, accident: Exception) -> None:
        self.notify(noted(accident), severity="error", markup=False)

    def _tell_shortly(self, words: str, *, is_bad: bool) -> None:
        self.notify(words, severity="warning" if is_bad else "information", markup=False)

    def _tell_joined(self, events: Sequence[object]) -> None:
        """A copy that was joined by itself with an order keyed in by hand: nobody need do anything, and all may see."""
        for event in events:
            if type(event).__name__ == "OrderJoined":  # its words are loaded when one comes
                from tui.screens.joined_note import joined_note

                self._tell_shortly(joined_note(event, self._terminal.zone), is_bad=False)

    def _notice(self, title: str, words: str) -> None:
        """On the desktop: by the terminal, wherever that is, and by this machine."""
        self.write_to_terminal(desktop_call(title, words))
        if self._desktop is not None:
            self.run_worker(self._desktop.show(title, words), group="desktop", exit_on_error=False)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Only the cells that differ go over the link."""
        super()._display(screen, TightUpdate.of(renderable) if isinstance(renderable, ChopsUpdate) else renderable)

    def _draw_soon(self) -> None:
        """At most so many drawings a second; the last picture is always drawn."""
        wait = self._drawn_at + DRAWINGS - monotonic()
        if self._timer is None and wait <= 0:
            self._draw()
        elif self._timer is None:
            self._timer = self.set_timer(wait, self._draw)

    def _draw(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer, self._drawn_at = None, monotonic()
        page = self.screen_stack[0] if self.screen_stack else None
        if isinstance(page, Page) and page.may_draw:
            self._show(page, self.picture)

    def _show(self, page: Page, picture: Picture) -> None:
        """The bell outlives a picture that cannot be drawn; the same accident is told once."""
        try:
            page.show(picture)
            self._eyes.look(picture)
        except Exception as accident:
            if repr(accident) not in self._told:
                self._told |= {repr(accident)}
                self._tell(accident)

    @on(Frame.Resumed)
    def bring_up_to_date(self) -> None:
        """A page that comes to the front shows what is true now; numbers of the day follow."""
        if self.current_mode == "load":
            self._days.want()
        self._draw()

    def _beat(self) -> None:
        """Twice a second while it rings, else once."""
        self._flash = not self._flash
        if self._flash or self._alerts.lamp.is_ringing or self.picture.ringing:
            self._draw()

    def _pressing(self, page: Page, key: keys.Key) -> Callable[[], bool]:
        return lambda: page.call_later(page.run_action, key.action)
