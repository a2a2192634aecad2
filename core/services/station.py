"""The station: the one process of a store that takes in, sends and keeps time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Final, TypeVar

from core.domain.ids import OrderId
from core.domain.moment import Moment
from core.ports.clock import Clock
from core.services import clockwork
from core.services.health import Health
from core.services.searching import Searching
from core.services.sending import Sending
from core.services.station_lease import StationLease, is_alive
from core.services.watching import Watching
from core.store.database import Database, StoreUnusable
from core.store.unit_of_work import UnitOfWork, reading
from core.store.writer import Writer

T = TypeVar("T")
logger = logging.getLogger(__name__)
BEAT: Final = 0.1  # seconds between looks at the outbox: indexed, some microseconds
RENEW_EVERY: Final = 2.0
LOOK_EVERY: Final = 1.0
ALONE_AFTER: Final = 10.0  # a station started by a counter ends this long after the last one


class LeaseLost(Exception):
    """Another station has taken over: this one must end."""


class Station:
    """Runs until cancelled; raises `LeaseLost`, or returns when it was to end with the last counter."""

    def __init__(
        self,
        database: Database,
        writer: Writer,
        sending: Sending,
        watching: Watching,
        lease: StationLease,
        health: Health,
        clock: Clock,
        *,
        searching: Searching | None = None,
        tries: Iterable[Callable[[], Awaitable[None]]] = (),
        ends_with_counters: bool = False,
    ) -> None:
        self._database = database
        self._writer = writer
        self._sending = sending
        self._watching = watching
        self._lease = lease
        self._health = health
        self._clock = clock
        self._searching = searching or Searching()
        self._tries = tuple(tries)  # each waits for its own courier only
        self._ends_with_counters = ends_with_counters
        self._troubles: dict[str, str] = {}  # by the work that meets them

    @property
    def trouble(self) -> str:
        """What keeps it from working, in words; empty when nothing does."""
        return next(iter(self._troubles.values()), "")

    async def run(self) -> None:
        """Until cancelled."""
        loops = [
            asyncio.create_task(self._send(), name="sending"),
            asyncio.create_task(self._every(LOOK_EVERY, self._look), name="watching"),
            asyncio.create_task(self._every(RENEW_EVERY, self._renew), name="lease"),
            *(asyncio.create_task(self._every(LOOK_EVERY, again), name="trying") for again in self._tries),
        ]
        if self._ends_with_counters:
            loops.append(asyncio.create_task(self._until_alone(), name="counters"))
        try:
            done, _ = await asyncio.wait(loops, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in loops:
                task.cancel()
            await asyncio.gather(*loops, return_exceptions=True)
            await self._sending.stop()

    async def _send(self) -> None:
        await self._every(BEAT, self._start_due)

    async def _start_due(self) -> None:
        now = self._clock.now()
        self._sending.start_due(await self._read(lambda uow: uow.outbox.due(now)))

    async def _look(self) -> None:
        moment = Moment(self._clock.now())
        live = await self._read(lambda uow: uow.deliveries.live())
        for order_id in await self._read(lambda uow: clockwork.due(uow, live, self._searching, moment)):
            await self._writer.do(partial(self._go_on, order_id=order_id, moment=moment))
        await self._watching.look(live)

    def _go_on(self, uow: UnitOfWork, order_id: OrderId, moment: Moment) -> None:
        """One step of a search; a station that slept must take none."""
        if self._lease.is_held(uow):
            self._searching.go_on(uow, order_id, moment)

    async def _renew(self) -> None:
        if not await self._writer.do(lambda uow: self._lease.renew(uow, self._health.told())):
            raise LeaseLost("another station has taken this store over")

    async def _until_alone(self) -> None:
        alone = 0.0
        while alone < ALONE_AFTER:
            await asyncio.sleep(1)
            with suppress(StoreUnusable):  # who cannot count them does not leave them
                counters = await self._read(lambda uow: uow.leases.counters())
                now = datetime.now(UTC)
                alone = 0.0 if any(is_alive(counter, now) for counter in counters) else alone + 1

    async def _read(self, ask: Callable[[UnitOfWork], T]) -> T:
        def work() -> T:
            with reading(self._database) as uow:
                return ask(uow)

        return await asyncio.to_thread(work)

    async def _every(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        """Trouble is said once and survived; the loop goes on."""
        name = getattr(work, "__qualname__", repr(work)).strip("_")
        while True:
            try:
                await work()
                self._recover(name)
            except LeaseLost:
                raise
            except asyncio.CancelledError:
                if self._is_to_end():
                    raise
                self._note(name, "a call was broken off")  # by a library that meant only its own
            except StoreUnusable as error:
                self._note(name, str(error))
            except Exception as error:
                self._note(name, f"something failed here: {type(error).__name__}", error)
            await asyncio.sleep(seconds)

    def _is_to_end(self) -> bool:
        task = asyncio.current_task()
        return task is None or task.cancelling() > 0

    def _note(self, name: str, trouble: str, accident: Exception | None = None) -> None:
        if name not in self._troubles:
            logger.error("%s is in trouble: %s", name, trouble, exc_info=accident)
        self._troubles[name] = trouble

    def _recover(self, name: str) -> None:
        if self._troubles.pop(name, ""):
            logger.info("%s works again", name)
