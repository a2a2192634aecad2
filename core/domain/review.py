"""The look at an order before it may be accepted: what is odd, whether that stops it, what settles it (H1–H6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from core.domain.money import Money
from core.domain.text import tidy

if TYPE_CHECKING:
    from core.domain.order import Order

LONGEST: Final = 80  # letters of what was found


class FindingKind(StrEnum):
    """In the order staff read them; each has its next step in words in `tui/labels/review.py`."""

    BARRED = "barred"  # on the store's own list
    NONSENSE_ADDRESS = "nonsense_address"  # H5
    RETOLD = "retold"  # the shop tells other words than those completed here
    IMPOSSIBLE_PHONE = "impossible_phone"
    DUPLICATE = "duplicate"
    UNCLEAR_ADDRESS = "unclear_address"  # H6
    ODD_PHONE = "odd_phone"
    NO_PHONE = "no_phone"
    HUGE = "huge"
    QUANTITY = "quantity"
    FIRST_ORDER = "first_order"  # H3
    INVOICE = "invoice"  # H2


class Weight(StrEnum):
    """What a finding does."""

    STOP = "stop"  # a person must look first
    NOTE = "note"  # shown
    OFF = "off"


_K = FindingKind
NEEDS_WORDS: Final = frozenset({_K.NONSENSE_ADDRESS, _K.IMPOSSIBLE_PHONE, _K.RETOLD})  # nobody's "all right" settles it
OF_ADDRESS: Final = frozenset({_K.NONSENSE_ADDRESS, _K.UNCLEAR_ADDRESS, _K.RETOLD})
OF_PHONE: Final = frozenset({_K.IMPOSSIBLE_PHONE, _K.ODD_PHONE, _K.NO_PHONE})
GENTLE: Final[Mapping[FindingKind, Weight]] = {kind: Weight.NOTE for kind in FindingKind} | {
    kind: Weight.STOP for kind in (_K.BARRED, _K.NONSENSE_ADDRESS, _K.RETOLD, _K.IMPOSSIBLE_PHONE, _K.DUPLICATE)
}


@dataclass(frozen=True, kw_only=True)
class ReviewRules:
    """The `[review]` section; `huge_times` the usual sum or `huge_amount`, `most_pieces` of one line; 0, None: any."""

    weights: Mapping[FindingKind, Weight] = field(default_factory=lambda: GENTLE)
    duplicate_within: timedelta = timedelta(minutes=30)
    huge_times: float = 5
    huge_amount: Money | None = None
    most_pieces: int = 20
    barred: tuple[str, ...] = ()
    call_again: timedelta = timedelta(minutes=2)

    def weight(self, kind: FindingKind) -> Weight:
        """Off where the store has switched it off."""
        return self.weights.get(kind, Weight.OFF)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is odd; `found` and `allowed` are codes, numbers or order numbers, never a customer's words."""

    kind: FindingKind
    found: str = ""
    allowed: str = ""
    stops: bool = False

    @property
    def code(self) -> str:
        """As it stands with the order: `!duplicate:1041|30` stops it, `first_order` is a note."""
        values = f":{self.found}|{self.allowed}" if self.found or self.allowed else ""
        return f"{'!' if self.stops else ''}{self.kind}{tidy(values, LONGEST)}"

    @property
    def needs_words(self) -> bool:
        """Only an edited address or number settles it (H5)."""
        return self.stops and self.kind in NEEDS_WORDS

    def as_note(self) -> "Finding":
        """Seen by a person: it stops nothing any more."""
        return replace(self, stops=False)


def findings_of(order: "Order") -> tuple[Finding, ...]:
    """What was found of this order; kinds of a newer version are left out."""
    return tuple(finding for code in order.review if (finding := read(code)) is not None)


def barring(order: "Order") -> tuple[Finding, ...]:
    """What still stops it."""
    return tuple(finding for finding in findings_of(order) if finding.stops)


def first_stop(order: "Order") -> str:
    """The kind of what stops it first; empty when nothing does."""
    return next((finding.kind.value for finding in barring(order)), "")


def read(code: str) -> Finding | None:
    """The finding again."""
    kind, _, values = code.removeprefix("!").partition(":")
    if kind not in _KINDS:
        return None
    found, _, allowed = values.rpartition("|")
    return Finding(kind=FindingKind(kind), found=found, allowed=allowed, stops=code.startswith("!"))


def kinds(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Their words for the journal."""
    return tuple(finding.kind.value for finding in findings)


_KINDS: Final = frozenset(kind.value for kind in FindingKind)
