"""What the customer wants where a piece is not there, and when a person must have asked first (C72)."""

from enum import StrEnum
from typing import Final

from core.domain.line import IfMissing, OrderLine
from core.domain.order import Order
from core.domain.refusal import OrderRefusal


class Ask(StrEnum):
    """Why the customer must have said yes on the phone."""

    ALLERGY = "allergy"  # words of allergies bar silent swaps
    CALL = "call"  # wants to be called
    SWAP = "swap"  # never said that something else may come instead
    ALL_OR_NOTHING = "all_or_nothing"  # wants all of it, or nothing


class NotAsked(OrderRefusal):
    """The customer has not said yes on the phone: `found` is the `Ask`, `allowed` what it is about."""

    rule = "C72"

    def __init__(self, why: Ask, about: str = "") -> None:
        super().__init__(f"ask the customer first: {why}", found=why, allowed=about)
        self.why = why


# Beginnings of words in the languages staff and customers write; a note with one of them counts as an allergy's.
ALLERGY_WORDS: Final = (
    *("allerg", "alerg", "alérg", "intoleran", "anaphyla", "anafila", "epipen", "celiac", "coeliac", "celíac"),
    *("gluten", "glúten", "lactos", "peanut", "nut-free", "no nuts", "without nuts", "shellfish"),
    *("cacahuete", "cacahuate", "maní", "frutos secos", "marisco", "amendoim", "castanha", "nozes"),
    *("過敏", "过敏", "敏感", "不耐", "花生", "堅果", "坚果", "麩質", "麸质", "乳糖", "蠶豆症", "蚕豆病"),
)


def allergy_words(order: Order, line: OrderLine | None = None) -> tuple[str, ...]:
    """What was told of allergies, of the order and of the line, in the customer's own words; none: nothing."""
    notes = (order.purchase.note, line.note if line else "", line.wish if line else "")
    told = (order.purchase.allergens, *(note for note in notes if _speaks_of_allergy(note)))
    return tuple(dict.fromkeys(words.strip() for words in told if words.strip()))


def ask_before_leaving_out(line: OrderLine) -> Ask | None:
    """Why the customer must be asked before pieces of the line stay out; None: that may be decided here."""
    return {IfMissing.CALL: Ask.CALL, IfMissing.CANCEL_ALL: Ask.ALL_OR_NOTHING}.get(line.if_missing)


def ask_before_swapping(order: Order, line: OrderLine) -> Ask | None:
    """Why before something else goes in their place; silently only where the customer has said so beforehand."""
    if allergy_words(order, line):
        return Ask.ALLERGY
    wish = {IfMissing.SWAP: None, IfMissing.CALL: Ask.CALL, IfMissing.CANCEL_ALL: Ask.ALL_OR_NOTHING}
    return wish.get(line.if_missing, Ask.SWAP)


def _speaks_of_allergy(note: str) -> bool:
    said = note.casefold()
    return any(word in said for word in ALLERGY_WORDS)
