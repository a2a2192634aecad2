"""The numbers of the day, read anew every minute and when somebody looks at them."""

from asyncio import Event, timeout
from collections.abc import Callable
from contextlib import suppress
from logging import getLogger
from typing import Final

from core.board.day_load import DayLoad
from core.ports.clock import Clock
from core.ports.desk import LookDesk

logger = getLogger(__name__)
EVERY: Final = 60.0  # seconds of the shop's clock
AT_LEAST: Final = 5.0  # seconds of the wall: the practice shop's clock runs fast


class DayReader:
    """`day` is what was read last; while the store cannot be read it stays what it was."""

    def __init__(self, desk: LookDesk, clock: Clock) -> None:
        self.day: DayLoad | None = None
        self._desk, self._clock = desk, clock
        self._wanted = Event()
        self._is_lost = False

    def want(self) -> None:
        """Somebody looks: now rather than within the minute."""
        self._wanted.set()

    async def follow(self, told: Callable[[], None]) -> None:
        """For ever; the first time when it is wanted: the orders come before their numbers."""
        await self._wanted.wait()
        while True:
            self._wanted.clear()
            await self._read()
            told()
            await self._rest()

    async def _read(self) -> None:
        try:
            self.day = await self._desk.day()
        except Exception:
            if not self._is_lost:
                logger.warning("the numbers of the day cannot be read", exc_info=True)
            self._is_lost = True
        else:
            self._is_lost = False

    async def _rest(self) -> None:
        # `wait_for` of Python 3.11 may swallow a cancellation that comes together with the wish.
        with suppress(TimeoutError):
            async with timeout(max(AT_LEAST, self._clock.real_seconds(EVERY))):
                await self._wanted.wait()
