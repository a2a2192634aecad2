"""The counter's process: screens over a desk and a feed; the screen is painted before the heavy parts are loaded."""

import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING, Final

from core.config.load import sound_rules, volumes
from core.domain.events import Event
from core.domain.ids import StaffId, fresh_id
from core.domain.staff import Role
from core.ports.bell import Bell
from core.services.alerts import Alerts
from core.services.desk import StoreDesk
from core.services.feed import StoreFeed
from core.services.picture import Painter
from core.store.database import StoreUnusable
from core.store.lease import COUNTER, Lease
from core.store.unit_of_work import writing
from core.store.writer import Writer
from tui.wiring.logs import log_to_file
from tui.wiring.shop import Shop

if TYPE_CHECKING:
    from tui.app import OrderbellApp
    from tui.screens.terminal import TerminalSettings

FRAMES: Final = "240"  # a second; Textual's own grid of 60 holds keys back
PRESENT_FOR: Final = timedelta(seconds=15)

AroundBell = Callable[[Bell], Bell]


def unchanged(bell: Bell) -> Bell:
    """This machine's bell, as it is."""
    return bell


def has_terminal() -> bool:
    """Both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def run_counter(
    shop: Shop, *, language: str = "", staff: str = "", hint: bool = False, around: AroundBell = unchanged
) -> None:
    """Until the person leaves it; `around` may put another bell before this machine's."""
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    log_to_file(shop.loaded.data / "logs", "counter")
    writer = Writer(shop.database)
    try:
        with present(shop):
            _app(shop, writer, language, StaffId(staff or "counter"), hint, around).run()
    finally:
        writer.close()
        shop.database.close()


def _app(shop: Shop, writer: Writer, language: str, staff: StaffId, hint: bool, around: AroundBell) -> "OrderbellApp":
    from sounds.desktop import Desktop
    from tui.app import OrderbellApp

    app: OrderbellApp
    bell = bell_of(shop, lambda: app.bell())
    app = OrderbellApp(
        desk=StoreDesk(shop.database, writer, shop.services, shop.clock, staff),
        feed=StoreFeed(shop.database, Painter(shop.rules), shop.clock),
        alerts=alerts_of(shop, writer, around(bell), staff),
        desktop=Desktop(),
        clock=shop.clock,
        terminal=settings_of(shop, language, staff, hint),
    )
    return app


def settings_of(shop: Shop, language: str, staff: StaffId, hint: bool) -> "TerminalSettings":
    """What this terminal is; raises `ConfigError` for keys that cannot be."""
    from tui.screens.terminal import TerminalSettings
    from tui.wiring.remaps import checked, prefix_checked

    config, rules = shop.loaded.config, shop.rules
    return TerminalSettings(
        store=rules.name,
        zone=rules.zone,
        language=language or config.store.language,
        theme=config.screen.theme,
        rows=config.screen.rows,
        scanner_gap=config.screen.scanner_gap_ms / 1000,
        scanner_prefix=prefix_checked(config.screen.scanner_prefix, config.keys, shop.loaded.source),
        keys=checked(config.keys, shop.loaded.source),
        staff=staff,
        managers=tuple(person.id for person in rules.staff if person.role is Role.MANAGER),
        currency=rules.currency,
        hint=hint,
    )


def bell_of(shop: Shop, terminal: Callable[[], None] | None) -> Bell:
    """This machine's bell; `terminal` rings the terminal's own, None where there is none."""
    from sounds.player import Player

    config = shop.loaded.config
    return Player(config.sound.backend, volume=config.sound.volume, volumes=volumes(config), terminal=terminal)


def alerts_of(shop: Shop, writer: Writer, bell: Bell, staff: StaffId) -> Alerts:
    """Rings by this bell, as the shop wants it; sound checks go into the journal."""

    async def note(event: Event) -> None:
        await writer.do(lambda uow: uow.journal.add([event]))

    rules = sound_rules(shop.loaded.config)
    return Alerts(bell, shop.clock, by=staff, rules=rules, hours=shop.rules.hours, note=note)


@contextmanager
def present(shop: Shop) -> Iterator[None]:
    """The station that a counter started stays while any counter is open."""
    holder, gone = fresh_id(), threading.Event()
    _sign_in(shop, holder)
    thread = Thread(target=_stay, args=(shop, holder, gone), name="present", daemon=True)
    thread.start()
    try:
        yield
    finally:
        gone.set()
        thread.join()
        with writing(shop.database) as uow:
            uow.leases.give_back(COUNTER + holder, holder)


def _stay(shop: Shop, holder: str, gone: threading.Event) -> None:
    while not gone.wait(PRESENT_FOR.total_seconds() / 3):
        try:
            _sign_in(shop, holder)
        except StoreUnusable:  # the feed says so on the screen
            continue


def _sign_in(shop: Shop, holder: str) -> None:
    now = datetime.now(UTC)
    lease = Lease(
        name=COUNTER + holder,
        holder=holder,
        host=socket.gethostname(),
        pid=os.getpid(),
        url="",
        since=now,
        until=now + PRESENT_FOR,
        health={},
    )
    with writing(shop.database) as uow:
        uow.leases.take(lease)
