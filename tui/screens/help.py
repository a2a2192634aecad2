"""All keys and signs on one page, from the same table as the keys themselves."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from core.board.lamps import Light
from core.domain.delivery import DeliveryState
from core.domain.stage import Stage
from tui import keys, labels
from tui.i18n import N_, _
from tui.keys import Group
from tui.labels.tones import Tone
from tui.screens.dialogs import Answering
from tui.widgets.cells import Piece, cap, column
from tui.widgets.line_list import LineList
from tui.widgets.rows import Fixed, Row

GROUPS = {
    Group.ORDER: N_("ORDERS"),
    Group.PACK: N_("PACKING"),
    Group.DRIVER: N_("DRIVERS"),
    Group.LOOK: N_("LOOKING ABOUT"),
}
SIGNS = (*Stage, *DeliveryState, *Light)


class HelpScreen(Answering[None]):
    """Escape, ? or Q closes it; arrows scroll."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "dismiss", show=False),
        Binding("question_mark", "dismiss", show=False, id="help"),
        Binding("q,Q", "dismiss", show=False, id="quit"),
    ]

    def compose(self) -> ComposeResult:
        """A list that scrolls."""
        with Vertical(classes="dialog help"):
            yield LineList(chooses=False)

    def on_mount(self) -> None:
        """Filled once."""
        title = Row((Piece(f" {_('KEYS AND SIGNS')}", Tone.STRONG),), (Piece(_("Esc closes"), Tone.MUTED),))
        self.query_one(LineList).show(Fixed((*_key_rows(), *_sign_rows())), title)


def _key_rows() -> tuple[Row, ...]:
    rows: list[Row] = []
    for group, name in GROUPS.items():
        rows += [Row(()), Row((Piece(_(name), Tone.HEADING),))]
        rows += [_key_row(key) for key in keys.KEYS if key.group is group]
    scan = _("A scanner works everywhere: items tick themselves, a waybill opens the handover.")
    return (*rows, Row(()), Row((Piece(scan, Tone.INFO),)))


def _key_row(key: keys.Key) -> Row:
    shown = keys.cap(key.id)
    gap = " " * max(1, 8 - len(shown))
    name = Piece(column(_(key.label), 15), Tone.STRONG)
    return Row((cap(shown, Tone.CAP), Piece(gap), name, Piece(_(key.tooltip), Tone.PLAIN)))


def _sign_rows() -> tuple[Row, ...]:
    words = [labels.word(member) for member in SIGNS]
    signs = [Row((Piece(f"{word.sign}  ", word.tone), Piece(word.text, Tone.PLAIN))) for word in words]
    return (Row(()), Row((Piece(_("SIGNS"), Tone.HEADING),)), *signs)
