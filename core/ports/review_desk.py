"""Looking at odd orders before they may be accepted: part of the desk."""

from typing import Protocol

from core.domain.ids import OrderId
from core.domain.review_moves import CallResult


class ReviewDesk(Protocol):
    """Let it pass, or put right what is odd; refusing is `reject`."""

    async def let_pass(self, order_id: OrderId) -> None:
        """A person has looked; raises `ReviewOpen` while an address or a phone must be put in."""

    async def complete(self, order_id: OrderId, address: str | None = None, phone: str | None = None) -> None:
        """The customer's own words, in the place of the channel's; None leaves one as it is, "" is no phone.

        Raises `BadAddress`, `BadPhone`, `NothingNew`, and `AlreadyCalled` when a driver knows the old ones.
        """

    async def take_told(self, order_id: OrderId) -> None:
        """The channel's newest words after all; raises `NothingNew` where they were never completed."""

    async def called_back(self, order_id: OrderId, result: CallResult) -> None:
        """The customer was called; where all is right and nothing must be put in, the order passes."""
