"""Goods leave against the right paper and PIN; how long the driver stood there is written down."""

from dataclasses import replace

import pytest

from core.domain.delivery import DeliveryState
from core.domain.events import HandedOver, LeftUnchecked, PinRefused
from core.domain.handover import Custom, Handover, PinAt
from core.domain.ids import StaffId
from core.domain.refusal import Conflict, NotAManager, TooManyPins, WrongPin, WrongWaybill
from core.domain.staff import Permission, Role, Staff
from core.domain.stage import Stage
from core.services.desk import StoreDesk
from core.services.handing import HandingService
from tests.builders import MEI, purchase
from tests.core.shop import Shop

ID = purchase().order_id
LIN = Staff(id=StaffId("Lin"), name="Lin", role=Role.MANAGER, pin="8")
WORD = Permission(manager=LIN.id, reason="phoned the courier", pin="8")


async def at_the_door(shop: Shop, *, pin: str = "") -> None:
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    job = shop.courier.job("J1")
    shop.hear(replace(shop.courier.says(job, DeliveryState.AT_STORE), pin=pin))


def desk(shop: Shop, at: PinAt = PinAt.NONE) -> StoreDesk:
    customs = {shop.courier.name: Custom(pin=at)}
    services = replace(shop.services, handing=HandingService(customs, (LIN,)))
    return StoreDesk(shop.database, shop.writer, services, shop.clock, MEI)


def handed(shop: Shop) -> HandedOver:
    (event,) = (event for event in shop.history(ID) if isinstance(event, HandedOver))
    return event


async def test_how_long_the_driver_stood_there_is_written_down(any_shop: Shop) -> None:
    await at_the_door(any_shop)
    any_shop.clock.move(seconds=190)
    any_shop.hand_over(ID, "J1")
    assert handed(any_shop).waited == 190


async def test_a_driver_whose_coming_nobody_told_waited_nobody_knows_how_long(shop: Shop) -> None:
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    shop.hear(shop.courier.says(shop.courier.job("J1"), DeliveryState.HEADING_TO_STORE))
    shop.hand_over(ID, "J1")
    assert handed(shop).waited is None


async def test_the_next_drivers_waiting_starts_anew(shop: Shop) -> None:
    await at_the_door(shop)
    for minutes, state in ((5, DeliveryState.MATCHING), (9, DeliveryState.HEADING_TO_STORE)):
        shop.clock.move(seconds=minutes * 60)
        shop.hear(shop.courier.says(shop.courier.job("J1"), state))
    assert shop.delivery(ID).at_store_at is None


@pytest.mark.parametrize("scanned", ["7f2k 88", "https://u.example/d/7F2K-88?x=1", "https://t.example/s/9Qxx"])
async def test_whatever_the_drivers_screen_shows_finds_the_order_and_opens_the_bag(shop: Shop, scanned: str) -> None:
    await at_the_door(shop)
    job = shop.delivery(ID)
    link = "https://t.example/s/9Qxx"
    shop.write(lambda uow: uow.deliveries.save(replace(job, waybill="7F2K-88", tracking_url=link)))
    assert tuple(shop.read(lambda uow: shop.services.looking.find(uow, scanned))) == (ID,)
    assert shop.hand_over(ID, scanned).stage is Stage.OUT


async def test_a_pick_up_pin_must_be_said_and_be_right(any_shop: Shop) -> None:
    await at_the_door(any_shop, pin="4471")
    door = desk(any_shop, PinAt.PICKUP)
    for pin in (None, "1111"):
        with pytest.raises(WrongPin):
            await door.hand_over(ID, Handover(waybill="J1", pin=pin))
    await door.hand_over(ID, Handover(waybill="J1", pin="4471"))
    assert any_shop.order(ID).stage is Stage.OUT


async def test_a_wrong_pin_is_written_down_and_nothing_else(any_shop: Shop) -> None:
    await at_the_door(any_shop, pin="4471")
    with pytest.raises(WrongPin):
        await desk(any_shop).hand_over(ID, Handover(waybill="J1", pin="1"))
    assert any_shop.words(ID)[-1] == "pin_refused"
    assert any_shop.order(ID).stage is Stage.READY
    assert "4471" not in str(any_shop.history(ID))


