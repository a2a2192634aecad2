"""Orders keyed in by hand: kept while they are drafts, created once when they are confirmed (L3–L5)."""

from datetime import timedelta

import pytest

from core.domain.catalogue import Article
from core.domain.handwritten import HandLine, HandOrder, PaidHow
from core.domain.money import Money
from core.domain.order import Order
from core.domain.refusal import CameAlready, NotFilledIn
from core.domain.stage import Stage
from core.services.desk import StoreDesk
from core.services.entering import Entering
from core.store.database import Database
from tests.builders import BO, MEI, after, letter, purchase, reading
from tests.core.keyed import TEA, form
from tests.core.shop import Shop


def enter(shop: Shop, keyed: HandOrder, *apart: Order) -> Order:
    ids = [order.id for order in apart]
    return shop.write(lambda uow: shop.services.entering.enter(uow, keyed, shop.now(), ids))


def take(shop: Shop, number: str = "1042") -> Order:
    shop.write(lambda uow: shop.intake.take(uow, letter(), reading(purchase(number))))
    return shop.read(lambda uow: uow.orders.get_told(purchase(number)))


def orders(shop: Shop) -> list[Order]:
    return shop.read(lambda uow: uow.orders.listed())


def test_confirmed_it_is_an_order_that_rings(any_shop: Shop) -> None:
    order = enter(any_shop, form(note="ring twice"))
    assert (order.stage, order.number, order.hand_number) == (
        Stage.NEW,
        form(id=order.purchase.channel_order_id).called,
        order.number,
    )
    assert order.may_ring(any_shop.clock.now())
    assert any_shop.words(order.id) == ["order_received", "order_keyed_in", "order_opened"]
    assert any_shop.order(order.id) == order


def test_confirmed_twice_it_is_one(any_shop: Shop) -> None:
    keyed = form()
    assert enter(any_shop, keyed).id == enter(any_shop, keyed).id
    assert len(orders(any_shop)) == 1


def test_confirmed_again_after_its_copy_came_it_is_still_one(shop: Shop) -> None:
    keyed = form()
    first = enter(shop, keyed)
    take(shop)
    assert enter(shop, keyed).id == first.id
    assert [order.number for order in orders(shop)] == ["1042"]


def test_unpaid_it_waits(shop: Shop) -> None:
    assert enter(shop, form(paid=PaidHow.LATER)).stage is Stage.WAITING_PAYMENT
    assert enter(shop, form(paid=PaidHow.AT_THE_DOOR)).stage is Stage.WAITING_PAYMENT


def test_without_what_is_needed_nothing_is_created(shop: Shop) -> None:
    with pytest.raises(NotFilledIn) as refused:
        enter(shop, form(phone="", lines=()))
    assert refused.value.found == "phone, goods"
    assert orders(shop) == []


def test_what_came_in_by_itself_must_be_said_to_be_another(any_shop: Shop) -> None:
    copy = take(any_shop)
    with pytest.raises(CameAlready) as refused:
        enter(any_shop, form())
    assert refused.value.ids == (copy.id,)
    assert enter(any_shop, form(), copy).stage is Stage.NEW
    assert len(orders(any_shop)) == 2


def test_of_the_same_number_nobody_can_say_it_is_another(shop: Shop) -> None:
    copy = take(shop)
    with pytest.raises(CameAlready) as refused:
        enter(shop, form(number="1042"), copy)
    assert refused.value.is_sure
    assert len(orders(shop)) == 1


def test_a_stranger_with_the_same_order_is_no_obstacle(shop: Shop) -> None:
    take(shop)
    enter(shop, form(name="Wu", phone="0987654321", address="新北市板橋區文化路 99 號"))
    assert len(orders(shop)) == 2


def test_an_order_that_was_joined_is_no_candidate_any_more(shop: Shop) -> None:
    enter(shop, form())
    take(shop)
    enter(shop, form())
    assert len(orders(shop)) == 2


def test_a_draft_survives_whoever_began_it(emptied: Database) -> None:
    begun = Shop(emptied)
    half = form(lines=(), promised_to=after(40))
    begun.write(lambda uow: begun.services.entering.keep(uow, half, begun.now(BO)))
    begun.write(lambda uow: begun.services.entering.keep(uow, half.with_line(TEA), begun.now(BO)))
    begun.close()
    later = Shop(emptied)
    (draft,) = later.read(lambda uow: later.services.entering.drafts(uow))
    assert (draft.form, draft.by) == (half.with_line(TEA), BO)
    later.close()


def test_an_empty_draft_is_none_and_a_confirmed_one_neither(shop: Shop) -> None:
    entering = shop.services.entering
    shop.write(lambda uow: entering.keep(uow, HandOrder(channel="web"), shop.now()))
    keyed = form()
    shop.write(lambda uow: entering.keep(uow, keyed, shop.now()))
    enter(shop, keyed)
    shop.write(lambda uow: entering.keep(uow, keyed, shop.now()))  # the form was a moment behind
    assert shop.read(lambda uow: entering.drafts(uow)) == []


def test_goods_come_from_the_shops_list_and_from_what_was_sold(any_shop: Shop) -> None:
    line = HandLine(name="Lemon cake", quantity=3, price=Money(12_000, "TWD"))
    enter(any_shop, form(lines=(line,)))
    any_shop.clock.move(minutes=1)
    enter(any_shop, form(lines=(HandLine(name="Lemon cake", price=Money(13_000, "TWD")),)))
    listed = Entering(any_shop.rules, any_shop.joining, {"SKU-1": Article(name="Tea", price=Money(1, "TWD"))})
    wares = {ware.name: ware for ware in any_shop.read(lambda uow: listed.wares(uow))}
    assert wares["Tea"].price == Money(1, "TWD")
    assert (wares["Lemon cake"].price, wares["Lemon cake"].sold) == (Money(13_000, "TWD"), 4)


async def test_the_desk_asks_the_same(shop: Shop) -> None:
    desk = StoreDesk(shop.database, shop.writer, shop.services, shop.clock, MEI)
    keyed = form(channel="")
    await desk.keep_draft(keyed)
    assert [draft.form for draft in await desk.drafts()] == [keyed]
    assert await desk.alike(keyed) == ()
    assert await desk.enter(keyed) == keyed.order_id
    copy = take(shop)
    (likely,) = await desk.join_choices(copy.id)
    assert likely.order_id == keyed.order_id
    await desk.decide_join(copy.id, keyed.order_id)
    assert [order.id for order in orders(shop)] == [keyed.order_id]
    assert (await desk.wares())[0].name.startswith("Tea")
    await desk.drop_draft("nobody's")


def test_drafts_of_days_ago_are_still_there(shop: Shop) -> None:
    shop.write(lambda uow: shop.services.entering.keep(uow, form(), shop.now()))
    shop.clock.move(minutes=timedelta(days=9) / timedelta(minutes=1))
    assert len(shop.read(lambda uow: shop.services.entering.drafts(uow))) == 1
