"""What happened in the shop."""

from textual import on
from textual.app import ComposeResult

from core.board.journal import JournalLine
from core.domain.ids import OrderId
from tui.i18n import _
from tui.screens.errands import carry_out, errand
from tui.screens.journal_reader import JournalReader
from tui.screens.terminal import Surroundings
from tui.screens.work import WorkPage
from tui.widgets.journal_list import JournalList, JournalRows, newer_above, only_of
from tui.widgets.line_list import LineList
from tui.widgets.nothing import no_journal
from tui.widgets.page_title import page_title
from tui.widgets.picture import Picture


class JournalScreen(WorkPage):
    """Follows the newest until a line is chosen; that one's order is the chosen order."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._reader = JournalReader(around.desk)
        self._rows = JournalRows((), around.terminal.zone)

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield JournalList(id="list", classes="first page")

    @property
    def entry(self) -> JournalLine | None:
        """The chosen line."""
        return self._rows.line(self.query_one(JournalList).chosen)

    @property
    def order_id(self) -> OrderId | None:
        """Of the chosen line."""
        return self.entry.event.order_id if self.entry else None

    def show_board(self, picture: Picture, before: Picture | None) -> None:
        """Something happened."""
        super().show_board(picture, before)
        if picture.board.seen > self._reader.seen:
            self.run_worker(carry_out(self, self._read_new), group="journal", exit_on_error=False)

    def show_time(self, picture: Picture) -> None:
        """The lines as far as they were read."""
        page = self.query_one(JournalList)
        if self._rows.lines is not self._reader.lines:
            self._rows = JournalRows(self._reader.lines, picture.zone)
        page.show(self._rows if self._rows.lines else no_journal())
        self._entitle(page)
        super().show_time(picture)

    def show_choice(self, picture: Picture) -> None:
        """How far from the newest."""
        self._entitle(self.query_one(JournalList))
        super().show_choice(picture)

    def choose(self, order_id: OrderId) -> None:
        """At the counter, where everything about it is shown."""
        self.go_to_counter(order_id)

    def action_open(self) -> None:
        """To the order."""
        if self.entry is None:
            return self.say(_("Choose a line first: arrows up and down."))
        if self.order_id is None:
            return self.say(_("This is about the shop, not about an order."))
        return self.go_to_counter(self.order_id)

    def action_back(self) -> None:
        """To all orders, then to the newest, then to the counter."""
        page = self.query_one(JournalList)
        if self._reader.of is not None:
            return self.action_filter()
        if page.chosen is None and not page.top:
            return super().action_back()
        page.go_to_newest()
        return self.choice_changed()

    @errand
    async def action_filter(self) -> None:
        """The chosen order's lines alone; again shows all."""
        wanted = None if self._reader.of is not None else self.order_id
        if wanted is None and self._reader.of is None:
            return self.say(_("Choose a line of an order first."))
        await self._reader.only(wanted)
        self.query_one(JournalList).go_to_newest()
        return self.redraw_all()

    @on(LineList.Chosen, "#list")
    def follow(self) -> None:
        """Another line."""
        self.choice_changed()

    @on(LineList.Opened, "#list")
    def open_by_click(self) -> None:
        """A click goes to the order; of the shop's own lines there is nothing to open."""
        if self.order_id is not None:
            self.call_later(self.action_open)

    @on(JournalList.WantsOlder)
    def look_back(self) -> None:
        """Somebody leafs into the past."""
        self.run_worker(carry_out(self, self._read_older), group="journal", exit_on_error=False)

    async def _read_new(self) -> None:
        await self._reader.read_new(self.picture.board.seen if self.picture else 0)
        page = self.query_one(JournalList)
        if page.chosen is None and not page.top:
            self._reader.forget_old()
        self.redraw_all()

    async def _read_older(self) -> None:
        if await self._reader.read_older():
            self.redraw_all()

    def _entitle(self, page: JournalList) -> None:
        number = next((line.number for line in self._reader.lines), "") if self._reader.of else ""
        right = only_of(number) if self._reader.of else newer_above(page.newer)
        page.entitle(page_title("page.journal", _("JOURNAL"), right))
