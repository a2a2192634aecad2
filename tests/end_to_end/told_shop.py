"""A station in a process of its own, and beside it a shop's system that lives on when the station is killed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from adapters.hosting import hosted
from adapters.simulators.shop import Kind, Shop as Simulated
from adapters.simulators.shop_day import Story, Telling
from adapters.simulators.shop_system import ShopSystem
from tests.adapters.shops.town import SALE
from tests.end_to_end.program import PATIENCE, Running
from tests.end_to_end.shop import Shop, eventually


@dataclass
class ToldShop:
    """Whatever blocks is done on a thread: the shop's system answers in the loop."""

    shop: Shop
    system: ShopSystem
    station: Running

    async def sells(self, place: int) -> str:
        """A paid order, posted to the station: its number."""
        now = datetime.now(UTC)
        sale = replace(SALE, place=place, placed_at=now, updated_at=now, due_from=now + timedelta(hours=1))
        post = self.system.shop.post(Telling(after=0.0, story=Story.ORDINARY, sale=sale))
        assert self.system.hear(post) is post
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            url = f"{self.shop.url}/channels/web"
            answer = await client.post(url, content=post.body, headers=post.headers_at(datetime.now(UTC)))
        assert answer.status_code == 200, answer.text
        return str(sale.number)

    async def order(self, *words: str) -> Any:
        """`orderbell order …`, as good as by another process, and quick."""
        said = await asyncio.to_thread(self.shop.here, "order", *words, "--json")
        assert said.code == 0, said.err
        return said.told

    async def look(self, number: str) -> Any:
        """How an order stands."""
        return await self.order("show", number)

    async def until(self, ask: Callable[[], bool]) -> None:
        """Something is so of the shop's system."""
        await asyncio.to_thread(eventually, ask)

    async def is_told(self, number: str) -> Any:
        """Nothing is owed to the shop's system any more: the order."""
        return await asyncio.to_thread(eventually, lambda: self.shop.look(number), _is_over)

    async def kill_and_start(self) -> None:
        """No last word; then a new one."""
        await asyncio.to_thread(self.station.kill)
        self.station.close()
        self.station = await asyncio.to_thread(self.shop.serve)

    def facts(self, number: str) -> dict[str, Any]:
        """An order as the shop's system has it."""
        return next(one for one in self.system.books.all() if one["number"] == number)


def _is_over(told: Any) -> bool:
    return all(one["state"] not in ("held", "calling") for one in told["told"])


@asynccontextmanager
async def told_shop(shop: Shop, kind: Kind) -> AsyncIterator[ToldShop]:
    """Until the block ends; `shop` closes what it has started."""
    system = ShopSystem(Simulated(kind, start=datetime.now(UTC), channel="web"), now=lambda: datetime.now(UTC))
    async with hosted(system.app) as base:
        shop.settings["channels"] = {"web": system.settings(base)}
        shop.settings["store"]["orders_per_hour"] = 10_000
        shop.settings["store"]["currency"] = "TWD"
        shop.write()
        yield ToldShop(shop, system, await asyncio.to_thread(shop.serve))
