"""The whole table of who pays: a place of an order at a time, for whoever wants to know before the telephone rings."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from core.domain.cause import Cause
from core.domain.ids import OrderId
from core.domain.phase import Phase
from tui.screens.terminal import Surroundings
from tui.screens.work import WorkPage
from tui.widgets.line_list import LineList
from tui.widgets.painted import Painted
from tui.widgets.picture import Picture
from tui.widgets.rows import Fixed
from tui.widgets.who_pays_rows import rows_of, title

PHASES = tuple(Phase)


class WhoPaysScreen(WorkPage):
    """Left and right lead from place to place, up and down from cause to cause."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "place(-1)", show=False),
        Binding("right", "place(1)", show=False),
    ]

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.phase = Phase.BEFORE_ACCEPT

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield LineList(id="list", classes="first page")

    @property
    def order_id(self) -> OrderId | None:
        """None: the table is about all of them."""
        return None

    def show_time(self, picture: Picture) -> None:
        """The table stands still; what is around it does not."""
        self._fill()
        super().show_time(picture)

    def choose(self, order_id: OrderId) -> None:
        """At the counter."""
        self.go_to_counter(order_id)

    def action_open(self) -> None:
        """Nothing is behind a cause: orders are at the counter."""
        self.action_page("counter")

    def action_place(self, by: int) -> None:
        """The next place, round and round."""
        self.phase = PHASES[(PHASES.index(self.phase) + by) % len(PHASES)]
        self._fill()

    @on(LineList.Chosen, "#list")
    def follow(self) -> None:
        """Another cause."""
        self._fill()

    @on(Painted.Resized)
    def fill_again(self) -> None:
        """Laid out, or another width."""
        self._fill()

    def _fill(self) -> None:
        page = self.query_one("#list", LineList)
        chosen = Cause(page.chosen) if page.chosen is not None else Cause.CHANGED_MIND
        page.show(Fixed(rows_of(self.phase, chosen, max(20, page.content_size.width - 2))), title(self.phase))
