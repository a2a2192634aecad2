"""A terminal that is open, for tests of its bell."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from core.domain.alert import SoundRules
from core.domain.events import Event
from core.domain.sound_trouble import Fault, SoundTrouble
from core.services.alerts import Alerts
from tests.builders import MEI
from tests.core.fakes import FakeBell
from tests.core.shop import Shop

NO_CHECK = SoundRules(check_after=None)
NO_DEVICE = (SoundTrouble(Fault.NO_DEVICE, "fake"),)


async def until(claim: Callable[[], bool]) -> None:
    """Wait for it; fails when it does not come."""
    async with asyncio.timeout(30):
        while not claim():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


class Journal(list[Event]):
    """What was written down."""

    async def note(self, event: Event) -> None:
        self.append(event)


@asynccontextmanager
async def opened(shop: Shop, bell: FakeBell, rules: SoundRules = NO_CHECK, **more: Any) -> AsyncIterator[Alerts]:
    """Runs until the block ends; hears nothing by itself."""
    alerts = Alerts(bell, shop.clock, by=MEI, rules=rules, **more)
    running = asyncio.create_task(alerts.run())
    try:
        yield alerts
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
