"""The driver who is called by itself: when, why, once, and never against a person."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from core.domain.call_advice import TimerRules
from core.domain.choice import Choice
from core.domain.delivery import DeliveryState
from core.domain.events import CalledByItself, SendHeld
from core.domain.ids import SYSTEM, OrderId
from core.domain.order import Order
from core.domain.problem import ProblemKind
from core.domain.refusal import NoOffer
from core.domain.send import SendState
from core.domain.stage import Stage
from core.services import steps
from core.services.calling import CallingByItself
from core.services.comparing import Comparing
from core.store.database import Database
from tests.builders import UBER, purchase, told_later
from tests.core.fake_shop import FakeShop
from tests.core.learned import teach
from tests.core.shop import Shop


class Station:
    """A shop that calls by itself, looked after as often as a test says."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        shop.timing.rules = TimerRules(is_auto=True)
        drawers = shop.services
        self.calling = CallingByItself(
            shop.database, shop.writer, shop.timing, drawers.dispatch, drawers.comparing, shop.lease, shop.clock
        )

    async def look(self, minutes: float = 0, seconds: float = 5) -> None:
        self.shop.clock.move(minutes=minutes, seconds=seconds)
        await self.calling.look()

    def accepted(self) -> OrderId:
        self.shop.told(purchase())
        return self.shop.accept(purchase().order_id)[0].id

    def called(self, order_id: OrderId) -> bool:
        return self.shop.open_send(order_id) is not None


class Picky:
    """Couriers who take one order at no price the store would pay."""

    def __init__(self, comparing: Comparing, unwanted: OrderId) -> None:
        self.comparing, self.unwanted = comparing, unwanted
        self.asked: list[OrderId] = []

    async def decide(self, order: Order) -> Choice:
        self.asked.append(order.id)
        if order.id == self.unwanted:
            raise NoOffer("too dear")
        return await self.comparing.decide(order)


@pytest.fixture
def station(shop: Shop) -> Iterator[Station]:
    """One that has learned: drivers take nine minutes, bags fifteen."""
    shop.write(teach)
    return Station(shop)


async def test_it_calls_though_the_shops_own_system_was_told_of_the_order(sqlite: Database) -> None:
    shop = Shop(sqlite, shops=[FakeShop()])
    shop.write(teach)
    station = Station(shop)
    order_id = station.accepted()
    assert shop.read(lambda uow: uow.outbox.tellings(order_id))
    await station.look(minutes=6)
    assert station.called(order_id)
    shop.close()


async def test_it_calls_when_it_is_time_and_not_before(station: Station) -> None:
    order_id = station.accepted()
    await station.look(minutes=5)
    assert not station.called(order_id)
    await station.look(minutes=1)
    send = station.shop.open_send(order_id)
    assert send is not None
    assert (send.courier, send.created_by, send.state) == (UBER, SYSTEM, SendState.HELD)
    assert send.due_at - send.created_at == station.shop.rules.hold_sends


async def test_the_journal_says_why(station: Station) -> None:
    order_id = station.accepted()
    await station.look(minutes=6)
    why, held = station.shop.history(order_id)[-2:]
    assert isinstance(why, CalledByItself)
    assert isinstance(held, SendHeld)
    assert (why.courier, why.lead, why.rides, why.packings) == (UBER, 540, 12, 12)
    assert why.packing == 540 - 5


async def test_what_a_person_took_back_stays_taken_back(station: Station) -> None:
    order_id = station.accepted()
    await station.look(minutes=6)
    station.shop.take_back(order_id)
    await station.look(minutes=1)
    assert not station.called(order_id)
    station.shop.ship(order_id)
    assert station.called(order_id)


async def test_one_that_was_recalled_is_not_called_again(station: Station) -> None:
    order_id = station.accepted()
    await station.look(minutes=6)
    await station.shop.send()
    assert station.shop.delivery(order_id).state is DeliveryState.MATCHING
    station.shop.recall(order_id)
    await station.shop.send()
    await station.look(minutes=1)
    assert not station.called(order_id)
    assert len(station.shop.courier.jobs) == 1


async def test_with_too_few_records_it_calls_when_the_goods_are_ready(shop: Shop) -> None:
    station = Station(shop)
    order_id = station.accepted()
    await station.look(minutes=20)
    assert not station.called(order_id)
    shop.pack(order_id)
    await station.look()
    assert station.called(order_id)
    why = shop.history(order_id)[-2]
    assert isinstance(why, CalledByItself)
    assert (why.lead, why.packing) == (None, None)


async def test_it_leaves_alone_what_a_person_must_look_at(station: Station) -> None:
    order_id = station.accepted()
    station.shop.told(told_later(purchase(), 1, note="no sugar"))
    await station.look(minutes=10)
    assert not station.called(order_id)
    station.shop.write(lambda uow: station.shop.services.orders.see_changes(uow, order_id, station.shop.now()))
    station.shop.write(lambda uow: steps.open_problem(uow, ProblemKind.CLASH, station.shop.now(), order_id=order_id))
    await station.look(minutes=1)
    assert not station.called(order_id)
    station.shop.write(lambda uow: steps.settle_problem(uow, ProblemKind.CLASH, order_id, "asked", station.shop.now()))
    await station.look(minutes=1)
    assert station.called(order_id)


async def test_without_the_shops_word_it_calls_nobody(station: Station) -> None:
    station.shop.timing.rules = replace(station.shop.timing.rules, is_auto=False)
    order_id = station.accepted()
    await station.look(minutes=10)
    assert not station.called(order_id)


async def test_a_station_that_lost_its_lease_calls_nobody(station: Station) -> None:
    order_id = station.accepted()
    station.shop.open_station()  # another one
    await station.look(minutes=10)
    assert not station.called(order_id)


async def test_an_order_nobody_carries_keeps_no_other_waiting_and_is_tried_again_later(station: Station) -> None:
    station.shop.told(purchase("1041"))
    (dear,) = station.shop.accept(purchase("1041").order_id)
    usual = station.accepted()
    picky = Picky(station.shop.services.comparing, dear.id)
    station.calling._comparing = picky  # type: ignore[assignment]
    await station.look(minutes=10)
    await station.look(minutes=1)
    assert station.called(usual)
    assert picky.asked.count(dear.id) == 1
    await station.look(minutes=1)
    assert picky.asked.count(dear.id) == 2


async def test_it_looks_every_few_seconds(station: Station) -> None:
    order_id = station.accepted()
    await station.look(minutes=5, seconds=57)
    await station.look(seconds=4)
    assert not station.called(order_id)
    await station.look(seconds=1)
    assert station.called(order_id)


async def test_the_goods_of_a_called_order_are_packed_and_go_as_ever(station: Station) -> None:
    order_id = station.accepted()
    await station.look(minutes=6)
    await station.shop.send()
    station.shop.pack(order_id)
    (job,) = station.shop.courier.jobs.values()
    for state in (DeliveryState.AT_STORE, DeliveryState.PICKED_UP, DeliveryState.DELIVERED):
        station.shop.clock.move(minutes=1)
        station.shop.hear(station.shop.courier.says(job, state))
    await station.look(minutes=1)
    assert station.shop.order(order_id).stage is Stage.COMPLETED
    assert len(station.shop.courier.jobs) == 1
