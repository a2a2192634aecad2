"""What goes wrong again and again, and where; the troubles behind each count, and the record of each."""

from typing import Final

from textual import on
from textual.app import ComposeResult

from core.board.recurring import Incident, Recurring, Side
from core.domain.ids import OrderId
from tui import labels
from tui.i18n import _, spoken_tag
from tui.labels.recurs import place, record_lines
from tui.labels.tones import Tone
from tui.screens.dialogs import PickOne
from tui.screens.errands import errand
from tui.screens.frame import Frame
from tui.screens.terminal import Surroundings
from tui.screens.work import WorkPage
from tui.widgets.cells import Piece
from tui.widgets.line_list import LineList
from tui.widgets.page_title import page_title
from tui.widgets.painted import Painted
from tui.widgets.picture import Picture
from tui.widgets.recurs_rows import incident_rows, key_of, recurring_rows
from tui.widgets.rows import Fixed, Row

SPANS: Final = (7, 30)  # days
MOST_DONE: Final = 14  # lines of a record's history in view


class RecursScreen(WorkPage):
    """Enter leads from a count to its troubles, and from a trouble to its record; F changes the days."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._days = SPANS[0]
        self._found: Recurring | None = None
        self._side: tuple[Side, str] | None = None  # the count that is looked into
        self._is_reading = False
        self._made_of: object = None  # what is shown: thousands of rows are not made twice a second

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield LineList(id="list", classes="first page")

    @property
    def order_id(self) -> OrderId | None:
        """Of the chosen trouble."""
        return self._incident.order_id if self._incident else None

    def show_time(self, picture: Picture) -> None:
        """What was counted stands still until it is asked for again."""
        self._fill()
        super().show_time(picture)

    def choose(self, order_id: OrderId) -> None:
        """At the counter."""
        self.go_to_counter(order_id)

    @on(Frame.Resumed)
    def count_again(self) -> None:
        """Somebody came here: as it is now."""
        if not self._is_reading:
            self._read()

    @errand
    async def _read(self) -> None:
        self._is_reading = True
        try:
            self._found = await self.desk.recurring(self._days)
        finally:
            self._is_reading = False
        self._fill()

    def action_filter(self) -> None:
        """Seven days or thirty."""
        self._days = SPANS[1 - SPANS.index(self._days)]
        self._read()

    def action_open(self) -> None:
        """Into a count, then into a trouble."""
        if self._side is None:
            self._look_into(self.query_one("#list", LineList).chosen)
        elif (incident := self._incident) is not None:
            self.send_out(lambda: self._show_record(incident))

    def action_back(self) -> None:
        """Out of a count, then to the counter."""
        if self._side is None:
            return super().action_back()
        before, self._side = key_of(*self._side), None
        self._fill()
        return self.query_one("#list", LineList).choose(before)

    @on(LineList.Chosen, "#list")
    def follow(self) -> None:
        """Another row."""
        self.choice_changed()

    @on(LineList.Opened, "#list")
    def open_by_click(self) -> None:
        """A second click."""
        self.action_open()

    @on(Painted.Resized)
    def fill_again(self) -> None:
        """Laid out, or another width."""
        self._fill()

    @property
    def _incident(self) -> Incident | None:
        if self._side is None or self._found is None:
            return None
        chosen = self.query_one("#list", LineList).chosen
        return next((one for one in self._found.of(*self._side) if one.problem_id == chosen), None)

    def _look_into(self, key: str | None) -> None:
        side, colon, value = (key or "").partition(":")
        if not colon:
            return self.say(_("Choose a line with a count first: arrows up and down."))
        self._side = (Side(side), value)
        return self._fill()

    async def _show_record(self, incident: Incident) -> None:
        record = await self.desk.record(incident.problem_id)
        lines = list(record_lines(record, self.around.terminal.zone))
        number = f"#{record.number} " if record.number else ""
        at = await self.ask(
            PickOne(f"{number}{labels.title(incident.kind)}", "\n".join(_cut(lines)), options=(_("To the order"),))
        )
        if at is not None and incident.order_id is not None:
            self.go_to_counter(incident.order_id)

    def _fill(self) -> None:
        page, found = self.query_one("#list", LineList), self._found
        made_of = (id(found), self._side, page.content_size.width, self._days, spoken_tag())
        if made_of == self._made_of:
            return
        self._made_of = made_of
        if found is None:
            page.show(Fixed(()), self._title(""))
        elif self._side is None:
            page.show(recurring_rows(found, page.content_size.width), self._title(_cost(found)))
        else:
            page.show(incident_rows(found.of(*self._side), found), self._title(place(*self._side)))

    def _title(self, right: str) -> Row:
        words = _("WHAT RECURS · last {days} days").format(days=self._days)
        return page_title("page.recurs", words, (Piece(f"{right} ", Tone.MUTED),))


def _cost(found: Recurring) -> str:
    """All of it, and what is still open."""
    cost = labels.money(found.cost) if found.cost is not None else ""
    still = _("{count} open").format(count=found.open_ones) if found.open_ones else ""
    newest = _("newest {count}").format(count=len(found.incidents)) if found.is_cut else ""
    return " · ".join(part for part in (newest, cost, still) if part)


def _cut(lines: list[str]) -> list[str]:
    """The beginning and the end tell most."""
    if len(lines) <= MOST_DONE:
        return lines
    half = MOST_DONE // 2
    return [*lines[:half], "…", *lines[-half:]]
