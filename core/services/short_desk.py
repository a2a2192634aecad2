"""The part of the desk for orders of which not all is there."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from core.domain.ids import OrderId
from core.domain.moment import Moment
from core.domain.short import Short
from core.domain.shortage import Shortage
from core.services.shorting import Shorting
from core.store.unit_of_work import UnitOfWork

T = TypeVar("T")


class Drawers(Protocol):
    """Where the work is done."""

    @property
    def shorting(self) -> Shorting:
        """What goes, and what does not."""


class ShortPart:
    """Satisfies `core.ports.short_desk.ShortDesk`."""

    @property
    def _drawers(self) -> Drawers:
        raise NotImplementedError

    async def _write(self, work: Callable[[UnitOfWork, Moment], T]) -> T:
        raise NotImplementedError

    async def _read(self, work: Callable[[UnitOfWork, Moment], T]) -> T:
        raise NotImplementedError

    async def shortage(self, order_id: OrderId) -> Shortage:
        """As it stands."""
        return await self._read(lambda uow, now: self._drawers.shorting.shortage(uow, order_id))

    async def ship_short(self, order_id: OrderId, short: Short) -> None:
        """Fewer goods, once."""
        await self._write(lambda uow, now: self._drawers.shorting.ship(uow, order_id, short, now))
