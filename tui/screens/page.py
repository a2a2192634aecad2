"""A page with a chosen order: its sheet is kept fresh, and keys ask the desk for it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from time import monotonic
from typing import TypeVar

from textual.screen import ModalScreen
from textual.timer import Timer

from core.board.orders import Lane, QueueLine
from core.board.sheet import Sheet
from core.domain.refusal import OrderRefusal
from core.ports.desk import Desk
from tui import keys, labels
from tui.i18n import _
from tui.screens.errands import Turn, carry_out
from tui.screens.frame import Frame
from tui.screens.terminal import Surroundings
from tui.widgets.picture import Picture

Answer = TypeVar("Answer")
AT_ONCE, REST, PATIENCE = 0.015, 0.08, 0.15  # seconds
BAR_FIRST = 0.01  # seconds for the bar to reach the terminal, before anything is drawn that follows it


class Page(Frame):
    """Errands run behind the keyboard, one call to the desk at a time."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.sheet: Sheet | None = None
        self._turn = Turn()
        self._following: tuple[Timer, ...] = ()  # what waits to be done for the order chosen last
        self._chosen_at = 0.0

    def show_board(self, picture: Picture, before: Picture | None) -> None:
        """The sheet follows when the chosen order, or the load it is judged by, changed."""
        self._follow_sheet(before)

    @property
    def desk(self) -> Desk:
        """Whom keys ask."""
        return self.around.desk

    @property
    def number(self) -> str:
        """What people call the chosen order."""
        if self.line is not None:
            return self.line.number
        return self.sheet.order.number if self.sheet else ""

    def choice_changed(self) -> None:
        """Another order is chosen: its sheet is asked for at once, but only when a held key has come to rest."""
        if self.sheet is not None and self.sheet.order.id != self.order_id:
            self.sheet = None
        now = monotonic()
        is_running, self._chosen_at = now - self._chosen_at < REST, now
        for timer in self._following:
            timer.stop()
        self._following = (
            self.set_timer(BAR_FIRST, self.redraw),
            self.set_timer(REST if is_running else AT_ONCE, self._ask_for_sheet),
            self.set_timer(PATIENCE, self._wait_no_longer),
        )

    @property
    def is_turning(self) -> bool:
        """The sheet of another order is on its way: what is shown may stay for this blink of an eye."""
        return self.sheet is None and monotonic() - self._chosen_at < PATIENCE

    def show_sheet(self) -> None:
        """`self.sheet` is another one."""

    async def fetch_sheet(self) -> None:
        """Read the chosen order; when it cannot be read the panel keeps what it has."""
        if (wanted := self.order_id) is None:
            self.sheet = None
        else:
            try:
                sheet = await self.desk.sheet(wanted)
            except OrderRefusal:
                return
            if wanted != self.order_id:
                return
            self.sheet = sheet
        self.show_sheet()
        self.redraw()

    def send_out(self, work: Callable[[], Awaitable[None]]) -> None:
        """Run an errand behind the keyboard."""
        self.run_worker(carry_out(self, work), group="errands", exit_on_error=False)

    @property
    def next_words(self) -> str:
        """What would lead on, for an answer that says no; nothing while board and sheet do not agree on the stage."""
        step = labels.step(self.line) if self.line and not self._has_moved(self.line) else None
        return _("Next: {key} {step}.").format(key=keys.cap(step.key), step=step.text) if step and step.key else ""

    async def tell(self, call: Callable[[], Awaitable[object]]) -> None:
        """Ask the desk in turn, then read what became of it."""

        async def told() -> None:
            try:
                await call()
            finally:
                await self.fetch_sheet()

        await self._turn.take(told)

    async def ask(self, dialog: ModalScreen[Answer]) -> Answer:
        """Ask the person; from an errand only."""
        return await self.app.push_screen_wait(dialog)

    def say(self, words: str, *, is_bad: bool = False) -> None:
        """A short answer at the edge, in the place of the last one; outside words in it are no markup."""
        self.app.clear_notifications()
        self.notify(words, severity="warning" if is_bad else "information", markup=False, timeout=6 if is_bad else 3)

    async def scanned(self, code: str) -> bool:
        """A code was read; whether this page knew what to do with it."""
        return False

    def _wait_no_longer(self) -> None:
        if self.sheet is None:
            self.redraw()

    def _has_moved(self, line: QueueLine) -> bool:
        """The order was read again, and is not where the board last saw it."""
        order = self.sheet.order if self.sheet else None
        return order is not None and order.id == line.order_id and order.stage is not line.stage

    def _ask_for_sheet(self) -> None:
        self.run_worker(carry_out(self, self.fetch_sheet), group="sheet", exclusive=True, exit_on_error=False)

    def _follow_sheet(self, before: Picture | None) -> None:
        line, load_moved = self.line, before is None or before.board.load.accepted != self._accepted()
        is_other = self._seen(before) != self._seen(self.picture)
        if is_other or (line is not None and line.lane is Lane.NEW and load_moved) or self.sheet is None:
            self._ask_for_sheet()

    def _seen(self, picture: Picture | None) -> object:
        """Of the chosen order, on the board: a driver who moves changes no line of the queue."""
        order_id = self.order_id
        return (picture.index.line(order_id), picture.rides.get(order_id)) if picture and order_id else None

    def _accepted(self) -> tuple[datetime, ...]:
        """What an order may still be accepted for is counted from these; who waits changes nothing."""
        return self.picture.board.load.accepted if self.picture else ()
