"""The queue by lanes: one row an order, with what needs a hand next in words."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from core.board.alerts import rings
from core.board.orders import Lane, NextStep, QueueLine
from core.domain.delivery import DeliveryState
from core.domain.ids import OrderId
from tui import keys, labels
from tui.i18n import _
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, cap, cells, column, tail, width_of
from tui.widgets.picture import seconds_to
from tui.widgets.queue_index import QueueIndex
from tui.widgets.rows import Row

WIDE = 56  # cells from which the customer finds room
STEP, CUSTOMER = 25, 24  # cells of those columns
CLOCKED = frozenset({Lane.NEW, Lane.PREPARING})


@dataclass(frozen=True)
class QueueRows:
    """The board's queue as rows, headings between the lanes; a row is made when it is looked at."""

    index: QueueIndex
    now: datetime
    zone: tzinfo
    marked: frozenset[OrderId] = frozenset()
    urgent: str = ""  # the order that needs a hand most: the only solid key beside what rings
    is_ringing: bool = False
    pace: float = 1.0

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
        """Its colour is loud only while something in it rings."""
        lines = self.index.lane(lane)
        words = f"{labels.word(lane).text} {len(lines)} "
        tone = (
            Tone.HAND if lane is Lane.NEW and self.is_ringing else Tone.MUTED if lane is Lane.WAITING else Tone.HEADING
        )
        rule = "─" * max(0, width - width_of((Piece(words),)))
        return Row((Piece(words, tone), Piece(rule, Tone.FAINT)))

    def _order(self, line: QueueLine, width: int) -> Row:
        sign = Piece("✚ ", Tone.HAND) if line.order_id in self.marked else _sign(line)
        number = Piece(column(tail(f"#{line.number}", 7), 8), Tone.STRONG)
        step = _step_pieces(line, self._detail(line), self._cap_tone(line))
        room = width - 2 - 8 - 4 - 5 - 7
        customer = min(CUSTOMER, room - STEP) if width >= WIDE else 0
        left = (sign, number, *cells(step, room - customer), Piece(column(line.customer, customer), Tone.MUTED))
        pieces = Piece(column(f"×{line.pieces}", 4, right=True), Tone.MUTED)
        return Row(left, (pieces, *cells((Piece(" "), *_flags(line)), 5), *self._clock(line)), key=line.order_id)

    def _detail(self, line: QueueLine) -> str:
        """How far the picking is, or the seconds left to undo."""
        if line.next_step is NextStep.PICK:
            return f" {line.picked}/{line.pieces}"
        if line.held_until is not None:
            return f" {seconds_to(line.held_until, self.now, self.pace)} s"
        return ""

    def _cap_tone(self, line: QueueLine) -> Tone:
        """Solid for what cannot wait, dim for what is to be done, grey for what may be done."""
        if not labels.step(line).is_loud:
            return Tone.CAP
        is_late = line.due_at is not None and line.lane in CLOCKED and line.due_at < self.now
        is_at_door = line.delivery_state is DeliveryState.AT_STORE
        is_solid = is_late or is_at_door or line.order_id == self.urgent or rings(line, self.now)
        return Tone.HAND_CAP if is_solid else Tone.HAND_LOW

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


def title_of(orders: int, ringing: int) -> Row:
    """How many there are, and how many ring."""
    left = (Piece(f" {_('ORDERS')} {orders}", Tone.HEADING),)
    return Row(left, (Piece(f"♪ {ringing} ", Tone.HAND),) if ringing else ())


def _sign(line: QueueLine) -> Piece:
    if line.delivery_state is not None:
        shown = labels.word(line.delivery_state)
        return Piece(f"{shown.sign} ", shown.tone)
    shown = labels.word(line.stage)
    return Piece(f"{shown.sign} ", shown.tone)


def _step_pieces(line: QueueLine, detail: str, tone: Tone) -> Pieces:
    step = labels.step(line)
    words = Piece(f" {step.text}{detail}", Tone.STRONG if step.is_loud else step.tone)
    return (cap(keys.cap(step.key), tone), words) if step.key else (Piece("   "), words)


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
