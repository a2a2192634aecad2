"""A station runs for as long as somebody sits at a counter: one that died is started anew."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Final

from core.store.database import StoreUnusable
from tui.wiring.beside import NoStation, ensure_station, station_of
from tui.wiring.shop import Shop

logger = logging.getLogger(__name__)
LOOK_EVERY: Final = 3.0  # seconds
MISSED: Final = 2  # looks in a row: a service that is started anew by the system comes first
PAUSE: Final = 10  # looks after a start that failed
PATIENCE: Final = 2.0  # seconds a person who leaves waits for a start under way


@contextmanager
def kept(shop: Shop) -> Iterator[None]:
    """Look after the station meanwhile."""
    keeper, gone = _Keeper(shop), Event()
    thread = Thread(target=keeper.stay, args=(gone,), name="keeper", daemon=True)
    thread.start()
    try:
        yield
    finally:
        gone.set()
        thread.join(PATIENCE)


@dataclass
class _Keeper:
    shop: Shop
    missed: int = field(default=0)

    def stay(self, gone: Event) -> None:
        while not gone.wait(LOOK_EVERY):
            try:
                self.look()
            except StoreUnusable:  # the feed says so on the screen
                continue
            except NoStation as error:
                logger.error("the station does not come back: %s", error)
                self.missed = -PAUSE

    def look(self) -> None:
        """Once; raises `NoStation`, `StoreUnusable`."""
        self.missed = 0 if station_of(self.shop) is not None else self.missed + 1
        if self.missed >= MISSED:
            logger.warning("the station is gone; starting it anew")
            ensure_station(self.shop)
            self.missed = 0
