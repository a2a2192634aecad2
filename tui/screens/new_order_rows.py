"""Rows of a new order: what is offered, what is ordered."""

from typing import Final

from core.domain.handwritten import HandLine
from core.domain.wares import Ware
from tui import labels
from tui.i18n import _
from tui.labels.tones import Tone
from tui.widgets.cells import Piece
from tui.widgets.rows import Row

OWN: Final = "own"  # the key of the row for one's own words


def offer_row(at: int, ware: Ware, quantity: int) -> Row:
    """An article that fits what is typed."""
    price = labels.money(ware.price) if ware.price is not None else _("price not known")
    count = f"{quantity} × " if quantity > 1 else ""
    return Row(
        (Piece(f"{count}{ware.name}", Tone.STRONG), Piece(f"  {ware.sku}", Tone.MUTED)), (Piece(price),), key=str(at)
    )


def own_row(line: HandLine) -> Row:
    """What is typed, as it is: for what no list has."""
    price = labels.money(line.price) if line.price is not None else _("price behind an @")
    return Row((Piece(_("as typed: “{words}”").format(words=line.name), Tone.HAND_LOW),), (Piece(price),), key=OWN)


def line_row(at: int, line: HandLine) -> Row:
    """What is ordered, and what it costs."""
    cost = labels.money(line.price * line.quantity) if line.price is not None else _("price not known")
    tone = Tone.PLAIN if line.price is not None else Tone.TROUBLE
    return Row(
        (Piece(f"{line.quantity} × ", Tone.STRONG), Piece(line.name, Tone.STRONG)), (Piece(cost, tone),), key=str(at)
    )
