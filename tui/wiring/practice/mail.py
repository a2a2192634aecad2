"""The town's post: webhooks of its shops on their way to the station, each sent until it is taken."""

import asyncio
from asyncio import Task

from adapters.http import Client
from adapters.simulators.shop import Post, send
from tui.wiring.clocks import PracticeClock


class Mail:
    """A call that is repeated holds up no other; `close` leaves what is under way unsent."""

    def __init__(self, client: Client, station: str, clock: PracticeClock) -> None:
        self._client = client
        self._station = station
        self._clock = clock
        self._under_way: set[Task[object]] = set()

    def send(self, post: Post) -> None:
        """Off it goes; needs a running loop."""
        task = asyncio.get_running_loop().create_task(self._send(post))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        """Everybody goes home."""
        tasks = tuple(self._under_way)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._client.aclose()

    async def _send(self, post: Post) -> object:
        return await send(post, self._station, self._client, now=self._clock.now, sleep=self._sleep)

    async def _sleep(self, seconds: float) -> None:
        await asyncio.sleep(self._clock.real_seconds(seconds))
