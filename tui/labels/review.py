"""What was found odd about an order, and what to do next, in words."""

from dataclasses import dataclass
from typing import Final

from core.domain.address import Nonsense, Unclear
from core.domain.completed import Completed
from core.domain.money import BadMoney, Money
from core.domain.order import Order
from core.domain.review import Finding, FindingKind
from tui.i18n import N_, _
from tui.labels.amounts import money


@dataclass(frozen=True)
class FindingWords:
    """`title` names what was found and what is allowed; `step` is what to do; `short` is for a list of several."""

    title: str
    step: str
    short: str


WORDS: Final[dict[FindingKind, FindingWords]] = {
    FindingKind.BARRED: FindingWords(
        N_("The customer is on the store's own list."),
        N_("Ask the shift lead before you let it pass."),
        N_("on the list"),
    ),
    FindingKind.NONSENSE_ADDRESS: FindingWords(
        N_("The address says nothing: {why}."),
        N_("Call the customer, then put the right address in. Without one it cannot pass."),
        N_("no address"),
    ),
    FindingKind.RETOLD: FindingWords(
        N_("The shop now tells other words than those put in here: {told}."),
        N_("Ask the customer which are right, then put them in."),
        N_("told otherwise"),
    ),
    FindingKind.IMPOSSIBLE_PHONE: FindingWords(
        N_("Nobody can be called by this phone number."),
        N_("Look for another number or write to the customer, then put it in; or put in that there is none."),
        N_("no such phone"),
    ),
    FindingKind.DUPLICATE: FindingWords(
        N_("The same customer and the same goods as #{found}, within {allowed} min."),
        N_("Call the customer: are both wanted? If not, refuse one of them."),
        N_("same as #{found}"),
    ),
    FindingKind.UNCLEAR_ADDRESS: FindingWords(
        N_("The address is unclear: {why}."),
        N_("Ask the customer for what is missing, then put it in."),
        N_("unclear address"),
    ),
    FindingKind.ODD_PHONE: FindingWords(
        N_("No such phone number is given out in this country."),
        N_("Try it; if nobody answers, look for another."),
        N_("odd phone"),
    ),
    FindingKind.NO_PHONE: FindingWords(
        N_("There is no phone number to call."),
        N_("The driver can only ring at the door: is the address enough?"),
        N_("no phone"),
    ),
    FindingKind.HUGE: FindingWords(
        N_("It costs {found}; up to {allowed} is usual here."),
        N_("Call the customer: is everything meant as it was ordered?"),
        N_("large sum"),
    ),
    FindingKind.QUANTITY: FindingWords(
        N_("{found} pieces of one thing; up to {allowed} is usual."),
        N_("Call the customer: is the number meant?"),
        N_("many of one thing"),
    ),
    FindingKind.FIRST_ORDER: FindingWords(
        N_("First order of this phone number."), N_("Look at the address twice."), N_("first order")
    ),
    FindingKind.INVOICE: FindingWords(
        N_("The customer asks for an invoice."), N_("Check name and tax number before it is packed."), N_("invoice")
    ),
}
WHY: Final[dict[str, str]] = {
    Nonsense.EMPTY: N_("there is none"),
    Nonsense.SIGNS: N_("only signs"),
    Nonsense.ONE_SIGN: N_("the same again and again"),
    Nonsense.DIGITS: N_("only digits"),
    Nonsense.DRUMMED: N_("letters without sense"),
    Nonsense.SAYS_NOTHING: N_("a word like “test” or “none”"),
    Unclear.TOO_SHORT: N_("too short"),
    Unclear.NO_DOOR: N_("no house number or building"),
}


def found(finding: Finding, order: Order) -> str:
    """What was found, with both numbers."""
    told = told_words(order.completed) if order.completed else ""
    return _(WORDS[finding.kind].title).format(
        found=_amount(finding.found), allowed=_amount(finding.allowed), why=why(finding.found), told=told
    )


def next_step(finding: Finding) -> str:
    """What to do about it."""
    return _(WORDS[finding.kind].step)


def short(finding: Finding) -> str:
    """In two words."""
    return _(WORDS[finding.kind].short).format(found=finding.found)


def kind_words(kind: str) -> str:
    """A kind from the journal, or a refusal; one of a newer version as it is."""
    known = kind in {one.value for one in FindingKind}
    return _(WORDS[FindingKind(kind)].short).format(found="…") if known else kind


def why(code: str) -> str:
    """Why an address says nothing, or too little."""
    return _(WHY[code]) if code in WHY else code


def told_words(completed: Completed) -> str:
    """What the channel says of what was put in here."""
    pairs = ((completed.address, completed.told_address), (completed.phone, completed.told_phone))
    told = (theirs or _("nothing") for ours, theirs in pairs if ours is not None and ours != theirs)
    return " · ".join(told)


def _amount(text: str) -> str:
    minor, _space, currency = text.partition(" ")
    try:
        return money(Money.parse(minor, currency)) if currency else text
    except BadMoney:
        return text
