"""What is heard once: cancelled, a driver at the door, late, a lost feed; and what is no news."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from core.board.board import Board
from core.board.lamps import LampKind, LampLine, Light
from core.domain.alert import POLICY, Alert, Chime
from core.domain.delivery import DeliveryState
from core.domain.events import Event, OrderCancelled
from core.domain.ids import CUSTOMER, OrderId, StaffId
from core.domain.moment import Moment
from core.domain.payment import Payment
from core.services.alerts import Alerts
from core.services.occasions import REST, Occasions, Pending
from tests.builders import BO, MEI, purchase, report, told_later
from tests.core.fakes import FakeBell
from tests.core.services.bell import opened, until
from tests.core.shop import Shop

ID = purchase().order_id
D = DeliveryState


@pytest.fixture
def bell() -> FakeBell:
    return FakeBell()


@pytest.fixture
async def alerts(shop: Shop, bell: FakeBell) -> AsyncIterator[Alerts]:
    async with opened(shop, bell) as alerts:
        yield alerts


class Watch:
    """One terminal's occasions; `sees` is what each picture of the shop is worth."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.seen = shop, 0
        self.occasions = Occasions(MEI)
        self.sees()

    def sees(self) -> list[Alert]:
        board, now = self.shop.board(), self.shop.clock.now()
        entries = self.shop.read(lambda uow: uow.journal.after(self.seen))
        self.seen = board.seen
        events = [entry.event for entry in entries if entry.event is not None]
        return [*self.occasions.hear(board, events, now), *self.occasions.pass_time(now)]


@pytest.fixture
def called(shop: Shop) -> Shop:
    """A driver was asked for."""
    shop.make_ready()
    shop.ship(ID)
    asyncio.run(shop.send())
    return shop


# Cancelled


def cancel(shop: Shop, by: StaffId) -> None:
    shop.write(lambda uow: shop.services.orders.cancel(uow, ID, "sold out", Moment(shop.clock.now(), by)))


def accepted(shop: Shop) -> Watch:
    shop.told(purchase())
    shop.accept(ID)
    return Watch(shop)


def test_an_order_that_somebody_else_cancels_is_heard_with_its_number(shop: Shop) -> None:
    watch = accepted(shop)
    cancel(shop, BO)
    assert watch.sees() == [Alert(Chime.CANCELLED, ("1042",))]
    assert watch.sees() == []


def test_what_one_cancels_oneself_is_no_news(shop: Shop) -> None:
    watch = accepted(shop)
    cancel(shop, MEI)
    assert watch.sees() == []


def test_a_customer_who_cancels_is_heard(shop: Shop) -> None:
    shop.told(purchase())
    watch = Watch(shop)
    shop.told(told_later(purchase(), 1, payment=Payment.VOID, cancel_reason="changed my mind"))
    assert watch.sees() == [Alert(Chime.CANCELLED, ("1042",))]


def test_an_order_that_was_never_paid_is_cancelled_without_a_sound(shop: Shop) -> None:
    shop.told(purchase(payment=Payment.UNPAID))
    watch = Watch(shop)
    shop.told(told_later(purchase(payment=Payment.UNPAID), 1, cancel_reason="changed my mind"))
    assert shop.words(ID)[-1] == "order_cancelled"
    assert watch.sees() == []


def test_an_order_this_terminal_never_showed_is_cancelled_without_a_sound(shop: Shop) -> None:
    watch = Watch(shop)
    event = OrderCancelled(order_id=OrderId("x"), at=shop.clock.now(), by=CUSTOMER, stage="new", reason="")
    assert list(watch.occasions.hear(shop.board(), [event], shop.clock.now())) == []


# A driver at the door


def test_a_driver_at_the_door_is_heard_once(called: Shop) -> None:
    watch = Watch(called)
    called.hear(report(D.AT_STORE, 5))
    assert watch.sees() == [Alert(Chime.DRIVER_HERE, ("1042",))]
    called.hear(report(D.AT_STORE, 6))
    assert watch.sees() == []


def test_a_driver_who_was_there_before_us_is_no_news(called: Shop) -> None:
    called.hear(report(D.AT_STORE, 5))
    assert Watch(called).sees() == []


# Late


def test_an_order_that_should_be_packed_by_now_is_heard_once(shop: Shop) -> None:
    watch = accepted(shop)
    shop.clock.move(minutes=15.1)
    assert watch.sees() == [Alert(Chime.OVERDUE, ("1042",))]
    assert watch.sees() == []


def test_time_alone_makes_an_order_late(shop: Shop) -> None:
    watch = accepted(shop)
    now = shop.clock.move(minutes=15.1)
    assert list(watch.occasions.pass_time(now)) == [Alert(Chime.OVERDUE, ("1042",))]


def test_a_terminal_that_opens_later_does_not_repeat_it(shop: Shop) -> None:
    accepted(shop)
    shop.clock.move(minutes=15.1)
    assert Watch(shop).sees() == []


