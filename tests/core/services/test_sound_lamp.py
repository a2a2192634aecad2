"""What the lamp says: muted, quiet, without a device, lost and back; never silent without saying so."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from core.board.board import Board
from core.board.lamps import Light, SoundLamp, SoundShow
from core.domain.alert import Alert, Chime, SoundRules
from core.domain.hours import OpeningHours
from core.domain.sound_trouble import Fault, SoundTrouble
from core.services import alerts as service
from core.services.alerts import Alerts
from tests.builders import MEI, TAIPEI, after, purchase
from tests.core.fakes import FakeBell
from tests.core.services.bell import NO_CHECK, NO_DEVICE, opened, until
from tests.core.shop import Shop

AROUND_NOON = OpeningHours.parse("11:00-13:00", TAIPEI)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "LOOK_AGAIN", 0.01)
    monkeypatch.setattr(service, "PAUSES", (0.05,))


@pytest.fixture
def bell() -> FakeBell:
    return FakeBell()


@pytest.fixture
async def alerts(shop: Shop, bell: FakeBell) -> AsyncIterator[Alerts]:
    async with opened(shop, bell) as alerts:
        yield alerts


def shows(alerts: Alerts, shop: Shop) -> SoundShow:
    return alerts.lamp.shown(shop.clock.now())


async def ringing(shop: Shop, alerts: Alerts) -> None:
    shop.told(purchase())
    alerts.hear(shop.board())
    await until(lambda: alerts.lamp.is_ringing)


# Muted


async def test_a_mute_stops_the_sound_in_the_middle_and_the_lamp_says_until_when(
    shop: Shop, alerts: Alerts, bell: FakeBell
) -> None:
    bell.lasts = 60
    await ringing(shop, alerts)
    await until(lambda: bell.is_sounding)
    alerts.mute(15)
    await until(lambda: not bell.is_sounding)
    assert shows(alerts, shop) is SoundShow.MUTED
    assert alerts.lamp.mute is not None
    assert (alerts.lamp.mute.by, alerts.lamp.mute.until) == (MEI, after(15))


async def test_while_it_is_muted_it_calls_the_eyes_all_the_same(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    alerts.mute(None)
    await ringing(shop, alerts)
    alerts.lose()
    await until(lambda: alerts.lamp.called == Alert(Chime.FEED_DOWN))
    await asyncio.sleep(0.2)
    assert bell.rung == []
    assert alerts.lamp.is_ringing


async def test_a_mute_runs_out_by_itself(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    alerts.mute(5)
    await ringing(shop, alerts)
    shop.clock.move(minutes=5)
    await until(lambda: Chime.NEW in bell.rung)
    await until(lambda: alerts.lamp.mute is None)


async def test_lifted_it_rings_at_once(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    alerts.mute(None)
    await ringing(shop, alerts)
    alerts.unmute()
    await until(lambda: bell.rung[:1] == [Chime.NEW])


async def test_chimes_of_a_muted_hour_are_not_made_up_for(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    alerts.mute(None)
    alerts.lose()
    await until(lambda: alerts.lamp.calls == 1)
    alerts.unmute()
    await asyncio.sleep(0.1)
    assert bell.rung == []


# Quiet hours


async def test_in_quiet_hours_only_new_orders_sound(shop: Shop, bell: FakeBell) -> None:
    async with opened(shop, bell, SoundRules(quiet=AROUND_NOON, check_after=None)) as alerts:
        alerts.lose()
        await until(lambda: alerts.lamp.calls == 1)
        assert shows(alerts, shop) is SoundShow.QUIET
        assert alerts.lamp.quiet_until == after(60)
        await ringing(shop, alerts)
        await until(lambda: Chime.NEW in bell.rung)
        assert shows(alerts, shop) is SoundShow.RINGING
        assert Chime.FEED_DOWN not in bell.rung


async def test_new_orders_can_be_silent_in_them_too_and_the_lamp_says_so(shop: Shop, bell: FakeBell) -> None:
    rules = SoundRules(quiet=AROUND_NOON, quiet_new=True, check_after=None)
    async with opened(shop, bell, rules) as alerts:
        await ringing(shop, alerts)
        await asyncio.sleep(0.2)
        assert bell.rung == []
        assert shows(alerts, shop) is SoundShow.QUIET
        shop.clock.move(hours=1)
        await until(lambda: Chime.NEW in bell.rung)


async def test_a_chime_without_volume_is_never_played(shop: Shop, bell: FakeBell) -> None:
    async with opened(shop, bell, SoundRules(never=frozenset({Chime.FEED_DOWN}), check_after=None)) as alerts:
        alerts.lose()
        await until(lambda: alerts.lamp.calls == 1)
        await asyncio.sleep(0.05)
        assert bell.rung == []
        assert shows(alerts, shop) is SoundShow.UNCHECKED


async def test_new_orders_without_volume_are_no_sound(shop: Shop, bell: FakeBell) -> None:
    async with opened(shop, bell, SoundRules(never=frozenset({Chime.NEW}), check_after=None)) as alerts:
        await until(lambda: shows(alerts, shop) is SoundShow.NO_SOUND)
        assert alerts.lamp.trouble == (SoundTrouble(Fault.NO_VOLUME),)


# Devices


async def test_at_the_start_a_missing_device_is_found_without_a_sound(shop: Shop, bell: FakeBell) -> None:
    bell.trouble = NO_DEVICE
    async with opened(shop, bell) as alerts:
        assert shows(alerts, shop) is SoundShow.UNTRIED
        await until(lambda: shows(alerts, shop) is SoundShow.NO_SOUND)
        assert alerts.lamp.trouble == NO_DEVICE
        assert bell.rung == []


async def test_a_bell_that_only_the_terminal_may_ring_is_red(shop: Shop, bell: FakeBell) -> None:
    bell.backend, bell.passed_over = "bell", NO_DEVICE
    async with opened(shop, bell) as alerts:
        await until(lambda: shows(alerts, shop) is SoundShow.NO_SOUND)
        assert alerts.lamp.trouble == NO_DEVICE


async def test_the_terminals_bell_chosen_in_the_config_is_not_red(shop: Shop, bell: FakeBell) -> None:
    bell.backend = "bell"
    async with opened(shop, bell) as alerts:
        await until(lambda: shows(alerts, shop) is SoundShow.UNCHECKED)


async def test_a_device_lost_in_mid_day_is_red_at_the_next_ring_and_green_when_it_is_back(
    shop: Shop, alerts: Alerts, bell: FakeBell
) -> None:
    await ringing(shop, alerts)
    await until(lambda: alerts.lamp.light is Light.OK)
    bell.trouble = NO_DEVICE
    await until(lambda: shows(alerts, shop) is SoundShow.NO_SOUND)
    bell.trouble = ()
    await until(lambda: shows(alerts, shop) is SoundShow.RINGING)


async def test_without_a_ring_it_looks_for_the_device_now_and_then(
    shop: Shop, bell: FakeBell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(service.PROBE_AGAIN, Light.FAIL, 0.05)
    bell.trouble = NO_DEVICE
    async with opened(shop, bell) as alerts:
        await until(lambda: shows(alerts, shop) is SoundShow.NO_SOUND)
        bell.trouble = ()
        await until(lambda: shows(alerts, shop) is SoundShow.UNCHECKED)
        assert bell.rung == []


async def test_a_sound_that_was_stopped_says_nothing(shop: Shop, bell: FakeBell) -> None:
    bell.trouble = NO_DEVICE
    async with opened(shop, bell) as alerts:
        await until(lambda: shows(alerts, shop) is SoundShow.NO_SOUND)
        bell.trouble, bell.lasts = (), 60
        await ringing(shop, alerts)
        await until(lambda: bell.is_sounding)
        alerts.mute(None)
        await until(lambda: not bell.is_sounding)
        assert alerts.lamp.light is Light.FAIL


async def test_whoever_waits_for_the_lamp_is_woken(alerts: Alerts) -> None:
    async with asyncio.timeout(30):
        await alerts.changed()
        alerts.mute(None)
        await alerts.changed()


# What it says, of all that is so


def test_an_untried_lamp_says_so(shop: Shop) -> None:
    assert SoundLamp().shown(shop.clock.now()) is SoundShow.UNTRIED


def test_every_state_can_be_shown_and_the_worst_is_said_first(shop: Shop) -> None:
    from tests import samples

    shown = [lamp.shown(samples.NOW) for lamp in samples.LAMPS_OF_THE_BELL.values()] + [
        samples.RINGING.shown(samples.NOW)
    ]
    assert set(shown) == set(SoundShow)


def test_rules_of_the_shop_say_which_chimes_are_hushed() -> None:
    rules = SoundRules(quiet=AROUND_NOON)
    rings = (Chime.NEW, Chime.REMINDER)
    assert [chime for chime in Chime if rules.is_hushed(chime, after(0))] == [c for c in Chime if c not in rings]
    assert not any(rules.is_hushed(chime, after(60)) for chime in Chime)
    assert not any(NO_CHECK.is_hushed(chime, after(0)) for chime in Chime)


def test_a_board_of_ten_thousand_orders_is_looked_through_for_what_is_late() -> None:
    from core.board.alerts import passed, ringing, starts_to_ring
    from tests import samples

    board: Board = samples.many(10_000).board
    late = samples.NOW + timedelta(hours=4)
    assert len(passed(board, late)) == sum(1 for line in board.queue if line.stage.value == "preparing")
    assert len(list(ringing(board, late))) == sum(1 for line in board.queue if line.may_ring)
    assert not starts_to_ring(board, board, late)
    assert starts_to_ring(replace(board, queue=board.queue[1:]), board, late)
    assert starts_to_ring(Board(), board, late)
    assert not starts_to_ring(board, replace(board, queue=(replace(board.queue[0], phone="1"), *board.queue[1:])), late)
