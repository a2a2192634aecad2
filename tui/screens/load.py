"""How full the shop is, and what became of the day."""

from textual.app import ComposeResult
from textual.containers import Container

from core.domain.ids import OrderId
from tui.i18n import _
from tui.labels.tones import Tone
from tui.screens.work import WorkPage
from tui.widgets.cells import Piece
from tui.widgets.line_list import LineList
from tui.widgets.load_chart import LoadChart
from tui.widgets.load_facts import as_of, fact_rows
from tui.widgets.page_title import page_title
from tui.widgets.picture import Picture

NARROWEST = 20  # cells


class LoadScreen(WorkPage):
    """Chart and numbers; nothing to choose."""

    def compose_body(self) -> ComposeResult:
        """Side by side where there is room."""
        with Container(id="report", classes="page"):
            yield LineList(id="facts", classes="first", chooses=False)
            yield LoadChart(id="day")

    @property
    def order_id(self) -> OrderId | None:
        """None: the page is about all of them."""
        return None

    def show_time(self, picture: Picture) -> None:
        """The running hour counts."""
        facts = self.query_one("#facts", LineList)
        right = (Piece(as_of(picture.day.at, picture), Tone.MUTED),) if picture.day else ()
        facts.show(
            fact_rows(picture, max(NARROWEST, facts.content_size.width - 2), facts.view),
            page_title("page.load", _("LOAD"), right),
        )
        self.query_one(LoadChart).show(picture)
        super().show_time(picture)

    def choose(self, order_id: OrderId) -> None:
        """At the counter."""
        self.go_to_counter(order_id)

    def action_open(self) -> None:
        """Nothing is chosen here: orders are at the counter."""
        self.action_page("counter")
