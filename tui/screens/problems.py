"""Everything that is wrong, on one page, with what to do."""

from textual import on
from textual.app import ComposeResult

from core.board.problems import ProblemLine
from core.domain.ids import OrderId
from tui.screens.work import WorkPage
from tui.widgets.line_list import LineList
from tui.widgets.nothing import no_problems, not_read_yet
from tui.widgets.page_title import with_purpose
from tui.widgets.picture import Picture
from tui.widgets.problem_list import problem_rows, problems_title


class ProblemsScreen(WorkPage):
    """The chosen problem's order is the chosen order; Enter shows what can be done."""

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield LineList(id="list", classes="first page")

    @property
    def problem(self) -> ProblemLine | None:
        """The chosen one."""
        chosen = self.query_one("#list", LineList).chosen
        problems = self.picture.board.problems if self.picture else ()
        return next((problem for problem in problems if problem.problem_id == chosen), None)

    @property
    def order_id(self) -> OrderId | None:
        """Of the chosen problem."""
        return self.problem.order_id if self.problem else None

    def show_time(self, picture: Picture) -> None:
        """Ages run."""
        page = self.query_one("#list", LineList)
        problems = picture.board.problems
        nothing = not_read_yet() if picture.board.is_glance else no_problems()
        rows = problem_rows(problems, picture.now, page.content_size.width) if problems else nothing
        page.show(rows, with_purpose(problems_title(problems), "page.problems"))
        super().show_time(picture)

    def choose(self, order_id: OrderId) -> None:
        """Its problem when it has one here, else at the counter."""
        problems = self.picture.board.problems if self.picture else ()
        mine = next((problem.problem_id for problem in problems if problem.order_id == order_id), None)
        if mine is None:
            self.go_to_counter(order_id)
        elif self.order_id != order_id:
            self.query_one("#list", LineList).choose(mine)

    def action_trouble(self) -> None:
        """Of the chosen problem."""
        if self.problem is None:
            super().action_trouble()
        else:
            self.open_problem(self.problem.problem_id)

    def action_open(self) -> None:
        """The same as its key."""
        self.action_trouble()

    @on(LineList.Chosen, "#list")
    def follow(self) -> None:
        """Another problem."""
        self.choice_changed()

    @on(LineList.Opened, "#list")
    def open_by_click(self) -> None:
        """A second click."""
        self.action_open()
