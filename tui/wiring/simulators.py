"""Courier simulators in one process."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, suppress
from typing import Final
from urllib.parse import urlsplit

from adapters import registry
from adapters.hosting import hosted

Sections = dict[str, dict[str, object]]
STOPS: Final = (signal.SIGTERM, signal.SIGINT)


async def run_simulators(
    kinds: Sequence[str],
    *,
    port: int,
    speed: float,
    seed: int,
    station: str,
    on_ready: Callable[[Sections], None],
) -> None:
    """Until SIGTERM or Ctrl-C; `station` is a base URL, its webhooks go to /couriers/KIND. Raises `UnknownKind`."""
    async with AsyncExitStack() as stack:
        sections: Sections = {}
        for place, kind in enumerate(kinds or registry.simulated_kinds()):
            url = _events_url(station, kind)
            simulator = registry.simulator(kind, seed=seed, speed=speed, webhook_url=url)
            base = await stack.enter_async_context(hosted(simulator.app, port=port + place if port else 0))
            await simulator.start()
            stack.push_async_callback(simulator.stop)
            sections[kind] = simulator.settings(base)
        on_ready(sections)
        await stopped()


def _events_url(station: str, kind: str) -> str | None:
    """A base URL gets /couriers/KIND; one with a path of its own is taken as it is."""
    if not station or urlsplit(station).path.strip("/"):
        return station or None
    return f"{station.rstrip('/')}/couriers/{kind}"


async def stopped() -> None:
    """Returns at SIGTERM or Ctrl-C."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in STOPS:
        with suppress(NotImplementedError):  # Windows: Ctrl-C arrives as an exception
            loop.add_signal_handler(number, stop.set)
    await stop.wait()
