"""Help while a customer is on the telephone: part of the desk."""

from typing import Protocol

from core.domain.agreement import Agreement, Settled
from core.domain.ids import OrderId
from core.domain.situation import Situation


class CoachDesk(Protocol):
    """What may be offered, and what was agreed."""

    async def situation(self, order_id: OrderId) -> Situation:
        """Where the order stands for somebody who telephones, and what is left of its money."""

    async def agree(self, order_id: OrderId, agreement: Agreement) -> Settled:
        """Do what was agreed, all of it or nothing (L22–L32).

        Raises `Conflict` when the order has moved on, `NotOffered`, `TooMuchBack`, and `NotAManager` where a
        manager's word is needed.
        """
