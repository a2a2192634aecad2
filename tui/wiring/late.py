"""Parts that are still being made, so that the screen is there first: who asks them waits, and is answered."""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from core.board.board import Board
from core.board.lamps import SoundLamp
from core.domain.sound_check import SoundCheck
from core.ports.desk import AlertDesk, Desk
from core.ports.feed import Feed, Update

EYES_FIRST = 0.1  # seconds for the first picture to be drawn before libraries are loaded


@dataclass(frozen=True)
class Parts:
    """What stands behind the screen."""

    desk: Desk
    feed: Feed
    alerts: AlertDesk


class Late:
    """Makes the parts in a thread, once; when that fails, `fail` hears why and nobody is answered any more."""

    def __init__(self, make: Callable[[], Parts], fail: Callable[[Exception], None]) -> None:
        self._make, self._fail = make, fail
        self._made = asyncio.Event()
        self.parts: Parts | None = None

    async def begin(self) -> None:
        """Only the first time."""
        if self.parts is None:
            try:
                self.parts = await asyncio.to_thread(self._make)
            except Exception as error:
                self._fail(error)
            else:
                self._made.set()

    async def ready(self) -> Parts:
        """As soon as they are made."""
        await self._made.wait()
        assert self.parts is not None
        return self.parts


class LateFeed:
    """First what was seen at a glance, then the real feed; afterwards the garbage collector leaves all of it alone."""

    def __init__(self, late: Late, glance: Callable[[], Board | None]) -> None:
        self._late, self._glance = late, glance
        self._is_first = True

    async def updates(self) -> AsyncIterator[Update]:
        """A glance only at the start; raises `FeedLost`."""
        if self._is_first and (board := self._glance()) is not None:
            yield Update(board)
        await self._load()
        try:
            async for update in (await self._late.ready()).feed.updates():
                yield update
                self._settle()
        finally:
            gc.enable()

    async def _load(self) -> None:
        if self._is_first:
            await asyncio.sleep(EYES_FIRST)
            await self._late.begin()

    def _settle(self) -> None:
        if self._is_first:
            self._is_first = False
            gc.freeze()
            gc.enable()


class LateDesk:
    """Satisfies `Desk`: every call waits until there is one."""

    def __init__(self, late: Late) -> None:
        self._late = late

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def ask(*words: Any, **more: Any) -> Any:
            return await getattr((await self._late.ready()).desk, name)(*words, **more)

        return ask


class LateAlerts:
    """Satisfies `AlertDesk`: what is asked of the bell before it hangs is asked when it does."""

    def __init__(self, late: Late) -> None:
        self._late = late
        self._asked: list[Callable[[AlertDesk], None]] = []

    @property
    def lamp(self) -> SoundLamp:
        """Unknown till then."""
        return self._late.parts.alerts.lamp if self._late.parts else SoundLamp()

    def hear(self, board: Board, events: Sequence[Any] = ()) -> None:
        """A glance is not heard."""
        self._ask(lambda alerts: alerts.hear(board, events))

    def lose(self) -> None:
        """The store cannot be read."""
        self._ask(lambda alerts: alerts.lose())

    def mute(self, minutes: float | None) -> None:
        """No noise."""
        self._ask(lambda alerts: alerts.mute(minutes))

    def unmute(self) -> None:
        """Noise."""
        self._ask(lambda alerts: alerts.unmute())

    def check_sound(self) -> None:
        """Beeps to be counted."""
        self._ask(lambda alerts: alerts.check_sound())

    async def run(self) -> None:
        """Until cancelled."""
        alerts = (await self._late.ready()).alerts
        while self._asked:
            self._asked.pop(0)(alerts)
        await alerts.run()

    async def changed(self) -> None:
        """When the lamp is not what it was."""
        await (await self._late.ready()).alerts.changed()

    async def answer(self, heard: int) -> SoundCheck | None:
        """So many beeps."""
        return await (await self._late.ready()).alerts.answer(heard)

    def _ask(self, what: Callable[[AlertDesk], None]) -> None:
        if self._late.parts is None:
            self._asked.append(what)
        else:
            what(self._late.parts.alerts)
