"""Rings until a person has it, and says whether it can."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from core.board.lamps import Light
from core.domain.alert import Chime
from core.services.alerts import Alerts
from tests.builders import BO, MEI, purchase
from tests.core.fakes import FakeBell
from tests.core.services.bell import NO_DEVICE, opened, until
from tests.core.shop import Shop

ID = purchase().order_id


@pytest.fixture
def bell() -> FakeBell:
    return FakeBell(lasts=5)


@pytest.fixture
async def alerts(shop: Shop, bell: FakeBell) -> AsyncIterator[Alerts]:
    """Of a terminal that is open; hears nothing by itself."""
    async with opened(shop, bell) as alerts:
        yield alerts


def see(shop: Shop) -> None:
    shop.write(lambda uow: shop.services.orders.see(uow, ID, shop.now(BO)))


async def test_a_paid_order_rings(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    shop.told(purchase())
    alerts.hear(shop.board())
    await until(lambda: bell.rung == [Chime.NEW])
    assert alerts.lamp.is_ringing


async def test_nothing_rings_in_an_empty_shop(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    alerts.hear(shop.board())
    await asyncio.sleep(0.05)
    assert bell.rung == []


async def test_seen_on_another_terminal_it_stops_in_the_middle(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    shop.told(purchase())
    alerts.hear(shop.board())
    await until(lambda: bell.is_sounding)
    see(shop)
    alerts.hear(shop.board())
    await until(lambda: not bell.is_sounding)
    await until(lambda: not alerts.lamp.is_ringing)
    assert bell.rung == [Chime.NEW]


async def test_it_rings_on_while_another_order_waits(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    shop.told(purchase())
    shop.told(purchase("7"))
    alerts.hear(shop.board())
    await until(lambda: bell.is_sounding)
    hushed = bell.hushed
    see(shop)
    alerts.hear(shop.board())
    assert bell.hushed == hushed


async def test_it_rings_again_when_nobody_comes(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    bell.lasts = 0.01
    shop.told(purchase())
    alerts.hear(shop.board())
    await until(lambda: len(bell.rung) == 2)


async def test_seen_and_left_it_rings_again_in_its_last_minute(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    shop.told(purchase())
    see(shop)
    alerts.hear(shop.board())
    await asyncio.sleep(0.05)
    assert bell.rung == []
    shop.clock.move(minutes=4)
    await until(lambda: bell.rung == [Chime.NEW])


async def test_a_restart_rings_for_what_still_waits(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    shop.told(purchase())
    shop.clock.move(minutes=30)
    alerts.hear(shop.board())
    await until(lambda: bell.rung == [Chime.NEW])


async def test_the_lamp_says_that_it_was_heard(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    bell.lasts = 0.01
    shop.told(purchase())
    alerts.hear(shop.board())
    await until(lambda: alerts.lamp.light is Light.OK)
    await until(lambda: alerts.lamp.rung_at == shop.clock.now())
    assert alerts.lamp.backend == "fake"


async def test_the_lamp_says_at_once_that_nothing_can_be_heard(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    bell.lasts, bell.trouble = 0.01, NO_DEVICE
    shop.told(purchase())
    alerts.hear(shop.board())
    await until(lambda: alerts.lamp.light is Light.FAIL)
    assert alerts.lamp.trouble == NO_DEVICE


async def test_a_busy_feed_does_not_make_the_bell_stutter(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    bell.lasts = 0.01
    shop.told(purchase())
    for _ in range(20):
        alerts.hear(shop.board())
        await asyncio.sleep(0.02)
    assert bell.rung == [Chime.NEW]


async def test_an_order_that_comes_while_another_is_taken_rings_at_once(
    shop: Shop, alerts: Alerts, bell: FakeBell
) -> None:
    shop.told(purchase())
    alerts.hear(shop.board())
    await until(lambda: bell.is_sounding)
    see(shop)
    alerts.hear(shop.board())
    shop.told(purchase("7"))
    alerts.hear(shop.board())
    await until(lambda: bell.rung == [Chime.NEW] * 2)


async def test_a_terminal_that_closes_falls_silent(shop: Shop, bell: FakeBell) -> None:
    alerts = Alerts(bell, shop.clock, by=MEI)
    shop.told(purchase())
    alerts.hear(shop.board())
    running = asyncio.create_task(alerts.run())
    await until(lambda: bell.is_sounding)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert not bell.is_sounding
