"""Follows the feed for ever: lost, it is asked anew after a growing pause."""

from asyncio import sleep
from collections.abc import Callable
from datetime import datetime
from logging import getLogger
from typing import Final

from core.ports.clock import Clock
from core.ports.feed import Feed, FeedLost, Update

logger = getLogger(__name__)
PAUSES: Final = (0.25, 0.5, 1.0, 2.0, 5.0)  # seconds


class Follower:
    """`lost_at` is the time of the last true picture while the feed is lost, else None."""

    def __init__(self, feed: Feed, clock: Clock) -> None:
        self._feed, self._clock = feed, clock
        self._true_at = clock.now()
        self.lost_at: datetime | None = None

    async def follow(self, hear: Callable[[Update], None], lost: Callable[[Exception], None]) -> None:
        """Tell each update, and once each time that the link is lost."""
        tries = 0
        while True:
            try:
                async for update in self._feed.updates():
                    tries = self._found(tries)
                    hear(update)
            except Exception as reason:
                self._lose(reason, lost)
            await sleep(PAUSES[min(tries, len(PAUSES) - 1)])
            tries += 1

    def _found(self, tries: int) -> int:
        if self.lost_at is not None:
            logger.info("the feed is back after %s tries", tries)
        self.lost_at, self._true_at = None, self._clock.now()
        return 0

    def _lose(self, reason: Exception, lost: Callable[[Exception], None]) -> None:
        """Anything else than a lost database is an accident, and told as one."""
        is_new = self.lost_at is None
        self.lost_at = self._true_at
        if is_new and isinstance(reason, FeedLost):
            logger.warning("the feed is lost")
        if is_new:
            lost(reason)
