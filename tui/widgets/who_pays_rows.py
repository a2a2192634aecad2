"""The coach's table for eyes: one place of an order, a cause a row, the chosen one in full below."""

from core.domain.cause import Cause
from core.domain.coach_table import TABLE
from core.domain.coaching import Cell
from core.domain.phase import Phase
from tui.i18n import _
from tui.labels import coach
from tui.labels.bearers import BEARERS
from tui.labels.coach_words import cause as cause_word, phase as phase_word
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, column, wrapped
from tui.widgets.page_title import page_title
from tui.widgets.rows import EMPTY, Row

WIDE = 100  # cells from which each cause names what is done first
CAUSE, BEARER = 30, 24  # cells


def title(phase: Phase) -> Row:
    """Which place is shown, and how to reach the others."""
    places = tuple(Phase)
    where = f"◀ {phase_word(phase)} ▶"
    count = f" {places.index(phase) + 1}/{len(places)}"
    return page_title("page.who_pays", _("WHO PAYS"), (Piece(where, Tone.HAND), Piece(count, Tone.MUTED)))


def rows_of(phase: Phase, chosen: Cause, width: int) -> tuple[Row, ...]:
    """Causes first: they can be chosen; what the chosen one says cannot."""
    causes = tuple(_row(phase, cause, width) for cause in Cause)
    return (*causes, EMPTY, *_detail(TABLE[phase][chosen], width))


def _row(phase: Phase, cause: Cause, width: int) -> Row:
    cell = TABLE[phase][cause]
    word = BEARERS[cell.bearer]
    left = (
        Piece(column(cause_word(cause), CAUSE), Tone.STRONG),
        Piece(column(f"{word.sign} {word.text}", BEARER), word.tone),
    )
    first = Piece(coach.way(cell.ways[0]), Tone.MUTED)
    return Row((*left, first) if width >= WIDE else left, (Piece(cell.rule, Tone.MUTED),), key=cause)


def _detail(cell: Cell, width: int) -> tuple[Row, ...]:
    said = wrapped(f"“{coach.plain_sentence(cell)}”", max(20, width - 2))
    ways = (Row((Piece("› ", Tone.HAND), Piece(coach.way(way)))) for way in cell.ways)
    words = coach.what_happens(cell)
    lines = wrapped(words, max(20, width - 2)) if words else []
    return (
        *(Row((Piece(line, Tone.STRONG),)) for line in said),
        *ways,
        *(Row((Piece(line, Tone.MUTED),)) for line in lines),
    )
