"""Will it fit? Every courier and vehicle with its numbers, and the split that helps."""

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Label

from core.board.sheet import Sheet
from tui import labels
from tui.i18n import _
from tui.labels.fits import advice
from tui.screens.dialogs import Dialog
from tui.widgets.fit_lines import fit_table
from tui.widgets.line_list import LineList
from tui.widgets.painted import Painted
from tui.widgets.rows import Fixed

TALLEST: Final = 14  # rows in view at a time
NARROW: Final = 30  # cells


class WillItFit(Dialog[int]):
    """Answers with the parcels to be planned; Enter plans the split, Escape leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "go_on", show=False)]
    AUTO_FOCUS = "LineList"

    def __init__(self, question: str, *, sheet: Sheet) -> None:
        super().__init__(question)
        self._sheet = sheet

    @property
    def _offered(self) -> int | None:
        """Parcels that would help, while they can be planned."""
        sheet = self._sheet
        if sheet.split is None or sheet.is_split_planned or not sheet.order.is_in_the_shop:
            return None
        return len(sheet.split.parcels)

    def compose_body(self) -> ComposeResult:
        """The table, what can be done, and the ways out."""
        yield LineList(has_title=False, chooses=False)
        for words in (advice(self._sheet), _("Enter plans it   Esc leaves") if self._offered else ""):
            if words:
                yield Label(words, classes="facts", markup=False)
        with Horizontal(classes="answers"):
            yield Button(_("Back"), id="no", compact=True)
            if self._offered is not None:
                words = _("Plan {parcels}").format(parcels=labels.parcels_of(self._offered))
                yield Button(words, id="yes", variant="primary", compact=True)
            elif self._sheet.order.is_in_the_shop and self._sheet.order.parcels > 1:
                yield Button(_("As one parcel again"), id="one", compact=True)

    def on_mount(self) -> None:
        """Wide enough for the numbers."""
        self.query_one(".dialog").add_class("offers")
        self._show()

    def action_go_on(self) -> None:
        """The split, where there is one to take."""
        self.dismiss(self._offered)

    @on(Button.Pressed)
    def press(self, event: Button.Pressed) -> None:
        """By mouse, or by Tab."""
        self.dismiss({"yes": self._offered, "one": 1}.get(event.button.id or ""))

    @on(Painted.Resized)
    def fill_again(self) -> None:
        """Laid out, or another width."""
        self._show()

    def _show(self) -> None:
        table = self.query_one(LineList)
        rows = tuple(fit_table(self._sheet, max(NARROW, table.content_size.width - 2)))
        table.styles.height = min(TALLEST, len(rows))
        table.show(Fixed(rows))
