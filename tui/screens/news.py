"""The newest lines of the journal in a corner of a page, where there is room."""

from textual import on
from textual.app import ComposeResult

from tui.i18n import _
from tui.labels.tones import Tone
from tui.screens.errands import carry_out
from tui.screens.journal_reader import JournalReader
from tui.screens.terminal import Surroundings
from tui.screens.work import WorkPage
from tui.widgets.cells import Piece
from tui.widgets.journal_list import newest_rows
from tui.widgets.line_list import LineList
from tui.widgets.picture import Picture
from tui.widgets.rows import Row

KEPT = 60  # lines: more than any terminal is high there


class NewsPage(WorkPage):
    """What is not in view is not read."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._news = JournalReader(around.desk, kept=KEPT)
        self._is_reading = False

    def compose_news(self) -> ComposeResult:
        """A list without a choice: a click goes to the order."""
        yield LineList(id="news", chooses=False)

    def show_time(self, picture: Picture) -> None:
        """With every picture, while it is in view."""
        if self.has_class("-wide"):
            self._show_news(picture)
        super().show_time(picture)

    @on(LineList.Opened, "#news")
    def go_to_news(self, event: LineList.Opened) -> None:
        """To the order it is about."""
        line = next((line for line in self._news.lines if str(line.seen) == event.key), None)
        if line is not None and line.event.order_id is not None:
            self.choose(line.event.order_id)

    def _show_news(self, picture: Picture) -> None:
        news = self.query_one("#news", LineList)
        title = Row((Piece(f" {_('JOURNAL')}", Tone.HEADING),))
        news.show(newest_rows(self._news.lines[: max(1, news.view)], picture.zone), title)
        if picture.board.seen > self._news.seen and not self._is_reading:
            self._is_reading = True
            self.run_worker(carry_out(self, self._read_news), group="news", exit_on_error=False)

    async def _read_news(self) -> None:
        try:
            await self._news.read_new(self.picture.board.seen if self.picture else 0)
        finally:
            self._is_reading = False
        self._news.forget_old()
        self.redraw_all()
