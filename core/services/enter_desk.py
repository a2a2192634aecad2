"""The part of the desk where orders are keyed in by hand."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from core.board.alike import AlikeLine, alike_lines
from core.domain.handwritten import HandOrder
from core.domain.ids import OrderId
from core.domain.keyed import Draft
from core.domain.moment import Moment
from core.domain.wares import Ware
from core.services.entering import Entering
from core.services.joining import Joining
from core.store.unit_of_work import UnitOfWork

T = TypeVar("T")


class Drawers(Protocol):
    """Where the work is done."""

    @property
    def entering(self) -> Entering:
        """What is keyed in."""

    @property
    def joining(self) -> Joining:
        """What becomes of copies."""


class EnterPart:
    """Satisfies `core.ports.enter_desk.EnterDesk`."""

    @property
    def _drawers(self) -> Drawers:
        raise NotImplementedError

    async def _write(self, work: Callable[[UnitOfWork, Moment], T]) -> T:
        raise NotImplementedError

    async def _read(self, work: Callable[[UnitOfWork, Moment], T]) -> T:
        raise NotImplementedError

    async def wares(self) -> Sequence[Ware]:
        """What can be chosen."""
        return await self._read(lambda uow, now: self._drawers.entering.wares(uow))

    async def drafts(self) -> Sequence[Draft]:
        """Never confirmed."""
        return await self._read(lambda uow, now: self._drawers.entering.drafts(uow))

    async def keep_draft(self, form: HandOrder) -> None:
        """As far as it is."""
        await self._write(lambda uow, now: self._drawers.entering.keep(uow, form, now))

    async def drop_draft(self, draft_id: str) -> None:
        """Thrown away."""
        await self._write(lambda uow, now: self._drawers.entering.drop(uow, draft_id))

    async def alike(self, form: HandOrder) -> Sequence[AlikeLine]:
        """What came in by itself and may be this one."""
        return await self._read(lambda uow, now: alike_lines(self._drawers.entering.alike(uow, form, now)))

    async def enter(self, form: HandOrder, apart: Sequence[OrderId] = ()) -> OrderId:
        """Confirmed."""
        return await self._write(lambda uow, now: self._drawers.entering.enter(uow, form, now, apart).id)

    async def join_choices(self, copy_id: OrderId) -> Sequence[AlikeLine]:
        """What was keyed in and may be this one."""
        return await self._read(lambda uow, now: alike_lines(self._drawers.joining.choices(uow, copy_id)))

    async def decide_join(self, copy_id: OrderId, hand_id: OrderId | None) -> None:
        """The same, or another."""
        await self._write(lambda uow, now: self._drawers.joining.decide(uow, copy_id, hand_id, now))
