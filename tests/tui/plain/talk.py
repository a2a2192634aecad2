"""Somebody at the lines, for tests: types, hears, and remembers every sign that was written."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic

from core.board.board import Board
from core.domain.events import Event
from core.ports.feed import Update
from tests.fakes import FakeAlerts, FakeClock, FakeFeed, RecordingDesk
from tests.samples import Shop
from tests.tui.gallery import terminal
from tui import i18n, keys
from tui.plain.console import Console
from tui.plain.front import PlainFront


@dataclass
class Talk:
    """`written` is all that was written, sign for sign."""

    desk: RecordingDesk
    feed: FakeFeed
    alerts: FakeAlerts
    clock: FakeClock
    written: list[str] = field(default_factory=list)
    console: Console = field(init=False)
    front: PlainFront = field(init=False)
    _heard: int = 0

    @property
    def asked(self) -> list[tuple[object, ...]]:
        return self.desk.asked

    @property
    def text(self) -> str:
        return "".join(self.written)

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    def new(self) -> list[str]:
        """What was said since this was asked last."""
        lines = self.lines[self._heard :]
        self._heard += len(lines)
        return lines

    async def type(self, *lines: str) -> list[str]:
        """Each line with Enter; what is said until all of them are answered."""
        self.new()
        for line in lines:
            self.console.take(f"{line}\n")
            await self.until(lambda: self.console.is_waiting)
        return self.new()

    async def tell(self, board: Board, *events: Event) -> list[str]:
        """The next board, and what is said of it."""
        self.new()
        self.feed._news.put_nowait(Update(board, events))
        await self.until(lambda: self.front.counter.board is board)
        return self.new()

    async def until(self, claim: Callable[[], bool], within: float = 30.0) -> None:
        """Wait for what must come; it fails when it does not."""
        end = monotonic() + within
        while not claim():
            assert monotonic() < end, self.text
            await asyncio.sleep(0.002)


@asynccontextmanager
async def talking(shop: Shop, *, echo: bool = False, **facts: object) -> AsyncIterator[Talk]:
    """The whole front with this shop, greeted."""
    talk = Talk(RecordingDesk(shop.sheets), FakeFeed(shop.board), FakeAlerts(shop.sound), FakeClock())
    talk.desk.goods = shop.goods
    talk.console = Console(talk.written.append, echo=echo)
    talk.front = PlainFront(
        console=talk.console,
        desk=talk.desk,
        feed=talk.feed,
        alerts=talk.alerts,
        clock=talk.clock,
        terminal=terminal(**facts),
    )
    talk.front.counter.settles = 0.0
    running = asyncio.create_task(talk.front.run())
    try:
        await talk.until(lambda: talk.console.is_waiting)
        yield talk
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        i18n.use("en")
        keys.use({})


async def said(shop: Shop, *lines: str, **facts: object) -> list[str]:
    """What is answered to these lines."""
    async with talking(shop, **facts) as talk:
        return await talk.type(*lines)


async def asked(shop: Shop, *lines: str, **facts: object) -> list[tuple[object, ...]]:
    """What the desk is asked because of these lines."""
    async with talking(shop, **facts) as talk:
        await talk.type(*lines)
        return talk.asked
