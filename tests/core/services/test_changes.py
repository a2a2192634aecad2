"""What the customer changes while we pack is seen before anything leaves."""

import pytest

from core.domain.delivery import DeliveryState
from core.domain.refusal import UnseenChanges
from core.domain.stage import Stage
from tests.builders import line, purchase, told_later
from tests.core.shop import Shop

ID = purchase().order_id


def changed(shop: Shop, **more: object) -> None:
    shop.told(told_later(purchase(), 30, **more))


def see_changes(shop: Shop) -> None:
    shop.write(lambda uow: shop.services.orders.see_changes(uow, ID, shop.now()))


def tick_all(shop: Shop) -> None:
    shop.write(lambda uow: shop.services.packing.tick_all(uow, ID, shop.now()))


def test_a_change_while_packing_marks_the_order_and_bars_closing(any_shop: Shop) -> None:
    any_shop.told(purchase())
    any_shop.accept(ID)
    changed(any_shop, note="no onions")
    (queued,) = any_shop.board().queue
    assert (queued.is_changed, queued.next_step) == (True, "read_changes")
    with pytest.raises(UnseenChanges):
        any_shop.pack(ID)
    see_changes(any_shop)
    assert any_shop.pack(ID).stage is Stage.READY


def test_a_change_when_ready_bars_the_driver_until_it_is_seen(shop: Shop) -> None:
    shop.make_ready()
    changed(shop, note="another floor")
    with pytest.raises(UnseenChanges) as refused:
        shop.ship(ID)
    assert refused.value.found == "note"
    see_changes(shop)
    assert shop.ship(ID).is_open


async def test_goods_are_not_handed_over_on_old_words(shop: Shop) -> None:
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    shop.hear(shop.courier.says(shop.courier.job("J1"), DeliveryState.AT_STORE))
    changed(shop, note="another floor")
    with pytest.raises(UnseenChanges):
        shop.hand_over(ID, "J1")
    see_changes(shop)
    assert shop.hand_over(ID, "J1").stage is Stage.OUT


def test_other_goods_must_be_packed_again(shop: Shop) -> None:
    shop.told(purchase())
    shop.accept(ID)
    tick_all(shop)
    changed(shop, lines=(line("1", 3), line("2", 1)))
    order = shop.order(ID)
    assert (order.picked, order.checklist.is_complete, order.is_packed) == (3, False, False)


async def test_the_driver_is_called_with_the_newest_words(shop: Shop) -> None:
    shop.make_ready()
    shop.ship(ID)
    changed(shop, note="another floor")
    await shop.send()
    assert shop.courier.booked[0].door.note == "another floor"
