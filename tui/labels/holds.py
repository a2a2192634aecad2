"""Orders somebody wants to wait: sign and words, why and until when, and who may end it."""

from datetime import tzinfo
from typing import Final

from core.domain.hold import Hold
from tui.i18n import N_, _
from tui.labels.times import clock

SIGN: Final = "‖"
HOLDING: Final = (
    N_("the customer is called back"),
    N_("the address is not clear"),
    N_("goods are still coming"),
    N_("wanted later"),
    N_("something is odd about it"),
)


def held_short() -> str:
    """Behind a step that goes on all the same."""
    return _("held")


def hold_facts(hold: Hold, zone: tzinfo) -> str:
    """Why and who; reason and name are outside words."""
    return _("{reason} · {name}, {since}").format(reason=hold.reason, name=hold.by, since=clock(hold.at, zone))


def hold_end(hold: Hold, zone: tzinfo) -> str:
    """What ends it."""
    if hold.until is not None:
        until = _("It ends by itself at {time}.").format(time=clock(hold.until, zone))
        return f"{until} {_('Only a manager lifts it before.')}" if hold.needs_manager else until
    return _("Only a manager lifts it.") if hold.needs_manager else _("Until somebody lifts it.")
