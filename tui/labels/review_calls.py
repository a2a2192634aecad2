"""What to say when a customer is called back about an odd order, in the language of the staff (H1, H6)."""

from collections.abc import Iterator
from typing import Final

from core.domain.order import Order
from core.domain.review import Finding, FindingKind, findings_of
from core.domain.review_moves import CallResult
from tui.i18n import N_, _, ngettext

_ASKED: Final[dict[FindingKind, str]] = {
    FindingKind.NONSENSE_ADDRESS: N_("We do not have your address. Where may the driver come: street, number, floor?"),
    FindingKind.UNCLEAR_ADDRESS: N_(
        "Your address says “{address}”. What is the house number, and which floor or door?"
    ),
    FindingKind.RETOLD: N_("We have two addresses or phone numbers of you. Which is right?"),
    FindingKind.IMPOSSIBLE_PHONE: N_("Under which phone number can the driver reach you?"),
    FindingKind.ODD_PHONE: N_("Is this the number the driver may call?"),
    FindingKind.DUPLICATE: N_("We have the same goods for you twice, #{number} and #{found}. Do you want both?"),
    FindingKind.HUGE: N_("It is a large order. Is everything right as you ordered it?"),
    FindingKind.QUANTITY: N_("You ordered {found} pieces of one thing. Is that right?"),
    FindingKind.INVOICE: N_("For the invoice: which name, and which tax number?"),
}
RESULTS: Final[dict[CallResult, str]] = {
    CallResult.RIGHT: N_("Reached: all is right as it stands"),
    CallResult.CHANGED: N_("Reached: something is to be put right"),
    CallResult.NOT_REACHED: N_("Not reached"),
}


def call_back(order: Order, store: str) -> tuple[str, ...]:
    """Sentence by sentence, ready to be read aloud."""
    return tuple(_sentences(order, store))


def result_words(result: str) -> str:
    """How a call went; one of a newer version as it is."""
    known = result in {one.value for one in CallResult}
    return _(RESULTS[CallResult(result)]) if known else result


def _sentences(order: Order, store: str) -> Iterator[str]:
    name = order.purchase.customer.name
    yield _("Good day, this is {store}. Am I speaking to {name}?").format(store=store, name=name or _("the customer"))
    pieces = order.purchase.pieces
    words = ngettext(
        "You ordered {count} item with us, number {number}.",
        "You ordered {count} items with us, number {number}.",
        pieces,
    )
    yield words.format(count=pieces, number=order.number)
    yield from (_question(finding, order) for finding in findings_of(order) if finding.kind in _ASKED)
    yield _("Thank you. We go on with it at once.")


def _question(finding: Finding, order: Order) -> str:
    address = order.purchase.customer.address
    return _(_ASKED[finding.kind]).format(address=address, number=order.number, found=finding.found)
