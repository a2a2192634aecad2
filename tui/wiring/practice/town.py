"""The town around the practice shop, a process of its own: customers at shop systems, and three couriers' riders."""

import asyncio
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from typing import Any, Final

from adapters.hosting import hosted
from adapters.http import client
from adapters.simulators.lalamove import LalamoveSimulator
from adapters.simulators.pandago import PandagoSimulator
from adapters.simulators.shop import KINDS, Post, Shop, Timed, mixed_day, send
from adapters.simulators.shop_goods import GOODS, Good
from adapters.simulators.uber_direct import UberDirectSimulator
from tui.wiring.clocks import PracticeClock
from tui.wiring.practice.plan import SHOWS, Practice

COURIERS: Final[dict[str, Callable[..., Any]]] = {  # as the shop prefers them
    "uber": UberDirectSimulator,
    "pandago": PandagoSimulator,
    "lalamove": LalamoveSimulator,
}


async def run_town(practice: Practice, station: str, on_ready: Callable[[dict[str, Any]], None]) -> None:
    """Serves riders at once; customers begin at a line on standard input, and all goes home when that is closed."""
    clock = PracticeClock(practice.started_at, SHOWS, practice.pace)
    shops = {kind: Shop(kind, start=SHOWS, channel=kind) for kind in KINDS}
    async with AsyncExitStack() as stack:
        couriers = {name: await _riders(stack, name, practice, station, clock) for name in COURIERS}
        channels = {kind: shop.settings() for kind, shop in shops.items()}
        on_ready({"channels": channels, "couriers": couriers, "goods": _goods()})
        if await _line():
            day = mixed_day(tuple(shops.values()), practice.orders, practice.hours, practice.seed)
            customers = asyncio.create_task(_tell(day, station, clock))
            await _line()
            customers.cancel()
            with suppress(asyncio.CancelledError):
                await customers


def _goods() -> dict[str, dict[str, object]]:
    """What the shop knows itself: two of its feeds tell no sizes."""
    return {good.sku: _good(good) for good in GOODS}


def _good(good: Good) -> dict[str, object]:
    return {
        "name": good.name,
        "price": good.price,
        "barcode": good.barcode,
        "shelf": good.shelf,
        "weight_g": good.grams,
        "size_mm": list(good.edges),
    }


async def _riders(
    stack: AsyncExitStack, name: str, practice: Practice, station: str, clock: PracticeClock
) -> dict[str, object]:
    """The config section of a courier whose riders are out until the stack is closed."""
    riders = COURIERS[name](
        seed=practice.seed, speed=practice.pace, webhook_url=f"{station}/couriers/{name}", now=clock.now
    )
    base = await stack.enter_async_context(hosted(riders.app))
    await riders.start()
    stack.push_async_callback(riders.stop)
    section: dict[str, object] = riders.settings(base)
    return section


async def _tell(day: tuple[Timed[Post], ...], station: str, clock: PracticeClock) -> None:
    """Everything at its time; a call that is repeated holds up no other."""
    begun = clock.now()
    async with client() as calls, asyncio.TaskGroup() as under_way:
        for timed in day:
            ahead = timed.after - (clock.now() - begun).total_seconds()
            await asyncio.sleep(max(0, clock.real_seconds(ahead)))
            under_way.create_task(_send(timed.what, station, calls, clock))


async def _send(post: Post, station: str, calls: Any, clock: PracticeClock) -> None:
    async def sleep(seconds: float) -> None:
        await asyncio.sleep(clock.real_seconds(seconds))

    await send(post, station, calls, now=clock.now, sleep=sleep)


async def _line() -> str:
    """The next line of standard input, empty at its end."""
    return await asyncio.to_thread(sys.stdin.readline)
