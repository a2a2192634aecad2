"""CYBERBIZ's open API: bodies, states already reached, and five calls a second."""

import json
import math
import re
from typing import Any

import pytest
import stamina
from pytest_httpserver import HTTPServer

from adapters import registry
from adapters.pacing import Pacing
from core.domain.shop_call import ShopAbility, ShopCall
from core.ports.shop import ShopDesk, ShopDown, ShopRefused
from tests.adapters.shops.town import opened
from tests.core.fakes import FakeClock

CALL = ShopCall(
    ability=ShopAbility.CANCEL,
    key="k",
    shop="s",
    channel_order_id="31415926",
    number="1042",
    reason="customer: too late",
)
ORDER = "/v1/orders/31415926"


@pytest.fixture
async def desk(httpserver: HTTPServer):
    section = {"kind": "cyberbiz", "secret": "s", "api_token": "t", "base_url": httpserver.url_for("")}
    desk = registry.shop_desk("web", section, clock=FakeClock())
    assert desk is not None
    yield desk
    await desk.close()


def stands(server: HTTPServer, *, wrapped: bool = False, **statuses: str) -> None:
    order = {"id": 31415926, "statuses": statuses, "line_items": [{"id": 3}, {"id": 4}, {"id": 5}]}
    server.expect_request(ORDER, method="GET").respond_with_json({"order": order} if wrapped else order)


def takes(server: HTTPServer, method: str, where: str) -> None:
    server.expect_request(f"{ORDER}/{where}", method=method).respond_with_json({})


def changes(server: HTTPServer) -> list[tuple[str, str, Any]]:
    told = (request for request, _ in server.log if request.method != "GET")
    return [(request.method, request.path.removeprefix(ORDER), json.loads(request.get_data())) for request in told]


def call(ability: ShopAbility, *lines: tuple[str, int], reason: str = "") -> ShopCall:
    return ShopCall(**{**vars(CALL), "ability": ability, "lines": lines, "is_all": not lines, "reason": reason})


@pytest.mark.parametrize("wrapped", [False, True])
async def test_accepting_is_preparing(desk: ShopDesk, httpserver: HTTPServer, wrapped: bool) -> None:
    stands(httpserver, wrapped=wrapped, fulfillment_status="unshipped")
    takes(httpserver, "PUT", "preparing")
    await desk.tell(call(ShopAbility.ACCEPT))
    assert changes(httpserver) == [("PUT", "/preparing", {})]
    assert httpserver.log[0][0].headers["Authorization"] == "Bearer t"


@pytest.mark.parametrize(("lines", "ids"), [((), "3,4,5"), ((("3", 1), ("5", 2)), "3,5")])
async def test_shipping_names_whole_lines(desk: ShopDesk, httpserver: HTTPServer, lines, ids: str) -> None:
    stands(httpserver, fulfillment_status="preparing")
    takes(httpserver, "POST", "fulfillments/express_delivery_shipping")
    await desk.tell(call(ShopAbility.SHIPPED, *lines))
    assert changes(httpserver) == [("POST", "/fulfillments/express_delivery_shipping", {"line_item_ids": ids})]


@pytest.mark.parametrize(
    ("reason", "word"),
    [
        ("customer: too late", "customer"),
        ("缺貨", "inventory"),
        ("out of stock", "inventory"),
        ("looks like fraud", "fraud"),
        ("ordered twice", "duplicate"),
        ("TooHeavy: 23 / 20", "other"),
    ],
)
async def test_cancelling_says_why_in_one_of_their_words(
    desk: ShopDesk, httpserver: HTTPServer, reason: str, word: str
) -> None:
    stands(httpserver, order_status="open")
    takes(httpserver, "PUT", "cancelled")
    await desk.tell(call(ShopAbility.CANCEL, reason=reason))
    assert changes(httpserver) == [("PUT", "/cancelled", {"cancel_reason": word})]


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        ("no_need", ["manual_returning", "manual_check_goods", "manual_return_done"]),
        ("returning", ["manual_check_goods", "manual_return_done"]),
        ("check_goods", ["manual_return_done"]),
        ("returned", []),
        ("a word nobody knows", ["manual_returning", "manual_check_goods", "manual_return_done"]),
    ],
)
async def test_goods_coming_back_go_on_from_where_it_stands(
    desk: ShopDesk, httpserver: HTTPServer, state: str, steps: list[str]
) -> None:
    stands(httpserver, return_status=state)
    takes(httpserver, "PUT", "manual_return")
    await desk.tell(call(ShopAbility.RETURN))
    assert [body["operation"] for _, _, body in changes(httpserver)] == steps


@pytest.mark.parametrize(
    ("ability", "statuses"),
    [
        (ShopAbility.ACCEPT, {"fulfillment_status": "preparing"}),
        (ShopAbility.ACCEPT, {"fulfillment_status": "shipped"}),
        (ShopAbility.SHIPPED, {"fulfillment_status": "partially_shipped"}),
        (ShopAbility.CANCEL, {"order_status": "cancelled"}),
    ],
)
async def test_what_stands_already_is_not_told_again(
    desk: ShopDesk, httpserver: HTTPServer, ability: ShopAbility, statuses: dict[str, str]
) -> None:
    stands(httpserver, **statuses)
    assert await desk.tell(call(ability)) == ""
    assert changes(httpserver) == []


async def test_their_words_of_a_refusal_are_kept(desk: ShopDesk, httpserver: HTTPServer) -> None:
    stands(httpserver, order_status="open")
    refusal = {"errors": ["order is locked by the office"]}
    httpserver.expect_request(f"{ORDER}/cancelled", method="PUT").respond_with_json(refusal, status=422)
    with pytest.raises(ShopRefused, match="locked by the office"):
        await desk.tell(CALL)


async def test_an_id_is_no_path(desk: ShopDesk, httpserver: HTTPServer) -> None:
    httpserver.expect_request(re.compile(".*")).respond_with_json({}, status=404)
    with pytest.raises(ShopRefused):
        await desk.tell(ShopCall(**{**vars(CALL), "channel_order_id": "1/../2"}))
    assert httpserver.log[0][0].environ["RAW_URI"] == "/v1/orders/1%2F..%2F2"


async def test_calls_leave_no_faster_than_they_allow() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    pacing = Pacing(4, ticks=lambda: 100.0, sleep=sleep)
    for _ in range(4):
        await pacing.turn()
    assert slept == [0.25, 0.5, 0.75]


async def test_a_burst_of_tellings_is_never_too_many() -> None:
    async with opened("cyberbiz", hurried=False) as town:
        for _ in range(7):
            await town.desk.ping()


async def test_a_caller_without_patience_is_turned_away() -> None:
    async with opened("cyberbiz", hurried=False) as town:
        town.desk._pacing = Pacing(math.inf)
        town.system.door._ticks = lambda: 1.0
        for _ in range(5):
            await town.desk.ping()
        with stamina.set_testing(True, attempts=1), pytest.raises(ShopDown) as down:
            await town.desk.tell(town.call(ShopAbility.CANCEL))
        assert (down.value.retry_after, down.value.may_have_happened) == (1, False)
