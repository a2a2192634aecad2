"""A list of any length that draws only what is in view, and of that only what differs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from tui.labels.tones import Tone
from tui.themes import ground
from tui.widgets.cells import Piece, Pieces, line
from tui.widgets.painted import Painted
from tui.widgets.rows import Fixed, Row, Rows

NEIGHBOURS = 400  # rows looked at for one that is still there


class LineList(Painted, can_focus=True):
    """The chosen row is held by key: whatever comes or goes, it stays where it stands on the screen."""

    DEFAULT_CSS = "LineList { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "leaf(-1)", show=False),
        Binding("pagedown", "leaf(1)", show=False),
        Binding("home", "edge(-1)", show=False),
        Binding("end", "edge(1)", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """A person, or the end of the chosen one, chose another."""

        list: "LineList"
        key: str | None

        @property
        def control(self) -> "LineList":
            """Whose."""
            return self.list

    @dataclass
    class Opened(Message):
        """A second click, or a click where one is enough."""

        list: "LineList"
        key: str

        @property
        def control(self) -> "LineList":
            """Whose."""
            return self.list

    def __init__(self, *, has_title: bool = True, chooses: bool = True, **names: str) -> None:
        super().__init__(**names)
        self.rows: Rows = Fixed()
        self.title = Row(())
        self.chosen: str | None = None
        self.top = 0
        self._last_rows: dict[int, tuple[tuple[Row, int], Pieces]] = {}  # by line of the screen
        self._has_title = has_title
        self._chooses = chooses  # something is always chosen while there is something

    @property
    def view(self) -> int:
        """How many rows are in view."""
        return max(0, self.content_size.height - self._has_title)

    @property
    def chosen_at(self) -> int | None:
        """Where the chosen row is."""
        return None if self.chosen is None else self.rows.find(self.chosen)

    def show(self, rows: Rows, title: Row | None = None) -> int:
        """Other rows; what is chosen and where it stands on the screen stays. How many lines were drawn."""
        before, self.rows = self.rows, rows
        self.title = title or self.title
        self._settle(before)
        return self.repaint()

    def choose(self, key: str | None) -> None:
        """By hand: it comes into view; without scrolling only the lines left and reached are drawn."""
        before, top = self._lines_of(self.chosen), self.top
        self._take(key)
        self._into_view()
        self.repaint(None if self.top != top else [*before, *self._lines_of(key)])

    def pieces(self, y: int) -> Pieces:
        """Title, rows, and the sign at the edge that shows where in the list we are."""
        width = self.content_size.width
        if self._has_title and y == 0:
            return line(self.title.left, (*self.title.right, Piece(" ")), width)
        at = self.top + y - self._has_title
        if not 0 <= at < len(self.rows):
            return (Piece(" " * (width - 1)), self._edge(y - self._has_title))
        row = self.rows.row(at, width - 2)
        bar = Piece(self._bar if self._is_chosen(at) else " ", Tone.HAND if self.has_focus else Tone.MUTED)
        return (bar, *self._laid_out(y, row, width - 2), self._edge(y - self._has_title))

    def under(self, y: int) -> Style:
        """The chosen row lies on its own ground."""
        if self._has_title and y == 0:
            return self.ground
        if not self._is_chosen(self.top + y - self._has_title):
            return self.ground
        return self.ground + ground(self.app.theme_variables["chosen" if self.has_focus else "chosen-far"])

    def action_move(self, by: int) -> None:
        """The next row up or down that can be chosen."""
        at = self.chosen_at
        start = self.top - 1 if at is None else at
        found = self._next_key(start, by)
        if found is None:
            self._scroll(by)  # headings and notes beyond the last row want to be read too
        else:
            self.choose(found)

    def action_leaf(self, by: int) -> None:
        """A page up or down."""
        at = (self.chosen_at or 0) + by * max(1, self.view - 1)
        self.choose(self._nearest(max(0, min(at, len(self.rows) - 1)), -by) or self.chosen)

    def action_edge(self, way: int) -> None:
        """The first or the last row."""
        at = 0 if way < 0 else len(self.rows) - 1
        self.choose(self._nearest(at, -way) or self.chosen)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Look further down; what is chosen stays chosen."""
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Look further up."""
        event.stop()
        self._scroll(-3)

    def on_click(self, event: events.Click) -> None:
        """A click chooses, one more opens."""
        at = self.top + event.y - self.styles.gutter.top - self._has_title
        key = self.rows.key(at) if 0 <= at < len(self.rows) else None
        if key is None:
            return
        if key == self.chosen or not self._chooses:
            self.post_message(self.Opened(self, key))
        self._take(key)
        self.repaint()

    def on_focus(self) -> None:
        """The bar gets its colour."""
        self.repaint()

    def on_blur(self) -> None:
        """The bar pales."""
        self.repaint()

    def on_resize(self) -> None:
        """The chosen row stays in view."""
        self._into_view()
        super().on_resize()

    @property
    def _bar(self) -> str:
        """Broad where the keys go, thin elsewhere."""
        return "▌" if self.has_focus else "▏"

    def _laid_out(self, y: int, row: Row, width: int) -> Pieces:
        """Measuring words costs more than seeing that a row is the one that stands there."""
        last = self._last_rows.get(y)
        if last is None or last[0] != (row, width):
            last = self._last_rows[y] = (row, width), line(row.left, row.right, width)
        return last[1]

    def _lines_of(self, key: str | None) -> list[int]:
        """Where on the screen the rows of a key are."""
        at = None if key is None else self.rows.find(key)
        end = at
        while end is not None and end + 1 < len(self.rows) and self.rows.key(end + 1) == key:
            end += 1
        first = self._has_title - self.top
        return [] if at is None or end is None else list(range(at + first, end + 1 + first))

    def _settle(self, before: Rows) -> None:
        """After other rows came: hold the chosen one, or else the first in view, at its line of the screen.

        Rows that fit are always shown whole: what needs a hand first is never out of view.
        """
        was_at = None if self.chosen is None else before.find(self.chosen)
        if self.chosen is not None and self.rows.find(self.chosen) is None:
            self._take(self._heir(before, was_at))
        if self.chosen is None and self._chooses:
            self._take(self._nearest(0, 1))
        self._hold(before, was_at)

    def _hold(self, before: Rows, was_at: int | None) -> None:
        at = self.chosen_at
        if was_at is not None and at is not None and self.top <= was_at < self.top + self.view:
            self.top += at - was_at
        elif self._chooses or self.top:
            self.top += self._drift(before)
        self.top = max(0, min(self.top, len(self.rows) - self.view))

    def _drift(self, before: Rows) -> int:
        """How far the first row in view that is still there has moved."""
        for y in range(self.top, min(self.top + self.view, len(before))):
            key = before.key(y)
            if key is None or (y > self.top and before.key(y - 1) == key):
                continue
            now, first = self.rows.find(key), before.find(key)
            if now is not None and first is not None:
                return now - first
        return 0

    def _heir(self, before: Rows, was_at: int | None) -> str | None:
        """The row after the one that ended, else the one before it."""
        if was_at is None:
            return None
        below = range(was_at + 1, min(len(before), was_at + NEIGHBOURS))
        above = range(was_at - 1, max(-1, was_at - NEIGHBOURS), -1)
        keys = (before.key(y) for part in (below, above) for y in part)
        return next((key for key in keys if key is not None and self.rows.find(key) is not None), None)

    def _take(self, key: str | None) -> None:
        if key != self.chosen:
            self.chosen = key
            self.post_message(self.Chosen(self, key))

    def _next_key(self, at: int, by: int) -> str | None:
        return self._look(at + by, by, lambda key: key is not None and key != self.chosen)

    def _nearest(self, at: int, way: int) -> str | None:
        return self._look(at, way, lambda key: key is not None) or self._look(at, -way, lambda key: key is not None)

    def _look(self, at: int, way: int, wanted: Callable[[str | None], bool]) -> str | None:
        while 0 <= at < len(self.rows):
            if wanted(key := self.rows.key(at)):
                return key
            at += way
        return None

    def _into_view(self) -> None:
        at = self.chosen_at
        if at is None or not self.view:
            return
        heading = at - 1 if at and self.rows.key(at - 1) is None else at
        last = at + len(self._lines_of(self.chosen)) - 1
        self.top = min(max(min(self.top, heading), last - self.view + 1), at)

    def _scroll(self, by: int) -> None:
        self.top = max(0, min(self.top + by, len(self.rows) - self.view))
        self.repaint()

    def _is_chosen(self, at: int) -> bool:
        return self.chosen is not None and 0 <= at < len(self.rows) and self.rows.key(at) == self.chosen

    def _edge(self, y: int) -> Piece:
        """A thumb on the right edge, only where there is more than fits."""
        total, view = len(self.rows), self.view
        if total <= view:
            return Piece(" ")
        start, end = self.top * view // total, max(1, -(-(self.top + view) * view // total))
        return Piece("▐" if start <= y < end else " ", Tone.FAINT)
