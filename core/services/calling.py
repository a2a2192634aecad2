"""Calls drivers by itself, where the shop wants that (Y4): when the timer says so, by its policy, once an order."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.board.calls import work_in
from core.board.glance import Glance
from core.domain.call_advice import Advice, CallVerdict
from core.domain.choice import Choice
from core.domain.events import CalledByItself
from core.domain.ids import OrderId
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.refusal import OrderRefusal
from core.ports.clock import Clock
from core.services.comparing import Comparing
from core.services.dispatch import DispatchService
from core.services.station_lease import StationLease
from core.services.threads import to_its_end
from core.services.timing import Timing
from core.store.database import Database
from core.store.open_rows import OPEN_STAGES
from core.store.unit_of_work import UnitOfWork, reading
from core.store.writer import Writer

logger = logging.getLogger(__name__)
IN_THE_SHOP: Final = f"{OPEN_STAGES} AND stage IN ('preparing', 'ready')"
LOOKED_AT: Final = timedelta(seconds=5)
PATIENCE: Final = timedelta(minutes=2)  # until couriers are asked again for an order nobody takes within the limits


@dataclass(frozen=True)
class Due:
    """An order whose driver is to be called, and why now."""

    order: Order
    advice: Advice


class CallingByItself:
    """In the station alone. The call is held like every other, so that U takes it back; then it is a person's."""

    def __init__(
        self,
        database: Database,
        writer: Writer,
        timing: Timing,
        dispatch: DispatchService,
        comparing: Comparing,
        lease: StationLease,
        clock: Clock,
    ) -> None:
        self._database = database
        self._writer = writer
        self._timing = timing
        self._dispatch = dispatch
        self._comparing = comparing
        self._lease = lease
        self._clock = clock
        self._looked_at: datetime | None = None
        self._later: dict[OrderId, datetime] = {}  # who was refused is not asked about without end

    async def look(self) -> None:
        """Call for every order that is due; one that is refused keeps no other waiting."""
        now = self._clock.now()
        if not self._timing.rules.is_auto or not self._is_time(now):
            return
        for due in await to_its_end(lambda: self._found(now)):
            try:
                await self._call(due)
            except OrderRefusal as refusal:
                self._later[due.order.id] = now + PATIENCE
                logger.info("no driver is called by itself: %s", type(refusal).__name__)

    def _is_time(self, now: datetime) -> bool:
        if self._looked_at is not None and abs(now - self._looked_at) < LOOKED_AT:
            return False
        self._looked_at = now
        return True

    def _found(self, now: datetime) -> list[Due]:
        with reading(self._database) as uow:
            self._timing.learn(uow, now)
            return list(self._due(uow, now))

    def _due(self, uow: UnitOfWork, now: datetime) -> Iterator[Due]:
        self._later = {order_id: until for order_id, until in self._later.items() if until > now}
        in_trouble = uow.glances.problems()
        for glance in uow.glances.orders(IN_THE_SHOP):
            if glance.id in in_trouble or glance.id in self._later or glance.is_test:
                continue
            advice = self._advice(uow, glance, now)
            if advice is not None:
                yield Due(uow.orders.get(glance.id), advice)

    def _advice(self, uow: UnitOfWork, glance: Glance, now: datetime) -> Advice | None:
        """What was called once is never called again by itself: not after a recall, nor after U."""
        advice = self._timing.advice(work_in(glance, is_called=False), now)
        if advice is None or advice.verdict(now) is not CallVerdict.NOW:
            return None
        return None if uow.outbox.of_couriers(glance.id) or uow.deliveries.of(glance.id) else advice

    async def _call(self, due: Due) -> None:
        choice = await self._comparing.decide(due.order)
        await self._writer.do(lambda uow: self._owe(uow, due, choice))

    def _owe(self, uow: UnitOfWork, due: Due, choice: Choice) -> None:
        """Couriers took their time to answer: all of it is looked at once more."""
        now = Moment(self._clock.now())
        is_free = not uow.outbox.of_couriers(due.order.id) and not uow.glances.problems().get(due.order.id)
        if choice.courier is None or not is_free or not self._lease.is_held(uow):
            return
        uow.journal.add([_because(due, choice.courier, now)])
        self._dispatch.ship(uow, due.order.id, choice.courier, now, quote=choice.quote, why=choice.why)


def _because(due: Due, courier: str, now: Moment) -> CalledByItself:
    advice = due.advice
    return CalledByItself(
        order_id=due.order.id,
        at=now.at,
        courier=advice.courier if advice.lead else courier,
        lead=_seconds(advice.lead),
        rides=advice.rides,
        packing=_seconds(advice.ready_at - now.at) if advice.ready_at else None,
        packings=advice.packings,
    )


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else max(0, round(span.total_seconds()))
