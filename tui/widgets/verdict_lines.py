"""May I accept this? As lines of the panel."""

from collections.abc import Iterator

from core.domain.acceptance import Verdict
from tui import labels
from tui.i18n import _
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, cells
from tui.widgets.rows import Row, heading


def may_i_accept(verdicts: tuple[Verdict, ...], width: int) -> Iterator[Row]:
    """A tick or a cross a rule, with both numbers; two beside each other where there is room."""
    yield from heading(_("MAY I ACCEPT?"))
    shown = [_verdict(verdict) for verdict in verdicts]
    half = width // 2
    if half < 28:
        yield from (Row(pieces) for pieces in shown)
        return
    for left, right in zip(shown[::2], [*shown[1::2], ()], strict=False):
        yield Row((*cells(left, half), *right))


def _verdict(verdict: Verdict) -> Pieces:
    sign, tone = {True: ("✓", Tone.GOOD), False: ("✗", Tone.TROUBLE), None: ("?", Tone.HAND)}[verdict.kept]
    words = Tone.TROUBLE if verdict.is_cross else Tone.PLAIN
    return (Piece(f"{sign} ", tone), Piece(labels.verdict(verdict), words))
