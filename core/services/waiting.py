"""What time alone does to orders that wait: a reminder is due, a hold has run out; in the station alone."""

from collections.abc import Callable
from functools import partial

from core.domain.ids import OrderId
from core.domain.moment import Moment
from core.ports.clock import Clock
from core.services.holding import HoldingService
from core.services.reminding import Reminding
from core.services.station_lease import StationLease
from core.services.threads import to_its_end
from core.store.database import Database
from core.store.unit_of_work import UnitOfWork, reading
from core.store.writer import Writer

Step = Callable[[UnitOfWork, OrderId, Moment], object]


class WaitingOrders:
    """Found by how things stand, so that a restart forgets nothing; each order in a transaction of its own."""

    def __init__(
        self,
        database: Database,
        writer: Writer,
        reminding: Reminding,
        holding: HoldingService,
        lease: StationLease,
        clock: Clock,
    ) -> None:
        self._database = database
        self._writer = writer
        self._reminding = reminding
        self._holding = holding
        self._lease = lease
        self._clock = clock

    async def look(self) -> None:
        """Holds first: what is free again may be due for a reminder at once."""
        now = Moment(self._clock.now())
        for order_id in await to_its_end(lambda: self._read(lambda uow: uow.waiting.holds_ending(now.at))):
            await self._writer.do(partial(self._take, step=self._holding.run_out, order_id=order_id, now=now))
        for order_id in await to_its_end(lambda: self._read(lambda uow: self._reminding.due(uow, now.at))):
            await self._writer.do(partial(self._take, step=self._reminding.go_on, order_id=order_id, now=now))

    def _read(self, ask: Callable[[UnitOfWork], list[OrderId]]) -> list[OrderId]:
        with reading(self._database) as uow:
            return ask(uow)

    def _take(self, uow: UnitOfWork, *, step: Step, order_id: OrderId, now: Moment) -> None:
        """A station that slept must take none."""
        if self._lease.is_held(uow):
            step(uow, order_id, now)
