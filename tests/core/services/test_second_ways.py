"""Goods that came back go once more, to the right address, and nobody gets both goods and money (C67, C70)."""

import pytest

from core.domain.bearer import Bearer
from core.domain.delivery import DeliveryState
from core.domain.events import AddressCorrected, SentAgain
from core.domain.goods_back import GoodsBack, LineBack, Onward
from core.domain.money import Money
from core.domain.order import Order
from core.domain.problem import ProblemKind
from core.domain.refusal import IllegalMove, MoneyWentBack, NoAddress, NotCounted
from core.domain.second_way import SecondWay
from core.domain.stage import Stage
from tests.builders import after, purchase
from tests.core.shop import Shop

ID = purchase().order_id
EXTRA = Money(9000, "TWD")
LATER = GoodsBack(parcels=1, onward=Onward.LATER)


async def back(shop: Shop, goods: GoodsBack | None = LATER) -> None:
    """In the store again, and counted where anything was counted."""
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    for state in (DeliveryState.PICKED_UP, DeliveryState.RETURNED):
        shop.clock.move(seconds=60)
        shop.hear(shop.courier.says(shop.courier.job("J1"), state))
    if goods is not None:
        shop.write(lambda uow: shop.services.care.receive(uow, ID, goods, shop.now()))


def again(shop: Shop, way: SecondWay | None = None) -> Order:
    return shop.write(lambda uow: shop.services.second_ways.again(uow, ID, way or SecondWay(), shop.now()))


async def test_what_is_to_be_agreed_stays_open_until_it_is(any_shop: Shop) -> None:
    await back(any_shop)
    assert (any_shop.order(ID).stage, any_shop.problems()) == (Stage.RETURNED, [ProblemKind.GOODS_RETURNING])


async def test_sound_goods_are_ready_for_a_second_driver_at_the_new_time(any_shop: Shop) -> None:
    await back(any_shop)
    order = again(any_shop, SecondWay(promised_from=after(200), promised_to=after(230)))
    assert (order.stage, order.ended_at, order.left_at, order.picked) == (Stage.READY, None, None, 3)
    assert (order.purchase.promised_from, order.purchase.promised_to) == (after(200), after(230))
    assert any_shop.problems() == []
    any_shop.ship(ID)
    await any_shop.send()
    assert [job.state for job in any_shop.deliveries(ID)] == [DeliveryState.MATCHING, DeliveryState.RETURNED]
    any_shop.clock.move(seconds=60)
    any_shop.hear(any_shop.courier.says(any_shop.courier.job("J2"), DeliveryState.DELIVERED))
    assert any_shop.order(ID).stage is Stage.COMPLETED
    (event,) = (event for event in any_shop.history(ID) if isinstance(event, SentAgain))
    assert (event.pieces, event.stage) == (3, "ready")


async def test_what_is_damaged_or_missing_is_packed_anew_first(shop: Shop) -> None:
    line = purchase().lines[0].id
    await back(shop, GoodsBack(parcels=1, lines={line: LineBack(0, 1)}, onward=Onward.LATER))
    order = again(shop)
    assert (order.stage, order.picked, order.is_packed) == (Stage.PREPARING, 1, False)


async def test_goods_nobody_counted_go_nowhere(shop: Shop) -> None:
    await back(shop, None)
    with pytest.raises(NotCounted):
        again(shop)


async def test_goods_that_were_paid_back_go_nowhere(any_shop: Shop) -> None:
    await back(any_shop, GoodsBack(parcels=1))
    with pytest.raises(MoneyWentBack):
        again(any_shop)
    assert any_shop.order(ID).stage is Stage.RETURNED


def test_what_never_left_cannot_go_once_more(shop: Shop) -> None:
    shop.make_ready()
    with pytest.raises(IllegalMove):
        again(shop)


async def test_the_extra_way_is_the_customers_and_is_told_not_charged(any_shop: Shop) -> None:
    await back(any_shop)
    order = again(any_shop, SecondWay(address="台北市 3 號", extra=EXTRA))
    assert (order.purchase.customer.address, order.purchase.customer.latitude) == ("台北市 3 號", None)
    assert order.purchase.total == purchase().total
    (problem,) = any_shop.read(lambda uow: uow.problems.of(ID))
    assert (problem.bearer, problem.cost, problem.result) == (Bearer.CUSTOMER, EXTRA, "it goes once more")
    (event,) = (event for event in any_shop.history(ID) if isinstance(event, AddressCorrected))
    assert (event.amount, event.currency) == ("90.00", "TWD")
    assert "3 號" not in str(event)


async def test_an_address_is_corrected_while_the_driver_rides(shop: Shop) -> None:
    shop.make_ready()
    moved = shop.write(lambda uow: shop.services.second_ways.readdress(uow, ID, " new road 2 ", None, shop.now()))
    assert (moved.purchase.customer.address, moved.stage) == ("new road 2", Stage.READY)
    with pytest.raises(NoAddress):
        shop.write(lambda uow: shop.services.second_ways.readdress(uow, ID, " ", None, shop.now()))


async def test_of_goods_the_customer_refused_the_fee_is_not_paid_back(any_shop: Shop) -> None:
    any_shop.make_ready(delivery_fee=Money(6000, "TWD"))
    any_shop.ship(ID)
    await any_shop.send()
    any_shop.hear(any_shop.courier.says(any_shop.courier.job("J1"), DeliveryState.PICKED_UP))
    any_shop.write(lambda uow: any_shop.services.troubles.name(uow, ID, ProblemKind.REFUSED, "", any_shop.now()))
    any_shop.clock.move(seconds=60)
    any_shop.hear(any_shop.courier.says(any_shop.courier.job("J1"), DeliveryState.RETURNED))
    share = any_shop.services.care.receiving.share
    kept, whole = (
        any_shop.read(lambda uow, onward=onward: share(uow, uow.orders.get(ID), onward))
        for onward in (Onward.REFUND, Onward.REFUND_ALL)
    )
    assert (whole.total, kept.total) == (purchase().total, purchase().total - Money(6000, "TWD"))
    any_shop.write(lambda uow: any_shop.services.care.receive(uow, ID, GoodsBack(parcels=1), any_shop.now()))
    (refund,) = any_shop.read(lambda uow: uow.refunds.of(ID))
    assert refund.amount == kept.total
    problems = any_shop.read(lambda uow: uow.problems.of(ID))
    assert [one.cost for one in problems if one.kind is ProblemKind.REFUSED] == [refund.amount]
