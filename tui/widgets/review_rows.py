"""What was found odd about an order, as lines of its panel: what stops it first, with what to do; notes in one line."""

from collections.abc import Iterator
from datetime import tzinfo

from core.board.sheet import Sheet
from core.domain.events import CustomerCalledBack
from core.domain.review import Finding, barring, findings_of
from core.domain.stage import BEFORE_ACCEPT, Stage
from tui import keys, labels
from tui.i18n import _
from tui.labels import review
from tui.labels.review_calls import result_words
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, wrapped
from tui.widgets.rows import Row, heading


def review_rows(sheet: Sheet, zone: tzinfo, width: int) -> Iterator[Row]:
    """Nothing where nothing is odd, or the order is accepted and its customer's words are settled."""
    order = sheet.order
    if order.stage is Stage.REVIEW:
        yield from heading(_("LOOK FIRST"))
        for finding in barring(order):
            yield from _stop(finding, sheet, width)
        yield from _calls(sheet, zone, width)
        words = _("{key} opens what can be done: call, put right, let pass.").format(key=keys.cap("order.accept"))
        yield from _lines(words, width, Tone.STRONG)
    if order.stage in BEFORE_ACCEPT:
        yield from _notes(sheet, width)
    if order.completed is not None and order.completed.is_retold and order.stage is not Stage.REVIEW:
        told = _("The shop now tells: {words}").format(words=review.told_words(order.completed))
        yield from _lines(told, width, Tone.TROUBLE)


def _stop(finding: Finding, sheet: Sheet, width: int) -> Iterator[Row]:
    """Sign and words are loud, the next step plain."""
    for y, words in enumerate(wrapped(review.found(finding, sheet.order), width - 2)):
        yield Row((Piece("◇ " if y == 0 else "  ", Tone.HAND), Piece(words, Tone.TROUBLE)))
    yield from _lines(review.next_step(finding), width, Tone.PLAIN, indent=4)


def _notes(sheet: Sheet, width: int) -> Iterator[Row]:
    order = sheet.order
    notes = [review.short(finding) for finding in findings_of(order) if not finding.stops]
    seen = _("let pass by {name}").format(name=order.reviewed_by) if order.reviewed_by else ""
    words = " · ".join([*notes, *([seen] if seen else [])])
    if words:
        yield from _lines(f"◇ {words}", width, Tone.MUTED)


def _calls(sheet: Sheet, zone: tzinfo, width: int) -> Iterator[Row]:
    """The last call-back, and when to try again."""
    calls = [event for event in sheet.history if isinstance(event, CustomerCalledBack)]
    if not calls:
        return
    last = calls[-1]
    said = _("Call {attempt}: {result}").format(attempt=last.attempt, result=result_words(last.answer))
    again = last.again_at and _("again at {time}").format(time=labels.clock(last.again_at, zone))
    yield from _lines(f"{said}, {again}" if again else said, width, Tone.HAND)


def _lines(words: str, width: int, tone: Tone, indent: int = 0) -> Iterator[Row]:
    for part in wrapped(words, width - indent):
        yield Row((Piece(" " * indent + part, tone),))
