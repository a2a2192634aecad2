"""Looks after troubles as time passes, in the station alone: one transaction each, so that things due happen once."""

from collections.abc import Callable
from functools import partial

from core.domain.moment import Moment
from core.ports.clock import Clock
from core.services.station_lease import StationLease
from core.services.threads import to_its_end
from core.services.troubles import Troubles
from core.store.database import Database
from core.store.unit_of_work import UnitOfWork, reading
from core.store.writer import Writer

Work = Callable[..., None]


class TroubleClock:
    """To be asked to `look` about once a second; both questions go through indexes on what is open."""

    def __init__(
        self, database: Database, writer: Writer, troubles: Troubles, lease: StationLease, clock: Clock
    ) -> None:
        self._database = database
        self._writer = writer
        self._troubles = troubles
        self._lease = lease
        self._clock = clock

    async def look(self) -> None:
        """Who is late is told, and what nobody deals with grows louder."""
        now = Moment(self._clock.now())
        for work in await to_its_end(lambda: self._due(now)):
            await self._writer.do(partial(self._do, work=work, now=now))

    def _due(self, now: Moment) -> list[Work]:
        tell, grow = self._troubles.tell_late, self._troubles.grow
        with reading(self._database) as uow:
            late: list[Work] = [partial(tell, order_id=order_id) for order_id in self._troubles.late(uow, now)]
            return [*late, *(partial(grow, problem_id=problem_id) for problem_id in self._troubles.due(uow, now))]

    def _do(self, uow: UnitOfWork, work: Work, now: Moment) -> None:
        """A station that slept must do nothing."""
        if self._lease.is_held(uow):
            work(uow, now=now)
