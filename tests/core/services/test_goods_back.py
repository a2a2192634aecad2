"""Goods that come back are dealt with once somebody has counted them (C68, C71, C78)."""

import pytest

from core.domain.delivery import DeliveryState
from core.domain.events import GoodsReceived
from core.domain.goods_back import GoodsBack, LineBack
from core.domain.ids import LineId
from core.domain.order import Order
from core.domain.problem import ProblemKind
from core.domain.refusal import BadQuantity, NothingCameBack, StillReported, UnknownLine, WrongParcels
from core.domain.short import Short
from core.domain.stage import Stage
from tests.builders import MEI, purchase
from tests.core.shop import Shop

ID = purchase().order_id
ALL = GoodsBack(parcels=1)


async def out(shop: Shop, *states: DeliveryState) -> None:
    """On the road, then as the courier says."""
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    for state in (DeliveryState.PICKED_UP, *states):
        shop.clock.move(seconds=60)
        shop.hear(shop.courier.says(shop.courier.job("J1"), state))


def receive(shop: Shop, goods: GoodsBack = ALL) -> Order:
    return shop.write(lambda uow: shop.services.care.receive(uow, ID, goods, shop.now()))


def received(shop: Shop) -> GoodsReceived:
    (event,) = (event for event in shop.history(ID) if isinstance(event, GoodsReceived))
    return event


async def test_goods_on_their_way_back_want_a_person_until_they_are_counted(any_shop: Shop) -> None:
    await out(any_shop, DeliveryState.RETURNING)
    assert any_shop.problems() == [ProblemKind.GOODS_RETURNING]
    any_shop.clock.move(seconds=60)
    any_shop.hear(any_shop.courier.says(any_shop.courier.job("J1"), DeliveryState.RETURNED))
    assert (any_shop.order(ID).stage, any_shop.problems()) == (Stage.RETURNED, [ProblemKind.GOODS_RETURNING])
    receive(any_shop)
    assert (any_shop.order(ID).stage, any_shop.problems()) == (Stage.RETURNED, [ProblemKind.REFUND_DUE])
    assert any_shop.delivery(ID).received_at == any_shop.clock.now()


async def test_each_line_is_sound_damaged_or_missing(any_shop: Shop) -> None:
    await out(any_shop, DeliveryState.RETURNED)
    first, second = (one.id for one in any_shop.order(ID).lines)
    receive(any_shop, GoodsBack(parcels=1, lines={first: LineBack(0, 1), second: LineBack(1)}, note=" wet box "))
    event = received(any_shop)
    assert (event.sound, event.damaged, event.missing) == ({first: 0, second: 1}, {first: 1}, {first: 1})
    assert (event.note, event.by) == ("wet box", MEI)
    problems = any_shop.read(lambda uow: uow.problems.of(ID))
    problem = next(one for one in problems if one.kind is not ProblemKind.REFUND_DUE)
    assert problem.result == "goods received: 1 sound, 1 damaged, 1 missing"


async def test_a_driver_who_brings_goods_before_the_courier_says_so_is_not_turned_away(shop: Shop) -> None:
    await out(shop, DeliveryState.RETURNING)
    assert receive(shop).stage is Stage.RETURNED
    shop.clock.move(seconds=60)
    shop.hear(shop.courier.says(shop.courier.job("J1"), DeliveryState.RETURNED))
    assert shop.problems() == [ProblemKind.REFUND_DUE]
    assert shop.delivery(ID).state is DeliveryState.RETURNED


async def test_where_no_courier_tells_of_a_way_back_a_person_does(any_shop: Shop) -> None:
    await out(any_shop, DeliveryState.FAILED)
    assert any_shop.problems() == [ProblemKind.DELIVERY_FAILED]
    assert receive(any_shop).stage is Stage.RETURNED
    assert any_shop.problems() == [ProblemKind.REFUND_DUE]


async def test_said_to_be_back_is_not_yet_counted(shop: Shop) -> None:
    await out(shop, DeliveryState.FAILED)
    shop.write(lambda uow: shop.services.care.settle(uow, ID, shop.now(), came_back=True))
    assert shop.problems() == [ProblemKind.GOODS_RETURNING]
    receive(shop)
    assert shop.problems() == [ProblemKind.REFUND_DUE]


async def test_what_is_on_its_way_to_the_customer_is_not_back(shop: Shop) -> None:
    await out(shop)
    with pytest.raises(StillReported):
        receive(shop)


async def test_goods_are_received_once(any_shop: Shop) -> None:
    await out(any_shop, DeliveryState.RETURNED)
    receive(any_shop)
    with pytest.raises(NothingCameBack):
        receive(any_shop)
    assert any_shop.words(ID).count("goods_received") == 1


async def test_what_the_customer_has_did_not_come_back(shop: Shop) -> None:
    await out(shop, DeliveryState.DELIVERED)
    with pytest.raises(NothingCameBack) as refused:
        receive(shop)
    assert (refused.value.rule, refused.value.found) == ("C68", "completed")


def test_what_never_left_did_not_come_back(shop: Shop) -> None:
    shop.make_ready()
    with pytest.raises(NothingCameBack):
        receive(shop)


@pytest.mark.parametrize(
    ("goods", "refusal"),
    [
        (GoodsBack(parcels=2), WrongParcels),
        (GoodsBack(parcels=-1), WrongParcels),
        (GoodsBack(parcels=1, lines={LineId("1"): LineBack(2, 1)}), BadQuantity),
        (GoodsBack(parcels=1, lines={LineId("1"): LineBack(-1, 2)}), BadQuantity),
        (GoodsBack(parcels=1, lines={LineId("none"): LineBack(1)}), UnknownLine),
    ],
)
async def test_no_more_comes_back_than_left(shop: Shop, goods: GoodsBack, refusal: type[Exception]) -> None:
    await out(shop, DeliveryState.RETURNED)
    with pytest.raises(refusal):
        receive(shop, goods)
    assert shop.problems() == [ProblemKind.GOODS_RETURNING]


async def test_of_a_partial_shipment_only_what_left_is_counted(shop: Shop) -> None:
    bought = purchase()
    shop.told(bought)
    shop.accept(ID)
    first = bought.lines[0].id
    shop.write(lambda uow: shop.services.shorting.ship(uow, ID, Short(goes={first: 1}), shop.now()))
    shop.pack(ID)
    shop.ship(ID)
    await shop.send()
    for state in (DeliveryState.PICKED_UP, DeliveryState.RETURNED):
        shop.clock.move(seconds=60)
        shop.hear(shop.courier.says(shop.courier.job("J1"), state))
    receive(shop)
    assert received(shop).sound[first] == 1
