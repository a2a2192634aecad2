"""The simulators' time: as fast as wanted, and a list of what is due."""

import asyncio
from asyncio import Event, Task
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from logging import getLogger

logger = getLogger(__name__)

Now = Callable[[], datetime]
SHORTEST_WAIT = 0.001  # seconds on the wall
LONGEST_WAIT = 1.0  # seconds on the wall: a shared clock may be set anew meanwhile


def scaled(speed: float) -> Now:
    """A clock that starts at this moment and runs `speed` times as fast as the wall."""
    start = datetime.now(UTC)
    return lambda: start + (datetime.now(UTC) - start) * speed


class Agenda:
    """Does things at their time; each is told its due moment, however late it really runs."""

    def __init__(self, now: Now, speed: float) -> None:
        self.now = now
        self.speed = speed
        self._due: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._order = count()
        self._tasks: set[Task[None]] = set()
        self._changed = Event()
        self._keeper: Task[None] | None = None

    def at(self, moment: datetime, do: Callable[[datetime], None]) -> None:
        """Put something on the list."""
        heappush(self._due, (moment, next(self._order), do))
        self._changed.set()

    def spawn(self, work: Coroutine[object, object, None]) -> None:
        """Let something run beside, until it ends or the agenda stops."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def run_due(self) -> None:
        """Do all that is due, in the order of its times."""
        while self._due and self._due[0][0] <= self.now():
            moment, _, do = heappop(self._due)
            try:
                do(moment)
            except Exception:
                logger.exception("a simulator could not do what was due")

    async def settle(self) -> None:
        """Do all that is due and wait for what it set going."""
        self.run_due()
        while self._tasks:
            await asyncio.wait(set(self._tasks))
            self.run_due()

    def start(self) -> None:
        """Keep the list from now on; needs a running loop."""
        if self._keeper is None:
            self._keeper = asyncio.get_running_loop().create_task(self._keep())

    async def stop(self) -> None:
        """End everything that runs; what is on the list stays undone."""
        running = {*self._tasks, *([self._keeper] if self._keeper else [])}
        self._keeper = None
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _keep(self) -> None:
        while True:
            self._changed.clear()
            self.run_due()
            try:
                async with asyncio.timeout(self._wait()):
                    await self._changed.wait()
            except TimeoutError:
                continue

    def _wait(self) -> float:
        if not self._due:
            return LONGEST_WAIT
        left = (self._due[0][0] - self.now()) / timedelta(seconds=self.speed)
        return min(max(left, SHORTEST_WAIT), LONGEST_WAIT)

    def _ended(self, task: Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            logger.error("a simulator's work failed", exc_info=task.exception())
