"""One order as three lines of the queue: number, key and time left are read from two metres."""

from core.board.orders import Lane, QueueLine
from tui import keys, labels
from tui.labels.tones import Tone
from tui.widgets.big import LINES, big, is_drawable
from tui.widgets.cells import Piece, Pieces, cells, column, safe, tail, width_of
from tui.widgets.order_row import QueueView, call_of, cap_tone, clock_of, detail_of, flags, ride_of, sign_of
from tui.widgets.rows import Row

TALL = LINES
DIGITS = 4  # big letters of a number: its end tells it apart
NUMBER, KEY, CLOCK = 17, 11, 19  # cells of those columns
ROOMY = 76  # cells from which the stage and the ride are told too


def large_row(line: QueueLine, part: int, view: QueueView, width: int) -> Row:
    """The part of three."""
    sign = sign_of(line, view) if part == 0 else Piece("  ")
    room = width - 2 - NUMBER - KEY - CLOCK
    left = (sign, *_number(line, part), *_key(line, part, view), *cells(_words(line, part, view, width), room))
    return Row(left, _clock(line, part, view), key=line.order_id)


def _number(line: QueueLine, part: int) -> Pieces:
    end = safe(line.number)[-DIGITS:]
    if is_drawable(end) and width_of((Piece(big(end)[0]),)) < NUMBER:
        return (Piece(column(big(end)[part], NUMBER), Tone.STRONG),)
    return (Piece(column(tail(f"#{line.number}", NUMBER - 1) if part == 1 else "", NUMBER), Tone.STRONG),)


def _key(line: QueueLine, part: int, view: QueueView) -> Pieces:
    """A block in the key's colour with its name in it; nothing where there is only waiting."""
    name = labels.step(line).key
    if not name:
        return (Piece(" " * KEY),)
    shown = _block(keys.cap(name), part)
    return (Piece(shown, cap_tone(line, view)), Piece(" " * (KEY - len(shown))))


def _block(pressed: str, part: int) -> str:
    drawn = big(pressed)[part] if is_drawable(pressed) else ""
    if drawn and len(drawn) <= KEY - 4:
        return f" {drawn} "
    return f" {tail(pressed, KEY - 4) if part == 1 else ''} ".center(KEY - 2)


def _words(line: QueueLine, part: int, view: QueueView, width: int) -> Pieces:
    """What to do; for whom; what is to be known."""
    step = labels.step(line)
    if part == 0:
        return (Piece(f"{step.text}{detail_of(line, view)}", Tone.STRONG if step.is_loud else step.tone),)
    if part == 1:
        return (Piece(line.customer, Tone.PLAIN),)
    full = f"#{line.number} " if len(safe(line.number)) > DIGITS else ""
    facts = (Piece(f"{full}×{line.pieces} ", Tone.MUTED), *flags(line))
    return (*facts, *(ride_of(line, view) or call_of(line, view))) if width >= ROOMY else facts


def _clock(line: QueueLine, part: int, view: QueueView) -> Pieces:
    """Minutes and seconds, or the minutes and their word; a time of day stays small."""
    shown, tone = clock_of(line, view)
    figures, _space, unit = shown.partition(" ")
    if line.lane is Lane.WAITING or not is_drawable(figures):
        return (Piece(column(shown if part == 1 else "", CLOCK, right=True), tone),)
    small = f" {unit}" if unit and part == LINES - 1 else " " * (width_of((Piece(unit),)) + 1 if unit else 0)
    return (Piece(column(big(figures)[part] + small, CLOCK, right=True), tone),)
