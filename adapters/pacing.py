"""Calls to a service that counts them: never more in a second than it allows."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic


class Pacing:
    """Lets callers through one after another, `per_second` at most; `ticks` are seconds that only go forward."""

    def __init__(
        self,
        per_second: float,
        ticks: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._gap = 1 / per_second
        self._ticks = ticks
        self._sleep = sleep
        self._free_at = 0.0

    async def turn(self) -> None:
        """Returns when a call may leave."""
        at = max(self._ticks(), self._free_at)
        self._free_at = at + self._gap
        if (wait := at - self._ticks()) > 0:
            await self._sleep(wait)
