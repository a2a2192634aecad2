"""What the trade calls an exception: something stands in the way and wants a person (C60–C80, L33)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from core.domain.ids import OrderId, ProblemId
from core.domain.money import Money


class ProblemKind(StrEnum):
    """Each has its next step in words in `tui/labels.py`."""

    UNREADABLE = "unreadable"  # a signed message nobody could read; kept in the inbox
    CLASH = "clash"  # a message that contradicts itself
    NO_DRIVER = "no_driver"  # C64
    COURIER_REFUSED = "courier_refused"
    COURIER_DOWN = "courier_down"
    COURIER_LOCKED_OUT = "courier_locked_out"
    BOOKING_UNSURE = "booking_unsure"  # an answer was lost, and the courier cannot tell: a person looks there
    DELIVERY_FAILED = "delivery_failed"  # 運送異常, not by our recall
    RECALL_REFUSED = "recall_refused"  # C80: the fee is owed
    GOODS_RETURNING = "goods_returning"  # C68, C71
    CANCELLED_LATE = "cancelled_late"  # called off after accept: goods and courier to be dealt with
    TAKEN_OPEN = "taken_open"  # the driver has it, and the bag was never closed
    REFUND_DUE = "refund_due"  # the money must go back in the shop's own system
    JOIN_UNSURE = "join_unsure"  # is it an order that was keyed in by hand? nothing is done with it till somebody says
    JOIN_DIFFERS = "join_differs"  # what was keyed in has gone, and the channel's copy says otherwise
    SHOP_REFUSED = "shop_refused"  # the shop's own system said no to what it was told
    SHOP_SILENT = "shop_silent"  # it does not answer, or refuses our keys
    DRIVER_CANCELLED = "driver_cancelled"  # the courier ended the job before pick-up
    WRONG_ADDRESS = "wrong_address"  # C66–C68
    UNREACHABLE = "unreachable"  # C69, C70
    REFUSED = "refused"  # C71
    DAMAGED = "damaged"  # L28, L29
    LOST = "lost"  # nobody can say where the goods are
    LATE = "late"  # C85, L30: by the courier, or by us
    CUSTOMER_CALLED = "customer_called"  # agreed on the telephone; open while some of it is to be done
    NOT_ACCEPTED = "not_accepted"  # L14: the time to accept is over
    NOBODY_TOLD = "nobody_told"  # a person was to be told by other means, and that fails
    WEATHER = "weather"  # L32: late by what nobody can help


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Open until closed with a result; one of a kind at a time for an order."""

    id: ProblemId
    kind: ProblemKind
    opened_at: datetime
    order_id: OrderId | None = None
    detail: str = ""  # what was found, in words; no personal data
    closed_at: datetime | None = None
    result: str = ""
    cause: str = ""
    bearer: str = ""  # who pays (C104–C106)
    cost: Money | None = None
    step: int = 0  # of its script
    next_at: datetime | None = None  # when it grows louder
    louder: int = 0  # how often it has since somebody last did something about it
    said: str = ""  # what the customer was told, or said

    @property
    def is_open(self) -> bool:
        """Still wants a person."""
        return self.closed_at is None

    def closed(self, result: str, at: datetime) -> "Problem":
        """Dealt with."""
        return replace(self, result=result, closed_at=at)
