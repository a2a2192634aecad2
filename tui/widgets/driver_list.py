"""Every live delivery in one line or two: who, where, how long it takes, when it comes."""

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from itertools import takewhile

from core.board.drivers import DriverLine
from core.domain.delivery import DeliveryState
from tui import keys, labels
from tui.i18n import _
from tui.labels import ride
from tui.labels.ride import Said
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, cap, cells, tail
from tui.widgets.delivery_lines import clock_of
from tui.widgets.rows import Fixed, Row, Rows

ONE_LINE = 66  # cells from which a delivery needs one line only
SHORTEST, LONGEST = 4, 8  # cells of the column of numbers
MEASURED = 200  # deliveries whose numbers are looked at for it
BESIDE = 24  # cells of sign, state and blanks in the column the number is in
CLOCK = 26


@dataclass(frozen=True)
class DriverRows:
    """A row is made when it is looked at; both lines of a delivery are chosen together."""

    drivers: tuple[DriverLine, ...]
    now: datetime
    zone: tzinfo
    is_flat: bool  # one line each
    is_page: bool = False  # what a page has room for: where and when stand in full below
    number: int = LONGEST  # cells

    @property
    def tall(self) -> int:
        """Lines of one delivery."""
        return 1 if self.is_flat and not self.is_page else 2

    def __len__(self) -> int:
        return len(self.drivers) * self.tall

    def row(self, y: int, width: int) -> Row:
        """Or a part of one."""
        at, part = divmod(y, self.tall)
        line = self.drivers[at]
        return Row(*(self._first if part == 0 else self._second)(line), key=line.order_id)

    def key(self, y: int) -> str | None:
        """The order's id."""
        return self.drivers[y // self.tall].order_id

    def find(self, key: str) -> int | None:
        """The first line of the order's delivery."""
        return next((at * self.tall for at, line in enumerate(self.drivers) if line.order_id == key), None)

    def _first(self, line: DriverLine) -> tuple[Pieces, Pieces]:
        if not self.is_flat:
            return (*_state(line), Piece(f" · {line.courier}", Tone.MUTED)), ()
        left = cells(_state(line, self.number), BESIDE + self.number)
        if line.state is DeliveryState.AT_STORE:
            shown = _joined((Said(line.driver), Said(line.plate))) if self.is_page else _compared(line)
            waits = Piece(f" {labels.minutes(self.now - line.state_since)}", Tone.HAND)
            return (*left, cap(keys.cap("order.hand_over"), Tone.HAND_CAP), Piece(" "), *shown), (waits,)
        if not self.is_page and (loud := self._loud(line)):
            return (*left, *loud), ()
        brief = () if self.is_page else self._brief(line)
        told = (*brief, *(Said(words, Tone.MUTED) for words in (line.driver, line.courier, line.plate, line.phone)))
        return (*left, *cells(self._clock(line), CLOCK), *_joined(told)), ()

    def _second(self, line: DriverLine) -> tuple[Pieces, Pieces]:
        if self.is_page:
            return (Piece(" " * (self.number + 4)), *(self._loud(line) or self._where(line))), ()
        if line.state is DeliveryState.AT_STORE:
            return (Piece("  "), cap(keys.cap("order.hand_over"), Tone.HAND_CAP), Piece(" "), *_compared(line)), ()
        told = (*self._brief(line), Said(ride.rider(line), Tone.MUTED))
        return (Piece("  "), *(self._loud(line) or (*self._clock(line), Piece("  "), *_joined(told)))), ()

    def _clock(self, line: DriverLine) -> Pieces:
        return clock_of(line.state_since, line.usual, self.now)

    def _brief(self, line: DriverLine) -> tuple[Said, ...]:
        return ride.short_expected(line, self.now, self.zone), ride.short_spot(line, self.now)

    def _loud(self, line: DriverLine) -> Pieces:
        """What is not as it was a moment ago, or not as the courier says."""
        if swapped := ride.swap(line, self.now):
            return (Piece(f"⇄ {swapped}", Tone.HAND),)
        if is_near := ride.near(line, self.now):
            return (Piece(f"◇ {is_near} ", Tone.HAND), *_joined((ride.short_spot(line, self.now),)))
        return ()

    def _where(self, line: DriverLine) -> Pieces:
        """When it comes and where it is; at the door what is compared."""
        if line.state is DeliveryState.AT_STORE:
            return _joined((*_facts(line), Said(line.phone)))
        when, spot = ride.long_expected(line, self.now, self.zone), ride.spot(line, self.now)
        told = (*ride.person(line), when) if line.state is DeliveryState.MATCHING else (when, spot)
        return _joined(tuple(_quiet(one) for one in told))


def driver_rows(
    drivers: tuple[DriverLine, ...], now: datetime, width: int, zone: tzinfo, *, is_page: bool = False
) -> Rows:
    """The one at the door first."""
    if not drivers:
        return Fixed((Row((Piece(_("No driver is under way."), Tone.MUTED),)),))
    number = max(SHORTEST, min(LONGEST, max(len(line.number) for line in drivers[:MEASURED])))
    return DriverRows(drivers, now, zone, is_flat=is_page or width >= ONE_LINE, is_page=is_page, number=number)


def drivers_title(drivers: tuple[DriverLine, ...], now: datetime) -> Row:
    """How many, and how many stand at the door or near it: they come first."""
    first = list(takewhile(lambda line: line.state is DeliveryState.AT_STORE or line.is_near, drivers))
    waiting = sum(1 for line in first if line.state is DeliveryState.AT_STORE)
    near = sum(1 for line in first if ride.near(line, now))
    counts = ((waiting, f"◆ {waiting} {_('at the door')} "), (near, f"◇ {near} {_('near the store')} "))
    right = tuple(Piece(words, Tone.HAND) for count, words in counts if count)
    return Row((Piece(f" {_('DRIVERS')} {len(drivers)}", Tone.HEADING),), right)


def _state(line: DriverLine, number: int = LONGEST) -> Pieces:
    state = labels.word(line.state)
    shown = Piece(f"#{tail(line.number, number)} ", Tone.STRONG)
    return (Piece(f"{state.sign} ", state.tone), shown, Piece(state.text, state.tone))


def _compared(line: DriverLine) -> Pieces:
    """At the door: what is compared, and who it is."""
    return _joined((*_facts(line), Said(line.driver), Said(line.plate)))


def _facts(line: DriverLine) -> tuple[Said, ...]:
    named = ((_("waybill"), line.waybill), (_("PIN"), line.pin))
    return tuple(Said(f"{name} {words}") for name, words in named if words)


def _quiet(one: Said) -> Said:
    """In a list only what needs a hand is strong."""
    return replace(one, tone=Tone.PLAIN) if one.tone is Tone.STRONG else one


def _joined(told: tuple[Said, ...]) -> Pieces:
    """What there is of them."""
    some = [one for one in told if one.text]
    return tuple(Piece(one.text if at == 0 else f"{ride.JOIN}{one.text}", one.tone) for at, one in enumerate(some))
