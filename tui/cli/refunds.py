"""What `order refund` and `order told` are told on the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.domain.money import BadMoney, Money
from core.domain.tell import TellingEnd
from tui.cli.everywhere import BadUsage
from tui.i18n import _

if TYPE_CHECKING:
    from core.domain.ids import LineId
    from core.domain.moment import Moment
    from core.domain.order import Order
    from core.services.refunding import Refunding
    from core.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Back:
    """A sum, or pieces by line (`LINE=PIECES`); both: that sum, for those pieces."""

    amount: str
    lines: Sequence[str]
    reason: str

    def __post_init__(self) -> None:
        if not self.amount and not self.lines:
            raise BadUsage(_("a sum (--amount), or pieces (--line LINE=PIECES), please"))

    def give(self, refunding: "Refunding", uow: "UnitOfWork", order: "Order", now: "Moment") -> None:
        """Owed from now on; leaves after the held seconds."""
        pieces = dict(_count(order, text) for text in self.lines)
        refunding.give(uow, order.id, self._sum(order.purchase.total.currency), self.reason, pieces, now)

    def _sum(self, currency: str) -> Money | None:
        if not self.amount:
            return None
        try:
            return Money.parse(self.amount, currency)
        except BadMoney as error:
            raise BadUsage(_("{found}: not a sum").format(found=f"--amount {self.amount!r:.40}")) from error


def end_of(*, again: bool, by_hand: bool, given_up: bool) -> TellingEnd:
    """Exactly one is said."""
    said = {TellingEnd.AGAIN: again, TellingEnd.BY_HAND: by_hand, TellingEnd.GIVEN_UP: given_up}
    named = [end for end, is_said in said.items() if is_said]
    if len(named) != 1:
        raise BadUsage(_("--again, --by-hand or --give-up: say one of them"))
    return named[0]


def _count(order: "Order", text: str) -> "tuple[LineId, int]":
    code, equals, pieces = text.rpartition("=")
    if not equals or not code or not pieces.isdigit():
        raise BadUsage(_("{found}: not of the form LINE=PIECES").format(found=f"--line {text!r:.60}"))
    return order.line(code).id, int(pieces)
