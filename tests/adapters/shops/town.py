"""One order of a simulated shop, the system behind it, and what came of telling it something."""

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

from adapters import registry
from adapters.hosting import hosted
from adapters.pacing import Pacing
from adapters.shops.cyberbiz import CyberbizDesk
from adapters.simulators.shop import Kind, Post, Shop
from adapters.simulators.shop_cyberbiz_door import CyberbizDoor
from adapters.simulators.shop_day import Story, Telling
from adapters.simulators.shop_people import Person
from adapters.simulators.shop_sale import Event, MoneyState, Sale, of
from adapters.simulators.shop_system import ShopSystem
from core.domain.ids import LineId
from core.domain.money import Money
from core.domain.purchase import Purchase
from core.domain.shop_call import ShopAbility, ShopCall, Tracking
from core.ports.channel import Channel
from core.ports.letter import Letter
from core.ports.shop import ShopDesk
from tests.core.fakes import FakeClock

NOW = datetime(2026, 11, 21, 6, 31, tzinfo=UTC)
PERSON = Person(
    name="Ms Chen",
    phone="0900-000-017",
    city="台北市",
    district="中山區",
    zip="104",
    street="範例路 1042 號",
    floor="5 樓",
    latitude=25.05,
    longitude=121.52,
    wish="",
)
SALE = Sale(
    place=41,
    event=Event.PAID,
    money=MoneyState.PAID,
    person=PERSON,
    items=of(("TEA-OOL-600", 3), ("CRK-RICE", 2)),  # 3 × 39 and 2 × 45
    placed_at=NOW,
    updated_at=NOW,
    due_from=NOW,
    discount=20,
    fee=60,
)
TOTAL = 247_00


def twd(cents: int) -> Money:
    return Money(cents, "TWD")


@dataclass
class Town:
    system: ShopSystem
    desk: ShopDesk
    channel: Channel
    clock: FakeClock
    mail: list[Post]
    section: dict[str, Any]
    key: int = field(default=0)

    @property
    def kind(self) -> Kind:
        return self.system.shop.kind

    @property
    def facts(self) -> dict[str, Any]:
        """The order as their system has it."""
        (facts,) = self.system.books.all()
        return facts

    @property
    def purchase(self) -> Purchase:
        """The order as the feed tells it last."""
        return self.read(self.mail[-1])

    def read(self, post: Post) -> Purchase:
        now = self.clock.now()
        letter = Letter(sender="web", headers=post.headers_at(now), body=post.body, received_at=now)
        self.channel.verify(letter)
        (purchase,) = self.channel.read(letter).purchases
        return purchase

    def call(self, ability: ShopAbility, *pieces: int, **more: object) -> ShopCall:
        """A call about the order; `pieces` line by line, none for all of it."""
        sold = self.read(self.mail[0])
        self.key += 1
        chosen = zip(sold.lines, pieces, strict=False)
        call = ShopCall(
            ability=ability,
            key=f"key-{self.key}-5f2c91d0",
            shop=sold.shop,
            channel_order_id=sold.channel_order_id,
            number=sold.number,
            lines=tuple((line.id, count) for line, count in chosen if count),
            is_all=not pieces,
            reason="customer changed their mind",
        )
        return replace(call, **more)

    def refund(self, cents: int, *pieces: int, **more: object) -> ShopCall:
        return self.call(ShopAbility.REFUND, *pieces, money=twd(cents), **more)

    def trouble(self, fail: int | str, **more: object) -> None:
        self.system.troubles = self.system.troubles.changed({"fail": fail, **more})


TRACKING = Tracking(courier="uber", waybill="7F2K", url="https://track.example/7F2K")
UNKNOWN = LineId("999999")


@asynccontextmanager
async def opened(kind: Kind, *, sale: Sale = SALE, hurried: bool = True, **section: object) -> AsyncIterator[Town]:
    """`hurried`: where calls are counted by the second, seconds fly."""
    clock, mail = FakeClock(NOW), []
    system = ShopSystem(Shop(kind, start=NOW, channel="web"), now=clock.now, mail=mail.append)
    async with hosted(system.app) as base:
        settings = system.settings(base) | section
        desk = registry.shop_desk("web", settings, clock=clock)
        assert desk is not None
        if hurried and isinstance(desk, CyberbizDesk) and isinstance(system.door, CyberbizDoor):
            desk._pacing, system.door._ticks = Pacing(math.inf), count().__next__
        channel = registry.channel("web", settings, currency="TWD")
        first = system.shop.post(Telling(after=0, story=Story.ORDINARY, sale=sale))
        assert system.hear(first) is first
        mail.append(first)
        try:
            yield Town(system, desk, channel, clock, mail, settings)
        finally:
            await desk.close()
