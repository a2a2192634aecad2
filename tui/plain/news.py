"""What is said by itself: what rings, what others and the outside did, what is wrong, what is back."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from core.board.board import Board
from core.board.lamps import LampKind, LampLine, Light, SoundLamp
from core.board.orders import QueueLine
from core.domain import events as happening
from core.domain.alert import Chime
from core.domain.delivery import DeliveryState
from core.domain.events import Event
from core.domain.ids import OrderId, StaffId
from core.domain.problem import ProblemKind
from core.ports.feed import Update
from tui import labels
from tui.i18n import _
from tui.labels.sound import called
from tui.labels.words import word
from tui.plain import speech
from tui.plain.commands import typed
from tui.plain.lines import Now, due, lamp_line, sound_line
from tui.plain.speech import fact, sentence, spoken

MOST: Final = 5  # orders named one by one when many ring at once
# Said whoever did it; the rest only when it was done elsewhere.
OF_OTHERS: Final = (
    happening.OrderSeen,
    happening.OrderAccepted,
    happening.OrderRejected,
    happening.ChangesSeen,
    happening.PackingFinished,
    happening.PackingReopened,
    happening.ShippedShort,
    happening.SendTakenBack,
    happening.HandedOver,
    happening.HoldPutOn,
    happening.HoldLifted,
    happening.ProblemClosed,
)
OF_ALL: Final = (
    happening.OrderJoined,
    happening.OrderChanged,
    happening.OrderCancelled,
    happening.OrderCompleted,
    happening.OrderReturned,
    happening.SendPostponed,
    happening.SendRefused,
    happening.OrderReminded,
    happening.PersonTold,
    happening.HoldRanOut,
    happening.DriverChanged,
)
# The order's own end says it better.
ENDED: Final = frozenset({DeliveryState.DELIVERED, DeliveryState.RETURNED})


@dataclass
class News:
    """Compares boards; `mine` says which orders this terminal has had a hand in."""

    staff: StaffId
    mine: Callable[[OrderId], bool]
    _board: Board = field(default_factory=Board)
    _rang: frozenset[OrderId] = frozenset()
    _told: set[OrderId] = field(default_factory=set)  # orders that were named once
    _calls: int = 0
    _is_asked: bool = False
    _light: Light | None = None

    def of(self, update: Update, ringing: tuple[QueueLine, ...], now: Now) -> Iterator[str]:
        """The sentences of one update, what rings first."""
        before, self._board = self._board, update.board
        yield from self.rings(ringing, now)
        for event in update.events:
            yield from self._event(event, before, now)
        yield from _lamps(before.lamps, update.board.lamps, now)

    def rings(self, ringing: tuple[QueueLine, ...], now: Now) -> Iterator[str]:
        """Orders that began to ring; time alone makes one ring again."""
        new = tuple(line for line in ringing if line.order_id not in self._rang)
        self._rang = frozenset(line.order_id for line in ringing)
        if len(new) > MOST:
            numbers = ", ".join(line.number for line in new[:MOST])
            yield sentence(_("{count} orders ring: {numbers} and others").format(count=len(new), numbers=numbers))
        else:
            yield from (_ring(line, now, is_new=line.order_id not in self._told) for line in new)
        self._told |= self._rang

    def sound(self, lamp: SoundLamp, now: Now) -> Iterator[str]:
        """A bell that was lost or is back, beeps that were played, what is overdue."""
        if lamp.light is not self._light and (self._light is not None or lamp.light is Light.FAIL):
            yield sound_line(lamp, now)
        self._light = lamp.light
        is_asked = lamp.is_asked(now.at)
        if is_asked and not self._is_asked:
            yield _("How many beeps did you hear? Type sound and the number.")
        self._is_asked = is_asked
        if lamp.calls != self._calls and lamp.called is not None and lamp.called.chime is Chime.OVERDUE:
            yield sentence(spoken(called(lamp.called)))
        self._calls = lamp.calls

    def _event(self, event: Event, before: Board, now: Now) -> Iterator[str]:
        is_mine = event.by == self.staff and event.order_id is not None and self.mine(event.order_id)
        if isinstance(event, OF_ALL) or (isinstance(event, OF_OTHERS) and not is_mine):
            if not (is_mine and isinstance(event, happening.OrderCancelled)):
                yield sentence(self._order(event, before), spoken(labels.happened(event, now.zone)))
        elif isinstance(event, happening.DeliveryReported):
            yield from self._driver(event, before, now)
        elif isinstance(event, happening.ProblemOpened):
            yield self._trouble(event, before)

    def _driver(self, event: happening.DeliveryReported, before: Board, now: Now) -> Iterator[str]:
        try:
            state = DeliveryState(event.state)
        except ValueError:
            state = DeliveryState.UNKNOWN
        if state in ENDED:
            return
        line = next((line for line in self._board.drivers if line.order_id == event.order_id), None)
        who = (fact(line.driver), fact(line.plate)) if line else ()
        step = ""
        if state is DeliveryState.AT_STORE:
            step = _("Type {key} to hand over.").format(key=f"{typed('order.hand_over')} {line.number}" if line else "")
        said = sentence(self._order(event, before), word(state).text, event.courier, *who, labels.said(event.reason))
        yield f"{said} {step}".strip()

    def _trouble(self, event: happening.ProblemOpened, before: Board) -> str:
        kind = ProblemKind(event.kind)
        words = ": ".join(part for part in (self._order(event, before), labels.title(kind)) if part)
        line = sentence(_("trouble, {words}").format(words=words), labels.detail(kind, event.detail))
        what = _("Type {key} for what can be done.").format(key=typed("order.trouble"))
        return f"{line} {what}"

    def _order(self, event: Event, before: Board) -> str:
        """What people call it, also when it has just ended."""
        if event.order_id is None:
            return ""
        line = self._board.line(event.order_id) or before.line(event.order_id)
        rides = (*self._board.drivers, *before.drivers)
        ride = next((ride.number for ride in rides if ride.order_id == event.order_id), "")
        number = line.number if line else ride
        return speech.order(number) if number else ""


def _ring(line: QueueLine, now: Now, *, is_new: bool) -> str:
    if not is_new:
        return sentence(speech.order(line.number), _("it rings again"), due(line, now))
    total = labels.money(line.total) if line.total else ""
    pieces = labels.count_of(line.pieces)
    note = _("with a note") if line.has_note else ""
    named = _("new order {number}").format(number=line.number)
    return sentence(named, fact(line.customer), pieces, total, note, _("accept {due}").format(due=due(line, now)))


def _lamps(before: Iterable[LampLine], after: Iterable[LampLine], now: Now) -> Iterator[str]:
    """A light that changed; one that was never lit before says nothing by being well."""
    lights: Mapping[tuple[LampKind, str], Light] = {(lamp.kind, lamp.name): lamp.light for lamp in before}
    for lamp in after:
        was = lights.get((lamp.kind, lamp.name))
        is_well = lamp.light in (Light.OK, Light.UNKNOWN)
        if lamp.light is not was and not (is_well and was in (None, Light.OK, Light.UNKNOWN)):
            yield lamp_line(lamp, now)
