"""What recurs as rows: the sentence, counts by each side, the troubles behind a count."""

from collections.abc import Iterator
from typing import Final

from core.board.recurring import Incident, Recurring, Side, Tally
from tui import labels
from tui.i18n import _
from tui.labels.bearers import bearer
from tui.labels.details import said
from tui.labels.problems import title
from tui.labels.recurs import SIDES, habit_words, place
from tui.labels.times import day_clock
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, bar, column, wrapped
from tui.widgets.rows import EMPTY, Fixed, Row, heading

MOST: Final = 6  # values of a side; of hours all
BAR: Final = 16  # cells
COUNT: Final = 5
COST: Final = 14
NAME: Final = 34


def key_of(side: Side, value: str) -> str:
    """Of the row of a count."""
    return f"{side}:{value}"


def recurring_rows(recurring: Recurring, width: int) -> Fixed:
    """The sentence first; a side without anything is left out."""
    words = wrapped(habit_words(recurring), max(20, width - 2))
    rows = [Row((Piece(line, Tone.STRONG),)) for line in words]
    for side in Side:
        tallies = recurring.by(side)
        if tallies:
            rows += [*heading(_(SIDES[side])), *_side(side, tallies, width)]
    return Fixed(tuple(rows))


def _side(side: Side, tallies: tuple[Tally, ...], width: int) -> Iterator[Row]:
    top = max(one.count for one in tallies)
    shown = tallies if side is Side.HOUR else tallies[:MOST]
    for one in shown:
        name = min(NAME, max(12, width - BAR - COUNT - COST - 4))
        left = (
            Piece(column(place(side, one.value), name)),
            Piece(column(str(one.count), COUNT, right=True), Tone.STRONG),
            Piece("  "),
            *bar(one.count / top, BAR, Tone.TROUBLE if one.count == top else Tone.HAND),
        )
        cost = labels.money(one.cost) if one.cost and one.cost.minor else ""
        yield Row((*left, Piece(column(cost, COST, right=True), Tone.MUTED)), key=key_of(side, one.value))
    if len(tallies) > len(shown):
        yield Row((Piece(_("{count} more").format(count=len(tallies) - len(shown)), Tone.MUTED),))


def incident_rows(incidents: tuple[Incident, ...], recurring: Recurring) -> Fixed:
    """The troubles behind a count, newest first."""
    return Fixed(tuple(_incident(one, recurring) for one in incidents) or (EMPTY,))


def _incident(one: Incident, recurring: Recurring) -> Row:
    result = said(one.result) if one.closed_at else _("still open")
    left = (
        Piece(f"{day_clock(one.opened_at, recurring.zone)} ", Tone.MUTED),
        Piece(f"#{one.number} " if one.number else "", Tone.STRONG),
        Piece(title(one.kind), Tone.PLAIN if one.closed_at else Tone.TROUBLE),
        Piece(f" · {one.courier}" if one.courier else "", Tone.MUTED),
        Piece(f" · {result}", Tone.MUTED if one.closed_at else Tone.TROUBLE),
    )
    word = bearer(one.bearer)
    cost = labels.money(one.cost) if one.cost and one.cost.minor else ""
    right = " ".join(part for part in (cost, word.text if word else "") if part)
    return Row(left, (Piece(right, Tone.MUTED),), key=one.problem_id)
