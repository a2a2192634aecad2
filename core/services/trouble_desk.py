"""The part of the desk for troubles, their records and what recurs."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from core.board.recurring import Recurring
from core.domain.goods_back import Onward
from core.domain.ids import OrderId, ProblemId
from core.domain.moment import Moment
from core.domain.money import Money
from core.domain.problem import ProblemKind
from core.domain.record import Record
from core.domain.second_way import SecondWay
from core.domain.store_rules import StoreRules
from core.services.care import CareService
from core.services.orders import OrderService
from core.services.records_of import record, recurring
from core.services.second_ways import SecondWays
from core.services.troubles import Troubles
from core.store.unit_of_work import UnitOfWork

T = TypeVar("T")


class Drawers(Protocol):
    """Where the work is done."""

    @property
    def orders(self) -> OrderService:
        """Knows the store's rules."""

    @property
    def care(self) -> CareService:
        """Puts right what went wrong."""

    @property
    def troubles(self) -> Troubles:
        """Names them, and goes through them."""

    @property
    def second_ways(self) -> SecondWays:
        """Another address, another way."""


class TroublePart:
    """Satisfies `core.ports.trouble_desk.TroubleDesk`."""

    @property
    def _drawers(self) -> Drawers:
        raise NotImplementedError

    async def _write(self, work: Callable[[UnitOfWork, Moment], T]) -> T:
        raise NotImplementedError

    async def _read(self, work: Callable[[UnitOfWork, Moment], T]) -> T:
        raise NotImplementedError

    @property
    def _rules(self) -> StoreRules:
        return self._drawers.orders.rules

    async def name_trouble(self, order_id: OrderId, kind: ProblemKind, words: str = "") -> None:
        """What is wrong."""
        await self._write(lambda uow, now: self._drawers.troubles.name(uow, order_id, kind, words, now))

    async def step_done(self, problem_id: ProblemId, said: str = "") -> None:
        """One step on."""
        await self._write(lambda uow, now: self._drawers.troubles.step_done(uow, problem_id, said, now))

    async def readdress(self, order_id: OrderId, address: str, extra: Money | None = None) -> None:
        """The right address."""
        await self._write(lambda uow, now: self._drawers.second_ways.readdress(uow, order_id, address, extra, now))

    async def send_again(self, order_id: OrderId, way: SecondWay) -> None:
        """Once more."""
        await self._write(lambda uow, now: self._drawers.second_ways.again(uow, order_id, way, now))

    async def share_back(self, order_id: OrderId, onward: Onward) -> Money:
        """So much."""
        care = self._drawers.care
        return await self._read(lambda uow, now: care.receiving.share(uow, uow.orders.get(order_id), onward).total)

    async def record(self, problem_id: ProblemId) -> Record:
        """What is kept of one."""
        return await self._read(lambda uow, now: record(uow, problem_id))

    async def recurring(self, days: int) -> Recurring:
        """What recurs."""
        return await self._read(lambda uow, now: recurring(uow, days, self._rules.zone, now.at))
