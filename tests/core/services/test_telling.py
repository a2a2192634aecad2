"""The shop's own system hears what becomes of its orders: each thing once, in the order it happened."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from core.domain.delivery import DeliveryState
from core.domain.goods_back import GoodsBack, LineBack
from core.domain.ids import LineId
from core.domain.problem import ProblemKind
from core.domain.shop_call import ShopAbility, ShopCall
from core.domain.stage import Stage
from core.store.database import Database
from tests.builders import purchase, told_later
from tests.core.fake_shop import EVERYTHING, FakeShop, Said
from tests.core.services.telling_shop import ID, TellingShop, opened


@pytest.fixture
def telling(sqlite: Database) -> Iterator[TellingShop]:
    with opened(sqlite) as shop:
        yield shop


@pytest.fixture
def any_telling(emptied: Database) -> Iterator[TellingShop]:
    with opened(emptied) as shop:
        yield shop


def last(shop: TellingShop) -> ShopCall:
    return list(shop.system.done.values())[-1]


async def test_a_yes_is_told_at_once(telling: TellingShop) -> None:
    telling.told(purchase())
    telling.accept(ID)
    await telling.send_due()
    assert telling.system.told == ["accept"]
    assert (last(telling).number, last(telling).channel_order_id, last(telling).shop) == ("1042", "co-1042", "nanxi")


async def test_packed_twice_is_told_once(telling: TellingShop) -> None:
    telling.make_ready()
    telling.write(lambda uow: telling.services.packing.reopen(uow, ID, "a leak", telling.now()))
    telling.pack(ID)
    await telling.tell_all()
    assert telling.system.told == ["accept", "ready"]


async def test_what_left_is_told_with_its_courier_and_where_the_customer_can_look(any_telling: TellingShop) -> None:
    shop = any_telling
    shop.make_ready()
    shop.ship(ID)
    await shop.tell_all()
    shop.clock.move(minutes=5)
    shop.hear(replace(shop.courier.says(shop.courier.job("J1"), DeliveryState.PICKED_UP), tracking_url="https://t/1"))
    await shop.tell_all()
    told = last(shop)
    assert shop.system.told == ["accept", "ready", "shipped"]
    assert told.tracking is not None
    assert (told.tracking.courier, told.tracking.waybill, told.tracking.url) == ("uber", "W-J1", "https://t/1")
    assert (told.lines, told.is_all) == (((LineId("1"), 2), (LineId("2"), 1)), True)


async def test_a_handover_tells_the_same_and_the_couriers_word_after_it_tells_nothing_more(
    telling: TellingShop,
) -> None:
    telling.make_ready()
    telling.ship(ID)
    await telling.tell_all()
    telling.clock.move(minutes=5)
    telling.hear(telling.courier.says(telling.courier.job("J1"), DeliveryState.AT_STORE))
    telling.hand_over(ID, "W-J1")
    telling.hear(telling.courier.says(telling.courier.job("J1"), DeliveryState.PICKED_UP))
    await telling.tell_all()
    assert telling.system.told == ["accept", "ready", "shipped"]


async def test_goods_that_came_back_are_told_with_what_can_be_sold_again(telling: TellingShop) -> None:
    telling.make_ready()
    telling.ship(ID)
    await telling.tell_all()
    for state in (DeliveryState.PICKED_UP, DeliveryState.RETURNING):
        telling.clock.move(minutes=5)
        telling.hear(telling.courier.says(telling.courier.job("J1"), state))
    goods = GoodsBack(parcels=1, lines={LineId("1"): LineBack(1, 1)})
    telling.write(lambda uow: telling.services.care.receive(uow, ID, goods, telling.now()))
    await telling.tell_all()
    told = next(call for call in telling.system.done.values() if call.ability is ShopAbility.RETURN)
    assert (dict(told.lines), told.is_all, told.restock) == ({"1": 1, "2": 1}, False, True)


async def test_a_channel_that_cannot_be_told_is_told_nothing(sqlite: Database) -> None:
    with opened(sqlite, FakeShop(abilities=frozenset())) as shop:
        shop.make_ready()
        await shop.tell_all()
        assert shop.tellings() == []


async def test_what_happened_before_is_told_before(telling: TellingShop) -> None:
    telling.system.answers(Said.DOWN)
    telling.make_ready()
    await telling.send_due()
    await telling.send(1)
    assert telling.system.calls == ["accept"]
    await telling.tell_all()
    assert telling.system.told == ["accept", "ready"]


async def test_an_answer_that_was_lost_is_asked_after_first(any_telling: TellingShop) -> None:
    any_telling.system.answers(Said.LOST)
    any_telling.told(purchase())
    any_telling.accept(ID)
    await any_telling.send_due()
    await any_telling.send(2)
    assert any_telling.system.calls == ["accept", "find accept"]
    assert any_telling.words(ID)[-1] == "send_done"


async def test_a_system_that_keeps_no_list_is_told_again_under_the_same_key(sqlite: Database) -> None:
    with opened(sqlite, FakeShop(is_forgetful=True)) as shop:
        shop.system.answers(Said.LOST)
        shop.told(purchase())
        shop.accept(ID)
        await shop.send_due()
        await shop.send(2)
        assert shop.system.calls == ["accept", "find accept", "accept"]
        assert shop.system.told == ["accept"]


async def test_long_silence_is_told_to_staff_and_settles_itself(telling: TellingShop) -> None:
    telling.system.answers(*[Said.DOWN] * 5)
    telling.told(purchase())
    telling.accept(ID)
    for _ in range(2):
        await telling.send(10)
    assert telling.problems() == []
    await telling.send(10)
    assert telling.problems() == [ProblemKind.SHOP_SILENT]
    assert telling.board().problems[0].detail == "web: accept: no answer"
    for _ in range(3):
        await telling.send(60)
    assert telling.problems() == []


async def test_what_waits_for_a_minute_is_told_to_staff_however_few_the_tries(telling: TellingShop) -> None:
    telling.system.answers(Said.DOWN, Said.DOWN)
    telling.told(purchase())
    telling.accept(ID)
    await telling.send_due()
    await telling.send(61)
    assert telling.problems() == [ProblemKind.SHOP_SILENT]


async def test_refused_keys_are_told_at_once_and_tried_rarely(telling: TellingShop) -> None:
    telling.system.answers(Said.LOCKED_OUT)
    telling.told(purchase())
    telling.accept(ID)
    await telling.send_due()
    assert telling.problems() == [ProblemKind.SHOP_SILENT]
    await telling.send(299)
    assert telling.system.calls == ["accept"]
    await telling.send(1)
    assert telling.problems() == []


async def test_a_final_no_is_a_problem_that_names_it(telling: TellingShop) -> None:
    telling.system.answers(Said.REFUSED)
    telling.told(purchase())
    telling.accept(ID)
    await telling.send_due()
    await telling.send(600)
    assert telling.system.calls == ["accept"]
    (problem,) = telling.board().problems
    assert (problem.kind, problem.detail) == (ProblemKind.SHOP_REFUSED, "web: accept: the order is closed")


async def test_a_mistake_of_ours_is_tried_again(telling: TellingShop, caplog: pytest.LogCaptureFixture) -> None:
    telling.system.answers(Said.BROKEN)
    telling.told(purchase())
    telling.accept(ID)
    await telling.send_due()
    await telling.send(2)
    assert telling.system.told == ["accept"]
    assert "failed here" in caplog.text


async def test_how_far_it_is_is_not_told_of_an_order_the_customer_called_off(telling: TellingShop) -> None:
    telling.told(purchase())
    telling.accept(ID)
    telling.told(told_later(purchase(), 1, cancel_reason="asked"))
    await telling.tell_all()
    assert (telling.order(ID).stage, telling.system.calls) == (Stage.CANCELLED, [])


async def test_a_station_that_dies_in_mid_call_tells_it_once(telling: TellingShop) -> None:
    telling.system.answers(Said.SILENT)
    telling.told(purchase())
    telling.accept(ID)
    telling.start_due()
    await telling.system.took_effect.wait()
    await telling.crash()
    await telling.send(2)
    assert telling.system.calls == ["accept", "find accept"]


def test_every_ability_has_its_place_among_those_of_one_instant() -> None:
    from core.domain.tell import RANK

    assert set(RANK) == EVERYTHING


async def test_a_channel_that_left_the_config_is_a_problem(telling: TellingShop) -> None:
    telling.told(purchase())
    telling.accept(ID)
    telling.shops.clear()
    await telling.send_due()
    assert telling.problems() == [ProblemKind.SHOP_REFUSED]
