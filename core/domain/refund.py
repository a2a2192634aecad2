"""Money that goes back to a customer: how much, what for, and how far it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.ids import LineId, OrderId, RefundId, SendId, StaffId
from core.domain.money import Money


class RefundState(StrEnum):
    """OWED may still be taken back or refused; BY_HAND: a person did it in the shop's own system."""

    OWED = "owed"
    DONE = "done"
    REFUSED = "refused"
    BY_HAND = "by_hand"
    TAKEN_BACK = "taken_back"


# What is gone, or may be: never to be given a second time.
COUNTED = frozenset({RefundState.OWED, RefundState.DONE, RefundState.BY_HAND})


@dataclass(frozen=True, kw_only=True)
class Refund:
    """One sum of one order; `lines` are pieces given up for it, none for money alone. `ref` is the shop's."""

    id: RefundId
    order_id: OrderId
    amount: Money
    reason: str
    by: StaffId
    at: datetime
    lines: tuple[tuple[LineId, int], ...] = ()
    state: RefundState = RefundState.OWED
    send_id: SendId | None = None
    ref: str = ""
    cause: str = ""
    bearer: str = ""

    @property
    def is_counted(self) -> bool:
        """Gone, or on its way."""
        return self.state in COUNTED
