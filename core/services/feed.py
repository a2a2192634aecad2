"""Follows the journal: what was committed becomes the next board."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack
from typing import Final

from core.board.board import Board
from core.domain.events import Event
from core.domain.ids import OrderId
from core.ports.clock import Clock
from core.ports.feed import FeedLost, Update
from core.services.picture import Painter
from core.store.database import Database, StoreUnusable
from core.store.journal import Entry
from core.store.unit_of_work import UnitOfWork, reading
from core.store.watch import watching

PATIENCE: Final = 0.5  # seconds without news after which it looks all the same
AT_MOST: Final = 0.05  # seconds between two boards: a burst becomes one


class StoreFeed:
    """Satisfies `core.ports.feed.Feed`; everything that blocks runs in a thread."""

    def __init__(self, database: Database, painter: Painter, clock: Clock) -> None:
        self._database = database
        self._painter = painter
        self._clock = clock

    async def updates(self) -> AsyncIterator[Update]:
        """The whole board, then one update a burst; raises `FeedLost`."""
        with ExitStack() as stack:
            try:
                watch = await asyncio.to_thread(lambda: stack.enter_context(watching(self._database)))
                board = await asyncio.to_thread(self._whole)
                yield Update(board)
                while True:
                    await asyncio.to_thread(watch.changed, PATIENCE)
                    update = await asyncio.to_thread(self._next, board)
                    if update.events or update.board != board:
                        board = update.board
                        yield update
                        await asyncio.sleep(AT_MOST)
            except StoreUnusable as error:
                raise FeedLost(str(error)) from error

    def _whole(self) -> Board:
        with reading(self._database) as uow:
            return self._painter.whole(uow, self._clock.now())

    def _next(self, board: Board) -> Update:
        with reading(self._database) as uow:
            entries = uow.journal.after(board.seen)
            return Update(self._drawn(uow, board, entries), _events(entries))

    def _drawn(self, uow: UnitOfWork, board: Board, entries: list[Entry]) -> Board:
        told: set[OrderId] = {entry.order_id for entry in entries if entry.order_id}
        seen = entries[-1].number if entries else board.seen
        return self._painter.next(uow, board, told, seen, self._clock.now())


def _events(entries: list[Entry]) -> tuple[Event, ...]:
    return tuple(entry.event for entry in entries if entry.event is not None)
