"""The desk: each key does one thing for one person, on the store's one writing thread."""

import pytest

from core.domain.checklist import Check
from core.domain.handover import Handover
from core.domain.ids import LineId, ProblemId
from core.domain.payment import Payment
from core.domain.problem import ProblemKind
from core.domain.purchase import OrderType
from core.domain.refusal import Conflict, IllegalMove, OrderRefusal
from core.domain.short import Short
from core.domain.stage import Stage
from core.services.desk import StoreDesk
from tests.builders import BO, purchase, told_later
from tests.core.shop import Shop

ID = purchase().order_id


@pytest.fixture
async def desk(shop: Shop) -> StoreDesk:
    return StoreDesk(shop.database, shop.writer, shop.services, shop.clock, BO)


async def test_a_whole_order_goes_over_the_desk(shop: Shop, desk: StoreDesk) -> None:
    shop.told(purchase(type=OrderType.PICKUP))
    await desk.see(ID)
    await desk.accept([ID])
    await desk.pick(ID, LineId("1"), 1)
    await desk.scan(ID, "4710001")
    await desk.scan(ID, "4710002")
    for check in Check:
        await desk.tick(ID, check)
    await desk.ready(ID)
    await desk.reopen(ID)
    await desk.ready(ID, parcels=2)
    await desk.hand_over(ID, Handover(waybill="1042"))
    sheet = await desk.sheet(ID)
    assert (sheet.order.stage, sheet.order.parcels) == (Stage.COMPLETED, 2)
    assert {event.by for event in sheet.history[2:]} == {BO}


async def test_a_call_is_shipped_taken_back_and_called_off(shop: Shop, desk: StoreDesk) -> None:
    shop.make_ready()
    await desk.ship(ID)
    await desk.take_back(ID)
    await desk.ship(ID)
    await desk.recall(ID)
    assert (await desk.sheet(ID)).send is None
    await desk.cancel(ID, "fire")
    assert (await desk.sheet(ID)).order.reason == "fire"


async def test_a_refusal_comes_back_over_the_desk(shop: Shop, desk: StoreDesk) -> None:
    shop.told(purchase())
    await desk.reject(ID, "sold out")
    with pytest.raises(IllegalMove):
        await desk.accept([ID])


async def test_changes_and_short_orders_go_over_the_desk_too(shop: Shop, desk: StoreDesk) -> None:
    shop.told(purchase())
    await desk.accept([ID])
    shop.told(told_later(purchase(), 9, note="no onions"))
    await desk.see_changes(ID)
    await desk.ship_short(ID, Short(goes={LineId("1"): 1}))
    sheet = await desk.sheet(ID)
    assert (sheet.order.changed, sheet.order.is_short) == (frozenset(), True)


async def test_a_problem_is_closed_once_and_with_a_result(shop: Shop, desk: StoreDesk) -> None:
    shop.told(purchase())
    await desk.reject(ID, "sold out")
    (problem,) = (await desk.sheet(ID)).problems
    with pytest.raises(OrderRefusal):
        await desk.close_problem(problem.id, "  ")
    await desk.close_problem(problem.id, "money sent back")
    assert shop.problems() == []
    for closed in (problem.id, ProblemId("none")):
        with pytest.raises(Conflict):
            await desk.close_problem(closed, "again")
    assert shop.words(ID)[-1] == "problem_closed"


@pytest.mark.parametrize("text", ["1042", "#1042", "chen", " CHEN ", "111", "0111"])
async def test_an_order_is_found_by_number_name_or_last_digits(shop: Shop, desk: StoreDesk, text: str) -> None:
    shop.told(purchase())
    shop.told(purchase("7", customer=purchase().customer.__class__(name="Wu", phone="+886912000999")))
    assert await desk.find(text) == [ID]


@pytest.mark.parametrize("text", ["", "#", "11", "nobody", "912"])
async def test_too_little_or_wrong_finds_nothing(shop: Shop, desk: StoreDesk, text: str) -> None:
    shop.told(purchase())
    assert list(await desk.find(text)) == []


async def test_an_order_is_found_by_its_waybill(shop: Shop, desk: StoreDesk) -> None:
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    assert await desk.find("w-j1") == [ID]


async def test_an_ended_order_is_found_by_its_number(shop: Shop, desk: StoreDesk) -> None:
    shop.told(purchase())
    shop.cancel(ID)
    assert list(await desk.find("1042")) == [ID]
    assert list(await desk.find("chen")) == []


async def test_an_ended_order_is_found_beside_an_open_one_with_such_a_phone(shop: Shop, desk: StoreDesk) -> None:
    ended = purchase("A-0111")
    shop.told(ended)
    shop.cancel(ended.order_id)
    assert list(await desk.find("A-0111")) == [ended.order_id]
    digits = purchase("0111", customer=purchase().customer)
    shop.told(digits)
    shop.cancel(digits.order_id)
    shop.told(purchase())
    assert list(await desk.find("0111")) == [ID, digits.order_id]


async def test_the_sheet_of_an_unpaid_order_says_what_stands_in_the_way(shop: Shop, desk: StoreDesk) -> None:
    shop.told(purchase(payment=Payment.COD))
    sheet = await desk.sheet(ID)
    assert [verdict.rule for verdict in sheet.verdicts if verdict.is_cross] == ["payment"]
    assert ProblemKind.CLASH not in [problem.kind for problem in sheet.problems]
