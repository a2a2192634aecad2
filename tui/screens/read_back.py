"""Reading an order back to the caller, one thing a line, and the second key that enters it (L5)."""

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Label

from tui.i18n import _
from tui.labels.tones import Tone
from tui.screens.dialogs import Dialog
from tui.widgets.big import big, is_drawable
from tui.widgets.cells import Piece, safe, wrapped
from tui.widgets.line_list import LineList
from tui.widgets.rows import Fixed, Row

YES: Final = "y"  # no key that was pressed to come here
AROUND: Final = 14  # rows of the screen that are not the list's
SHORTEST: Final = 6
NAMES: Final = 14  # cells


class ReadBack(Dialog[bool]):
    """The chosen line is what to say now, large; Enter goes on to the next, and only `YES` enters the order."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "go_on", show=False),
        Binding(f"{YES},{YES.upper()}", "confirm", show=False),
    ]
    AUTO_FOCUS = "LineList"

    def __init__(self, said: tuple[tuple[str, str], ...]) -> None:
        super().__init__(_("Read it back to the caller"))
        self._said = said

    def compose_body(self) -> ComposeResult:
        """What to say, then everything."""
        yield Label("", id="say", markup=False)
        yield LineList(has_title=False)
        words = _("Enter goes on to the next   {key} every word is right: enter the order   Esc changes something")
        yield Label(words.format(key=YES.upper()), classes="facts", markup=False)
        with Horizontal(classes="answers"):
            yield Button(_("No, change something"), id="no", compact=True)
            yield Button(_("{key}  Enter the order").format(key=YES.upper()), id="yes", variant="primary", compact=True)

    def on_mount(self) -> None:
        """As tall as there is to say."""
        self.query_one(".dialog").add_class("keyed")
        rows = self.query_one(LineList)
        rows.styles.height = min(len(self._said), max(SHORTEST, self.app.size.height - AROUND))
        rows.show(Fixed(tuple(_row(at, *one) for at, one in enumerate(self._said))))
        self.call_after_refresh(self._say)

    def action_go_on(self) -> None:
        """The next line; on the last it stays."""
        self.query_one(LineList).action_move(1)

    def action_confirm(self) -> None:
        """The caller has heard every word, and so have we."""
        self.dismiss(True)

    @on(LineList.Chosen)
    def say(self) -> None:
        """What to say now."""
        self._say()

    @on(Button.Pressed)
    def press(self, event: Button.Pressed) -> None:
        """By mouse, or by Tab."""
        self.dismiss(event.button.id == "yes" or None)

    def _say(self) -> None:
        chosen = self.query_one(LineList).chosen
        words = safe(self._said[int(chosen or 0)][1])
        place = self.query_one("#say", Label)
        place.update("\n".join(large(words, place.content_size.width)))


def large(words: str, width: int) -> list[str]:
    """Three lines: drawn large where there are letters for it and room, else as they are."""
    if is_drawable(words) and len((drawn := big(words))[0]) <= width:
        return list(drawn)
    lines = wrapped(words, max(10, width))[:3]
    return lines if len(lines) > 1 else ["", *lines, ""]


def _row(at: int, name: str, words: str) -> Row:
    return Row((Piece(f"{name:<{NAMES}}", Tone.MUTED), Piece(words, Tone.STRONG)), key=str(at))
