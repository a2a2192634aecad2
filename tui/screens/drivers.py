"""Every driver on one page."""

from textual import on
from textual.app import ComposeResult

from core.domain.ids import OrderId
from tui.i18n import _
from tui.screens.work import WorkPage
from tui.widgets.driver_list import driver_rows, drivers_title
from tui.widgets.line_list import LineList
from tui.widgets.nothing import no_drivers
from tui.widgets.page_title import with_purpose
from tui.widgets.picture import Picture


class DriversScreen(WorkPage):
    """The chosen driver's order is the chosen order."""

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield LineList(id="list", classes="first page")

    @property
    def order_id(self) -> OrderId | None:
        """Of the chosen driver."""
        chosen = self.query_one("#list", LineList).chosen
        return OrderId(chosen) if chosen else None

    def show_time(self, picture: Picture) -> None:
        """Clocks run."""
        drivers = picture.board.drivers
        page = self.query_one("#list", LineList)
        rows = driver_rows(drivers, picture.now, page.content_size.width) if drivers else no_drivers()
        page.show(rows, with_purpose(drivers_title(drivers), "page.drivers"))
        super().show_time(picture)

    def choose(self, order_id: OrderId) -> None:
        """Here when it has a driver, else at the counter."""
        page = self.query_one("#list", LineList)
        if page.rows.find(order_id) is not None:
            page.choose(order_id)
        else:
            self.go_to_counter(order_id)

    def action_open(self) -> None:
        """The order itself is at the counter."""
        if self.order_id is not None:
            return self.go_to_counter(self.order_id)
        return self.say(_("No driver is under way."))

    @on(LineList.Chosen, "#list")
    def follow(self) -> None:
        """Another driver."""
        self.choice_changed()

    @on(LineList.Opened, "#list")
    def open_by_click(self) -> None:
        """A second click."""
        self.action_open()
