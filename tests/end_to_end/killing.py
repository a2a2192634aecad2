"""Rounds of a station that is killed in the middle of its work, and what must be true afterwards."""

import asyncio
import os
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

import httpx

from core.domain.moment import Moment
from core.store.unit_of_work import UnitOfWork, reading, writing
from tests.end_to_end import letters
from tests.end_to_end.letters import Signed
from tests.end_to_end.program import Running
from tests.end_to_end.shop import Shop, deliveries, eventually, trouble
from tui.wiring.shop import Shop as Store, open_shop

ROUNDS = int(os.environ.get("ORDERBELL_TEST_KILLS", "8"))
ORDERS = 4  # posted in a round, of which every other one is shipped in the next
LONGEST = 0.7  # seconds from the first letter to the kill


@dataclass
class Tally:
    """What the outside was promised."""

    acknowledged: set[str] = field(default_factory=set)
    unsure: dict[str, Signed] = field(default_factory=dict)  # posted, and not answered
    shipped: set[str] = field(default_factory=set)

    @property
    def waiting(self) -> list[str]:
        """Acknowledged, and not touched since."""
        return sorted(self.acknowledged - self.shipped, key=int)


class Rounds:
    """One shop through all of them; the same seed gives the same plan."""

    def __init__(self, shop: Shop, courier: str, seed: int) -> None:
        self.shop, self.courier, self.chance = shop, courier, Random(seed)
        self.store: Store = open_shop(shop.config, shop.data)
        self.tally = Tally()
        self.number = 1000
        self.station: Running = shop.serve()

    async def play(self) -> None:
        """Letters and shipments run until the station is dead; then it starts anew."""
        trouble(self.courier, slow_seconds=self.chance.choice((0, 0.05, 0.3)))
        async with httpx.AsyncClient(base_url=self.shop.url, timeout=5) as calls:
            work = asyncio.gather(self._customers(calls), self._packers())
            await asyncio.sleep(self.chance.uniform(0.02, LONGEST))
            self.station.kill()
            await work
        self.station.close()
        self.station = self.shop.serve()

    def settle(self) -> None:
        """The senders repeat what was not answered, and the last calls come to an end."""
        trouble(self.courier, slow_seconds=0)
        for number, letter in self.tally.unsure.items():
            again = letters.post(self.shop.url, _signed_anew(letter))
            assert again.status_code == 200, number
        self.tally.acknowledged |= set(self.tally.unsure)
        eventually(lambda: self.read(lambda uow: uow.outbox.waiting()), lambda count: count == 0)

    async def _customers(self, calls: httpx.AsyncClient) -> None:
        for _ in range(ORDERS):
            self.number += 1
            number = str(self.number)
            letter = letters.signed(letters.order(number), message_id=f"msg_{number}")
            self.tally.unsure[number] = letter
            await self._post(calls, number, letter)
            await asyncio.sleep(self.chance.uniform(0, 0.1))

    async def _post(self, calls: httpx.AsyncClient, number: str, letter: Signed) -> None:
        try:
            answer = await calls.post("/channels/web", content=letter.body, headers=letter.headers)
        except httpx.TransportError:
            return
        if answer.status_code == 200:
            self.tally.acknowledged.add(number)
            del self.tally.unsure[number]

    async def _packers(self) -> None:
        for number in self.tally.waiting[::2]:
            await asyncio.to_thread(self._ship, number)
            self.tally.shipped.add(number)
            await asyncio.sleep(self.chance.uniform(0, 0.1))

    def _ship(self, number: str) -> None:
        """By hand of another process, as a counter does."""
        services, now = self.store.services, Moment(self.store.clock.now())
        with writing(self.store.database) as uow:
            order = uow.orders.called(number)
            services.orders.accept(uow, [order.id], now)
            services.packing.tick_all(uow, order.id, now)
            services.packing.ready(uow, order.id, 1, "", now)
        with writing(self.store.database) as uow:
            services.dispatch.ship(uow, order.id, None, now)

    def read(self, ask: Any) -> Any:
        """Behind the station's back."""
        with reading(self.store.database) as uow:
            return ask(uow)

    def jobs(self) -> Counter[str]:
        """How many jobs the courier has for each order's number."""
        references = (str(job["manifest"]["reference"]) for job in deliveries(self.courier))
        return Counter(reference.rpartition("-")[0] for reference in references)  # behind it stands our key

    def bookings(self) -> Counter[str]:
        """How many deliveries the shop has for each order's number."""

        def ask(uow: UnitOfWork) -> Counter[str]:
            orders = [uow.orders.called(number) for number in self.tally.shipped]
            return Counter({order.number: len(uow.deliveries.of(order.id)) for order in orders})

        counts: Counter[str] = self.read(ask)
        return counts


def _signed_anew(letter: Signed) -> Signed:
    return letters.signed_body(letter.body, message_id=letter.headers["webhook-id"])
