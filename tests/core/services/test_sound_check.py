"""How many beeps did you hear: played when nothing rings, answered by a person, believed and written down."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from core.board.board import Board
from core.board.lamps import SoundShow
from core.domain.alert import Chime, SoundRules
from core.domain.events import Event, SoundChecked
from core.domain.hours import OpeningHours
from core.domain.sound_check import REMEMBERED
from core.services import alerts as service
from core.services.alerts import Alerts
from core.services.hearing import two_to_four
from tests.builders import MEI, RULES, TAIPEI, purchase
from tests.core.fakes import FakeBell
from tests.core.services.bell import NO_CHECK, NO_DEVICE, Journal, opened, until
from tests.core.shop import Shop

THREE = [Chime.CHECK] * 3


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "GAP", 0.02)
    monkeypatch.setattr(service, "LOOK_AGAIN", 0.01)


@pytest.fixture
def bell() -> FakeBell:
    return FakeBell()


@pytest.fixture
def journal() -> Journal:
    return Journal()


@pytest.fixture
async def alerts(shop: Shop, bell: FakeBell, journal: Journal) -> AsyncIterator[Alerts]:
    async with opened(shop, bell, SoundRules(), hours=RULES.hours, note=journal.note, beeps=lambda: 3) as alerts:
        yield alerts


@pytest.fixture
async def asked(alerts: Alerts) -> Alerts:
    """Just started, in an empty shop: three beeps were played."""
    alerts.hear(Board())
    await until(lambda: alerts.lamp.question is not None)
    return alerts


def shows(alerts: Alerts, shop: Shop) -> SoundShow:
    return alerts.lamp.shown(shop.clock.now())


def noises(bell: FakeBell) -> list[Chime]:
    return list(bell.rung)


async def rest() -> None:
    """Long enough for many looks."""
    await asyncio.sleep(0.15)


async def test_at_the_start_it_plays_beeps_and_asks(asked: Alerts, bell: FakeBell, shop: Shop) -> None:
    assert bell.rung == THREE
    assert shows(asked, shop) is SoundShow.ASKED


async def test_before_the_first_picture_it_does_not_know_what_rings(alerts: Alerts, bell: FakeBell) -> None:
    await rest()
    assert bell.rung == []


async def test_the_number_is_two_to_four() -> None:
    assert {two_to_four() for _ in range(500)} == {2, 3, 4}


async def test_the_right_number_turns_the_lamp_green(asked: Alerts, shop: Shop) -> None:
    told = await asked.answer(3)
    assert told is not None
    assert told.is_right
    assert shows(asked, shop) is SoundShow.OK
    assert asked.lamp.check is not None
    assert (asked.lamp.check.by, asked.lamp.check.at) == (MEI, shop.clock.now())


@pytest.mark.parametrize("heard", [0, 2, 4, 9])
async def test_any_other_number_is_not_heard_and_the_next_way_comes_first(
    asked: Alerts, shop: Shop, bell: FakeBell, heard: int
) -> None:
    told = await asked.answer(heard)
    assert told is not None
    assert told.is_wrong
    assert shows(asked, shop) is SoundShow.NOT_HEARD
    assert bell.distrusted == ["fake"]


async def test_not_heard_stays_until_a_right_answer(asked: Alerts, shop: Shop) -> None:
    await asked.answer(0)
    asked.check_sound()
    await until(lambda: asked.lamp.question is not None)
    assert shows(asked, shop) is SoundShow.NOT_HEARD
    await asked.answer(3)
    assert shows(asked, shop) is SoundShow.OK


async def test_without_an_answer_it_stays_unchecked(asked: Alerts, shop: Shop, bell: FakeBell) -> None:
    shop.clock.move(seconds=REMEMBERED.total_seconds())
    assert shows(asked, shop) is SoundShow.UNCHECKED
    await rest()
    assert bell.rung == THREE


async def test_an_answer_that_comes_too_late_is_none(asked: Alerts, shop: Shop) -> None:
    shop.clock.move(seconds=REMEMBERED.total_seconds())
    assert await asked.answer(3) is None
    assert shows(asked, shop) is SoundShow.UNCHECKED


async def test_an_answer_counts_once(asked: Alerts) -> None:
    await asked.answer(3)
    assert await asked.answer(0) is None


async def test_the_answer_is_written_down(asked: Alerts, journal: list[Event], shop: Shop) -> None:
    await asked.answer(2)
    now = shop.clock.now()
    assert journal == [SoundChecked(order_id=None, at=now, by=MEI, backend="fake", played=3, heard=2)]


async def test_a_journal_that_is_away_keeps_nobody_from_answering(shop: Shop, bell: FakeBell) -> None:
    async def broken(event: Event) -> None:
        raise OSError("disk full")

    async with opened(shop, bell, SoundRules(), note=broken, beeps=lambda: 2) as alerts:
        alerts.hear(Board())
        await until(lambda: alerts.lamp.question is not None)
        await alerts.answer(2)
        assert shows(alerts, shop) is SoundShow.OK


async def test_the_journal_of_the_store_takes_it(shop: Shop) -> None:
    event = SoundChecked(order_id=None, at=shop.clock.now(), by=MEI, backend="fake", played=3, heard=2)
    shop.write(lambda uow: uow.journal.add([event]))
    assert shop.read(lambda uow: uow.journal.after(0))[-1].event == event


async def test_after_long_silence_it_asks_again(asked: Alerts, shop: Shop, bell: FakeBell) -> None:
    await asked.answer(3)
    shop.clock.move(minutes=119)
    await rest()
    assert bell.rung == THREE
    shop.clock.move(minutes=1)
    await until(lambda: bell.rung == THREE * 2)
    await until(lambda: shows(asked, shop) is SoundShow.ASKED)


async def test_a_ring_ends_the_silence(asked: Alerts, shop: Shop, bell: FakeBell) -> None:
    shop.clock.move(minutes=119)
    asked.lose()
    await until(lambda: bell.rung == [*THREE, Chime.FEED_DOWN])
    shop.clock.move(minutes=2)
    await rest()
    assert bell.rung == [*THREE, Chime.FEED_DOWN]


async def test_it_never_asks_by_itself_when_the_config_says_so(shop: Shop, bell: FakeBell) -> None:
    async with opened(shop, bell, NO_CHECK) as alerts:
        alerts.hear(Board())
        await rest()
        assert bell.rung == []


async def test_it_asks_only_while_the_store_is_open(alerts: Alerts, shop: Shop, bell: FakeBell) -> None:
    shop.clock.move(hours=9.5)
    alerts.hear(Board())
    await rest()
    assert bell.rung == []
    shop.clock.move(hours=12)
    await until(lambda: bell.rung == THREE)


async def test_in_quiet_hours_only_a_person_can_want_it(shop: Shop, bell: FakeBell) -> None:
    quiet = SoundRules(quiet=OpeningHours.parse("00:00-24:00", TAIPEI))
    async with opened(shop, bell, quiet, beeps=lambda: 3) as alerts:
        alerts.hear(Board())
        await rest()
        assert bell.rung == []
        alerts.check_sound()
        await until(lambda: bell.rung == THREE)


async def test_a_person_can_want_it_at_any_time(asked: Alerts, bell: FakeBell) -> None:
    await asked.answer(3)
    asked.check_sound()
    await until(lambda: bell.rung == THREE * 2)


async def test_a_ring_that_is_due_goes_first(alerts: Alerts, shop: Shop, bell: FakeBell) -> None:
    shop.told(purchase())
    alerts.check_sound()
    alerts.hear(shop.board())
    await until(lambda: bool(bell.rung))
    await rest()
    assert Chime.CHECK not in bell.rung


async def test_a_ring_cuts_in_and_all_beeps_are_played_anew(alerts: Alerts, shop: Shop, bell: FakeBell) -> None:
    bell.lasts = 60
    alerts.hear(Board())
    await until(lambda: bell.rung == [Chime.CHECK])
    bell.lasts = 0.01
    shop.told(purchase())
    alerts.hear(shop.board())
    await until(lambda: bell.rung == [Chime.CHECK, Chime.NEW])
    assert alerts.lamp.question is None
    shop.accept(purchase().order_id)
    alerts.hear(shop.board())
    await until(lambda: alerts.lamp.question is not None)
    assert bell.rung[-3:] == THREE


async def test_while_it_plays_the_lamp_says_listen(alerts: Alerts, shop: Shop, bell: FakeBell) -> None:
    bell.lasts = 60
    alerts.hear(Board())
    await until(lambda: bell.is_sounding)
    assert shows(alerts, shop) is SoundShow.PLAYING


async def test_beeps_that_cannot_sound_are_no_question(alerts: Alerts, shop: Shop, bell: FakeBell) -> None:
    bell.trouble = NO_DEVICE
    alerts.check_sound()
    alerts.hear(Board())
    await until(lambda: bell.rung == [Chime.CHECK])
    await rest()
    assert bell.rung == [Chime.CHECK]
    assert shows(alerts, shop) is SoundShow.NO_SOUND


async def test_over_a_terminal_alone_the_bell_is_red_until_somebody_heard_it(
    alerts: Alerts, shop: Shop, bell: FakeBell
) -> None:
    bell.backend, bell.passed_over = "bell", NO_DEVICE
    alerts.hear(Board())
    await until(lambda: alerts.lamp.question is not None)
    assert shows(alerts, shop) is SoundShow.NO_SOUND
    await alerts.answer(3)
    assert shows(alerts, shop) is SoundShow.OK
    alerts.lose()
    await until(lambda: bell.rung[-1] is Chime.FEED_DOWN)
    await rest()
    assert shows(alerts, shop) is SoundShow.OK


async def test_when_another_way_takes_over_what_was_heard_is_no_proof(
    asked: Alerts, shop: Shop, bell: FakeBell
) -> None:
    await asked.answer(3)
    bell.backend = "other"
    asked.lose()
    await until(lambda: bell.rung[len(THREE) :] == [Chime.FEED_DOWN, *THREE])
    await until(lambda: shows(asked, shop) is SoundShow.ASKED)
    assert asked.lamp.question == replace(asked.lamp.question, backend="other")


async def test_a_way_that_changes_between_beeps_is_no_question(alerts: Alerts, bell: FakeBell) -> None:
    bell.lasts = 0.05
    alerts.hear(Board())
    await until(lambda: len(bell.rung) == 2)
    bell.backend = "other"
    await until(lambda: alerts.lamp.question is not None)
    assert alerts.lamp.question is not None
    assert alerts.lamp.question.backend == "other"
    assert bell.rung[-3:] == THREE
    assert len(bell.rung) > 3
