"""The station's process: HTTP, sending and timekeeping in one loop, writing in one thread."""

import asyncio
import logging
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from typing import Final

from adapters.hosting import bound, served, url_of
from adapters.receiver import Receiver
from core.config.load import reminder_rules
from core.services.calling import CallingByItself
from core.services.health import Health
from core.services.heard_courier import HeardCourier
from core.services.heard_shop import HeardShop
from core.services.intake_desk import StationDesk, StationReport
from core.services.noticing import NoticeCalls
from core.services.proving import Proving
from core.services.reminding import Reminding
from core.services.sending import Sending
from core.services.station import Station
from core.services.station_lease import StationLease
from core.services.trouble_clock import TroubleClock
from core.services.waiting import WaitingOrders
from core.services.watching import Watching
from core.store.proof_files import ProofFiles
from core.store.unit_of_work import writing
from core.store.writer import Writer
from tui.wiring.notices import saying, tellers_of
from tui.wiring.shop import Shop

logger = logging.getLogger(__name__)
STOPS: Final = (signal.SIGTERM, signal.SIGINT)


class CannotListen(Exception):
    """The port is taken, or the address is not ours."""


async def run_station(shop: Shop, on_ready: Callable[[str], Awaitable[None]], *, ends_with_counters: bool) -> None:
    """Until SIGTERM, Ctrl-C, or (when asked) the last counter has gone; raises `CannotListen`, `StationTaken`."""
    with closing(_listen(shop)) as listener:
        url = url_of(listener)
        with _held(shop, StationLease(url)) as lease:
            async with _joined(shop, lease, ends_with_counters) as (station, app):
                await _serve(station, app, listener, lambda: on_ready(url))
    shop.database.close()


@contextmanager
def _held(shop: Shop, lease: StationLease) -> Iterator[StationLease]:
    with writing(shop.database) as uow:
        lease.take(uow)
    try:
        yield lease
    finally:
        with writing(shop.database) as uow:
            lease.give_back(uow)


@asynccontextmanager
async def _joined(shop: Shop, lease: StationLease, ends_with_counters: bool) -> AsyncIterator[tuple[Station, Receiver]]:
    writer, health, journeys, clock = Writer(shop.database), Health(), shop.journeys, shop.clock
    health.know(shop.channels, shop.couriers)
    couriers = {name: HeardCourier(courier, health, clock) for name, courier in shop.couriers.items()}
    tellers = tellers_of(shop.loaded)
    notices = NoticeCalls(writer, tellers, shop.rules, clock, saying(shop.loaded, shop.rules))
    desks = {name: HeardShop(desk, clock) for name, desk in shop.shop_desks.items()}
    sending = Sending(writer, couriers, journeys, shop.rules, clock, lease, shop.searching, desks, notices)
    watching = Watching(writer, couriers, journeys, clock)
    # Asked past the books: what a picture comes to says nothing of whether drivers can be had.
    proving = Proving(shop.database, writer, shop.couriers, ProofFiles(shop.loaded.data), clock)
    tries = [*(courier.try_again for courier in couriers.values()), proving.look]
    tries.append(_waiting(shop, writer, lease, tuple(tellers)).look)
    if shop.timing.rules.is_auto:
        tries.append(_calling(shop, writer, lease).look)
    tries.append(TroubleClock(shop.database, writer, shop.services.troubles, lease, clock).look)
    station = Station(
        shop.database,
        writer,
        sending,
        watching,
        lease,
        health,
        clock,
        searching=shop.searching,
        tries=tries,
        ends_with_counters=ends_with_counters,
    )
    desk = StationDesk(writer, shop.intake, health, clock)
    view = StationReport(writer, station, health, clock)
    try:
        yield station, Receiver(shop.channels, {str(name): one for name, one in couriers.items()}, desk, view, clock)
    finally:
        await proving.stop()
        for courier in couriers.values():
            await courier.close()
        for system in shop.shop_desks.values():
            await system.close()
        for teller in tellers.values():
            await teller.close()
        await asyncio.to_thread(shop.asking.close)
        await asyncio.to_thread(writer.close)


def _waiting(shop: Shop, writer: Writer, lease: StationLease, ways: tuple[str, ...]) -> WaitingOrders:
    reminding = Reminding(reminder_rules(shop.loaded.config), shop.rules, ways)
    return WaitingOrders(shop.database, writer, reminding, shop.services.holding, lease, shop.clock)


def _calling(shop: Shop, writer: Writer, lease: StationLease) -> CallingByItself:
    drawers = shop.services
    return CallingByItself(shop.database, writer, shop.timing, drawers.dispatch, drawers.comparing, lease, shop.clock)


async def _serve(
    station: Station, receiver: Receiver, listener: socket.socket, on_ready: Callable[[], Awaitable[None]]
) -> None:
    """HTTP around the station: letters are let in first and shut out first."""
    stop = asyncio.Event()
    _on_signals(stop)
    async with served(receiver.app(), listener, patience=5):
        await on_ready()
        parts = [asyncio.create_task(station.run()), asyncio.create_task(stop.wait())]
        done, _ = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
    for part in parts:
        part.cancel()
    await asyncio.gather(*parts, return_exceptions=True)
    for part in done:
        part.result()


def _on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in STOPS:
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows: Ctrl-C arrives as an exception
            logger.debug("no signal handlers here")


def _listen(shop: Shop) -> socket.socket:
    host, port = shop.loaded.config.station.host, shop.loaded.config.station.port
    try:
        return bound(host, port)
    except OSError as error:
        raise CannotListen(f"{host}:{port}: {error.strerror or error}; set station.port") from error
