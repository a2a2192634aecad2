"""The counter: the queue, the chosen order, the drivers and what is wrong."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from core.domain.ids import OrderId
from tui.i18n import _
from tui.screens.news import NewsPage
from tui.screens.queue_page import QueuePage
from tui.widgets.driver_list import driver_rows, drivers_title
from tui.widgets.line_list import LineList
from tui.widgets.load_chart import LoadChart
from tui.widgets.order_panel import PanelView, head_of, next_to_tick, panel_rows, panel_title
from tui.widgets.picture import Picture
from tui.widgets.problem_list import problem_rows, problems_title
from tui.widgets.rows import EMPTY, Fixed

NARROWEST = 20  # cells; a panel that is not in view has none


class CounterScreen(NewsPage, QueuePage):
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
                    yield from self.compose_news()
        yield from self.compose_filter()

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
        self.show_queue(picture)
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
            self.unhide(order_id)
            self.query_one("#queue", LineList).choose(order_id)
        self.choice_changed()

    def go_down(self) -> None:
        """One order on."""
        self.query_one("#queue", LineList).action_move(1)

    def action_open(self) -> None:
        """Into the panel: arrows go over its lines."""
        if self.need_order() is None:
            return
        if self.query_one("#panel", LineList).has_focus:
            self.say(_("#{number} is open. Arrows go over its lines.").format(number=self.number))
        self.add_class("-opened")
        self.query_one("#panel", LineList).focus()
        self.redraw()

    def action_back(self) -> None:
        """One step out: of the panel, off the looked-up order, all shown again, marks off."""
        if not (self._leave_panel() or self._forget_found() or self.show_all() or self._unmark()):
            self.say(_("Nothing is open here."))
        self.query_one("#queue", LineList).focus()
        self.redraw_all()

    def _leave_panel(self) -> bool:
        was_open = self.query_one("#panel", LineList).has_focus or self.has_class("-opened")
        self.remove_class("-opened")
        return was_open and self.found is None

    def _forget_found(self) -> bool:
        was_found, self.found = self.found is not None, None
        if was_found:
            self.choice_changed()
        return was_found

    def _unmark(self) -> bool:
        had_marks, self.marked = bool(self.marked), frozenset()
        return had_marks

    @on(LineList.Chosen, "#queue")
    def follow(self, event: LineList.Chosen) -> None:
        """The panel follows the queue."""
        self.found = None
        panel = self.query_one("#panel", LineList)
        panel.chosen, panel.top = None, 0
        if not self.has_class("-narrow"):
            self.remove_class("-opened")  # there the queue stays in view: the next order is not opened yet
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

    def _show_side(self, picture: Picture) -> None:
        if picture.is_first:
            return  # nothing is known of them yet
        drivers, problems = self.query_one("#drivers", LineList), self.query_one("#problems", LineList)
        rides, troubles = picture.board.drivers, picture.board.problems
        drivers.show(
            driver_rows(rides, picture.now, drivers.content_size.width, picture.zone), drivers_title(rides, picture.now)
        )
        rows = problem_rows(troubles, picture.now, problems.content_size.width, problems.view)
        problems.show(rows, problems_title(troubles))

    def _show_panel(self, picture: Picture) -> None:
        panel = self.query_one("#panel", LineList)
        if self.is_turning:
            return
        if self.sheet is None or self.sheet.order.id != self.order_id:
            panel.show(Fixed(), EMPTY if self.line is None else head_of(self.line))
            return
        width = max(NARROWEST, panel.content_size.width - 3)
        view = PanelView(picture.now, picture.zone, width, picture.pace, self.has_class("-opened"))
        panel.show(Fixed(panel_rows(self.sheet, view)), panel_title(self.sheet))
