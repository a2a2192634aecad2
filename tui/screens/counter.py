"""The counter: the queue, the chosen order, the drivers and what is wrong."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from core.domain.ids import OrderId
from tui.screens.work import WorkPage
from tui.widgets.driver_list import driver_rows, drivers_title
from tui.widgets.line_list import LineList
from tui.widgets.load_chart import LoadChart
from tui.widgets.order_list import QueueRows, title_of
from tui.widgets.order_panel import PanelView, head_of, next_to_tick, panel_rows, panel_title
from tui.widgets.picture import Picture
from tui.widgets.problem_list import problem_rows, problems_title
from tui.widgets.rows import EMPTY, Fixed

NARROWEST = 20  # cells; a panel that is not in view has none


class CounterScreen(WorkPage):
    """One column on a small terminal, where Enter opens the order; two or three on a larger one."""

    found: OrderId | None = None  # an order looked up that is not open any more

    def compose_body(self) -> ComposeResult:
        """What is not in view on a small terminal has its own page."""
        with Container(id="body"):
            yield LineList(id="queue", classes="first")
            with Container(id="right"):
                yield LineList(id="panel", chooses=False)
                with Container(id="side"):
                    yield LineList(id="drivers", chooses=False)
                    yield LineList(id="problems", chooses=False)
                    yield LoadChart(id="chart")

    @property
    def order_id(self) -> OrderId | None:
        """Looked up, or chosen in the queue."""
        if self.found is not None:
            return self.found
        chosen = self.query_one("#queue", LineList).chosen
        return OrderId(chosen) if chosen else None

    def show_board(self, picture: Picture, before: Picture | None) -> None:
        """Marks of orders that are gone go too."""
        super().show_board(picture, before)
        self.marked = frozenset(order_id for order_id in self.marked if picture.index.line(order_id))

    def show_time(self, picture: Picture) -> None:
        """All of it counts seconds."""
        self._show_queue(picture)
        self._show_side(picture)
        self.query_one(LoadChart).show(picture)
        super().show_time(picture)

    def show_choice(self, picture: Picture) -> None:
        """The panel shows the chosen order."""
        self._show_panel(picture)
        super().show_choice(picture)

    def show_sheet(self) -> None:
        """The bar in the panel stands on what Space ticks next."""
        panel = self.query_one("#panel", LineList)
        if self.picture is None:
            return
        self._show_panel(self.picture)
        if not panel.has_focus or panel.chosen_at is None:
            panel.choose(next_to_tick(self.sheet) if self.sheet and self.can_tick else None)

    def after_tick(self) -> None:
        """On to the next thing to tick."""
        self.query_one("#panel", LineList).choose(next_to_tick(self.sheet) if self.sheet else None)

    @property
    def to_tick(self) -> str | None:
        """Where the bar in the panel stands."""
        return self.query_one("#panel", LineList).chosen

    def choose(self, order_id: OrderId) -> None:
        """Go to an order; one that is not open any more is shown without a place in the queue."""
        is_open = self.picture is not None and self.picture.index.line(order_id) is not None
        self.found = None if is_open else order_id
        if is_open:
            self.query_one("#queue", LineList).choose(order_id)
        self.choice_changed()

    def go_down(self) -> None:
        """One order on."""
        self.query_one("#queue", LineList).action_move(1)

    def action_open(self) -> None:
        """Into the panel: arrows go over its lines."""
        self.add_class("-opened")
        self.query_one("#panel", LineList).focus()

    def action_back(self) -> None:
        """Out of the panel, off the looked-up order, marks off."""
        if self.found is not None:
            self.found = None
            self.choice_changed()
        elif not self.query_one("#panel", LineList).has_focus:
            self.marked = frozenset()
        self.remove_class("-opened")
        self.query_one("#queue", LineList).focus()
        self.redraw_all()

    @on(LineList.Chosen, "#queue")
    def follow(self, event: LineList.Chosen) -> None:
        """The panel follows the queue."""
        self.found = None
        panel = self.query_one("#panel", LineList)
        panel.chosen, panel.top = None, 0
        self.choice_changed()

    @on(LineList.Opened, "#queue")
    def open_by_click(self) -> None:
        """A second click opens."""
        self.action_open()

    @on(LineList.Opened, "#panel")
    def tick_by_click(self, event: LineList.Opened) -> None:
        """A click on an item or a check ticks it."""
        self.tick_row(event.key)

    @on(LineList.Opened, "#drivers")
    def go_to_driver(self, event: LineList.Opened) -> None:
        """A click on a driver goes to the order."""
        self.choose(OrderId(event.key))

    @on(LineList.Opened, "#problems")
    def go_to_problem(self, event: LineList.Opened) -> None:
        """A click on a problem shows what can be done."""
        self.open_problem(event.key)

    def _show_queue(self, picture: Picture) -> None:
        urgent = picture.urgent.order_id if picture.urgent else ""
        ringing = len(picture.ringing)
        rows = QueueRows(picture.index, picture.now, picture.zone, self.marked, urgent, ringing > 0, picture.pace)
        self.query_one("#queue", LineList).show(rows, title_of(len(picture.index.queue), ringing))

    def _show_side(self, picture: Picture) -> None:
        drivers, problems = self.query_one("#drivers", LineList), self.query_one("#problems", LineList)
        rides, troubles = picture.board.drivers, picture.board.problems
        drivers.show(driver_rows(rides, picture.now, drivers.content_size.width), drivers_title(rides))
        rows = problem_rows(troubles, picture.now, problems.content_size.width, problems.view)
        problems.show(rows, problems_title(troubles))

    def _show_panel(self, picture: Picture) -> None:
        panel = self.query_one("#panel", LineList)
        if self.is_turning:
            return
        if self.sheet is None or self.sheet.order.id != self.order_id:
            panel.show(Fixed(), EMPTY if self.line is None else head_of(self.line))
            return
        view = PanelView(picture.now, picture.zone, max(NARROWEST, panel.content_size.width - 3), picture.pace)
        panel.show(Fixed(panel_rows(self.sheet, view)), panel_title(self.sheet))
