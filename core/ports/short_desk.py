"""What may be asked where not all of an order is there."""

from typing import Protocol

from core.domain.ids import OrderId
from core.domain.short import Short
from core.domain.shortage import Shortage


class ShortDesk(Protocol):
    """Look at what is missing, then ship what there is: once."""

    async def shortage(self, order_id: OrderId) -> Shortage:
        """The order, the goods that may go instead, and what went back of its money."""

    async def ship_short(self, order_id: OrderId, short: Short) -> None:
        """What is there goes, something else or nothing for the rest, and that gives its money back (C72–C76).

        Held as any refund; until it leaves `take_back` undoes all of it. Raises `PartialUsedUp`, `NothingGoes`,
        `BadQuantity`, `NotAsked`, `NotSold`, `UnknownLine`, `IllegalMove`.
        """
