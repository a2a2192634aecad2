"""What the store's policy did about a search for a driver, in words."""

from typing import Final

from core.domain.events import BookingSettled, Event, SearchWentOn
from core.domain.search import Cause, Deed
from tui.i18n import N_

UNTAKEN: Final[dict[Deed, str]] = {
    Deed.TELL: N_("no driver for {minutes} min: a person is told"),
    Deed.GIVE_UP: N_("no driver for {minutes} min: the search is given up"),
    Deed.NEXT_COURIER: N_("no driver for {minutes} min: {courier} is recalled, the next courier comes after it"),
    Deed.CALL_AGAIN: N_("no driver for {minutes} min: {courier} is recalled and called again"),
    Deed.TIP: N_("no driver for {minutes} min: the tip becomes {amount}"),
}
CALLED: Final[dict[Cause, str]] = {
    Cause.UNTAKEN: N_("nobody took it: {courier} is called"),
    Cause.FAILED: N_("it failed before pick-up: {courier} is called"),
    Cause.REFUSED: N_("the courier said no: {courier} is called"),
    Cause.SILENT: N_("the courier did not answer: {courier} is called"),
    Cause.GIVEN_UP: N_("the search is given up"),
}
NEVER_ARRIVED: Final = N_("{courier}: looked up by hand, the call never arrived")
OF_ANOTHER_VERSION: Final = N_("the search goes on with {courier}")


def of_search(event: Event) -> str:
    """What is to be filled in; empty for an event that is none of these, or needs no other words."""
    if isinstance(event, BookingSettled) and not event.ref:
        return NEVER_ARRIVED
    # The journal may hold words of another version.
    if not isinstance(event, SearchWentOn) or event.deed not in set(Deed) or event.cause not in set(Cause):
        return ""
    cause = Cause(event.cause)
    return UNTAKEN[Deed(event.deed)] if cause is Cause.UNTAKEN else CALLED[cause]
