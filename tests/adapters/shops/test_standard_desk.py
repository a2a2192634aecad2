"""Callbacks of a standard feed, checked by the official library; and the guide for their receivers is true."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import stamina
from pytest_httpserver import HTTPServer
from standardwebhooks import Webhook, WebhookVerificationError
from werkzeug import Request, Response

from adapters import registry
from adapters.shops.standard import TYPES
from core.domain.shop_call import ShopAbility, ShopCall, Tracking
from core.ports.shop import ShopDesk, ShopDown, ShopRefused
from tests.adapters.shops.town import twd
from tests.core.fakes import FakeClock

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
GUIDE = (Path(__file__).parents[3] / "docs" / "standard-orders.md").read_text(encoding="utf-8")
CALL = ShopCall(
    ability=ShopAbility.REFUND,
    key="9f1c",
    shop="nanxi",
    channel_order_id="A-1042",
    number="1042",
    lines=(("1", 2),),
    is_all=False,
    money=twd(70_00),
    reason="sold out",
    restock=False,
    tracking=None,
)


def desk_to(server: HTTPServer, clock: FakeClock, **more: object) -> ShopDesk:
    section = {"kind": "standard", "secret": SECRET, "callback_url": server.url_for("/told"), **more}
    desk = registry.shop_desk("own", section, clock=clock)
    assert desk is not None
    return desk


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime.now(UTC))  # the library looks at the wall


@pytest.fixture
async def desk(httpserver: HTTPServer, clock: FakeClock):
    desk = desk_to(httpserver, clock)
    yield desk
    await desk.close()


def told(server: HTTPServer) -> list[dict[str, Any]]:
    return [json.loads(request.get_data()) for request, _ in server.log]


def examples() -> list[dict[str, Any]]:
    """Every message the guide shows that comes from us."""
    blocks = re.findall(r"```json\n(.*?)```", GUIDE.partition("## What we tell you")[2], re.DOTALL)
    return [json.loads(block) for block in blocks]


async def test_the_official_library_believes_it(desk: ShopDesk, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/told", method="POST").respond_with_data("", status=204)
    assert await desk.tell(CALL) == ""
    (request, _) = httpserver.log[0]
    headers = {name.lower(): value for name, value in request.headers.items()}
    assert Webhook(SECRET).verify(request.get_data(), headers) == told(httpserver)[0]
    with pytest.raises(WebhookVerificationError):
        Webhook(OTHER).verify(request.get_data(), headers)


async def test_while_a_secret_is_changed_both_sign(httpserver: HTTPServer, clock: FakeClock) -> None:
    desk = desk_to(httpserver, clock, callback_secret=[OTHER, SECRET])
    httpserver.expect_request("/told").respond_with_data("")
    await desk.tell(CALL)
    await desk.close()
    request, _ = httpserver.log[0]
    headers = {name.lower(): value for name, value in request.headers.items()}
    for secret in (SECRET, OTHER):
        Webhook(secret).verify(request.get_data(), headers)


async def test_the_id_stays_over_repeats_and_the_time_does_not(
    desk: ShopDesk, httpserver: HTTPServer, clock: FakeClock
) -> None:
    def refuse(request: Request) -> Response:
        clock.move(seconds=30)
        return Response(status=503)

    httpserver.expect_request("/told").respond_with_handler(refuse)
    with stamina.set_testing(True, attempts=3, cap=True), pytest.raises(ShopDown) as down:
        await desk.tell(CALL)
    assert down.value.may_have_happened
    sent = [request.headers for request, _ in httpserver.log]
    assert {headers["webhook-id"] for headers in sent} == {"msg_9f1c"}
    assert len({headers["webhook-timestamp"] for headers in sent}) == len(sent) > 1
    assert len({request.get_data() for request, _ in httpserver.log}) == 1


async def test_a_refund_is_told_as_the_guide_shows(desk: ShopDesk, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/told").respond_with_json({"reference": "R-77"})
    assert await desk.tell(CALL) == "R-77"
    assert told(httpserver)[0] in examples()


async def test_a_shipment_is_told_as_the_guide_shows(desk: ShopDesk, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/told").respond_with_data("thank you")
    tracking = Tracking(courier="uber", waybill="7F2K", url="https://track.example/7F2K")
    sent = {"ability": ShopAbility.SHIPPED, "lines": (("1", 2), ("2", 1)), "is_all": True, "money": None}
    assert await desk.tell(ShopCall(**{**vars(CALL), **sent, "reason": "", "tracking": tracking})) == ""
    assert told(httpserver)[0] in examples()


@pytest.mark.parametrize("ability", ShopAbility)
def test_every_kind_stands_in_the_guide(ability: ShopAbility) -> None:
    assert f"| `{TYPES[ability]}` |" in GUIDE


@pytest.mark.parametrize("status", [400, 404, 409, 410, 422])
async def test_other_statuses_are_a_no_in_their_words(desk: ShopDesk, httpserver: HTTPServer, status: int) -> None:
    answer = {"code": "too_late", "message": "money is gone already"}
    httpserver.expect_request("/told").respond_with_json(answer, status=status)
    with pytest.raises(ShopRefused, match="money is gone already") as refusal:
        await desk.tell(CALL)
    assert refusal.value.code == "too_late"


@pytest.mark.parametrize("body", ["", "yes", "[]", '{"reference": true}', '{"reference": {"a": 1}}', "{"])
async def test_any_2xx_is_a_yes_whatever_it_says(desk: ShopDesk, httpserver: HTTPServer, body: str) -> None:
    httpserver.expect_request("/told").respond_with_data(body)
    assert await desk.tell(CALL) == ""


async def test_a_reference_is_tidied(desk: ShopDesk, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/told").respond_with_json({"reference": "R-1\x1b[31m" + "x" * 500})
    reference = await desk.tell(CALL)
    assert "\x1b" not in reference
    assert len(reference) <= 100
