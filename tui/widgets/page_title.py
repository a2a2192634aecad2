"""What a page is, what it is for, and what stands beside it."""

from tui import keys
from tui.i18n import _
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces
from tui.widgets.rows import Row


def page_title(key_id: str, name: str, right: Pieces = ()) -> Row:
    """The purpose is the sentence of the key that leads there."""
    return with_purpose(Row((Piece(f" {name}", Tone.HEADING),), right), key_id)


def with_purpose(title: Row, key_id: str) -> Row:
    """The title, and the sentence where there is room."""
    return Row((*title.left, Piece(f"  {_(keys.BY_ID[key_id].tooltip)}", Tone.MUTED)), title.right)
