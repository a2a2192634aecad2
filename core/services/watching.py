"""Asks couriers how jobs stand when their calls stay out."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from core.domain.delivery import Delivery
from core.domain.ids import CourierName, DeliveryId
from core.domain.moment import Moment
from core.ports.clock import Clock
from core.ports.courier import NO_LOOKUP, Courier, CourierProblem, NoSuchJob
from core.services.journeys import Journeys
from core.store.writer import Writer

logger = logging.getLogger(__name__)
SILENT_AFTER: Final = timedelta(seconds=30)  # of our own clock: the courier's may run ahead
FORGOTTEN_AFTER: Final = timedelta(seconds=45)  # between two times that a courier does not know its job
AT_ONCE: Final = 4


class Watching:
    """Webhook and poll merge by time in `Delivery.hear`; nothing here decides anything."""

    def __init__(
        self, writer: Writer, couriers: Mapping[CourierName, Courier], journeys: Journeys, clock: Clock
    ) -> None:
        self._writer = writer
        self._couriers = couriers
        self._journeys = journeys
        self._clock = clock
        self._last: dict[DeliveryId, tuple[Delivery, datetime]] = {}  # as it was, and since when it is so
        self._unknown: dict[DeliveryId, datetime] = {}  # since when its courier does not know it
        self._room = asyncio.Semaphore(AT_ONCE)

    async def look(self, live: list[Delivery]) -> None:
        """Ask after every live job that was silent for a while."""
        now = self._clock.now()
        self._last = {job.id: self._since(job, now) for job in live}
        self._unknown = {id: since for id, since in self._unknown.items() if id in self._last}
        silent = [job for job in live if job.courier in self._couriers and now - self._last[job.id][1] >= SILENT_AFTER]
        await asyncio.gather(*(self._ask(job) for job in silent))

    def _since(self, job: Delivery, now: datetime) -> tuple[Delivery, datetime]:
        """A job not seen before is silent since it was booked: after a start all are asked at once."""
        before = self._last.get(job.id, (job, job.booked_at))
        return before if before[0] == job else (job, now)

    async def _ask(self, job: Delivery) -> None:
        self._last[job.id] = (job, self._clock.now())
        courier = self._couriers[job.courier]
        async with self._room:
            try:
                report = await courier.read(job.ref)
            except NoSuchJob:
                await self._not_known(courier, job)
                return
            except CourierProblem as trouble:
                logger.info("%s did not say how a job stands: %s", job.courier, trouble.code or type(trouble).__name__)
                return
        self._unknown.pop(job.id, None)
        await self._writer.do(lambda uow: self._journeys.hear(uow, report, Moment(self._clock.now())))

    async def _not_known(self, courier: Courier, job: Delivery) -> None:
        """Believed when it says so again after a while, and knows nothing under our key either."""
        since = self._unknown.setdefault(job.id, self._clock.now())
        if self._clock.now() - since < FORGOTTEN_AFTER:
            return
        try:
            found = await courier.find(job.key)
        except CourierProblem as trouble:
            if not isinstance(trouble, NoSuchJob) and trouble.code != NO_LOOKUP:
                return
            found = None
        self._unknown.pop(job.id, None)
        if found is not None:
            await self._writer.do(lambda uow: self._journeys.hear(uow, found, Moment(self._clock.now())))
        else:
            await self._writer.do(lambda uow: self._journeys.lost(uow, job, Moment(self._clock.now())))
