"""Every live delivery in two lines: who, where, how long it takes."""

from datetime import datetime

from core.board.drivers import DriverLine
from core.domain.delivery import DeliveryState
from tui import keys, labels
from tui.i18n import _
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, cap
from tui.widgets.delivery_lines import clock_of
from tui.widgets.line_list import Fixed, Row


def driver_rows(drivers: tuple[DriverLine, ...], now: datetime) -> Fixed:
    """The one at the door first; both lines of a delivery are chosen together."""
    if not drivers:
        return Fixed((Row((Piece(_("No driver is under way."), Tone.MUTED),)),))
    return Fixed(tuple(row for line in drivers for row in _rows(line, now)))


def drivers_title(drivers: tuple[DriverLine, ...]) -> Row:
    """How many, and how many stand at the door."""
    waiting = sum(1 for line in drivers if line.state is DeliveryState.AT_STORE)
    right = (Piece(f"◆ {waiting} {_('at the door')} ", Tone.HAND),) if waiting else ()
    return Row((Piece(f" {_('DRIVERS')} {len(drivers)}", Tone.HEADING),), right)


def _rows(line: DriverLine, now: datetime) -> tuple[Row, Row]:
    state = labels.word(line.state)
    first = (Piece(f"{state.sign} #{line.number} ", Tone.STRONG if state.tone is Tone.HAND else Tone.PLAIN),)
    clock = clock_of(line.state_since, line.usual, now)
    return (
        Row((*first, Piece(state.text, state.tone), Piece(f" · {line.courier}", Tone.MUTED)), key=line.order_id),
        Row((Piece("  "), *_second(line, clock)), key=line.order_id),
    )


def _second(line: DriverLine, clock: Pieces) -> Pieces:
    """At the door: what is compared; else the clock and who rides."""
    if line.state is DeliveryState.AT_STORE:
        facts = [f"{_('waybill')} {line.waybill}" if line.waybill else "", f"{_('PIN')} {line.pin}" if line.pin else ""]
        words = " · ".join(fact for fact in (*facts, line.driver, line.plate) if fact)
        return (cap(keys.cap("order.hand_over"), Tone.HAND_CAP), Piece(f" {words}  ", Tone.STRONG), *clock)
    rider = " · ".join(part for part in (line.driver, line.plate, line.phone) if part)
    return (*clock, Piece(f"  {rider}", Tone.MUTED))
