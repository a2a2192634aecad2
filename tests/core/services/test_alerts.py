"""Rings until a person has it, and says whether it can."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from core.board.lamps import Light
from core.domain import reminders
from core.domain.alert import Chime
from core.domain.reminders import ReminderRules
from core.services.alerts import Alerts
from core.store.unit_of_work import UnitOfWork
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


def remind(shop: Shop, step: int) -> None:
    def work(uow: UnitOfWork) -> None:
        before = uow.orders.get(ID)
        after, _ = reminders.remind(before, step, ReminderRules(), shop.clock.now())
        uow.orders.save(after, before)

    shop.write(work)


async def test_a_reminder_is_heard_though_somebody_has_seen_it(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    shop.told(purchase())
    see(shop)
    shop.clock.move(minutes=2)
    remind(shop, 1)
    alerts.hear(shop.board())
    await until(lambda: bell.rung == [Chime.REMINDER])


async def test_the_last_reminders_leave_hardly_a_pause(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    bell.lasts = 0.01
    shop.told(purchase())
    shop.clock.move(minutes=2)
    remind(shop, 5)
    alerts.hear(shop.board())
    await until(lambda: bell.rung == [Chime.REMINDER] * 4)


async def test_seen_again_a_reminder_stops_in_the_middle(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    shop.told(purchase())
    shop.clock.move(minutes=2)
    remind(shop, 2)
    alerts.hear(shop.board())
    await until(lambda: bell.is_sounding)
    see(shop)
    alerts.hear(shop.board())
    await until(lambda: not bell.is_sounding)


async def test_a_held_order_does_not_ring_until_its_hold_is_over(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    shop.told(purchase())
    ends = shop.clock.now() + timedelta(minutes=1)
    shop.write(lambda uow: shop.services.holding.put_on(uow, ID, "phone back", shop.now(), until=ends))
    alerts.hear(shop.board())
    await asyncio.sleep(0.05)
    assert bell.rung == []
    shop.clock.move(minutes=1)
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
