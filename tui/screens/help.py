"""All keys and signs on one page, from the same table as the keys themselves."""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
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
from tui.widgets.cells import Piece, Pieces, cap, column, width_of, wrapped
from tui.widgets.line_list import LineList
from tui.widgets.painted import Painted
from tui.widgets.rows import Fixed, Row

GROUPS = {
    Group.ORDER: N_("ORDERS"),
    Group.PACK: N_("PACKING"),
    Group.DRIVER: N_("DRIVERS"),
    Group.LOOK: N_("LOOKING ABOUT"),
}
EDGES = 2  # cells of a list's bar and of its thumb
CAP, NAME = 10, 15  # cells of the columns before a key's sentence
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

    @on(Painted.Resized)
    def fill(self) -> None:
        """Sentences are wrapped, so every width has rows of its own."""
        title = Row((Piece(f" {_('KEYS AND SIGNS')}", Tone.STRONG),), (Piece(_("Esc closes"), Tone.MUTED),))
        shown = self.query_one(LineList)
        shown.show(Fixed((*_key_rows(shown.content_size.width - EDGES), *_sign_rows())), title)


def _key_rows(width: int) -> tuple[Row, ...]:
    rows: list[Row] = []
    for group, name in GROUPS.items():
        rows += [Row(()), Row((Piece(_(name), Tone.HEADING),))]
        rows += [row for key in keys.KEYS if key.group is group for row in _of_key(key, width)]
    scan = _("A scanner works everywhere: items tick themselves, a waybill opens the handover.")
    return (*rows, Row(()), *(Row((Piece(words, Tone.INFO),)) for words in wrapped(scan, width)))


def _of_key(key: keys.Key, width: int) -> Iterator[Row]:
    """Cap and name; the sentence beside them, in as many lines as it needs."""
    pressed = cap(keys.cap(key.id), Tone.CAP)
    name = Piece(column(_(key.label), NAME), Tone.STRONG)
    front: Pieces = (pressed, Piece(" " * max(1, CAP - len(pressed.text))), name)
    under: Pieces = (Piece(" " * width_of(front)),)
    for y, words in enumerate(wrapped(_(key.tooltip), max(1, width - width_of(front)))):
        yield Row((*(under if y else front), Piece(words, Tone.PLAIN)))


def _sign_rows() -> tuple[Row, ...]:
    words = [labels.word(member) for member in SIGNS]
    signs = [Row((Piece(f"{word.sign}  ", word.tone), Piece(word.text, Tone.PLAIN))) for word in words]
    return (Row(()), Row((Piece(_("SIGNS"), Tone.HEADING),)), *signs)
