"""An order brought to each place of the coach's table, by what really leads there."""

from collections.abc import Awaitable, Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Final
from uuid import uuid4

from core.domain.checklist import Check
from core.domain.delivery import DeliveryState
from core.domain.money import Money
from core.domain.payment import Payment
from core.domain.phase import Phase
from core.domain.shop_call import ShopAbility
from core.store.database import Database
from tests.builders import line, purchase
from tests.core.fake_shop import EVERYTHING, FakeShop
from tests.core.shop import Shop
from tests.empty import empty_sqlite

Abilities = frozenset[ShopAbility]

FEE: Final = Money(9_000, "TWD")
# Odd sums on purpose: shares of them have remainders.
BOUGHT: Final = purchase(
    lines=(
        line("1", 2, unit_price=Money(33_333, "TWD"), total=Money(60_001, "TWD")),
        line("2", 3, unit_price=Money(10_007, "TWD")),
    ),
    discount=Money(1_111, "TWD"),
    delivery_fee=Money(6_000, "TWD"),
    total=Money(94_911, "TWD"),
)
ID: Final = BOUGHT.order_id
PAID: Final = BOUGHT.total


async def _not_paid(shop: Shop) -> None:
    shop.told(replace(BOUGHT, payment=Payment.UNPAID))


async def _new(shop: Shop) -> None:
    shop.told(BOUGHT)


async def _accepted(shop: Shop) -> None:
    await _new(shop)
    shop.accept(ID)
    await shop.send()


async def _packing(shop: Shop) -> None:
    await _accepted(shop)
    shop.write(lambda uow: shop.services.packing.tick(uow, ID, Check.QUALITY, True, shop.now()))


async def _packed(shop: Shop) -> None:
    await _accepted(shop)
    shop.pack(ID)
    await shop.send()


async def _called(shop: Shop) -> None:
    await _packed(shop)
    shop.ship(ID)
    await shop.send()
    _says(shop, DeliveryState.HEADING_TO_STORE)


async def _at_store(shop: Shop) -> None:
    await _called(shop)
    _says(shop, DeliveryState.AT_STORE)


async def _out(shop: Shop) -> None:
    await _at_store(shop)
    shop.hand_over(ID, shop.delivery(ID).waybill)
    _says(shop, DeliveryState.PICKED_UP)
    await shop.send()


async def _at_the_door(shop: Shop) -> None:
    await _out(shop)
    _says(shop, DeliveryState.RETURNING)


async def _delivered(shop: Shop) -> None:
    await _out(shop)
    _says(shop, DeliveryState.DELIVERED)


async def _returned(shop: Shop) -> None:
    await _at_the_door(shop)
    _says(shop, DeliveryState.RETURNED)


async def _ended(shop: Shop) -> None:
    await _new(shop)
    shop.write(lambda uow: shop.services.orders.reject(uow, ID, "sold out", shop.now()))
    await shop.send()
    await shop.send()


class Places:
    """Brings an order to a place once, and copies that for every case: the way there takes longer than the case."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shops: list[Shop] = []
        self._firsts: dict[tuple[Phase, Abilities], Shop] = {}

    async def at(self, phase: Phase, abilities: Abilities = EVERYTHING) -> Shop:
        """A shop of its own, whose order stands there."""
        if (phase, abilities) not in self._firsts:
            shop = self._opened(empty_sqlite(self._next()), abilities)
            await _WAYS[phase](shop)
            self._firsts[phase, abilities] = shop
        return self._twin(self._firsts[phase, abilities], abilities)

    def forget_twins(self) -> None:
        """What cases were tried on."""
        firsts = list(self._firsts.values())
        for shop in self._shops:
            if shop not in firsts:
                _close(shop)
        self._shops = firsts

    def close(self) -> None:
        for shop in self._shops:
            _close(shop)

    def _twin(self, first: Shop, abilities: Abilities) -> Shop:
        file = self._next() / "orderbell.db"
        first.database.copy_to(file)
        twin = self._opened(f"sqlite:///{file}", abilities)
        twin.clock.at = first.clock.at
        twin.courier.jobs, twin.courier.made = deepcopy(first.courier.jobs), first.courier.made
        system_of(twin).done = dict(system_of(first).done)
        return twin

    def _opened(self, url: str, abilities: Abilities) -> Shop:
        self._shops.append(Shop(Database(url), shops=[FakeShop(abilities=abilities, most=PAID.minor)]))
        return self._shops[-1]

    def _next(self) -> Path:
        folder = self._folder / uuid4().hex
        folder.mkdir()
        return folder


def _close(shop: Shop) -> None:
    shop.close()
    shop.database.close()


def system_of(shop: Shop) -> FakeShop:
    """The shop's own system."""
    (desk,) = shop.shops.values()
    assert isinstance(desk, FakeShop)
    return desk


def _says(shop: Shop, state: DeliveryState) -> None:
    shop.clock.move(minutes=3)
    shop.hear(replace(shop.courier.says(shop.courier.job("J1"), state), fee=FEE))


_WAYS: Final[dict[Phase, Callable[[Shop], Awaitable[None]]]] = {
    Phase.NOT_PAID: _not_paid,
    Phase.BEFORE_ACCEPT: _new,
    Phase.NOT_BEGUN: _accepted,
    Phase.PACKING: _packing,
    Phase.PACKED: _packed,
    Phase.DRIVER_CALLED: _called,
    Phase.AT_STORE: _at_store,
    Phase.ON_THE_WAY: _out,
    Phase.AT_THE_DOOR: _at_the_door,
    Phase.DELIVERED: _delivered,
    Phase.RETURNED: _returned,
    Phase.ENDED: _ended,
}
