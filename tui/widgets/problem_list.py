"""Every open problem: what it is, since when, what to do next."""

from datetime import datetime
from typing import Final

from core.board.problems import ProblemLine
from tui import keys, labels
from tui.i18n import _
from tui.labels.scripts import now_to_do, who_pays
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, cap, width_of, wrapped
from tui.widgets.rows import Fixed, Row

SIDES: Final = 2  # cells of the bar and of the thumb
LOUDEST: Final = 4  # signs of one that grew
MOST: Final = 3  # lines of what was found: outside words may be long


def problem_rows(problems: tuple[ProblemLine, ...], now: datetime, width: int, room: int = 99) -> Fixed:
    """With advice where there is room for all; all lines of a problem are chosen together."""
    if not problems:
        return Fixed((Row((Piece(f"✓ {_('Nothing is wrong.')}", Tone.GOOD),)),))
    whole = tuple(row for line in problems for row in _rows(line, now, width))
    return Fixed(whole if len(whole) <= room else tuple(_rows(line, now, width)[0] for line in problems))


def problems_title(problems: tuple[ProblemLine, ...]) -> Row:
    """How many."""
    tone = Tone.TROUBLE if problems else Tone.HEADING
    right = (cap(keys.cap("order.trouble"), Tone.CAP), Piece(f" {_('options')} ", Tone.MUTED)) if problems else ()
    return Row((Piece(f" {_('PROBLEMS')} {len(problems)}", tone),), right)


def _rows(line: ProblemLine, now: datetime, width: int) -> tuple[Row, ...]:
    """What and since when; what was found has lines of its own where it is long; what to do."""
    found = labels.detail(line.kind, line.detail) if line.detail else ""
    front = (
        Piece("▲" * min(LOUDEST, line.louder + 1) + " ", Tone.TROUBLE),
        Piece(f"#{line.number} " if line.number else "", Tone.STRONG),
        Piece(labels.title(line.kind), Tone.TROUBLE),
    )
    since = (Piece(f" {labels.ago(now - line.opened_at)}", Tone.MUTED),)
    beside = Piece(f" · {found}" if found else "", Tone.TROUBLE)
    fits = width_of((*front, beside, *since)) <= width - SIDES
    below = () if fits else wrapped(found, max(20, width - 4))
    advice = wrapped(_advice(line), max(20, width - 4))
    return (
        Row((*front, beside), since, key=line.problem_id),
        *(Row((Piece(f"  {words}", Tone.TROUBLE),), key=line.problem_id) for words in below[:MOST]),
        *(Row((Piece(f"  {words}", Tone.PLAIN),), key=line.problem_id) for words in advice),
    )


def _advice(line: ProblemLine) -> str:
    """The step it stands at, and who pays; of one without a script what helps in general."""
    if not (to_do := now_to_do(line.kind, line.step)):
        return labels.advice(line.kind)
    paid = who_pays(line)
    return f"{to_do} ({paid})" if paid else to_do
