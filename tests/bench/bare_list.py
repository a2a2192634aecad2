"""The bare line list: title, rows drawn by `render_line`, one chosen; with a store it follows the journal, raw."""

import sqlite3
import sys
import time
from asyncio import to_thread
from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

POLL = 0.02  # seconds between two looks at SQLite's counter
STRONG, PLAIN, SIGN = Style(color="#f0f0f0", bold=True), Style(color="#c0c0c0"), Style(color="#ffc000")
CAP, CHOSEN, GROUND = Style(color="#000000", bgcolor="#c0c0c0"), Style(bgcolor="#303050"), Style(bgcolor="#101018")
OPEN = "stage IN ('waiting_payment', 'review', 'new', 'preparing', 'ready', 'out')"


class LineList(Widget, can_focus=True):
    """Draws the lines that differ; what arrives on top moves nothing that is in view."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "move(1)"), Binding("up", "move(-1)")]

    def __init__(self, rows: Iterable[str]) -> None:
        super().__init__()
        self.rows, self.chosen, self.top = list(rows), 0, 0
        self._shown: dict[int, Strip] = {}

    def arrive(self, rows: list[str]) -> None:
        """On top, and the bell."""
        self.rows[:0] = rows
        self.chosen += len(rows)
        if len(self.rows) > self.size.height:
            self.top += len(rows)
        self.app.bell()
        self._draw(range(self.size.height))

    def action_move(self, by: int) -> None:
        """The next row."""
        old, top = self.chosen, self.top
        self.chosen = max(0, min(self.chosen + by, len(self.rows) - 1))
        self.top = max(min(self.top, self.chosen), self.chosen - self.size.height + 2)
        moved = (old - self.top + 1, self.chosen - self.top + 1)
        self._draw(moved if self.top == top else range(self.size.height))

    def render_line(self, y: int) -> Strip:
        """As it is now."""
        self._shown[y] = self._line(y)
        return self._shown[y]

    def _draw(self, lines: Iterable[int]) -> None:
        changed = [y for y in lines if self._shown.get(y) != self._line(y)]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def _line(self, y: int) -> Strip:
        width, at = self.size.width, self.top + y - 1
        if y == 0:
            return Strip([Segment(f" ORDERS {len(self.rows)}".ljust(width), STRONG)], width)
        if at >= len(self.rows):
            return Strip([Segment(" " * width, PLAIN)], width)
        under = CHOSEN if at == self.chosen else GROUND
        head, key, words = self.rows[at][:12], self.rows[at][12:15], self.rows[at][15:].ljust(width - 16)[: width - 16]
        parts = (("▌" if at == self.chosen else " ", SIGN), (head, STRONG), (key, CAP), (words, PLAIN))
        return Strip([Segment(text, style + under) for text, style in parts], width)


class BareList(App[None]):
    """A list, and the shortest way from a store's journal to it."""

    def __init__(self, count: int, store: str) -> None:
        super().__init__()
        self.animation_level = "none"
        self._store = store
        self._rows = [_words(str(number), f"Customer {number}", "preparing") for number in range(count)]

    def compose(self) -> ComposeResult:
        """Nothing but the list."""
        yield LineList(self._rows)

    def on_mount(self) -> None:
        """With the keyboard."""
        self.query_one(LineList).focus()
        if self._store:
            self.run_worker(self._follow(), exit_on_error=True)

    async def _follow(self) -> None:
        feed = _Feed(self._store)
        self.query_one(LineList).rows[:] = await to_thread(feed.all)
        self.query_one(LineList).refresh()
        while True:
            if rows := await to_thread(feed.news):
                self.query_one(LineList).arrive(rows)


class _Feed:
    def __init__(self, path: str) -> None:
        self._db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)
        self._seen = self._one("SELECT max(id) FROM journal")
        self._version = 0

    def all(self) -> list[str]:
        query = f"SELECT number, customer_name, stage FROM orders WHERE {OPEN}"
        return [_words(*row) for row in self._db.execute(query)]

    def news(self) -> list[str]:
        """The orders that came, as soon as any came."""
        while (version := self._one("PRAGMA data_version")) == self._version:
            time.sleep(POLL)
        self._version = version
        rows = self._db.execute(
            "SELECT journal.id, number, customer_name, stage FROM journal JOIN orders ON orders.id = order_id"
            " WHERE journal.id > ? AND journal.kind = 'order_received' ORDER BY journal.id",
            (self._seen,),
        ).fetchall()
        self._seen = max((row[0] for row in rows), default=self._seen)
        return [_words(*row[1:]) for row in rows]

    def _one(self, query: str) -> int:
        return int(self._db.execute(query).fetchone()[0] or 0)


def _words(number: str, customer: str, stage: str) -> str:
    return f"● #{number:<9} A  accept  {customer:<20} {stage:<10} ×3"


if __name__ == "__main__":
    BareList(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "").run()
