"""Every live delivery in two lines: who, where, how long it takes."""

from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from core.board.drivers import DriverLine
from core.domain.delivery import DeliveryState
from tui import keys, labels
from tui.i18n import _
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, cap, cells, tail
from tui.widgets.delivery_lines import clock_of
from tui.widgets.rows import Fixed, Row, Rows

ONE_LINE = 66  # cells from which a delivery needs one line only
SHORTEST, LONGEST = 4, 8  # cells of the column of numbers
MEASURED = 200  # deliveries whose numbers are looked at for it
BESIDE = 24  # cells of sign, state and blanks in the column the number is in


@dataclass(frozen=True)
class DriverRows:
    """A row is made when it is looked at; both lines of a delivery are chosen together."""

    drivers: tuple[DriverLine, ...]
    now: datetime
    is_flat: bool  # one line each
    number: int = LONGEST  # cells

    @property
    def tall(self) -> int:
        """Lines of one delivery."""
        return 1 if self.is_flat else 2

    def __len__(self) -> int:
        return len(self.drivers) * self.tall

    def row(self, y: int, width: int) -> Row:
        """Or a part of one."""
        at, part = divmod(y, self.tall)
        line = self.drivers[at]
        return _one_line(line, self.now, self.number) if self.is_flat else _two_lines(line, self.now)[part]

    def key(self, y: int) -> str | None:
        """The order's id."""
        return self.drivers[y // self.tall].order_id

    def find(self, key: str) -> int | None:
        """The first line of the order's delivery."""
        return next((at * self.tall for at, line in enumerate(self.drivers) if line.order_id == key), None)


def driver_rows(drivers: tuple[DriverLine, ...], now: datetime, width: int) -> Rows:
    """The one at the door first."""
    if not drivers:
        return Fixed((Row((Piece(_("No driver is under way."), Tone.MUTED),)),))
    number = max(SHORTEST, min(LONGEST, max(len(line.number) for line in drivers[:MEASURED])))
    return DriverRows(drivers, now, is_flat=width >= ONE_LINE, number=number)


def drivers_title(drivers: tuple[DriverLine, ...]) -> Row:
    """How many, and how many stand at the door: they come first."""
    waiting = sum(1 for _line in takewhile(lambda line: line.state is DeliveryState.AT_STORE, drivers))
    right = (Piece(f"◆ {waiting} {_('at the door')} ", Tone.HAND),) if waiting else ()
    return Row((Piece(f" {_('DRIVERS')} {len(drivers)}", Tone.HEADING),), right)


def _one_line(line: DriverLine, now: datetime, number: int) -> Row:
    clock = clock_of(line.state_since, line.usual, now)
    left = cells(_state(line, number), BESIDE + number)
    if line.state is DeliveryState.AT_STORE:
        waits = Piece(f" {labels.minutes(now - line.state_since)}", Tone.HAND)
        return Row((*left, *_who(line)), (waits,), key=line.order_id)
    return Row((*left, *cells(clock, 26), *_who(line)), key=line.order_id)


def _two_lines(line: DriverLine, now: datetime) -> tuple[Row, ...]:
    clock = clock_of(line.state_since, line.usual, now)
    courier = Piece(f" · {line.courier}", Tone.MUTED)
    second = (Piece("  "), *_who(line)) if line.state is DeliveryState.AT_STORE else (Piece("  "), *clock)
    rider = () if line.state is DeliveryState.AT_STORE else (Piece("  "), Piece(_rider(line), Tone.MUTED))
    return (Row((*_state(line), courier), key=line.order_id), Row((*second, *rider), key=line.order_id))


def _state(line: DriverLine, number: int = LONGEST) -> Pieces:
    state = labels.word(line.state)
    shown = Piece(f"#{tail(line.number, number)} ", Tone.STRONG)
    return (Piece(f"{state.sign} ", state.tone), shown, Piece(state.text, state.tone))


def _who(line: DriverLine) -> Pieces:
    """At the door: what is compared; else the courier and who rides."""
    if line.state is not DeliveryState.AT_STORE:
        return (Piece(" · ".join(part for part in (line.courier, _rider(line)) if part), Tone.MUTED),)
    facts = [f"{_('waybill')} {line.waybill}" if line.waybill else "", f"{_('PIN')} {line.pin}" if line.pin else ""]
    words = " · ".join(fact for fact in (*facts, line.driver, line.plate) if fact)
    return (cap(keys.cap("order.hand_over"), Tone.HAND_CAP), Piece(f" {words}", Tone.STRONG))


def _rider(line: DriverLine) -> str:
    return " · ".join(part for part in (line.driver, line.plate, line.phone) if part)
