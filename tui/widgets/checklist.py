"""What to tick: items and checks, as lines of the panel."""

from collections.abc import Iterator

from core.domain.checklist import Check, Checklist
from core.domain.line import OrderLine
from core.domain.order import Order
from tui import labels
from tui.i18n import _
from tui.labels.tones import Tone
from tui.labels.words import CHECK_MEANS
from tui.widgets.cells import Piece, Pieces, column, wrapped
from tui.widgets.rows import Row, heading

LINE, CHECK = "line:", "check:"  # what a row's key begins with


def item_rows(order: Order, width: int) -> Iterator[Row]:
    """What was bought and how far it is, with shelf and the end of the barcode."""
    needed = sum(order.needed(item) for item in order.lines)
    done = Piece(f"{order.picked}/{needed}", Tone.GOOD if order.picked >= needed else Tone.MUTED)
    yield from heading(_("ITEMS"), (done,))
    for item in order.lines:
        yield _item(item, order, width)
        extra = " · ".join(part for part in (item.options, item.note) if part)
        for words in wrapped(extra, width - 10) if extra else ():
            yield Row((Piece(f"         {words}", Tone.INFO),))


def _item(item: OrderLine, order: Order, width: int) -> Row:
    is_picked, needed = order.has_picked(item), order.needed(item)
    name = f"{item.name}{' ' + _('(gift)') if item.is_gift else ''}{' ' + _('(instead)') if item.swap_of else ''}"
    short = (
        f"  {_('{goes} of {bought} go').format(goes=needed, bought=item.quantity)}" if needed < item.quantity else ""
    )
    left = (
        *_box(is_picked, item.picked),
        Piece(f"{needed:>2} × ", Tone.STRONG),
        Piece(name, Tone.MUTED if is_picked else Tone.STRONG),
        Piece(short, Tone.INFO),
    )
    tail = f"…{item.barcode[-3:]}" if len(item.barcode) > 3 else item.barcode
    right = (Piece("  "), Piece(column(item.shelf, 7), Tone.INFO), Piece(column(tail, 5, right=True), Tone.MUTED))
    return Row(left, right if width > 48 else right[:2], key=f"{LINE}{item.id}")


def _box(is_done: bool, count: int = 0) -> Pieces:
    """Done, half done with the number in it, or open."""
    if is_done:
        return (Piece("[✓] ", Tone.GOOD),)
    return (Piece(f"[{count}] " if 0 < count < 10 else "[ ] " if not count else "[+] ", Tone.HAND),)


def check_rows(checklist: Checklist) -> Iterator[Row]:
    """The four checks, each with what it means."""
    ticked = checklist.ticked
    yield from heading(_("CHECKS"), (Piece(f"{len(ticked)}/{len(Check)}", Tone.MUTED),))
    for check in Check:
        name = column(labels.word(check).text, 16)
        words = (Piece(name, Tone.STRONG), Piece(_(CHECK_MEANS[check]), Tone.MUTED))
        yield Row((*_box(check in ticked), *words), key=f"{CHECK}{check}")
