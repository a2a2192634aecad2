"""The last look before an order is shipped short: nothing has left, and nothing leaves without it."""

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Label

from core.domain.short import ShortPlan
from tui import keys
from tui.i18n import _
from tui.labels.shorts import HAS_SAID_YES
from tui.screens.dialogs import Dialog
from tui.widgets.line_list import LineList
from tui.widgets.painted import Painted
from tui.widgets.rows import Fixed
from tui.widgets.short_rows import look_rows

AROUND: Final = 13  # rows beside the list
NARROW: Final = 30  # cells
LOW: Final = 30  # rows of a terminal in which every one counts


class ShortLook(Dialog[bool]):
    """Goes, goes instead, stays out, and the money to the cent; the safe answer has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = []
    AUTO_FOCUS = "#no"

    def __init__(self, question: str, plan: ShortPlan) -> None:
        super().__init__(question)
        self._plan = plan

    def compose_body(self) -> ComposeResult:
        """All of it, what was said, and the two answers."""
        yield LineList(has_title=False, chooses=False)
        asked = f"☑ {_(HAS_SAID_YES)}" if self._plan.short.is_asked else f"☐ {_('the customer was not asked')}"
        once = _("Only once for an order. {key} takes it back until it leaves.").format(key=keys.cap("order.undo"))
        yield Label(asked, classes="facts", markup=False)
        yield Label(once, classes="facts close", markup=False)
        with Horizontal(classes="answers"):
            yield Button(_("No, go back"), id="no", compact=True)
            yield Button(_("Ship short"), id="yes", variant="error", compact=True)

    def on_mount(self) -> None:
        """As wide and as tall as it needs."""
        self.query_one(".dialog").add_class("shorts", *(("tight",) if self.app.size.height < LOW else ()))
        self._show()

    @on(Button.Pressed)
    def answer(self, event: Button.Pressed) -> None:
        """Either way."""
        self.dismiss(event.button.id == "yes")

    @on(Painted.Resized)
    def fill_again(self) -> None:
        """Laid out, or another width."""
        self._show()

    def _show(self) -> None:
        table = self.query_one(LineList)
        rows = look_rows(self._plan, max(NARROW, table.content_size.width - 2))
        table.styles.height = max(3, min(len(rows), self.app.size.height - AROUND))
        table.show(Fixed(rows))
