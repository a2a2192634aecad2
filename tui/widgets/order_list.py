"""The queue by lanes: one row an order, with what needs a hand next in words."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from core.board.alerts import rings
from core.board.orders import Lane, NextStep, QueueLine
from core.domain.ids import OrderId
from tui import keys, labels
from tui.i18n import _
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, cap, column, width_of
from tui.widgets.line_list import Row
from tui.widgets.queue_index import QueueIndex

NARROW, WIDE = 38, 62  # cells from which the customer, and the window, find room
CLOCKED = frozenset({Lane.NEW, Lane.PREPARING})


@dataclass(frozen=True)
class QueueRows:
    """The board's queue as rows, headings between the lanes; a row is made when it is looked at."""

    index: QueueIndex
    now: datetime
    zone: tzinfo
    marked: frozenset[OrderId] = frozenset()

    def __len__(self) -> int:
        return self.index.rows

    def row(self, y: int, width: int) -> Row:
        """A heading or an order."""
        found = self.index.at(y)
        return self._heading(found, width) if isinstance(found, Lane) else self._order(found, width)

    def key(self, y: int) -> str | None:
        """The order's id."""
        found = self.index.at(y)
        return None if isinstance(found, Lane) else found.order_id

    def find(self, key: str) -> int | None:
        """Where the order is."""
        return self.index.row_of(key)

    def _heading(self, lane: Lane, width: int) -> Row:
        count = next(count for found, _start, count in self.index.lanes if found is lane)
        shown = labels.word(lane)
        words = f"{shown.text} {count} "
        tone = Tone.MUTED if shown.tone is Tone.MUTED else Tone.HEADING
        rule = "─" * max(0, width - width_of((Piece(words),)))
        return Row((Piece(words, tone), Piece(rule, Tone.FAINT)))

    def _order(self, line: QueueLine, width: int) -> Row:
        step = labels.step(line)
        sign = Piece("✚ ", Tone.HAND) if line.order_id in self.marked else _sign(line)
        number = Piece(column(f"#{line.number}", 8 if width < WIDE else 10), Tone.STRONG)
        left = (sign, number, *_step_pieces(line, step, self.now))
        return Row(left, (*self._facts(line, width - width_of(left)), *self._clock(line)), key=line.order_id)

    def _facts(self, line: QueueLine, room: int) -> Pieces:
        """Flags always, the customer and the pieces where there is room."""
        flags = _flags(line)
        room -= width_of(flags) + 9
        pieces: Pieces = ()
        if room >= 12:
            pieces = (Piece(column(labels.count_of(line.pieces), 9, right=True), Tone.MUTED),)
        if room >= 26:
            pieces = (Piece(" " + column(line.customer, min(room - 14, 22)), Tone.MUTED), *pieces)
        return (*pieces, Piece(" "), *flags)

    def _clock(self, line: QueueLine) -> Pieces:
        """Time left where the shop must act in time, else the promise."""
        if line.due_at is None:
            return (Piece(column("", 7)),)
        left = line.due_at - self.now
        is_late = left.total_seconds() < 0
        if line.lane in CLOCKED:
            shown, urgent = labels.countdown(left), left.total_seconds() < 60
            tone = Tone.TROUBLE if is_late else Tone.HAND if urgent else Tone.PLAIN
        else:
            shown, tone = labels.clock(line.due_at, self.zone), Tone.TROUBLE if is_late else Tone.MUTED
        return (Piece(column(shown, 7, right=True), tone),)


def title_of(index: QueueIndex, now: datetime) -> Row:
    """How many there are, and how many ring."""
    ringing = sum(1 for line in index.lane(Lane.NEW) if rings(line, now))
    left = (Piece(f" {_('ORDERS')} {len(index.queue)}", Tone.HEADING),)
    return Row(left, (Piece(f"♪ {ringing} ", Tone.HAND),) if ringing else ())


def _sign(line: QueueLine) -> Piece:
    if line.delivery_state is not None:
        shown = labels.word(line.delivery_state)
        return Piece(f"{shown.sign} ", shown.tone)
    shown = labels.word(line.stage)
    return Piece(f"{shown.sign} ", shown.tone)


def _step_pieces(line: QueueLine, step: labels.StepLabel, now: datetime) -> Pieces:
    words = Piece(f" {step.text}{_detail(line, now)} ", Tone.STRONG if step.is_loud else step.tone)
    if not step.key:
        return (words,)
    return (cap(keys.cap(step.key), Tone.HAND_CAP if step.is_loud else Tone.CAP), words)


def _detail(line: QueueLine, now: datetime) -> str:
    if line.next_step is NextStep.PICK:
        return f" {line.picked}/{line.pieces}"
    if line.held_until is not None:
        return f" {max(0, int((line.held_until - now).total_seconds()))} s"
    return f" · {line.courier}" if line.courier and line.delivery_state else ""


def _flags(line: QueueLine) -> Pieces:
    """Problems, changes, notes: what makes this order different."""
    flags: list[Piece] = []
    if line.problems:
        flags.append(Piece(f"▲{keys.cap('order.trouble')}", Tone.TROUBLE))
    if line.is_short:
        flags.append(Piece("½", Tone.INFO))
    if line.has_note:
        flags.append(Piece("✎", Tone.INFO))
    return tuple(flags)
