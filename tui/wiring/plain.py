"""Plain mode's process: lines over the same desk, feed and bell as the screen's."""

import asyncio
import sys
from contextlib import suppress

from core.domain.ids import StaffId
from core.services.desk import StoreDesk
from core.services.feed import StoreFeed
from core.services.picture import Painter
from core.store.writer import Writer
from tui.plain.front import PlainFront
from tui.plain.terminal import Ends
from tui.wiring.counter import alerts_of, bell_of, present, settings_of
from tui.wiring.logs import log_to_file
from tui.wiring.shop import Shop


def run_plain(shop: Shop, *, language: str = "", staff: str = "", hint: bool = False) -> None:
    """Until the person leaves, or the input ends."""
    log_to_file(shop.loaded.data / "logs", "plain")
    writer = Writer(shop.database)
    try:
        with present(shop), suppress(KeyboardInterrupt):  # Windows knows no handler for Ctrl-C
            asyncio.run(_run(shop, writer, language, StaffId(staff or "counter"), hint))
    finally:
        shop.asking.close()
        writer.close()
        shop.database.close()


async def _run(shop: Shop, writer: Writer, language: str, staff: StaffId, hint: bool) -> None:
    ends = Ends(sys.stdin.fileno(), sys.stdout.fileno())
    bell = bell_of(shop, ends.bell if ends.is_terminal else None)
    with ends.open() as console:
        front = PlainFront(
            console=console,
            desk=StoreDesk(shop.database, writer, shop.services, shop.clock, staff),
            feed=StoreFeed(shop.database, Painter(shop.rules, shop.timing), shop.clock),
            alerts=alerts_of(shop, writer, bell, staff),
            clock=shop.clock,
            terminal=settings_of(shop, language, staff, hint),
            beat=ends.beat,
        )
        await front.run()
