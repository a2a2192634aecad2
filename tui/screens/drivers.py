"""Every driver on one page."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from core.domain.ids import OrderId
from tui.i18n import _
from tui.screens.work import WorkPage
from tui.widgets.delivery_lines import delivery_rows
from tui.widgets.driver_list import driver_rows, drivers_title
from tui.widgets.line_list import LineList
from tui.widgets.nothing import no_drivers, not_read_yet
from tui.widgets.order_panel import panel_title
from tui.widgets.page_title import with_purpose
from tui.widgets.picture import Picture
from tui.widgets.rows import EMPTY, Fixed


class DriversScreen(WorkPage):
    """The chosen driver's order is the chosen order; all that is known of it stands beside, where there is room."""

    def compose_body(self) -> ComposeResult:
        """One list, and one delivery."""
        with Container(id="rides"):
            yield LineList(id="list", classes="first page")
            yield LineList(id="ride", chooses=False)

    @property
    def order_id(self) -> OrderId | None:
        """Of the chosen driver."""
        chosen = self.query_one("#list", LineList).chosen
        return OrderId(chosen) if chosen else None

    def show_time(self, picture: Picture) -> None:
        """Clocks run."""
        drivers, now = picture.board.drivers, picture.now
        page = self.query_one("#list", LineList)
        width = page.content_size.width
        nobody = not_read_yet() if picture.board.is_glance else no_drivers()
        rows = driver_rows(drivers, now, width, picture.zone, is_page=True) if drivers else nobody
        title = drivers_title(drivers, now)
        page.show(rows, title if title.right else with_purpose(title, "page.drivers"))
        super().show_time(picture)

    def show_choice(self, picture: Picture) -> None:
        """All that is known of the chosen one."""
        sheet, panel = self.sheet, self.query_one("#ride", LineList)
        if sheet is not None and sheet.order.id == self.order_id:
            rows = tuple(delivery_rows(sheet, picture.now, picture.zone, picture.pace, panel.content_size.width - 3))
            panel.show(Fixed(rows), panel_title(sheet))
        elif not self.is_turning:
            panel.show(Fixed(), EMPTY)
        super().show_choice(picture)

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
