"""What stands behind a counter's screen: desk, feed and bell over one store, and that somebody sits there."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
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
from tui.wiring.beside import ensure_station
from tui.wiring.keeping import kept
from tui.wiring.late import Parts
from tui.wiring.logs import log_to_file
from tui.wiring.screen import show
from tui.wiring.shop import Shop

if TYPE_CHECKING:
    from tui.screens.terminal import TerminalSettings

PRESENT_FOR: Final = timedelta(seconds=15)

AroundBell = Callable[[Bell], Bell]


def unchanged(bell: Bell) -> Bell:
    """This machine's bell, as it is."""
    return bell


def run_counter(
    shop: Shop, *, language: str = "", staff: str = "", hint: bool = False, around: AroundBell = unchanged
) -> None:
    """Until the person leaves it; `around` may put another bell before this machine's."""
    person = StaffId(staff or "counter")
    settings = settings_of(shop, language, person, hint)
    show(settings, shop.clock, lambda stack, ring: joined(shop, stack, person, ring, around=around))


def joined(
    shop: Shop,
    stack: ExitStack,
    staff: StaffId,
    ring: Callable[[], None],
    *,
    around: AroundBell = unchanged,
    has_station: bool = True,
) -> Parts:
    """What stands behind the screen; a station is started where none runs, once this counter has signed in."""
    log_to_file(shop.loaded.data / "logs", "counter")
    stack.callback(shop.database.close)
    writer = Writer(shop.database)
    stack.callback(writer.close)
    stack.callback(shop.asking.close)
    stack.enter_context(present(shop))
    if not has_station:
        ensure_station(shop)
    return Parts(
        desk=StoreDesk(shop.database, writer, shop.services, shop.clock, staff),
        feed=StoreFeed(shop.database, Painter(shop.rules, shop.timing), shop.clock),
        alerts=alerts_of(shop, writer, around(bell_of(shop, ring)), staff),
    )


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
        channels=tuple(config.channels),
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
    """The station that a counter started stays while any counter is open, and is started anew when it dies."""
    holder, gone = fresh_id(), threading.Event()
    _sign_in(shop, holder)
    thread = Thread(target=_stay, args=(shop, holder, gone), name="present", daemon=True)
    thread.start()
    try:
        with kept(shop):
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
