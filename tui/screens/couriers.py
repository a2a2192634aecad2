"""How each courier answers, as long as somebody looks."""

from collections.abc import Callable
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from tui.i18n import _
from tui.labels.tones import Tone
from tui.screens.dialogs import Answering
from tui.widgets.cells import Piece
from tui.widgets.courier_list import courier_rows
from tui.widgets.line_list import LineList
from tui.widgets.painted import Painted
from tui.widgets.picture import Picture
from tui.widgets.rows import Row

EDGES: Final = 2  # cells of a list's bar and of its thumb
BEAT: Final = 0.5  # seconds: what counts down, counts here too


class CouriersScreen(Answering[None]):
    """Escape, or the key that opened it, closes it; arrows scroll."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "dismiss", show=False),
        Binding("e,E", "dismiss", show=False, id="couriers.health"),
    ]

    def __init__(self, picture: Callable[[], Picture | None]) -> None:
        super().__init__()
        self._picture = picture

    def compose(self) -> ComposeResult:
        """A list that scrolls."""
        with Vertical(classes="dialog couriers"):
            yield LineList(chooses=False)

    def on_mount(self) -> None:
        """The page below gets the pictures; this looks at the last one."""
        self.set_interval(BEAT, self.fill)

    @on(Painted.Resized)
    def fill(self) -> None:
        """Words are wrapped, so every width has rows of its own."""
        shown, picture = self.query_one(LineList), self._picture()
        if picture is None or not shown.content_size.width:
            return
        title = Row((Piece(f" {_('COURIERS')}", Tone.STRONG),), (Piece(_("Esc closes"), Tone.MUTED),))
        shown.show(courier_rows(picture, shown.content_size.width - EDGES), title)
