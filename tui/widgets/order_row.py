"""One order as one line of the queue, with what needs a hand next in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from core.board.alerts import rings
from core.board.drivers import DriverLine
from core.board.orders import Lane, NextStep, QueueLine
from core.domain.delivery import DeliveryState
from core.domain.ids import OrderId
from core.domain.send import SendKind
from tui import keys, labels
from tui.i18n import _
from tui.labels import calls, holds
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, cap, cells, column, tail, width_of
from tui.widgets.delivery_lines import range_words
from tui.widgets.picture import seconds_to
from tui.widgets.rows import Row

WIDE = 56  # cells from which the customer finds room
WIDEST = 72  # cells from which the clock of the delivery does too
STEP, CUSTOMER, RIDE = 25, 24, 19  # cells of those columns
SIGN, NUMBER, PIECES, FLAGS, CLOCK = 2, 8, 4, 5, 7
SOON = timedelta(minutes=1)
COUNTED = frozenset({Lane.NEW, Lane.PREPARING, Lane.READY, Lane.OUT})


@dataclass(frozen=True)
class QueueView:
    """What rows need beside the queue; `urgent` needs a hand most: the only solid key beside what rings."""

    now: datetime
    zone: tzinfo
    marked: frozenset[OrderId] = frozenset()
    urgent: str = ""
    is_ringing: bool = False
    pace: float = 1.0
    rides: Mapping[OrderId, DriverLine] = field(default_factory=dict)


def order_row(line: QueueLine, view: QueueView, width: int) -> Row:
    """Sign, number, key and words, customer, ride, pieces, flags, time left: as much as finds room."""
    number = Piece(column(tail(f"#{line.number}", NUMBER - 1), NUMBER), Tone.STRONG)
    room = width - SIGN - NUMBER - PIECES - FLAGS - CLOCK
    for_ride = RIDE if width >= WIDEST else 0
    customer = min(CUSTOMER, room - STEP - for_ride) if width >= WIDE else 0
    step = cells(_with_call(line, view, 0 if for_ride else room - customer), room - customer - for_ride)
    aside = ride_of(line, view) or call_of(line, view)
    ride = cells(aside, for_ride) if aside else ()
    name = Piece(column(line.customer, customer + (0 if ride else for_ride)), Tone.MUTED)
    left = (sign_of(line, view), number, *step, name, *ride)
    pieces = Piece(column(f"×{line.pieces}", PIECES, right=True), Tone.MUTED)
    shown, tone = clock_of(line, view)
    clock = Piece(column(shown, CLOCK, right=True), tone)
    return Row(left, (pieces, *cells((Piece(" "), *flags(line)), FLAGS), clock), key=line.order_id)


def sign_of(line: QueueLine, view: QueueView) -> Piece:
    """Marked, ringing, else where its driver is, else its stage."""
    if line.order_id in view.marked:
        return Piece("✚ ", Tone.HAND)
    if rings(line, view.now):
        return Piece("♪ ", Tone.TROUBLE if line.reminders else Tone.HAND)
    if line.hold is not None:
        return Piece(f"{holds.SIGN} ", Tone.HOLD)
    shown = labels.word(line.delivery_state or line.stage)
    return Piece(f"{shown.sign} ", shown.tone)


def step_pieces(line: QueueLine, view: QueueView) -> Pieces:
    """The key, and what it does."""
    step = labels.step(line)
    words = Piece(f" {step.text}{detail_of(line, view)}", Tone.STRONG if step.is_loud else step.tone)
    if line.hold is not None and line.next_step is not NextStep.WAIT_FOR_WORD:
        words = Piece(f" {step.text}{detail_of(line, view)} · {holds.held_short()}", Tone.HOLD)
    return (cap(keys.cap(step.key), cap_tone(line, view)), words) if step.key else (Piece("   "), words)


def _with_call(line: QueueLine, view: QueueView, width: int) -> Pieces:
    """The step, and when to call where that stands whole beside it: minutes that are cut would be others."""
    step = step_pieces(line, view)
    both = (*step, *call_near(line, view))
    return both if width_of(both) <= width else step


def detail_of(line: QueueLine, view: QueueView) -> str:
    """How far the picking is, or the seconds left to undo."""
    if line.next_step is NextStep.PICK:
        return f" {line.picked}/{line.pieces}"
    if line.reminders and line.next_step is NextStep.ACCEPT:
        return f" · {_('reminded')}"
    if line.held_until is not None:
        return f" {labels.seconds_of(seconds_to(line.held_until, view.now, view.pace))}"
    return ""


def cap_tone(line: QueueLine, view: QueueView) -> Tone:
    """Solid for what cannot wait, dim for what is to be done, grey for what may be done."""
    if not labels.step(line).is_loud:
        return Tone.CAP
    is_late = line.due_at is not None and line.lane in (Lane.NEW, Lane.PREPARING) and line.due_at < view.now
    is_at_door = line.delivery_state is DeliveryState.AT_STORE
    is_solid = is_late or is_at_door or line.order_id == view.urgent or rings(line, view.now)
    return Tone.HAND_CAP if is_solid else Tone.HAND_LOW


def clock_of(line: QueueLine, view: QueueView) -> tuple[str, Tone]:
    """Time left to accept, to be ready, to keep the promise; with a minus when it is over."""
    if line.due_at is None:
        return "", Tone.PLAIN
    time = line.due_at - view.now
    if line.lane not in COUNTED:
        return labels.clock(line.due_at, view.zone), Tone.MUTED
    if time < timedelta():
        return labels.left(time), Tone.TROUBLE
    is_ours = line.lane in (Lane.NEW, Lane.PREPARING)
    return labels.left(time), Tone.HAND if is_ours and time < SOON else Tone.PLAIN if is_ours else Tone.MUTED


def ride_of(line: QueueLine, view: QueueView) -> Pieces:
    """How long the driver takes, against the usual range (X8)."""
    ride = view.rides.get(line.order_id)
    return (Piece(" "), *range_words(ride.state_since, ride.usual, view.now)) if ride else ()


def call_of(line: QueueLine, view: QueueView) -> Pieces:
    """When to call the driver, or how long one takes."""
    words = calls.call_words(line.call, view.now) if line.call else ""
    return (Piece(f" {words}", call_tone(line)),) if words else ()


def call_near(line: QueueLine, view: QueueView) -> Pieces:
    """The same beside the step, where there is no column for it."""
    words = calls.short_call(line.call, view.now) if line.call else ""
    sign = f"{labels.word(SendKind.BOOK_COURIER).sign} " if line.next_step is not NextStep.SHIP else ""
    return (Piece(f" {sign}{words}", call_tone(line)),) if words else ()


def call_tone(line: QueueLine) -> Tone:
    """Pale where nobody knows."""
    return Tone.INFO if line.call and line.call.call_at else Tone.MUTED


def flags(line: QueueLine) -> Pieces:
    """Problems, changes, notes: what makes this order different."""
    shown: list[Piece] = []
    if line.problems:
        shown.append(Piece(f"▲{keys.cap('order.trouble')}", Tone.TROUBLE))
    if line.is_short:
        shown.append(Piece("½", Tone.INFO))
    if line.has_note:
        shown.append(Piece("✎", Tone.INFO))
    return tuple(shown)
