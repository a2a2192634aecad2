"""Follows the journal: what was committed becomes the next board."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack
from functools import partial
from time import monotonic
from typing import Final

from core.board.board import Board
from core.domain.events import Event
from core.domain.ids import OrderId
from core.ports.clock import Clock
from core.ports.feed import FeedLost, Update
from core.services.picture import Painter
from core.services.threads import to_its_end
from core.store.database import Database, StoreUnusable
from core.store.journal import Entry
from core.store.unit_of_work import UnitOfWork, reading
from core.store.watch import Watch, watching

PATIENCE: Final = 0.5  # seconds without news after which it looks all the same
AT_MOST: Final = 0.05  # seconds between two boards: a burst becomes one
WORDS: Final = 1.0  # seconds after which couriers' words are looked for behind other news
SILENT: Final = 5.0  # seconds after which they are looked for whatever else there is


class StoreFeed:
    """Satisfies `core.ports.feed.Feed`; everything that blocks runs in a thread."""

    def __init__(self, database: Database, painter: Painter, clock: Clock) -> None:
        self._database = database
        self._painter = painter
        self._clock = clock
        self._asked_at = self._woke_at = monotonic()
        self._owes = False  # couriers' words may have come among the news

    async def updates(self) -> AsyncIterator[Update]:
        """The whole board, then one update a burst; raises `FeedLost`."""
        with ExitStack() as stack:
            try:
                watch = await to_its_end(lambda: stack.enter_context(watching(self._database)))
                board = await to_its_end(self._whole)
                yield Update(board)
                while True:
                    update = await to_its_end(partial(self._await_next, watch, board))
                    if update.events or update.board != board:
                        yield update
                        await asyncio.sleep(max(0.0, self._woke_at + AT_MOST - monotonic()))
                    board = update.board
            except StoreUnusable as error:
                raise FeedLost(str(error)) from error

    def _whole(self) -> Board:
        with reading(self._database) as uow:
            return self._painter.whole(uow, self._clock.now())

    def _await_next(self, watch: Watch, board: Board) -> Update:
        moved, self._woke_at = watch.changed(0.0 if self._is_behind else PATIENCE), monotonic()
        with reading(self._database) as uow:
            entries = uow.journal.after(board.seen)
            return Update(self._drawn(uow, board, entries, moved=moved), _events(entries))

    def _drawn(self, uow: UnitOfWork, board: Board, entries: list[Entry], *, moved: bool) -> Board:
        told: set[OrderId] = {entry.order_id for entry in entries if entry.order_id}
        seen = entries[-1].number if entries else board.seen
        ask = self._must_ask(moved=moved, has_news=bool(entries))
        return self._painter.next(uow, board, told, seen, self._clock.now(), ask=ask)

    def _must_ask(self, *, moved: bool, has_news: bool) -> bool:
        """Couriers' words that are in no journal: each driver's row is read for them, so news are not kept waiting."""
        must = self._since_asked >= SILENT or (not has_news and (moved or self._is_behind))
        self._owes = (self._owes or has_news) and not must
        if must:
            self._asked_at = monotonic()
        return must

    @property
    def _is_behind(self) -> bool:
        return self._owes and self._since_asked >= WORDS

    @property
    def _since_asked(self) -> float:
        return monotonic() - self._asked_at


def _events(entries: list[Entry]) -> tuple[Event, ...]:
    return tuple(entry.event for entry in entries if entry.event is not None)
