"""Call a driver, take it back, hand over: at most one at a time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.day import local_day
from core.domain.delivery import DeliveryState
from core.domain.fit import DoesNotFit, Limit, Misfit
from core.domain.handover import Handover
from core.domain.ids import CourierName
from core.domain.limits import CourierLimits, Vehicle
from core.domain.measures import Box
from core.domain.purchase import OrderType
from core.domain.refusal import (
    AlreadyCalled,
    Conflict,
    IllegalMove,
    NoCourier,
    NoDriverYet,
    NothingHeld,
    NothingToTakeBack,
    NotReady,
    WrongWaybill,
)
from core.domain.send import SendState
from core.domain.stage import Stage
from core.services.choosing import Choosing
from core.services.dispatch import DispatchService
from tests.builders import RULES, line, purchase
from tests.conftest import NOON
from tests.core.shop import Shop

ID = purchase().order_id


async def at_the_door(shop: Shop) -> None:
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    shop.hear(shop.courier.says(shop.courier.job("J1"), DeliveryState.AT_STORE))


def test_a_call_waits_its_seconds(shop: Shop) -> None:
    shop.make_ready()
    send = shop.ship(ID)
    assert (send.state, send.due_at) == (SendState.HELD, NOON + timedelta(seconds=5))
    assert shop.read(lambda uow: uow.outbox.due(NOON + timedelta(seconds=4.9))) == []
    assert shop.board().sends_waiting == 1


async def test_undo_in_time_means_no_call_at_all(any_shop: Shop) -> None:
    any_shop.make_ready()
    any_shop.ship(ID)
    any_shop.clock.move(seconds=4.9)
    any_shop.take_back(ID)
    await any_shop.send(60)
    assert any_shop.courier.calls == []
    assert any_shop.open_send(ID) is None
    assert any_shop.words(ID)[-2:] == ["send_held", "send_taken_back"]


async def test_undo_after_the_call_has_left_is_refused(any_shop: Shop) -> None:
    any_shop.make_ready()
    any_shop.ship(ID)
    await any_shop.send()
    with pytest.raises(NothingToTakeBack) as refused:
        any_shop.take_back(ID)
    assert not isinstance(refused.value, NothingHeld)
    assert len(any_shop.courier.live(ID)) == 1


async def test_undo_that_comes_between_due_and_claim_wins(shop: Shop) -> None:
    shop.make_ready()
    shop.ship(ID)
    shop.clock.move(seconds=5)
    due = shop.read(lambda uow: uow.outbox.due(shop.clock.now()))
    shop.take_back(ID)
    shop.sending.start_due(due)
    await shop.sending.stop()
    assert shop.courier.calls == []


def test_after_an_undo_it_can_be_called_again(shop: Shop) -> None:
    shop.make_ready()
    first = shop.ship(ID)
    shop.take_back(ID)
    assert shop.ship(ID).key != first.key


def test_nothing_held_is_nothing_to_take_back(shop: Shop) -> None:
    shop.make_ready()
    with pytest.raises(NothingHeld):
        shop.take_back(ID)


async def test_a_second_call_is_refused_while_one_is_held_made_or_ridden(any_shop: Shop) -> None:
    any_shop.make_ready()
    any_shop.ship(ID)
    with pytest.raises(AlreadyCalled):
        any_shop.ship(ID)
    await any_shop.send()
    with pytest.raises(AlreadyCalled):
        any_shop.ship(ID)


def test_only_what_is_ready_is_shipped(shop: Shop) -> None:
    shop.told(purchase())
    with pytest.raises(NotReady) as refused:
        shop.ship(ID)
    assert (refused.value.rule, refused.value.found) == ("C39", "new")


@pytest.mark.parametrize("type", [one for one in OrderType if one is not OrderType.DELIVERY])
def test_no_driver_is_called_for_what_is_not_delivered(shop: Shop, type: OrderType) -> None:
    shop.make_ready(type=type)
    with pytest.raises(NoCourier) as refused:
        shop.ship(ID)
    assert refused.value.found == type.value


def dispatch(**most: int | None) -> DispatchService:
    limits = {CourierName(name): CourierLimits(max_weight_g=grams) for name, grams in most.items()}
    return DispatchService(RULES, Choosing(RULES, limits))


def chosen(shop: Shop, service: DispatchService, wanted: str | None = None) -> str:
    return shop.write(lambda uow: service.ship(uow, ID, wanted, shop.now())).courier


def test_the_first_courier_that_can_lift_it_is_called(shop: Shop) -> None:
    shop.make_ready(lines=(line("1", 1, weight_g=14_200),))
    assert chosen(shop, dispatch(uber=13_000, panda=20_000)) == "panda"


def test_the_stores_favourite_is_called_when_it_can(shop: Shop) -> None:
    shop.make_ready()
    assert chosen(shop, dispatch(uber=13_000, panda=20_000)) == "uber"


def test_staff_may_name_the_courier(shop: Shop) -> None:
    shop.make_ready()
    assert chosen(shop, dispatch(uber=None, panda=None), "panda") == "panda"


def test_too_heavy_for_all_names_every_number(shop: Shop) -> None:
    shop.make_ready(lines=(line("1", 1, weight_g=14_200),))
    with pytest.raises(DoesNotFit) as refused:
        chosen(shop, dispatch(uber=13_000, panda=13_500))
    numbers = {fit.courier: fit.misfits for fit in refused.value.fits}
    assert numbers == {
        "uber": (Misfit(Limit.WEIGHT, "14.2", "13"),),
        "panda": (Misfit(Limit.WEIGHT, "14.2", "13.5"),),
    }


def test_goods_of_unknown_size_are_called_for_and_those_too_large_are_not(shop: Shop) -> None:
    box = CourierLimits(boxes=(Box(300, 600, 400),))
    service = DispatchService(RULES, Choosing(RULES, {CourierName("uber"): box, CourierName("panda"): CourierLimits()}))
    shop.make_ready(lines=(line("1", 1), line("2", 1, size=Box(650, 10, 10))))
    assert chosen(shop, service) == "panda"


def test_limits_are_those_of_the_shops_own_day(shop: Shop) -> None:
    tomorrow = local_day(NOON, RULES.zone) + timedelta(days=1)
    later = Vehicle(name="moto", max_weight_g=15_000, since=tomorrow)
    limits = CourierLimits(vehicles=(Vehicle(name="moto", max_weight_g=13_000), later))
    service = DispatchService(RULES, Choosing(RULES, {CourierName("uber"): limits}))
    shop.make_ready(lines=(line("1", 1, weight_g=14_200),))
    with pytest.raises(DoesNotFit):
        chosen(shop, service)
    shop.clock.move(hours=13)
    assert chosen(shop, service) == "uber"


def test_an_unknown_weight_is_held_against_nobody(shop: Shop) -> None:
    shop.make_ready(lines=(line("1", 1, weight_g=None),))
    assert chosen(shop, dispatch(uber=1)) == "uber"


def test_a_courier_nobody_knows_is_refused_with_those_we_know(shop: Shop) -> None:
    shop.make_ready()
    with pytest.raises(NoCourier) as refused:
        chosen(shop, dispatch(uber=None), "zeppelin")
    assert (refused.value.found, refused.value.allowed) == ("zeppelin", "uber")


async def test_goods_change_hands_at_the_door(any_shop: Shop) -> None:
    await at_the_door(any_shop)
    order = any_shop.hand_over(ID, "w-j1")
    assert (order.stage, [one.shipped for one in order.lines]) == (Stage.OUT, [2, 1])
    assert any_shop.delivery(ID).handed_over_at == any_shop.clock.now()
    assert any_shop.words(ID)[-2:] == ["handed_over", "order_left"]


async def test_another_waybill_gets_nothing(shop: Shop) -> None:
    await at_the_door(shop)
    with pytest.raises(WrongWaybill):
        shop.hand_over(ID, "W-J2")
    assert shop.order(ID).stage is Stage.READY


async def test_nobody_at_the_door_gets_nothing(shop: Shop) -> None:
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    with pytest.raises(NoDriverYet):
        shop.hand_over(ID, "J1")


async def test_a_courier_who_was_quicker_than_our_key_is_no_hindrance(shop: Shop) -> None:
    await at_the_door(shop)
    shop.clock.move(seconds=1)
    shop.hear(shop.courier.says(shop.courier.job("J1"), DeliveryState.PICKED_UP))
    assert shop.order(ID).stage is Stage.OUT
    assert shop.hand_over(ID, "J1").stage is Stage.OUT
    assert shop.words(ID).count("order_left") == 1


async def test_the_same_goods_are_handed_over_once(shop: Shop) -> None:
    await at_the_door(shop)
    shop.hand_over(ID, "J1")
    with pytest.raises(Conflict):
        shop.hand_over(ID, "J1")
    assert shop.words(ID).count("handed_over") == 1


def test_who_fetches_an_order_names_its_number(shop: Shop) -> None:
    shop.make_ready(type=OrderType.PICKUP)
    with pytest.raises(WrongWaybill):
        shop.hand_over(ID, "1043")
    assert shop.hand_over(ID, " #1042").stage is Stage.COMPLETED


def test_who_fetches_too_early_waits(shop: Shop) -> None:
    shop.told(purchase(type=OrderType.PICKUP))
    with pytest.raises(IllegalMove):
        shop.hand_over(ID, "1042")


async def test_parcels_are_counted_at_the_door(shop: Shop) -> None:
    await at_the_door(shop)
    given = Handover(waybill="J1", parcels=1)
    assert shop.write(lambda uow: shop.services.handing.hand_over(uow, ID, given, shop.now())).stage is Stage.OUT


def test_the_held_seconds_are_the_stores_own(shop: Shop) -> None:
    slow = replace(RULES, hold_sends=timedelta(seconds=30))
    patient = DispatchService(slow, Choosing(slow, {shop.courier.name: CourierLimits()}))
    shop.make_ready()
    send = shop.write(lambda uow: patient.ship(uow, ID, None, shop.now()))
    assert send.due_at == NOON + timedelta(seconds=30)
