"""What an empty page says: that it is empty, and what leads on."""

from tui import keys
from tui.i18n import _
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, wrapped
from tui.widgets.rows import Fixed, Row

WIDTH = 76  # cells: the narrowest terminal without its edges


def not_read_yet() -> Fixed:
    """The first look at a start shows the queue's head only."""
    return Fixed((Row((Piece(_("Being read …"), Tone.MUTED),)),))


def no_drivers() -> Fixed:
    """Nobody is on the way."""
    leads_on = _("A packed order calls one: {counter} counter, {ship} call driver.")
    said = leads_on.format(counter=keys.cap("page.counter"), ship=keys.cap("order.ship"))
    return _rows(Piece(_("No driver is under way."), Tone.MUTED), said)


def no_problems() -> Fixed:
    """All is well."""
    leads_on = _("What goes wrong shows here by itself, and what to do about it. Orders: {counter}.")
    return _rows(Piece(f"✓ {_('Nothing is wrong.')}", Tone.GOOD), leads_on.format(counter=keys.cap("page.counter")))


def no_journal() -> Fixed:
    """The first minute of a shop."""
    leads_on = _("Every order that comes in, and all that is done with it, is noted here by itself.")
    return _rows(Piece(_("Nothing has happened yet."), Tone.MUTED), leads_on)


def _rows(said: Piece, leads_on: str) -> Fixed:
    return Fixed((Row((said,)), *(Row((Piece(words, Tone.PLAIN),)) for words in wrapped(leads_on, WIDTH))))
