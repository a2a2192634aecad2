"""The queue by lanes: one order a line, or three large ones, headings between the lanes."""

from dataclasses import dataclass, field
from typing import Final

from core.board.orders import Lane, QueueLine
from tui import keys, labels
from tui.i18n import _
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, cut, width_of
from tui.widgets.large_row import TALL, large_row
from tui.widgets.order_row import QueueView, order_row
from tui.widgets.queue_index import QueueIndex
from tui.widgets.rows import Row

WORDS: Final = 12  # cells of what is looked for, in the title

Made = dict[tuple[int, int, int], tuple[QueueLine, Row]]
"""Rows by their line itself, which is kept beside, their part and their width."""


@dataclass(frozen=True)
class QueueRows:
    """The board's queue as rows; a row is made when it is looked at."""

    index: QueueIndex
    view: QueueView
    is_large: bool = False
    made: Made = field(default_factory=dict)  # for the same second of the same view

    @property
    def tall(self) -> int:
        """Lines of one order."""
        return TALL if self.is_large else 1

    def __len__(self) -> int:
        return self.index.lines(self.tall)

    def row(self, y: int, width: int) -> Row:
        """A heading, an order, or a part of one."""
        found, part = self.index.part_at(y, self.tall)
        if isinstance(found, Lane):
            return self._heading(found, width)
        key = (id(found), part, width)
        if key not in self.made:
            self.made[key] = found, self._row(found, part, width)
        return self.made[key][1]

    def _row(self, line: QueueLine, part: int, width: int) -> Row:
        return large_row(line, part, self.view, width) if self.is_large else order_row(line, self.view, width)

    def key(self, y: int) -> str | None:
        """The order's id."""
        found, _part = self.index.part_at(y, self.tall)
        return None if isinstance(found, Lane) else found.order_id

    def find(self, key: str) -> int | None:
        """Where the order is."""
        return self.index.line_of(key, self.tall)

    def _heading(self, lane: Lane, width: int) -> Row:
        """Its colour is loud only while something in it rings."""
        words = f"{labels.word(lane).text} {self.index.count(lane)} "
        is_loud = lane is Lane.NEW and self.view.is_ringing
        tone = Tone.HAND if is_loud else Tone.MUTED if lane is Lane.WAITING else Tone.HEADING
        rule = "─" * max(0, width - width_of((Piece(words),)))
        return Row((Piece(words, tone), Piece(rule, Tone.FAINT)))


@dataclass(frozen=True)
class Filtered:
    """What is looked for, how many fit of how many, and how many that ring do not."""

    words: str
    fits: int
    of: int
    ringing_outside: int = 0


def title_of(orders: int, ringing: int, marked: int = 0, filtered: Filtered | None = None) -> Row:
    """How many there are, how many ring, how many are marked; of a filter what it hides."""
    left = _filter_title(filtered) if filtered else (Piece(f" {_('ORDERS')} {orders}", Tone.HEADING),)
    marks = (Piece(f"✚ {marked} {_('marked')}  ", Tone.HAND),) if marked else ()
    outside = filtered.ringing_outside if filtered else 0
    if outside:
        return Row(left, (*marks, Piece(f"♪ {_('+{count} rings').format(count=outside)} ", Tone.HAND)))
    return Row(left, (*marks, Piece(f"♪ {ringing} ", Tone.HAND)) if ringing else marks)


def _filter_title(filtered: Filtered) -> Pieces:
    """`filter: 04 · 3 of 12 · Esc shows all`."""
    count = _("{count} of {all}").format(count=filtered.fits, all=filtered.of)
    return (
        Piece(f" {_('filter')}: {cut(filtered.words, WORDS)} ", Tone.HAND),
        Piece(f"· {count} · ", Tone.HEADING),
        Piece(keys.cap("back"), Tone.STRONG),
        Piece(f" {_('shows all')}", Tone.MUTED),
    )
