"""A sign and a colour for everything that can happen: what one looks for in the journal is seen before it is read."""

from dataclasses import dataclass
from typing import Final

from core.domain import events as happening
from core.domain.delivery import DeliveryState
from core.domain.events import Event
from tui.labels.tones import Tone
from tui.labels.words import word


@dataclass(frozen=True)
class Mark:
    """A sign of one cell, and what it means."""

    sign: str
    tone: Tone


PLAIN: Final = Mark("·", Tone.MUTED)
MARKS: Final[dict[type[Event], Mark]] = {
    happening.OrderReceived: Mark("○", Tone.MUTED),
    happening.OrderOpened: Mark("♪", Tone.HAND),
    happening.ReviewAsked: Mark("◇", Tone.HAND),
    happening.ReviewPassed: Mark("✓", Tone.GOOD),
    happening.CustomerCompleted: Mark("!", Tone.HAND),
    happening.OrderChanged: Mark("!", Tone.HAND),
    happening.OrderReminded: Mark("♪", Tone.TROUBLE),
    happening.PersonTold: Mark("»", Tone.HAND),
    happening.PersonNotTold: Mark("✗", Tone.TROUBLE),
    happening.HoldPutOn: Mark("‖", Tone.HOLD),
    happening.HoldLifted: Mark("▷", Tone.HOLD),
    happening.HoldRanOut: Mark("▷", Tone.HOLD),
    happening.OrderAccepted: Mark("✓", Tone.GOOD),
    happening.OrderRejected: Mark("✗", Tone.MUTED),
    happening.OrderCancelled: Mark("✗", Tone.TROUBLE),
    happening.PackingFinished: Mark("■", Tone.GOOD),
    happening.ShippedShort: Mark("½", Tone.INFO),
    happening.ShortTakenBack: Mark("◁", Tone.MUTED),
    happening.OrderLeft: Mark("▶", Tone.INFO),
    happening.HandedOver: Mark("▶", Tone.INFO),
    happening.OrderCompleted: Mark("✓", Tone.GOOD),
    happening.OrderReturned: Mark("◀", Tone.MUTED),
    happening.CalledByItself: Mark("◷", Tone.INFO),
    happening.SendHeld: Mark("◷", Tone.INFO),
    happening.SendTakenBack: Mark("◁", Tone.MUTED),
    happening.SendPostponed: Mark("▲", Tone.HAND),
    happening.SendRefused: Mark("✗", Tone.TROUBLE),
    happening.DriverChanged: Mark("⇄", Tone.HAND),
    happening.SearchWentOn: Mark("↻", Tone.HAND),
    happening.CancelCharged: Mark("$", Tone.TROUBLE),
    happening.ProblemOpened: Mark("▲", Tone.TROUBLE),
    happening.ProblemClosed: Mark("✓", Tone.GOOD),
}


def mark(event: Event) -> Mark:
    """A courier's word has the sign of its state; what needs no eye has a dot."""
    if isinstance(event, happening.DeliveryReported) and event.state in {state.value for state in DeliveryState}:
        state = word(DeliveryState(event.state))
        return Mark(state.sign, state.tone)
    return MARKS.get(type(event), PLAIN)
