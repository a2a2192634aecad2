"""All that is known of how each courier answers, what is not well first."""

from collections.abc import Iterable, Iterator
from typing import Final

from core.board.lamps import LampKind, LampLine, Light
from core.domain.vitals import Vitals
from tui import labels
from tui.i18n import _
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, column, wrapped
from tui.widgets.picture import Picture
from tui.widgets.rows import EMPTY, Fixed, Row
from tui.widgets.status_line import WORST

NAME: Final = 16  # cells of the column before the words


def courier_rows(picture: Picture, width: int) -> Fixed:
    """A block for each courier; `width` in cells."""
    lamps = sorted(_couriers(picture.board.lamps), key=lambda lamp: WORST.index(lamp.light))
    if not lamps:
        return Fixed(tuple(Row((Piece(words, Tone.MUTED),)) for words in wrapped(_nobody(picture), width)))
    return Fixed(tuple(row for lamp in lamps for row in _block(lamp, picture, width)))


def _couriers(lamps: Iterable[LampLine]) -> Iterator[LampLine]:
    return (lamp for lamp in lamps if lamp.kind is LampKind.COURIER)


def _nobody(picture: Picture) -> str:
    is_down = any(lamp.kind is LampKind.STATION and lamp.light is Light.FAIL for lamp in picture.board.lamps)
    return _("No station runs: nobody calls couriers.") if is_down else _("No courier is known yet.")


def _block(lamp: LampLine, picture: Picture, width: int) -> Iterator[Row]:
    shown, vitals = labels.word(lamp.light), lamp.vitals or Vitals()
    state = labels.courier_state(vitals, picture.now, picture.zone, picture.pace) or shown.text
    yield EMPTY
    yield Row(
        (Piece(f"{shown.sign} ", shown.tone), Piece(column(lamp.name, NAME - 1), Tone.STRONG), Piece(state, shown.tone))
    )
    if advice := labels.courier_advice(vitals):
        yield from _said("", advice, Tone.HAND if vitals.is_locked_out else Tone.MUTED, width)
    for name, words in labels.vitals_lines(vitals, picture.now, picture.zone, picture.pace):
        yield from _said(name, words, Tone.PLAIN, width)


def _said(name: str, words: str, tone: Tone, width: int) -> Iterator[Row]:
    for y, line in enumerate(wrapped(words, max(1, width - NAME - 1))):
        yield Row((Piece(f"  {column('' if y else name, NAME - 2)} ", Tone.MUTED), Piece(line, tone)))
