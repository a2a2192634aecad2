"""The town around the practice shop, a process of its own: customers at shop systems, and three couriers' riders."""

import asyncio
import sys
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any, Final

from adapters.hosting import hosted
from adapters.http import client
from adapters.simulators.lalamove import LalamoveSimulator
from adapters.simulators.pandago import PandagoSimulator
from adapters.simulators.shop import KINDS, Kind, Post, Shop, Timed, mixed_day
from adapters.simulators.shop_goods import GOODS, Good
from adapters.simulators.shop_system import ShopSystem
from adapters.simulators.troubles import Troubles
from adapters.simulators.uber_direct import UberDirectSimulator
from tui.wiring.clocks import PracticeClock
from tui.wiring.practice.mail import Mail
from tui.wiring.practice.plan import SHOWS, Practice

COURIERS: Final[dict[str, Callable[..., Any]]] = {  # as the shop prefers them
    "uber": UberDirectSimulator,
    "pandago": PandagoSimulator,
    "lalamove": LalamoveSimulator,
}

DOWN: Final[Kind] = "standard"
DOWN_AFTER: Final = timedelta(minutes=40)
DOWN_FOR: Final = timedelta(minutes=25)


async def run_town(practice: Practice, station: str, on_ready: Callable[[dict[str, Any]], None]) -> None:
    """Serves riders at once; customers begin at a line on standard input, and all goes home when that is closed."""
    clock = PracticeClock(practice.started_at, SHOWS, practice.pace)
    async with AsyncExitStack() as stack:
        mail = Mail(client(), station, clock)
        stack.push_async_callback(mail.close)
        couriers = {name: await _riders(stack, name, practice, station, clock) for name in COURIERS}
        systems = {kind: _system(kind, practice, clock, mail) for kind in KINDS}
        channels = {kind: await _served(stack, system) for kind, system in systems.items()}
        on_ready({"channels": channels, "couriers": couriers, "goods": _goods()})
        if await _line():
            shops = tuple(system.shop for system in systems.values())
            day = mixed_day(shops, practice.orders, practice.hours, practice.seed)
            going = [asyncio.create_task(_tell(day, systems, mail, clock)), asyncio.create_task(_fail(systems, clock))]
            await _line()
            for task in going:
                task.cancel()
            await asyncio.gather(*going, return_exceptions=True)


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


def _system(kind: Kind, practice: Practice, clock: PracticeClock, mail: Mail) -> ShopSystem:
    """What stands behind one of the feeds: it is told what becomes of its orders, and tells on what follows."""
    shop = Shop(kind, start=SHOWS, channel=kind)
    return ShopSystem(shop, now=clock.now, mail=mail.send, speed=practice.pace)


async def _served(stack: AsyncExitStack, system: ShopSystem) -> dict[str, object]:
    """The config section of a feed whose system answers until the stack is closed."""
    return system.settings(await stack.enter_async_context(hosted(system.app)))


async def _tell(
    day: tuple[Timed[Post], ...], systems: Mapping[Kind, ShopSystem], mail: Mail, clock: PracticeClock
) -> None:
    """Everything at its time, unless it is no news any more."""
    begun = clock.now()
    for timed in day:
        ahead = timed.after - (clock.now() - begun).total_seconds()
        await asyncio.sleep(max(0, clock.real_seconds(ahead)))
        if (post := systems[timed.what.kind].hear(timed.what)) is not None:
            mail.send(post)


async def _fail(systems: Mapping[Kind, ShopSystem], clock: PracticeClock) -> None:
    """In the middle of a usual day one shop's system does not answer for a while."""
    system = systems[DOWN]
    await asyncio.sleep(clock.real_seconds(DOWN_AFTER.total_seconds()))
    system.troubles = Troubles(fail=503, fail_times=None)
    await asyncio.sleep(clock.real_seconds(DOWN_FOR.total_seconds()))
    system.troubles = Troubles()


async def _line() -> str:
    """The next line of standard input, empty at its end."""
    return await asyncio.to_thread(sys.stdin.readline)
