"""Return and refund: pieces that the customer gives up, and what they give back."""

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Label

from core.domain.ids import LineId
from core.domain.line import OrderLine
from core.domain.sharing import left_of, line_shares, refund_of
from core.domain.shortage import Shortage
from tui import labels
from tui.i18n import _
from tui.labels.shorts import name
from tui.labels.tones import Tone
from tui.screens.dialogs import Dialog
from tui.widgets.cells import Piece, column
from tui.widgets.line_list import LineList
from tui.widgets.rows import Fixed, Row

TALLEST: Final = 10  # rows in view at a time
MONEY: Final = 14  # cells


class GiveBack(Dialog[dict[LineId, int]]):
    """Starts with nothing; more and less by + and -, never more than is still paid for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus,equals_sign", "change(1)", show=False),
        Binding("minus", "change(-1)", show=False),
        Binding("enter", "go_on", show=False),
    ]
    AUTO_FOCUS = "LineList"

    def __init__(self, question: str, *, shortage: Shortage) -> None:
        super().__init__(question)
        self._shortage, self._left = shortage, left_of(shortage.order)
        self._back: dict[LineId, int] = {}

    def compose_body(self) -> ComposeResult:
        """A row a line, the sum, the keys."""
        yield LineList(has_title=False)
        yield Label("", id="sum", classes="facts", markup=False)
        yield Label(_("- one less   + one more   Enter goes on   Esc leaves"), classes="facts close", markup=False)
        yield Label("", classes="trouble", markup=False)
        with Horizontal(classes="answers"):
            yield Button(_("Back"), id="no", compact=True)
            yield Button(_("Go on"), id="yes", variant="primary", compact=True)

    def on_mount(self) -> None:
        """As tall as there are lines."""
        self.query_one(LineList).styles.height = min(TALLEST, max(1, len(self._lines)))
        self._show()

    def action_change(self, by: int) -> None:
        """Of the chosen line."""
        chosen = self.query_one(LineList).chosen
        line = next((line for line in self._lines if line.id == chosen), None)
        if line is not None:
            self._back[line.id] = max(0, min(self._left[line.id], self._back.get(line.id, 0) + by))
            self._show()

    def action_go_on(self) -> None:
        """Something that gives money back."""
        pieces = {line_id: count for line_id, count in self._back.items() if count}
        if refund_of(self._shortage.order, pieces, refunded=self._shortage.refunded).total.minor:
            self.dismiss(pieces)
        else:
            self.query_one(".trouble", Label).update(_("That gives no money back."))

    @on(Button.Pressed)
    def press(self, event: Button.Pressed) -> None:
        """By mouse."""
        self.action_go_on() if event.button.id == "yes" else self.dismiss(None)

    @property
    def _lines(self) -> tuple[OrderLine, ...]:
        return tuple(line for line in self._shortage.order.lines if line.id in self._left)

    def _show(self) -> None:
        self.query_one(LineList).show(Fixed(tuple(self._row(line) for line in self._lines)))
        back = refund_of(self._shortage.order, self._back, refunded=self._shortage.refunded)
        words = _("{amount} goes back to the customer.").format(amount=labels.money(back.total))
        self.query_one("#sum", Label).update(words)

    def _row(self, line: OrderLine) -> Row:
        count, left = self._back.get(line.id, 0), self._left[line.id]
        share = line_shares(self._shortage.order, {line.id: count}).get(line.id)
        amount = labels.money(share.total) if share else ""
        counts = Piece(_("{back} of {left}").format(back=count, left=left), Tone.HAND if count else Tone.MUTED)
        right = (counts, Piece(column(amount, MONEY, right=True), Tone.STRONG))
        return Row((Piece(name(line), Tone.STRONG),), (Piece("  "), *right), key=line.id)
