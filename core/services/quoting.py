"""Asks several couriers for their prices side by side: within a time limit, and none waits for another."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Protocol

from core.domain.ids import CourierName
from core.domain.job import Job
from core.domain.offer import Answer, Offer
from core.ports.courier import Ability, Courier, CourierLockedOut, CourierProblem, CourierRefused

logger = logging.getLogger(__name__)
Told = Callable[[Offer], None]


class Asking(Protocol):
    """Whoever reaches the couriers."""

    async def ask(self, names: Sequence[CourierName], job: Job, told: Told) -> None:
        """Tell each one's answer as it comes, exactly once, the late ones at the end."""


class Quoting:
    """`couriers` are built when somebody first asks; `within` is real time. A quote books nothing."""

    def __init__(self, couriers: Callable[[], Mapping[CourierName, Courier]], within: timedelta) -> None:
        self._couriers = couriers
        self._within = within.total_seconds()
        self._leaving: set[asyncio.Task[Offer]] = set()

    async def ask(self, names: Sequence[CourierName], job: Job, told: Told) -> None:
        """Satisfies `Asking`; whoever is late is called off, and not waited for."""
        couriers = self._couriers()
        asked = {name: asyncio.create_task(_one(couriers[name], job), name=f"quote-{name}") for name in names}
        try:
            await self._listen(asked, told)
        finally:
            self._call_off(asked.values())

    async def close(self) -> None:
        """Wait for those that were called off, so that their connections can be closed."""
        await asyncio.gather(*self._leaving, return_exceptions=True)

    async def _listen(self, asked: Mapping[CourierName, asyncio.Task[Offer]], told: Told) -> None:
        loop = asyncio.get_running_loop()
        end, waiting = loop.time() + self._within, set(asked.values())
        while waiting and (left := end - loop.time()) > 0:
            done, waiting = await asyncio.wait(waiting, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                told(task.result())
        for name, task in asked.items():
            if task in waiting:
                told(Offer(courier=name, answer=Answer.LATE))

    def _call_off(self, tasks: Iterable[asyncio.Task[Offer]]) -> None:
        for task in tasks:
            if not task.done():
                self._leaving.add(task)
                task.add_done_callback(self._leaving.discard)
                task.cancel()


async def _one(courier: Courier, job: Job) -> Offer:
    """Whatever comes of it is an answer."""
    if Ability.QUOTE not in courier.abilities:
        return Offer(courier=courier.name, answer=Answer.UNPRICED)
    try:
        return Offer(courier=courier.name, answer=Answer.QUOTED, quote=await courier.quote(job))
    except CourierRefused as refusal:
        return Offer(courier=courier.name, answer=Answer.REFUSED, words=str(refusal))
    except CourierLockedOut as trouble:
        return Offer(courier=courier.name, answer=Answer.LOCKED_OUT, words=str(trouble))
    except CourierProblem as trouble:
        return Offer(courier=courier.name, answer=Answer.DOWN, words=str(trouble))
    except Exception as error:
        logger.exception("a quote of %s failed here", courier.name)
        return Offer(courier=courier.name, answer=Answer.DOWN, words=f"something failed here: {type(error).__name__}")
