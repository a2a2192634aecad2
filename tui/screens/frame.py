"""What every page has around it: two lines on top, the banner, the keys below."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen

from core.board.orders import QueueLine
from core.domain.ids import OrderId
from tui import i18n, keys, labels
from tui.screens.terminal import Surroundings
from tui.widgets.banner import Banner
from tui.widgets.cells import tail
from tui.widgets.key_bar import Held, HintLine, KeyBar, Shown, sensible
from tui.widgets.load_bar import LoadBar
from tui.widgets.painted import Painted
from tui.widgets.picture import Picture, seconds_to
from tui.widgets.status_line import StatusLine


class Frame(Screen[None]):
    """Shows pictures; what stands between top and bottom is the page's own."""

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
        self.marked: frozenset[OrderId] = frozenset()
        self._language = i18n.spoken()

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
    def order_id(self) -> OrderId | None:
        """The chosen order."""
        raise NotImplementedError

    @property
    def line(self) -> QueueLine | None:
        """The chosen order's line, None when it is not open."""
        return self.picture.index.line(self.order_id) if self.picture and self.order_id else None

    def show(self, picture: Picture) -> None:
        """The next picture; in another language than the last, all of it is new."""
        before, self.picture = self.picture, picture
        if self._language != i18n.spoken():
            before, self._language = None, i18n.spoken()
        if before is None or before.board is not picture.board:
            self.show_board(picture, before)
        self.show_time(picture)

    def show_board(self, picture: Picture, before: Picture | None) -> None:
        """What changes only with the board."""

    def show_time(self, picture: Picture) -> None:
        """What counts seconds, and the frame around the page."""
        self.set_class(picture.lost_at is not None, "-lost")
        self.query_one(StatusLine).show(picture)
        self.show_choice(picture)

    def show_choice(self, picture: Picture) -> None:
        """What depends on the chosen order."""
        self.query_one(LoadBar).show(picture, len(self.marked))
        self.query_one(Banner).show(picture, self.order_id)
        self.query_one(HintLine).show(self.line, picture.urgent)
        self.query_one(KeyBar).show(self._keys(picture))

    @property
    def may_draw(self) -> bool:
        """Its widgets are there: not before it is mounted, not while the program ends."""
        return self.is_mounted and self.app.is_running

    def redraw(self) -> None:
        """After a choice: the same picture again, where it differs."""
        if self.picture is not None and self.may_draw:
            self.show_choice(self.picture)

    def redraw_all(self) -> None:
        """After marks or another width."""
        if self.picture is not None and self.may_draw:
            self.show_time(self.picture)

    @on(Painted.Resized)
    def fill_again(self) -> None:
        """Something has another width."""
        self.redraw_all()

    @on(KeyBar.Pressed)
    async def press(self, event: KeyBar.Pressed) -> None:
        """A key pressed by mouse."""
        await self.run_action(keys.BY_ID[event.key_id].action)

    def _keys(self, picture: Picture) -> Shown:
        line = self.line
        ids = sensible(line, marked=len(self.marked), has_problems=bool(picture.board.problems))
        step = labels.step(line) if line else None
        return Shown(
            ids=ids,
            loud=step.key if step and step.is_loud else "",
            marked=len(self.marked),
            sends_waiting=picture.board.sends_waiting,
            drivers=len(picture.board.drivers),
            problems=len(picture.board.problems),
            held=self._held_call(picture),
            words=labels.key_words(line) if line else "",
        )

    def _held_call(self, picture: Picture) -> Held | None:
        """Of the chosen order, else the one held last."""
        held = sorted(picture.held, key=lambda line: line.order_id != self.order_id)
        if not held or (until := held[0].held_until) is None:
            return None
        seconds = seconds_to(until, picture.now, picture.pace)
        return Held(tail(held[0].number, 6), seconds, held[0].order_id == self.order_id, len(held) - 1)
