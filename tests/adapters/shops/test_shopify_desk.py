"""Shopify's GraphQL Admin API: what we send to the byte that matters, and how its peculiar answers are read."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import stamina
from pytest_httpserver import HTTPServer

from adapters import registry
from adapters.simulators import shop_shopify_door
from core.domain.shop_call import ShopAbility, ShopCall
from core.ports.shop import NO_SUCH_ORDER, ShopDesk, ShopDown, ShopLockedOut, ShopRefused
from tests.adapters.shops.town import TOTAL, TRACKING, Town, opened, twd
from tests.core.fakes import FakeClock

ORDER = "gid://shopify/Order/450789469"
CALL = ShopCall(
    ability=ShopAbility.REFUND,
    key="9f1c",
    shop="example.myshopify.com",
    channel_order_id="450789469",
    number="1042",
    lines=(("466157049", 1),),
    is_all=False,
    money=twd(50_00),
    reason="sold out",
)


@pytest.fixture(autouse=True)
def no_pauses() -> Iterator[None]:
    with stamina.set_testing(True, attempts=2, cap=True):
        yield


class Wire:
    """Answers in turn, and remembers what it was asked."""

    def __init__(self, server: HTTPServer) -> None:
        self._server = server
        self._path = "/admin/api/2026-10/graphql.json"
        self.desk = registry.shop_desk(
            "web",
            {
                "kind": "shopify",
                "secret": "s",
                "shop": "example.myshopify.com",
                "access_token": "shpat_1",
                "base_url": server.url_for(""),
            },
            clock=FakeClock(),
        )

    def answers(self, *bodies: dict[str, Any], status: int = 200) -> ShopDesk:
        for body in bodies:
            self._server.expect_ordered_request(self._path, method="POST").respond_with_json(body, status=status)
        assert self.desk is not None
        return self.desk

    @property
    def asked(self) -> list[dict[str, Any]]:
        return [json.loads(request.get_data()) for request, _ in self._server.log]


@pytest.fixture
async def wire(httpserver: HTTPServer):
    wire = Wire(httpserver)
    yield wire
    await wire.desk.close()


def money(*transactions: dict[str, Any], refunds: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    order = {
        "id": ORDER,
        "presentmentCurrencyCode": "TWD",
        "refunds": list(refunds),
        "transactions": list(transactions),
        "lineItems": {
            "nodes": [{"id": "gid://shopify/LineItem/466157049", "refundableQuantity": 2, "unfulfilledQuantity": 2}]
        },
        "fulfillmentOrders": {
            "nodes": [
                {
                    "id": "gid://shopify/FulfillmentOrder/1",
                    "status": "OPEN",
                    "assignedLocation": {"location": {"id": "gid://shopify/Location/7"}},
                }
            ]
        },
    }
    return {"data": {"order": order}}


def paid(number: int, amount: str, kind: str = "SALE", parent: int | None = None, status: str = "SUCCESS"):
    return {
        "id": f"gid://shopify/OrderTransaction/{number}",
        "kind": kind,
        "status": status,
        "gateway": "shopify_payments",
        "amountSet": {"presentmentMoney": {"amount": amount, "currencyCode": "TWD"}},
        "parentTransaction": {"id": f"gid://shopify/OrderTransaction/{parent}"} if parent else None,
    }


def refunded(number: int = 5) -> dict[str, Any]:
    return {"data": {"refundCreate": {"refund": {"id": f"gid://shopify/Refund/{number}"}, "userErrors": []}}}


async def test_a_refund_is_asked_for_as_they_document_it(wire: Wire) -> None:
    desk = wire.answers(money(paid(1, "498.00")), refunded())
    assert await desk.tell(CALL) == "gid://shopify/Refund/5"
    look, deed = wire.asked
    assert look["variables"] == {"id": ORDER}
    assert "refundCreate(input: $input) @idempotent(key: $key)" in deed["query"]
    assert deed["variables"] == {
        "key": "9f1c",
        "input": {
            "orderId": ORDER,
            "note": "sold out [orderbell 9f1c]",
            "notify": True,
            "currency": "TWD",
            "transactions": [
                {
                    "orderId": ORDER,
                    "parentId": "gid://shopify/OrderTransaction/1",
                    "kind": "REFUND",
                    "gateway": "shopify_payments",
                    "amount": "50.00",
                }
            ],
            "refundLineItems": [
                {"lineItemId": "gid://shopify/LineItem/466157049", "quantity": 1, "restockType": "NO_RESTOCK"}
            ],
        },
    }


async def test_the_token_goes_in_their_own_header(wire: Wire, httpserver: HTTPServer) -> None:
    await wire.answers({"data": {"shop": {"name": "x", "myshopifyDomain": "example.myshopify.com"}}}).ping()
    assert httpserver.log[0][0].headers["X-Shopify-Access-Token"] == "shpat_1"


async def test_a_refund_whose_note_bears_our_key_was_made_before(wire: Wire) -> None:
    made = {"id": "gid://shopify/Refund/4", "note": "sold out [orderbell 9f1c]"}
    assert await wire.answers(money(paid(1, "498.00"), refunds=(made,))).tell(CALL) == "gid://shopify/Refund/4"
    assert len(wire.asked) == 1


async def test_money_is_taken_from_several_payments_in_their_order(wire: Wire) -> None:
    card, gift = paid(1, "30.00"), paid(2, "100.00", "CAPTURE")
    before = paid(3, "5.00", "REFUND", parent=1)
    await wire.answers(money(card, gift, before), refunded()).tell(CALL)
    parts = wire.asked[1]["variables"]["input"]["transactions"]
    assert [(part["parentId"][-1], part["amount"]) for part in parts] == [("1", "25.00"), ("2", "25.00")]


@pytest.mark.parametrize("status", ["FAILURE", "ERROR"])
async def test_money_that_never_came_is_not_given_back(wire: Wire, status: str) -> None:
    with pytest.raises(ShopRefused, match=r"50\.00 asked for, 0\.00 left"):
        await wire.answers(money(paid(1, "498.00", status=status))).tell(CALL)


async def test_a_refund_under_way_counts_as_given(wire: Wire) -> None:
    under_way = paid(2, "470.00", "REFUND", parent=1, status="PENDING")
    with pytest.raises(ShopRefused, match=r"28\.00 left"):
        await wire.answers(money(paid(1, "498.00"), under_way)).tell(CALL)
    assert len(wire.asked) == 1


async def test_goods_that_are_put_back_say_where(wire: Wire) -> None:
    await wire.answers(money(paid(1, "498.00")), refunded()).tell(
        ShopCall(**{**vars(CALL), "restock": True, "notify": False})
    )
    told = wire.asked[1]["variables"]["input"]
    assert told["notify"] is False
    assert told["refundLineItems"][0] | {"lineItemId": ""} == {
        "lineItemId": "",
        "quantity": 1,
        "restockType": "CANCEL",
        "locationId": "gid://shopify/Location/7",
    }


@pytest.mark.parametrize(
    ("answer", "error", "happened"),
    [
        ({"errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}]}, ShopDown, False),
        ({"errors": [{"message": "Internal", "extensions": {"code": "INTERNAL_SERVER_ERROR"}}]}, ShopDown, True),
        ({"errors": [{"message": "denied", "extensions": {"code": "ACCESS_DENIED"}}]}, ShopLockedOut, None),
        ({"errors": [{"message": "Field 'x' doesn't exist"}]}, ShopRefused, None),
        (
            {"data": {"refundCreate": {"refund": None, "userErrors": [{"message": "no", "field": ["a"]}]}}},
            ShopRefused,
            None,
        ),
        ({"data": {"refundCreate": None}}, ShopDown, True),
        ({"data": {}}, ShopDown, True),
        ({}, ShopDown, True),
    ],
)
async def test_their_ways_to_say_no(wire: Wire, answer: dict[str, Any], error: type[Exception], happened) -> None:
    with pytest.raises(error) as raised:
        await wire.answers(money(paid(1, "498.00")), answer).tell(CALL)
    if isinstance(raised.value, ShopDown):
        assert raised.value.may_have_happened is happened


async def test_throttled_says_how_long_to_wait(wire: Wire) -> None:
    cost = {"requestedQueryCost": 54, "throttleStatus": {"currentlyAvailable": 4.0, "restoreRate": 100.0}}
    throttled = {"errors": [{"message": "Throttled"}], "extensions": {"cost": cost}}
    with pytest.raises(ShopDown) as down:
        await wire.answers(throttled).tell(CALL)
    assert down.value.retry_after == 0.5


async def test_an_order_they_do_not_show_is_unknown(wire: Wire) -> None:
    with pytest.raises(ShopRefused) as refusal:
        await wire.answers({"data": {"order": None}}).tell(CALL)
    assert refusal.value.code == NO_SUCH_ORDER


async def test_a_lost_look_has_changed_nothing(wire: Wire) -> None:
    with pytest.raises(ShopDown) as down:
        await wire.answers({}, {}, status=503).tell(CALL)
    assert not down.value.may_have_happened


async def test_a_shipment_bears_its_tracking(shopify: Town) -> None:
    await shopify.desk.tell(shopify.call(ShopAbility.SHIPPED, tracking=TRACKING))
    record = shopify.system.books.find(shopify.facts["id"])
    assert record.tracking == {"company": "uber", "number": "7F2K", "url": "https://track.example/7F2K"}


async def test_cancelling_that_takes_a_while_is_waited_for(shopify: Town) -> None:
    shopify.system.door.slow_cancels = 2
    await shopify.desk.tell(shopify.call(ShopAbility.CANCEL))
    assert shopify.facts["cancelled"]


async def test_cancelling_that_takes_longer_is_asked_after_again(shopify: Town) -> None:
    shopify.system.door.slow_cancels = 5
    call = shopify.call(ShopAbility.CANCEL)
    with pytest.raises(ShopDown) as down:
        await shopify.desk.tell(call)
    assert down.value.may_have_happened
    assert await shopify.desk.find(call) is None
    assert await shopify.desk.find(call) == ""


async def test_a_key_is_one_refund_whatever_sum_is_told_later(shopify: Town) -> None:
    call = shopify.refund(10_00)
    await shopify.desk.tell(call)
    assert await shopify.desk.tell(shopify.refund(20_00, key=call.key)) == "gid://shopify/Refund/5001"
    assert shopify.facts["refunded"] == 10_00


async def test_pieces_left_over_can_follow_but_never_twice(shopify: Town) -> None:
    await shopify.desk.tell(shopify.call(ShopAbility.SHIPPED, 1, 2))
    await shopify.desk.tell(shopify.call(ShopAbility.SHIPPED))
    assert shopify.system.books.find(shopify.facts["id"]).sale.sent == ((1, 1), (2, 2), (1, 2))


async def test_an_app_without_a_token_fetches_one_and_a_new_one_when_it_ends() -> None:
    granted = {"access_token": "", "app_client_id": shop_shopify_door.CLIENT_ID}
    async with opened("shopify", **granted) as town:
        await town.desk.ping()
        town.system.door._tokens.clear()
        await town.desk.tell(town.refund(TOTAL))
        assert town.facts["refunded"] == TOTAL


async def test_a_wrong_client_secret_locks_us_out() -> None:
    async with opened("shopify", access_token="", app_client_id="another-app") as town:
        with pytest.raises(ShopLockedOut):
            await town.desk.ping()


def test_keys_without_a_shop_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="the shop's own name"):
        registry.channel_settings("shopify").model_validate({"kind": "shopify", "access_token": "t"})
