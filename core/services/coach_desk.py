"""The part of the desk for the telephone."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from core.domain.agreement import Agreement, Settled
from core.domain.ids import OrderId
from core.domain.moment import Moment
from core.domain.situation import Situation
from core.services.coaching import Coaching
from core.store.unit_of_work import UnitOfWork

T = TypeVar("T")


class Drawers(Protocol):
    """Where the work is done."""

    @property
    def coaching(self) -> Coaching:
        """What may be offered, and what was agreed."""


class CoachPart:
    """Satisfies `core.ports.coach_desk.CoachDesk`."""

    @property
    def _drawers(self) -> Drawers:
        raise NotImplementedError

    async def _write(self, work: Callable[[UnitOfWork, Moment], T]) -> T:
        raise NotImplementedError

    async def _read(self, work: Callable[[UnitOfWork, Moment], T]) -> T:
        raise NotImplementedError

    async def situation(self, order_id: OrderId) -> Situation:
        """Where it stands."""
        return await self._read(lambda uow, now: self._drawers.coaching.situation(uow, order_id))

    async def agree(self, order_id: OrderId, agreement: Agreement) -> Settled:
        """Do it."""
        return await self._write(lambda uow, now: self._drawers.coaching.agree(uow, order_id, agreement, now))
