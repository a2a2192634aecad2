"""The part of the desk where odd orders are looked at."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from core.domain.ids import OrderId
from core.domain.moment import Moment
from core.domain.review_moves import CallResult
from core.services.reviewing import Reviewing
from core.store.unit_of_work import UnitOfWork

T = TypeVar("T")


class Drawers(Protocol):
    """Where the work is done."""

    @property
    def reviewing(self) -> Reviewing:
        """What is odd."""


class ReviewPart:
    """Satisfies `core.ports.review_desk.ReviewDesk`."""

    @property
    def _drawers(self) -> Drawers:
        raise NotImplementedError

    async def _write(self, work: Callable[[UnitOfWork, Moment], T]) -> T:
        raise NotImplementedError

    async def let_pass(self, order_id: OrderId) -> None:
        """A person has looked."""
        await self._write(lambda uow, now: self._drawers.reviewing.let_pass(uow, order_id, now))

    async def complete(self, order_id: OrderId, address: str | None = None, phone: str | None = None) -> None:
        """Own words."""
        reviewing = self._drawers.reviewing
        await self._write(lambda uow, now: reviewing.complete(uow, order_id, now, address=address, phone=phone))

    async def take_told(self, order_id: OrderId) -> None:
        """The channel's after all."""
        await self._write(lambda uow, now: self._drawers.reviewing.take_told(uow, order_id, now))

    async def called_back(self, order_id: OrderId, result: CallResult) -> None:
        """A call-back."""
        await self._write(lambda uow, now: self._drawers.reviewing.called(uow, order_id, result, now))
