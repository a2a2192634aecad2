"""Every live delivery in two lines: who, where, how long it takes."""

from datetime import datetime

from core.board.drivers import DriverLine
from core.domain.delivery import DeliveryState
from tui import keys, labels
from tui.i18n import _
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, cap, cells
from tui.widgets.delivery_lines import clock_of
from tui.widgets.rows import Fixed, Row

ONE_LINE = 66  # cells from which a delivery needs one line only


def driver_rows(drivers: tuple[DriverLine, ...], now: datetime, width: int) -> Fixed:
    """The one at the door first; both lines of a delivery are chosen together."""
    if not drivers:
        return Fixed((Row((Piece(_("No driver is under way."), Tone.MUTED),)),))
    rows = _one_line if width >= ONE_LINE else _two_lines
    return Fixed(tuple(row for line in drivers for row in rows(line, now)))


def drivers_title(drivers: tuple[DriverLine, ...]) -> Row:
    """How many, and how many stand at the door."""
    waiting = sum(1 for line in drivers if line.state is DeliveryState.AT_STORE)
    right = (Piece(f"◆ {waiting} {_('at the door')} ", Tone.HAND),) if waiting else ()
    return Row((Piece(f" {_('DRIVERS')} {len(drivers)}", Tone.HEADING),), right)


def _one_line(line: DriverLine, now: datetime) -> tuple[Row, ...]:
    clock = clock_of(line.state_since, line.usual, now)
    left = cells(_state(line), 28)
    if line.state is DeliveryState.AT_STORE:
        waits = Piece(f" {labels.minutes(now - line.state_since)}", Tone.HAND)
        return (Row((*left, *_who(line)), (waits,), key=line.order_id),)
    return (Row((*left, *cells(clock, 26), *_who(line)), key=line.order_id),)


def _two_lines(line: DriverLine, now: datetime) -> tuple[Row, ...]:
    clock = clock_of(line.state_since, line.usual, now)
    courier = Piece(f" · {line.courier}", Tone.MUTED)
    second = (Piece("  "), *_who(line)) if line.state is DeliveryState.AT_STORE else (Piece("  "), *clock)
    rider = () if line.state is DeliveryState.AT_STORE else (Piece("  "), Piece(_rider(line), Tone.MUTED))
    return (Row((*_state(line), courier), key=line.order_id), Row((*second, *rider), key=line.order_id))


def _state(line: DriverLine) -> Pieces:
    state = labels.word(line.state)
    return (Piece(f"{state.sign} ", state.tone), Piece(f"#{line.number} ", Tone.STRONG), Piece(state.text, state.tone))


def _who(line: DriverLine) -> Pieces:
    """At the door: what is compared; else the courier and who rides."""
    if line.state is not DeliveryState.AT_STORE:
        return (Piece(" · ".join(part for part in (line.courier, _rider(line)) if part), Tone.MUTED),)
    facts = [f"{_('waybill')} {line.waybill}" if line.waybill else "", f"{_('PIN')} {line.pin}" if line.pin else ""]
    words = " · ".join(fact for fact in (*facts, line.driver, line.plate) if fact)
    return (cap(keys.cap("order.hand_over"), Tone.HAND_CAP), Piece(f" {words}", Tone.STRONG))


def _rider(line: DriverLine) -> str:
    return " · ".join(part for part in (line.driver, line.plate, line.phone) if part)