async def test_after_three_wrong_pins_only_a_manager_lets_it_go(any_shop: Shop) -> None:
    await at_the_door(any_shop, pin="4471")
    for _ in range(3):
        with pytest.raises(WrongPin):
            await desk(any_shop).hand_over(ID, Handover(waybill="J1", pin="1"))
    other = desk(any_shop)  # another terminal, or after a restart
    with pytest.raises(TooManyPins):
        await other.hand_over(ID, Handover(waybill="J1", pin="4471"))
    with pytest.raises(NotAManager):
        await other.hand_over(ID, Handover(waybill="J1", permission=replace(WORD, pin="9")))
    await other.hand_over(ID, Handover(waybill="J1", permission=WORD))
    assert [event.tries for event in any_shop.history(ID) if isinstance(event, PinRefused)] == [1, 2, 3]
    assert handed(any_shop).without_pin == "phoned the courier"


async def test_a_manager_does_not_make_a_wrong_waybill_right(shop: Shop) -> None:
    await at_the_door(shop, pin="4471")
    with pytest.raises(WrongWaybill):
        await desk(shop).hand_over(ID, Handover(waybill="J2", permission=WORD))


async def test_another_driver_starts_with_no_wrong_pins(shop: Shop) -> None:
    await at_the_door(shop, pin="4471")
    for _ in range(3):
        with pytest.raises(WrongPin):
            await desk(shop).hand_over(ID, Handover(waybill="J1", pin="1"))
    shop.clock.move(seconds=60)
    shop.hear(shop.courier.says(shop.courier.job("J1"), DeliveryState.FAILED))
    shop.clock.move(seconds=60)
    shop.ship(ID)
    await shop.send()
    shop.hear(replace(shop.courier.says(shop.courier.job("J2"), DeliveryState.AT_STORE), pin="8"))
    await desk(shop).hand_over(ID, Handover(waybill="J2", pin="8"))
    assert shop.order(ID).stage is Stage.OUT


async def test_a_second_hand_over_is_refused(shop: Shop) -> None:
    await at_the_door(shop)
    shop.hand_over(ID, "J1")
    with pytest.raises(Conflict):
        await desk(shop).hand_over(ID, Handover(waybill="J1", permission=WORD))


async def test_what_was_delivered_without_us_is_said_so_once(any_shop: Shop) -> None:
    await at_the_door(any_shop)
    job = any_shop.courier.job("J1")
    for state in (DeliveryState.PICKED_UP, DeliveryState.DELIVERED, DeliveryState.DELIVERED):
        any_shop.clock.move(seconds=60)
        any_shop.hear(any_shop.courier.says(job, state))
    assert any_shop.order(ID).stage is Stage.COMPLETED
    assert [event.state for event in any_shop.history(ID) if isinstance(event, LeftUnchecked)] == ["delivered"]
    assert any_shop.problems() == []


async def test_what_was_handed_over_is_delivered_without_such_words(shop: Shop) -> None:
    await at_the_door(shop)
    shop.hand_over(ID, "J1")
    shop.clock.move(seconds=60)
    shop.hear(shop.courier.says(shop.courier.job("J1"), DeliveryState.DELIVERED))
    assert "left_unchecked" not in shop.words(ID)


@pytest.mark.parametrize(("at", "pin"), [(PinAt.DOOR, "5671"), (PinAt.NONE, "")])
async def test_where_the_customer_says_a_pin_it_is_the_end_of_the_number(sqlite, at: PinAt, pin: str) -> None:
    shop = Shop(sqlite, custom=Custom(pin=at))
    try:
        shop.make_ready(customer=replace(purchase().customer, phone="0912 345 671"))
        shop.ship(ID)
        await shop.send()
        assert shop.delivery(ID).pin == pin
    finally:
        shop.close()
