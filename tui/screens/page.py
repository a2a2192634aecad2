"""What every page has: the two lines on top, the banner, the keys below, and a chosen order."""

from collections.abc import Awaitable, Callable
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.timer import Timer

from core.board.load import LoadLine
from core.board.orders import Lane, QueueLine
from core.board.sheet import Sheet
from core.domain.ids import OrderId
from core.domain.refusal import OrderRefusal
from core.ports.desk import Desk
from tui import keys, labels
from tui.screens.errands import Turn, carry_out
from tui.screens.terminal import Surroundings
from tui.widgets.banner import Banner
from tui.widgets.key_bar import HintLine, KeyBar, Shown, sensible
from tui.widgets.load_bar import LoadBar
from tui.widgets.painted import Painted
from tui.widgets.picture import Picture
from tui.widgets.status_line import StatusLine

Answer = TypeVar("Answer")


class Page(Screen[None]):
    """Shows pictures; keys ask the desk for the chosen order."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings()]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-middle"), (160, "-wide")]  # noqa: RUF012 - Textual's own attribute
    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-tall")]  # noqa: RUF012 - Textual's own attribute
    AUTO_FOCUS = ".first"

    class Resumed(Message):
        """The page is in front again and wants the newest picture."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self.around = around
        self.picture: Picture | None = None
        self.sheet: Sheet | None = None
        self.marked: frozenset[OrderId] = frozenset()
        self._turn = Turn()
        self._sheet_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Top and bottom are the same everywhere."""
        yield StatusLine(self.around.terminal.store, id="status")
        yield LoadBar(id="load")
        yield Banner(id="banner")
        yield from self.compose_body()
        yield HintLine(id="hint")
        yield KeyBar(id="keys")

    def compose_body(self) -> ComposeResult:
        """What the page is for."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Hints only for those who learn."""
        self.query_one(HintLine).display = self.around.terminal.hint

    def on_screen_resume(self) -> None:
        """It may have been behind for long."""
        self.post_message(self.Resumed())

    @property
    def desk(self) -> Desk:
        """Whom keys ask."""
        return self.around.desk

    @property
    def order_id(self) -> OrderId | None:
        """The chosen order."""
        raise NotImplementedError

    @property
    def line(self) -> QueueLine | None:
        """The chosen order's line, None when it is not open."""
        return self.picture.index.line(self.order_id) if self.picture and self.order_id else None

    @property
    def number(self) -> str:
        """What people call the chosen order."""
        if self.line is not None:
            return self.line.number
        return self.sheet.order.number if self.sheet else ""

    def show(self, picture: Picture) -> None:
        """The next picture; the sheet follows when the chosen order, or the load it is judged by, changed."""
        before, self.picture = self.picture, picture
        if before is None or before.board is not picture.board:
            self.show_board(picture)
            self._follow_sheet(before)
        self.show_time(picture)

    def show_board(self, picture: Picture) -> None:
        """What changes only with the board."""

    def show_time(self, picture: Picture) -> None:
        """What counts seconds, and the frame around the page."""
        self.set_class(picture.lost_at is not None, "-lost")
        self.query_one(StatusLine).show(picture)
        self.query_one(LoadBar).show(picture)
        self.show_choice(picture)

    def show_choice(self, picture: Picture) -> None:
        """What depends on the chosen order."""
        self.query_one(Banner).show(picture, self.order_id)
        self.query_one(HintLine).show(self.line)
        self.query_one(KeyBar).show(self._keys(picture))

    def redraw(self) -> None:
        """After a choice: the same picture again, where it differs."""
        if self.picture is not None and self.is_mounted:
            self.show_choice(self.picture)

    def redraw_all(self) -> None:
        """After marks or another width."""
        if self.picture is not None and self.is_mounted:
            self.show_time(self.picture)

    def choice_changed(self) -> None:
        """Another order is chosen: its sheet is asked for, at most every few milliseconds while a key is held."""
        if self.sheet is not None and self.sheet.order.id != self.order_id:
            self.sheet = None
        if self._sheet_timer is None:
            self._sheet_timer = self.set_timer(0.01, self._ask_for_sheet)
        self.redraw()

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

    async def tell(self, call: Callable[[], Awaitable[None]]) -> None:
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
        """A short answer at the edge; outside words in it are no markup."""
        self.notify(words, severity="warning" if is_bad else "information", markup=False, timeout=6 if is_bad else 3)

    async def scanned(self, code: str) -> bool:
        """A code was read; whether this page knew what to do with it."""
        return False

    @on(Painted.Resized)
    def fill_again(self) -> None:
        """Something has another width."""
        self.redraw_all()

    @on(KeyBar.Pressed)
    async def press(self, event: KeyBar.Pressed) -> None:
        """A key pressed by mouse."""
        await self.run_action(keys.BY_ID[event.key_id].action)

    def _ask_for_sheet(self) -> None:
        self._sheet_timer = None
        self.run_worker(carry_out(self, self.fetch_sheet), group="sheet", exclusive=True, exit_on_error=False)

    def _follow_sheet(self, before: Picture | None) -> None:
        line, old = self.line, before.index.line(self.order_id) if before and self.order_id else None
        load_moved = before is None or before.board.load != self._load()
        if line != old or (line is not None and line.lane is Lane.NEW and load_moved) or self.sheet is None:
            self._ask_for_sheet()

    def _load(self) -> LoadLine | None:
        return self.picture.board.load if self.picture else None

    def _keys(self, picture: Picture) -> Shown:
        line = self.line
        ids = sensible(line, marked=len(self.marked), has_problems=bool(picture.board.problems))
        step = labels.step(line) if line else None
        held = line.held_until if line else None
        return Shown(
            ids=ids,
            loud=step.key if step and step.is_loud else "",
            marked=len(self.marked),
            sends_waiting=picture.board.sends_waiting,
            drivers=len(picture.board.drivers),
            problems=len(picture.board.problems),
            held_seconds=max(0, int((held - picture.now).total_seconds())) if held else None,
        )
