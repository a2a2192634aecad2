"""What goes in a partial shipment: pieces a line."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Label

from core.domain.ids import LineId
from core.domain.line import OrderLine
from tui.i18n import _
from tui.labels.tones import Tone
from tui.screens.dialogs import Dialog
from tui.widgets.cells import Piece
from tui.widgets.line_list import LineList
from tui.widgets.rows import Fixed, Row


class PickLines(Dialog[dict[LineId, int]]):
    """Starts with what is in the bag; less and more by - and +."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus,equals_sign", "change(1)", show=False),
        Binding("minus", "change(-1)", show=False),
        Binding("enter", "go_on", show=False),
    ]
    AUTO_FOCUS = "LineList"

    def __init__(self, question: str, facts: str, *, lines: tuple[OrderLine, ...]) -> None:
        super().__init__(question, facts)
        self._lines = lines
        self._going = {line.id: line.picked for line in lines}

    def compose_body(self) -> ComposeResult:
        """A row a line."""
        yield LineList(has_title=False)
        yield Label(_("- one less   + one more   Enter goes on   Esc leaves"), classes="facts", markup=False)
        yield Label("", classes="trouble", markup=False)
        with Horizontal(classes="answers"):
            yield Button(_("Back"), id="no", compact=True)
            yield Button(_("Go on"), id="yes", variant="primary", compact=True)

    def on_mount(self) -> None:
        """As tall as there are lines."""
        self.query_one(LineList).styles.height = min(12, len(self._lines))
        self._show()

    def action_change(self, by: int) -> None:
        """Of the chosen line; never below none or above what was bought."""
        chosen = self.query_one(LineList).chosen
        line = next((line for line in self._lines if line.id == chosen), None)
        if line is not None:
            self._going[line.id] = max(0, min(line.quantity, self._going[line.id] + by))
            self._show()

    def action_go_on(self) -> None:
        """Something, and less than all."""
        total, bought = sum(self._going.values()), sum(line.quantity for line in self._lines)
        if 0 < total < bought:
            self.dismiss(dict(self._going))
        else:
            words = _("{total} of {bought} pieces: a partial shipment is at least one, and fewer than all.")
            self.query_one(".trouble", Label).update(words.format(total=total, bought=bought))

    @on(Button.Pressed)
    def press(self, event: Button.Pressed) -> None:
        """By mouse."""
        self.action_go_on() if event.button.id == "yes" else self.dismiss(None)

    def _show(self) -> None:
        self.query_one(LineList).show(Fixed(tuple(self._row(line) for line in self._lines)))

    def _row(self, line: OrderLine) -> Row:
        going = self._going[line.id]
        tone = Tone.HAND if going < line.quantity else Tone.GOOD
        count = Piece(_("{going} of {bought} go").format(going=going, bought=line.quantity), tone)
        return Row((Piece(line.name, Tone.STRONG),), (Piece("  "), count), key=line.id)
