"""The station's process: HTTP, sending and timekeeping in one loop, writing in one thread."""

import asyncio
import logging
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from typing import Final

import uvicorn

from adapters.receiver import Receiver
from core.services.health import Health
from core.services.heard_courier import HeardCourier
from core.services.intake_desk import StationDesk, StationReport
from core.services.journeys import Journeys
from core.services.sending import Sending
from core.services.station import Station
from core.services.station_lease import StationLease
from core.services.watching import Watching
from core.store.unit_of_work import writing
from core.store.writer import Writer
from tui.wiring.shop import Shop

logger = logging.getLogger(__name__)
STOPS: Final = (signal.SIGTERM, signal.SIGINT)


class CannotListen(Exception):
    """The port is taken, or the address is not ours."""


class _Quiet(uvicorn.Server):
    """Leaves the signals to us."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def run_station(shop: Shop, on_ready: Callable[[str], Awaitable[None]], *, ends_with_counters: bool) -> None:
    """Until SIGTERM, Ctrl-C, or (when asked) the last counter has gone; raises `CannotListen`, `StationTaken`."""
    with closing(_listen(shop)) as listener:
        url = _url(listener)
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
    writer, health, journeys, clock = Writer(shop.database), Health(), Journeys(), shop.clock
    health.know(shop.channels, shop.couriers)
    couriers = {name: HeardCourier(courier, health, clock) for name, courier in shop.couriers.items()}
    sending = Sending(writer, couriers, journeys, shop.rules, clock, lease)
    watching = Watching(writer, couriers, journeys, clock)
    station = Station(
        shop.database, writer, sending, watching, lease, health, clock, ends_with_counters=ends_with_counters
    )
    desk = StationDesk(writer, shop.intake, health, clock)
    view = StationReport(writer, station, health)
    try:
        yield station, Receiver(shop.channels, {str(name): one for name, one in couriers.items()}, desk, view, clock)
    finally:
        for courier in couriers.values():
            await courier.close()
        await asyncio.to_thread(writer.close)


async def _serve(
    station: Station, receiver: Receiver, listener: socket.socket, on_ready: Callable[[], Awaitable[None]]
) -> None:
    """HTTP and station side by side; the end of one is the end of both."""
    config = uvicorn.Config(
        receiver.app(), log_config=None, access_log=False, ws="none", lifespan="off", timeout_graceful_shutdown=5
    )
    server, stop = _Quiet(config), asyncio.Event()
    _on_signals(stop)
    parts = [
        asyncio.create_task(server.serve(sockets=[listener]), name="http"),
        asyncio.create_task(station.run(), name="station"),
        asyncio.create_task(stop.wait(), name="signals"),
    ]
    await on_ready()
    done, _ = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    parts[1].cancel()
    parts[2].cancel()
    await asyncio.gather(*parts, return_exceptions=True)
    for task in done:
        task.result()


def _on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in STOPS:
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows: Ctrl-C arrives as an exception
            logger.debug("no signal handlers here")


def _listen(shop: Shop) -> socket.socket:
    station = shop.loaded.config.station
    family = socket.AF_INET6 if ":" in station.host else socket.AF_INET
    try:
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, or asyncio leaves Nagle on
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((station.host, station.port))
        listener.listen(256)
    except OSError as error:
        raise CannotListen(f"{station.host}:{station.port}: {error.strerror or error}; set station.port") from error
    listener.setblocking(False)
    return listener


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
