"""Couriers on a loop of their own: no key waits for what they load, look up or keep open."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from threading import Lock, Thread
from typing import Final

from core.domain.ids import CourierName
from core.domain.job import Job
from core.domain.offer import Offer
from core.ports.courier import Courier
from core.services.quoting import Quoting, Told

PATIENCE: Final = 2.0  # seconds for connections to be closed


class Aside:
    """Satisfies `Asking`. The thread starts, and couriers are built, when somebody first asks."""

    def __init__(self, couriers: Callable[[], Mapping[CourierName, Courier]], within: timedelta) -> None:
        self._built: Mapping[CourierName, Courier] = {}
        self._couriers = couriers
        self._quoting = Quoting(self._build, within)
        self._starting = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None

    async def ask(self, names: Sequence[CourierName], job: Job, told: Told) -> None:
        """Answers come on the loop of whoever asks."""
        home = asyncio.get_running_loop()

        def tell(offer: Offer) -> None:
            with suppress(RuntimeError):  # whoever asked has gone home
                home.call_soon_threadsafe(told, offer)

        asked = asyncio.run_coroutine_threadsafe(self._quoting.ask(names, job, tell), self._started())
        await asyncio.wrap_future(asked)

    def close(self) -> None:
        """Let go of connections."""
        if self._loop is None or self._thread is None:
            return
        with suppress(TimeoutError):
            asyncio.run_coroutine_threadsafe(self._let_go(), self._loop).result(PATIENCE)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop = self._thread = None

    def _build(self) -> Mapping[CourierName, Courier]:
        self._built = self._couriers()
        return self._built

    def _started(self) -> asyncio.AbstractEventLoop:
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = Thread(target=_run, args=(self._loop,), name="couriers", daemon=True)
                self._thread.start()
            return self._loop

    async def _let_go(self) -> None:
        await self._quoting.close()
        for courier in self._built.values():
            await courier.close()
        self._built = {}


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.close()
