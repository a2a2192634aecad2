"""The services' async door: writes on the store's one writing thread, reads on others, so no key waits for disk."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from core.board.day_load import DayLoad
from core.board.journal import JournalLine
from core.board.sheet import Sheet
from core.domain.checklist import Check
from core.domain.choice import Choice, Comparison
from core.domain.goods_back import GoodsBack
from core.domain.handover import Handover
from core.domain.ids import LineId, OrderId, ProblemId, StaffId
from core.domain.moment import Moment
from core.domain.money import Money
from core.domain.quote import Quote
from core.domain.record import AS_KNOWN, Ending
from core.domain.refusal import WrongPin
from core.domain.sharing import NO_PIECES
from core.domain.staff import Permission, Role
from core.domain.tell import TellingEnd
from core.domain.why import Reason, Why
from core.ports.clock import Clock
from core.services.care import CareService
from core.services.coach_desk import CoachPart
from core.services.coaching import Coaching
from core.services.comparing import Comparing, Seen, unseen
from core.services.dispatch import DispatchService
from core.services.doubts import Doubts
from core.services.enter_desk import EnterPart
from core.services.entering import Entering
from core.services.handing import HandingService
from core.services.holding import HoldingService
from core.services.joining import Joining
from core.services.load import LoadService
from core.services.looking import LookingService
from core.services.orders import OrderService
from core.services.packing import PackingService
from core.services.refunding import Refunding
from core.services.review_desk import ReviewPart
from core.services.reviewing import NO_REVIEW, Reviewing
from core.services.second_ways import SecondWays
from core.services.settling import Settling
from core.services.short_desk import ShortPart
from core.services.shorting import Shorting
from core.services.trouble_desk import TroublePart
from core.services.troubles import Troubles
from core.services.undoing import Undoing
from core.store.database import Database
from core.store.unit_of_work import UnitOfWork, reading
from core.store.writer import Writer

T = TypeVar("T")


@dataclass(frozen=True)
class Services:
    """All drawers."""

    orders: OrderService
    packing: PackingService
    dispatch: DispatchService
    care: CareService
    looking: LookingService
    load: LoadService
    comparing: Comparing
    handing: HandingService
    joining: Joining
    entering: Entering
    undoing: Undoing
    coaching: Coaching
    refunding: Refunding = field(default_factory=Refunding)
    settling: Settling = field(default_factory=Settling)
    doubts: Doubts = field(default_factory=Doubts)
    holding: HoldingService = field(default_factory=HoldingService)
    reviewing: Reviewing = field(default_factory=lambda: Reviewing(NO_REVIEW))
    shorting: Shorting = field(default_factory=Shorting)
    troubles: Troubles = field(default_factory=Troubles)
    second_ways: SecondWays = field(default_factory=SecondWays)


class StoreDesk(CoachPart, EnterPart, ReviewPart, ShortPart, TroublePart):
    """Satisfies `core.ports.desk.Desk` for one person at one terminal."""

    def __init__(self, database: Database, writer: Writer, services: Services, clock: Clock, by: StaffId) -> None:
        self._database = database
        self._writer = writer
        self._services = services
        self._clock = clock
        self._by = by

    @property
    def _drawers(self) -> Services:
        return self._services

    async def see(self, order_id: OrderId) -> None:
        """I have it."""
        await self._write(lambda uow, now: self._services.orders.see(uow, order_id, now))

    async def see_changes(self, order_id: OrderId) -> None:
        """I have read what changed."""
        await self._write(lambda uow, now: self._services.orders.see_changes(uow, order_id, now))

    async def accept(self, order_ids: Sequence[OrderId], permission: Permission | None = None) -> None:
        """All or none."""
        await self._write(lambda uow, now: self._services.orders.accept(uow, order_ids, now, permission))

    async def reject(self, order_id: OrderId, reason: str) -> None:
        """Say no."""
        await self._write(lambda uow, now: self._services.orders.reject(uow, order_id, reason, now))

    async def cancel(self, order_id: OrderId, reason: str) -> None:
        """Call it off."""
        await self._write(lambda uow, now: self._services.orders.cancel(uow, order_id, reason, now))

    async def hold(
        self, order_id: OrderId, reason: str, until: datetime | None = None, lifted_by: Role = Role.CASHIER
    ) -> None:
        """Let it wait."""
        put_on = self._services.holding.put_on
        await self._write(lambda uow, now: put_on(uow, order_id, reason, now, until=until, lifted_by=lifted_by))

    async def lift(self, order_id: OrderId, permission: Permission | None = None) -> None:
        """It may go on."""
        await self._write(lambda uow, now: self._services.holding.lift(uow, order_id, now, permission))

    async def pick(self, order_id: OrderId, line_id: LineId, picked: int) -> None:
        """So many pieces."""
        await self._write(lambda uow, now: self._services.packing.pick(uow, order_id, line_id, picked, now))

    async def scan(self, order_id: OrderId, code: str) -> None:
        """One more piece."""
        await self._write(lambda uow, now: self._services.packing.scan(uow, order_id, code, now))

    async def tick(self, order_id: OrderId, check: Check, ticked: bool = True) -> None:
        """Set or take back a check."""
        await self._write(lambda uow, now: self._services.packing.tick(uow, order_id, check, ticked, now))

    async def plan_parcels(self, order_id: OrderId, parcels: int) -> None:
        """All goods in so many."""
        await self._write(lambda uow, now: self._services.packing.plan_parcels(uow, order_id, parcels, now))

    async def ready(self, order_id: OrderId, parcels: int | None = None, reason: str = "") -> None:
        """Packed."""
        await self._write(lambda uow, now: self._services.packing.ready(uow, order_id, parcels, reason, now))

    async def reopen(self, order_id: OrderId, reason: str = "") -> None:
        """Back to the table."""
        await self._write(lambda uow, now: self._services.packing.reopen(uow, order_id, reason, now))

    async def quotes(self, order_id: OrderId, seen: Seen = unseen) -> Comparison:
        """Everybody's offer."""
        order = await self._read(lambda uow, now: uow.orders.get(order_id))
        return await self._services.comparing.compare(order, seen)

    async def ship(
        self, order_id: OrderId, courier: str | None = None, quote: Quote | None = None, why: Why | None = None
    ) -> Choice:
        """Call a driver."""
        dispatch = self._services.dispatch
        if courier is None:
            order = await self._read(lambda uow, now: dispatch.require_shippable(uow, order_id, now))
            choice = await self._services.comparing.decide(order)
            courier, quote, why = choice.courier, choice.quote, choice.why
        send = await self._write(lambda uow, now: dispatch.ship(uow, order_id, courier, now, quote=quote, why=why))
        return Choice(courier=send.courier, quote=send.quote, why=why or Why(reason=Reason.NAMED))

    async def take_back(self, order_id: OrderId) -> None:
        """Undo a held send."""
        await self._write(lambda uow, now: self._services.undoing.take_back(uow, order_id, now))

    async def recall(self, order_id: OrderId) -> None:
        """End the search."""
        await self._write(lambda uow, now: self._services.dispatch.recall(uow, order_id, now))

    async def hand_over(self, order_id: OrderId, handover: Handover) -> None:
        """Goods change hands; a wrong PIN is kept."""
        try:
            await self._write(lambda uow, now: self._services.handing.hand_over(uow, order_id, handover, now))
        except WrongPin:
            await self._write(lambda uow, now: self._services.handing.refused_pin(uow, order_id, now))
            raise

    async def close_problem(self, problem_id: ProblemId, result: str, ends: Ending = AS_KNOWN) -> None:
        """Dealt with."""
        await self._write(lambda uow, now: self._services.care.close_problem(uow, problem_id, result, now, ends))

    async def refund(
        self, order_id: OrderId, amount: Money | None, reason: str, lines: Mapping[LineId, int] = NO_PIECES
    ) -> None:
        """Money back."""
        give = self._services.refunding.give
        await self._write(lambda uow, now: give(uow, order_id, amount, reason, lines, now))

    async def settle_telling(self, order_id: OrderId, end: TellingEnd, reason: str = "") -> None:
        """How it ends."""
        await self._write(lambda uow, now: self._services.settling.settle(uow, order_id, end, reason, now))

    async def settle(self, order_id: OrderId, came_back: bool) -> None:
        """How it ended."""
        await self._write(lambda uow, now: self._services.care.settle(uow, order_id, now, came_back=came_back))

    async def settle_booking(self, order_id: OrderId, ref: str) -> None:
        """What became of a call in doubt."""
        await self._write(lambda uow, now: self._services.doubts.settle(uow, order_id, ref.strip(), now))

    async def receive(self, order_id: OrderId, goods: GoodsBack) -> None:
        """Goods that came back."""
        await self._write(lambda uow, now: self._services.care.receive(uow, order_id, goods, now))

    async def sheet(self, order_id: OrderId) -> Sheet:
        """Everything about one order."""
        return await self._read(lambda uow, now: self._services.looking.sheet(uow, order_id, now))

    async def find(self, text: str) -> Sequence[OrderId]:
        """Open orders first."""
        return await self._read(lambda uow, now: self._services.looking.find(uow, text))

    async def day(self) -> DayLoad:
        """Today so far."""
        return await self._read(lambda uow, now: self._services.load.day(uow, now.at))

    async def journal(
        self, *, before: int | None = None, after: int = 0, of: OrderId | None = None
    ) -> Sequence[JournalLine]:
        """Newest first."""
        return await self._read(lambda uow, now: self._services.looking.journal(uow, before=before, after=after, of=of))

    async def _write(self, work: Callable[[UnitOfWork, Moment], T]) -> T:
        return await self._writer.do(lambda uow: work(uow, self._now()))

    async def _read(self, work: Callable[[UnitOfWork, Moment], T]) -> T:
        def ask() -> T:
            with reading(self._database) as uow:
                return work(uow, self._now())

        return await asyncio.to_thread(ask)

    def _now(self) -> Moment:
        return Moment(self._clock.now(), self._by)