def test_a_packed_order_is_not_late(shop: Shop) -> None:
    watch = accepted(shop)
    shop.pack(ID)
    shop.clock.move(minutes=15.1)
    assert watch.sees() == []


@pytest.mark.parametrize(("state", "most"), [(D.MATCHING, 15), (D.HEADING_TO_STORE, 30), (D.PICKED_UP, 60)])
def test_a_stage_of_a_delivery_past_its_upper_end_is_heard_once(called: Shop, state: D, most: float) -> None:
    called.hear(report(state, 1))
    watch = Watch(called)
    called.clock.move(minutes=most - 0.5)
    assert watch.sees() == []
    called.clock.move(minutes=1)
    assert watch.sees() == [Alert(Chime.OVERDUE, ("1042",))]
    assert watch.sees() == []


def test_the_next_stage_is_another_limit(called: Shop) -> None:
    watch = Watch(called)
    called.clock.move(minutes=15.1)
    watch.sees()
    called.hear(report(D.HEADING_TO_STORE, 15.2))
    assert watch.sees() == []
    called.clock.move(minutes=30.1)
    assert watch.sees() == [Alert(Chime.OVERDUE, ("1042",))]


# A lost feed


def with_uber(light: Light) -> Board:
    return Board(lamps=(LampLine(kind=LampKind.COURIER, name="uber", light=light),))


def lights(shop: Shop, occasions: Occasions, *shown: Light) -> list[Alert]:
    now = shop.clock.now()
    return [alert for light in shown for alert in occasions.hear(with_uber(light), (), now)]


def test_a_lamp_that_goes_red_is_heard_with_its_name(shop: Shop) -> None:
    heard = lights(shop, Occasions(MEI), Light.OK, Light.FAIL, Light.FAIL)
    assert heard == [Alert(Chime.FEED_DOWN, ("uber",))]


@pytest.mark.parametrize("light", [Light.WARN, Light.UNKNOWN, Light.OK])
def test_another_colour_is_not_heard(shop: Shop, light: Light) -> None:
    assert lights(shop, Occasions(MEI), Light.OK, light) == []


def test_a_lamp_that_was_red_at_the_start_is_no_news(shop: Shop) -> None:
    assert lights(shop, Occasions(MEI), Light.FAIL, Light.FAIL) == []


def test_a_lamp_that_flickers_is_heard_once_in_a_while(shop: Shop) -> None:
    occasions = Occasions(MEI)
    flicker = (Light.OK, Light.FAIL) * 10
    assert len(lights(shop, occasions, *flicker)) == 1
    shop.clock.move(seconds=REST.total_seconds())
    assert len(lights(shop, occasions, *flicker)) == 1


async def test_a_store_that_cannot_be_read_is_heard(alerts: Alerts, bell: FakeBell) -> None:
    alerts.lose()
    await until(lambda: bell.rung == [Chime.FEED_DOWN])
    assert alerts.lamp.called == Alert(Chime.FEED_DOWN)


# One after the other


def test_every_chime_has_its_place_in_the_policy() -> None:
    assert set(POLICY) == set(Chime)
    repeated = [chime for chime in Chime if POLICY[chime].repeats]
    assert repeated == [Chime.NEW, Chime.REMINDER]  # the same orders, louder
    assert {POLICY[chime].rank for chime in repeated} == {0}
    once = [POLICY[chime].rank for chime in Chime if chime not in repeated]
    assert len(set(once)) == len(once)
    assert min(once) > 0


def test_a_burst_is_one_chime_that_names_each_thing_once() -> None:
    pending = Pending()
    pending.add(Alert(Chime.OVERDUE, (str(number % 50),)) for number in range(100))
    assert pending.take() == Alert(Chime.OVERDUE, tuple(map(str, range(50))))
    assert pending.take() is None


def test_what_matters_most_is_heard_first() -> None:
    pending = Pending()
    pending.add(Alert(chime) for chime in (Chime.OVERDUE, Chime.FEED_DOWN, Chime.CANCELLED, Chime.DRIVER_HERE))
    taken = [alert.chime for alert in iter(pending.take, None)]
    assert taken == [Chime.DRIVER_HERE, Chime.CANCELLED, Chime.FEED_DOWN, Chime.OVERDUE]
    assert not pending


async def test_a_new_order_goes_before_everything_else(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    shop.told(purchase())
    alerts.lose()
    alerts.hear(replace(shop.board(), lamps=()))
    await until(lambda: len(bell.rung) == 2)
    assert bell.rung == [Chime.NEW, Chime.FEED_DOWN]


async def test_a_chime_is_not_cut_off_by_the_next_picture(shop: Shop, alerts: Alerts, bell: FakeBell) -> None:
    bell.lasts = 60
    alerts.lose()
    await until(lambda: bell.is_sounding)
    hushed = bell.hushed
    alerts.hear(shop.board())
    assert bell.hushed == hushed


def test_events_of_other_kinds_are_no_occasion(shop: Shop) -> None:
    watch = accepted(shop)
    assert list(watch.occasions.hear(shop.board(), [Event(order_id=ID, at=shop.clock.now())], shop.clock.now())) == []
