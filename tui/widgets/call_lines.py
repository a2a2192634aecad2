"""When to call the driver, and why then, as lines of the panel."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from core.board.sheet import Sheet
from core.domain.call_advice import Advice, CallVerdict
from tui import keys
from tui.i18n import _
from tui.labels.calls import call_reasons, call_title
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, cap, wrapped
from tui.widgets.rows import EMPTY, Row


def is_due(sheet: Sheet, now: datetime) -> bool:
    """To be called now: it stands above what can wait."""
    return sheet.call is not None and sheet.call.verdict(now) is CallVerdict.NOW


def call_rows(sheet: Sheet, now: datetime, zone: tzinfo, width: int) -> Iterator[Row]:
    """Nothing where no driver is to be called."""
    if sheet.call is None:
        return
    yield EMPTY
    yield Row((Piece(_("DRIVER"), Tone.HEADING), Piece("  "), *_title(sheet.call, now, zone)))
    for sentence in call_reasons(sheet.call, now):
        yield from (Row((Piece(f"  {words}", Tone.MUTED),)) for words in wrapped(sentence, width - 2))


def _title(call: Advice, now: datetime, zone: tzinfo) -> Pieces:
    words = call_title(call, now, zone)
    if call.verdict(now) is not CallVerdict.NOW:
        return (Piece(words, Tone.INFO if call.call_at else Tone.PLAIN),)
    return cap(keys.cap("order.ship"), Tone.HAND_LOW), Piece(f" {words}", Tone.STRONG)
