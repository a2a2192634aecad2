"""What goes into the bag, and what is confirmed before it is closed."""

from core.domain.checklist import Check
from core.domain.line import OrderLine
from core.domain.order import Order
from tui.i18n import _
from tui.labels.words import word
from tui.plain.speech import fact, sentence


def next_item(order: Order) -> OrderLine | None:
    """The first that is not in the bag."""
    return next((item for item in order.lines if not order.has_picked(item)), None)


def item_words(order: Order, item: OrderLine) -> str:
    """An item as a sentence."""
    return sentence(*item_facts(order, item))


def item_facts(order: Order, item: OrderLine) -> tuple[str, ...]:
    """Place, pieces, name, shelf, end of the code, how many are in the bag; empty where there is nothing to say."""
    needed, place = order.needed(item), order.lines.index(item) + 1
    return (
        _("item {place}: {count} {name}").format(place=place, count=needed, name=fact(item.name)),
        _("gift") if item.is_gift else "",
        item.options,
        item.note,
        _("shelf {shelf}").format(shelf=item.shelf) if item.shelf else "",
        _("code ends {code}").format(code=item.barcode[-3:]) if len(item.barcode) > 3 else "",
        in_bag(order, item),
    )


def in_bag(order: Order, item: OrderLine) -> str:
    """Nothing is said of what still lies on the shelf."""
    if order.has_picked(item):
        return _("in the bag") if order.needed(item) else _("does not go")
    return (
        _("{picked} of {count} in the bag").format(picked=item.picked, count=order.needed(item)) if item.picked else ""
    )


def open_checks(order: Order) -> str:
    """Their names."""
    return _(", ").join(word(check).text for check in order.checklist.missing)


def checks_words(order: Order) -> str:
    """What was confirmed, and what is open."""
    missing = open_checks(order)
    if not missing:
        return sentence(_("all checks are made"))
    done = _(", ").join(word(check).text for check in Check if check in order.checklist.ticked)
    return sentence(
        _("checks open: {words}").format(words=missing), _("made: {words}").format(words=done) if done else ""
    )
