"""How the queue is looked at: large rows, and a filter that hides nothing without saying so."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Label

from core.domain.ids import OrderId
from tui import keys
from tui.i18n import _, spoken
from tui.labels.tones import Tone
from tui.screens.terminal import Surroundings
from tui.screens.work import WorkPage
from tui.widgets.cells import Piece
from tui.widgets.line_list import LineList
from tui.widgets.order_list import Filtered, Made, QueueRows, title_of
from tui.widgets.order_row import QueueView
from tui.widgets.picture import Picture
from tui.widgets.queue_filter import fits, sifted
from tui.widgets.queue_index import QueueIndex
from tui.widgets.rows import EMPTY, Fixed, Row

EVER = datetime.min.replace(tzinfo=UTC)


class FilterField(Input):
    """Arrows go over the queue while words are typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "screen.step(-1)", show=False),
        Binding("down", "screen.step(1)", show=False),
    ]


class QueuePage(WorkPage):
    """L and F."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.is_large = around.terminal.rows == "large"
        self.wanted = ""  # the words of the filter
        self._sifted = (QueueIndex(), "", QueueIndex())
        self._made: tuple[object, object, Made] = (None, None, {})

    def compose_filter(self) -> ComposeResult:
        """One line; it has no place while nothing is looked for."""
        with Horizontal(id="filter"):
            yield Label(id="filter-name", markup=False)
            yield FilterField(id="filter-words", compact=True)

    def on_mount(self) -> None:
        """Rows as the config wants them."""
        super().on_mount()
        self.set_class(self.is_large, "-large")

    def action_large_rows(self) -> None:
        """Large, or small again; the same order stays chosen and in view."""
        self.is_large = not self.is_large
        self.set_class(self.is_large, "-large")
        self.redraw_all()
        queue = self.query_one("#queue", LineList)
        self.call_after_refresh(lambda: queue.choose(queue.chosen))

    def action_filter(self) -> None:
        """Type, and the queue shows what fits."""
        self.add_class("-filtering")
        self.query_one("#filter-name", Label).update(f" {_('filter')} ")
        field = self.query_one(FilterField)
        field.placeholder = _("number, name, phone's last digits, waybill or channel")
        field.focus()

    def action_step(self, by: int) -> None:
        """Over the queue, from the filter's field."""
        self.query_one("#queue", LineList).action_move(by)

    def show_all(self) -> bool:
        """No filter any more; whether there was one."""
        was_on = bool(self.wanted) or self.has_class("-filtering")
        self.remove_class("-filtering")
        self.query_one(FilterField).value = ""
        self._look_for("")
        return was_on

    def unhide(self, order_id: OrderId) -> None:
        """An order somebody goes to is never hidden by a filter."""
        line = self.picture.index.line(order_id) if self.picture else None
        if line is not None and not fits(line, self.wanted):
            self.show_all()

    @on(Input.Changed, "#filter-words")
    def look_for(self, event: Input.Changed) -> None:
        """With every letter."""
        self._look_for(event.value)

    @on(Input.Submitted, "#filter-words")
    def keep_filter(self) -> None:
        """Back to the keys; without words there is no filter."""
        if not self.wanted.strip():
            self.show_all()
        self.query_one("#queue", LineList).focus()

    def show_queue(self, picture: Picture) -> None:
        """What fits, or all of it."""
        if picture.is_first and not picture.board.is_glance:
            return  # nobody knows yet whether there are any
        index, ringing = self._index(picture), len(picture.ringing)
        title = title_of(picture.board.open_orders, ringing, len(self.marked), self._filtered(picture, index))
        view = self._view(picture)
        rows = QueueRows(index, view, self.is_large, self._made_before(view))
        nothing = Fixed(_nothing(is_filtered=bool(self.wanted.strip())))
        self.query_one("#queue", LineList).show(rows if index.queue else nothing, title)

    def _look_for(self, words: str) -> None:
        self.wanted = words
        if self.picture is not None and self.may_draw:
            self.show_queue(self.picture)

    def _index(self, picture: Picture) -> QueueIndex:
        """Sifted once a board; the whole one where nothing is looked for."""
        if not self.wanted.strip():
            return picture.index
        whole, words, small = self._sifted
        if whole is not picture.index or words != self.wanted:
            small = small.after(sifted(picture.index.queue, self.wanted))
            self._sifted = (picture.index, self.wanted, small)
        return small

    def _filtered(self, picture: Picture, index: QueueIndex) -> Filtered | None:
        if not self.wanted.strip():
            return None
        outside = sum(1 for line in picture.ringing if not fits(line, self.wanted))
        return Filtered(self.wanted.strip(), len(index.queue), len(picture.index.queue), outside)

    def _made_before(self, view: QueueView) -> Made:
        """What was drawn in this second need not be made again while nothing else in the view differs."""
        same = (int(view.now.timestamp()), replace(view, now=EVER, rides={}), spoken(), self.is_large)
        if self._made[0] != same or self._made[1] is not view.rides:
            self._made = (same, view.rides, {})
        return self._made[2]

    def _view(self, picture: Picture) -> QueueView:
        return QueueView(
            now=picture.now,
            zone=picture.zone,
            marked=self.marked,
            urgent=picture.urgent.order_id if picture.urgent else "",
            is_ringing=bool(picture.ringing),
            pace=picture.pace,
            rides=picture.rides,
        )


def _nothing(*, is_filtered: bool) -> tuple[Row, ...]:
    """An empty queue says what to do."""
    if is_filtered:
        words = _("Nothing fits. {key} shows all.").format(key=keys.cap("back"))
    else:
        words = _("No open orders. They come by themselves, and ring.")
    return EMPTY, Row((Piece(words, Tone.MUTED),))
