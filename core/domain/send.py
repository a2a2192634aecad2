"""An outside call we owe: held a few visible seconds, then made exactly once."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from core.domain.ids import ChannelName, CourierName, OrderId, SendId, StaffId
from core.domain.money import Money
from core.domain.quote import Quote
from core.domain.refusal import NothingToTakeBack
from core.domain.shop_call import ShopCall


class SendKind(StrEnum):
    """What is asked of the outside."""

    BOOK_COURIER = "book_courier"
    CANCEL_COURIER = "cancel_courier"
    TELL_SHOP = "tell_shop"  # its `channel` is told `call`, and it has no courier
    TELL_PERSON = "tell_person"  # by the way named in `ref`, of what `why` says
    TIP_COURIER = "tip_courier"  # the driver's tip becomes so much in all: asking twice gives no more


# What is asked of couriers; all else keeps nobody from calling one.
OF_COURIERS: Final = frozenset({SendKind.BOOK_COURIER, SendKind.CANCEL_COURIER, SendKind.TIP_COURIER})


class SendState(StrEnum):
    """HELD can be taken back; CALLING may have taken effect; the rest is over."""

    HELD = "held"
    CALLING = "calling"
    DONE = "done"
    TAKEN_BACK = "taken_back"
    REFUSED = "refused"


NO_CHANNEL: Final = ChannelName("")
OPEN: Final = frozenset({SendState.HELD, SendState.CALLING})
PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (2, 5, 10, 20, 40, 60))


@dataclass(frozen=True, kw_only=True)
class Send:
    """`key` is ours and made before the first call; `due_at` is when the next try may leave."""

    id: SendId
    order_id: OrderId
    kind: SendKind
    courier: CourierName
    key: str
    due_at: datetime
    created_at: datetime
    created_by: StaffId
    state: SendState = SendState.HELD
    attempts: int = 0
    ref: str = ""  # the courier's id of the job: known from the start for a cancel, from the answer for a booking
    reason: str = ""  # why it is tried again, or was refused
    is_unwanted: bool = False  # taken back after it may have left: asked after, and recalled if it arrived
    quote: Quote | None = None  # the offer a booking takes
    tip: Money | None = None  # what the driver's tip becomes, in all
    why: str = ""  # why this courier
    channel: ChannelName = NO_CHANNEL  # whose system is told
    call: ShopCall | None = None  # what it is told

    @property
    def is_open(self) -> bool:
        """Still owed."""
        return self.state in OPEN

    @property
    def may_have_left(self) -> bool:
        """A call was begun, so the courier may know of it."""
        return self.attempts > 0

    def offer_at(self, now: datetime) -> Quote | None:
        """The offer a booking takes; one that has expired binds nobody."""
        return self.quote if self.quote is not None and self.quote.expires_at > now else None

    def taken_back(self) -> "Send":
        """Undone; raises `NothingToTakeBack` once a call has begun."""
        if self.state is not SendState.HELD or self.may_have_left:
            raise NothingToTakeBack("the call has left already", found=self.state)
        return replace(self, state=SendState.TAKEN_BACK)

    def unwanted(self, at: datetime) -> "Send":
        """No longer wanted, though it may have left: to be cleared up at once."""
        return replace(self, is_unwanted=True, due_at=at)

    def started(self) -> "Send":
        """On its way: recorded before the call is made."""
        return replace(self, state=SendState.CALLING, attempts=self.attempts + 1)

    def postponed(self, reason: str, at: datetime, retry_after: float | None = None) -> "Send":
        """No answer: again after a growing pause, or when the courier said."""
        pause = PAUSES[min(self.attempts, len(PAUSES)) - 1]
        wait = max(pause, timedelta(seconds=retry_after or 0))
        return replace(self, state=SendState.CALLING, reason=reason, due_at=at + wait)

    def again(self, at: datetime) -> "Send":
        """A person has put right what stood in the way: at once, and asked after first."""
        return replace(self, state=SendState.CALLING, reason="", due_at=at)

    def done(self, ref: str) -> "Send":
        """Answered."""
        return replace(self, state=SendState.DONE, ref=ref, reason="")

    def refused(self, reason: str) -> "Send":
        """A final no."""
        return replace(self, state=SendState.REFUSED, reason=reason)
