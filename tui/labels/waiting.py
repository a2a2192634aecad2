"""What happened to orders that wait: held, reminded of, told to a person outside."""

from typing import Final

from core.domain import events as happening
from core.domain.events import Event
from tui.i18n import N_

SENTENCES: Final[dict[type[Event], str]] = {
    happening.HoldPutOn: N_("on hold: {reason}"),
    happening.HoldLifted: N_("hold lifted: {reason}"),
    happening.HoldRanOut: N_("the hold is over: {reason}"),
    happening.OrderReminded: N_("reminder {nth} of {most}: nobody accepts it"),
    happening.PersonTold: N_("a person was told that nobody accepts it ({way})"),
    happening.PersonNotTold: N_("a person could not be told ({way}): {reason}"),
}
_HELD_UNTIL: Final = N_("on hold until {until}: {reason}")
_LIFTED_BY_WORD: Final = N_("hold lifted ({reason}): {why}")


def of_waiting(event: Event) -> str:
    """Where the sentence depends on what the event tells; else empty."""
    if isinstance(event, happening.HoldPutOn) and event.until is not None:
        return _HELD_UNTIL
    if isinstance(event, happening.HoldLifted) and event.why:
        return _LIFTED_BY_WORD
    return ""
