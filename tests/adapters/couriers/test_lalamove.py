"""Lalamove's calls: the request we send, a good answer read, a refusal read, silence."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from adapters import http
from adapters.bookings import NO_LOOKUP
from adapters.couriers import lalamove
from adapters.payloads.lalamove import amount, signed_text
from adapters.signatures import hmac_hex
from core.domain.delivery import DeliveryState, Driver
from core.domain.job import Stop
from core.domain.measures import Place
from core.domain.money import Money
from core.domain.quote import Quote
from core.ports.courier import Ability, CourierDown, CourierLockedOut, CourierRefused, Proof, Waypoint
from tests.adapters.couriers.conftest import KEY, NOW

S = DeliveryState
REF = "2100000000000004821"
ORDERS, ONE = "/v3/orders", f"/v3/orders/{REF}"
DRIVER = f"{ONE}/drivers/80557"
CREDENTIALS = {"api_key": "pk_test_abc", "api_secret": "sk_test_abc"}
STAMP = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
QUOTATION = (
    b'{"data":{"serviceType":"MOTORCYCLE","language":"zh_TW","stops":[{"coordinates":{"lat":"25.0330","lng":"121.5654"}'
    b',"address":"A"},{"coordinates":{"lat":"25.0478","lng":"121.5170"},"address":"B"}]}}'
)
EXAMPLES = [
    ("POST", "/v3/quotations", QUOTATION, "8b10a542fb477396e55f5e7c4320b828c714c95e0b4f6b2cd27346b999d51eee"),
    (
        "GET",
        "/v3/orders/1234567890123456789",
        None,
        "37a160b4f42da33dd1fe8a0a1c608c4ae2af0bf5e06b8e1574e88b34137d270f",
    ),
    (
        "DELETE",
        "/v3/orders/1234567890123456789",
        None,
        "9a3eaa8df251494ca7a50b0aa6ab24168de5b63b0e089837838ddc243ac8b616",
    ),
    (
        "POST",
        "/v3/orders/1234567890123456789/priority-fee",
        b'{"data": {"priorityFee":"15"}}',
        "10d1d581f7208c5078657e8097781ebcaa1589d36fd597b120c187aa07f90800",
    ),
]


def settings(**changed) -> lalamove.Settings:
    return lalamove.Settings.model_validate(CREDENTIALS | changed)


@pytest.fixture
async def courier(httpserver: HTTPServer) -> AsyncIterator[lalamove.Lalamove]:
    courier = lalamove.build("lala", settings(base_url=httpserver.url_for("")), now=lambda: NOW)
    yield courier
    await courier.close()


@pytest.fixture
def server(httpserver: HTTPServer, payload) -> HTTPServer:
    """Knows an order that looks for a driver."""
    says(httpserver, ONE, json.loads(payload("lalamove/order")), method="GET")
    return httpserver


def sent(server: HTTPServer, number: int = -1) -> dict:
    return json.loads(server.log[number][0].get_data())["data"]


def asked(server: HTTPServer) -> list[str]:
    return [f"{request.method} {request.path}" for request, _ in server.log]


def says(server: HTTPServer, path: str, body: object, status: int = 200, **more) -> None:
    server.expect_request(path, **more).respond_with_json(body, status=status)


def then(server: HTTPServer, path: str, *answers: tuple[object, int]) -> None:
    """Answers one after another, the last for good."""
    waiting = list(answers)

    def answer(request: Request) -> Response:
        body, status = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return Response(json.dumps(body), status, content_type="application/json")

    server.expect_request(path, method="POST").respond_with_handler(answer)


def fault(code: str, **more) -> dict:
    return {"errors": [{"id": code, "message": f"it is {code}", **more}]}


def order(**changed) -> dict:
    return {"data": {"orderId": REF, "status": "ASSIGNING_DRIVER", "driverId": ""} | changed}


def quoted(**changed) -> Quote:
    usual = {"courier": "lala", "ref": "7.1.2", "fee": Money(10_500, "TWD"), "expires_at": NOW + timedelta(minutes=5)}
    return Quote(**usual | changed)


# Who we are


@pytest.mark.parametrize(("method", "path", "body", "signature"), EXAMPLES)
async def test_calls_are_signed_as_in_the_worked_examples(method, path, body, signature) -> None:
    signer = settings(base_url="https://rest.sandbox.lalamove.com/v3").signer(lambda: STAMP)
    url = f"https://rest.sandbox.lalamove.com{path}"
    headers = await signer.headers(http.Call(method=method, url=url, raw=body))
    assert headers["Authorization"] == f"hmac pk_test_abc:1767323045000:{signature}"
    assert (headers["Market"], headers["Content-Type"]) == ("TW", "application/json")


async def test_the_signature_is_over_the_very_bytes_that_leave(courier, httpserver, job, payload) -> None:
    says(httpserver, "/v3/quotations", json.loads(payload("lalamove/quotation")), 201)
    await courier.quote(job)
    request = httpserver.log[0][0]
    scheme, _, proof = request.headers["Authorization"].partition(" ")
    key, stamp, signature = proof.split(":")
    text = signed_text(stamp, "POST", "/v3/quotations", request.get_data())
    assert (scheme, key, signature) == ("hmac", "pk_test_abc", hmac_hex("sk_test_abc", text))


async def test_every_attempt_is_signed_anew_with_a_nonce_of_its_own(courier, server) -> None:
    then(server, f"{ONE}/priority-fee", ({}, 500), ({}, 200))
    await courier.tip(REF, Money(2000, "TWD"))
    first, second = (request.headers["Request-ID"] for request, _ in server.log[:2])
    assert first != second


@pytest.mark.parametrize("suffix", ["", "/", "/v3", "/v3/"])
def test_the_base_url_is_taken_with_and_without_its_version(suffix) -> None:
    assert settings(base_url=f"http://x{suffix}").root == "http://x"


def test_secrets_do_not_show() -> None:
    known = settings(webhook_secret="sk_older")
    told = f"{known!r} {known.signer(lambda: NOW)!r}"
    assert "sk_test_abc" not in told
    assert "sk_older" not in told


@pytest.mark.parametrize("wrong", [{"typo": 1}, {"kind": "pandago"}, {"market": "XX"}, {"api_key": ""}])
def test_settings_that_cannot_be_are_refused(wrong) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        settings(**wrong)


def test_limits_become_grams_and_millimetres() -> None:
    limits = settings(max_weight_kg=12.5, boxes_cm=[[40, 40, 50.5]]).limits
    assert (limits.max_weight_g, limits.boxes[0].height_mm) == (12_500, 505)


async def test_proofs_are_an_ability_only_where_they_are_asked_for() -> None:
    with_proof, without = (lalamove.build("l", settings(proof=wanted)) for wanted in (True, False))
    assert with_proof.abilities - without.abilities == {Ability.PROOF}
    await with_proof.close()
    await without.close()


# Quote


async def test_a_quote_asks_for_the_way_in_texts_of_degrees(courier, httpserver, job, payload) -> None:
    says(httpserver, "/v3/quotations", json.loads(payload("lalamove/quotation")), 201, method="POST")
    await courier.quote(job)
    assert sent(httpserver) == {
        "serviceType": "MOTORCYCLE",
        "language": "zh_TW",
        "stops": [
            {"coordinates": {"lat": "25.0523000", "lng": "121.5202000"}, "address": "南京西路 1 號"},
            {"coordinates": {"lat": "25.0416000", "lng": "121.5436000"}, "address": "忠孝東路 2 號"},
        ],
    }


async def test_a_quote_is_read(courier, httpserver, job, payload) -> None:
    says(httpserver, "/v3/quotations", json.loads(payload("lalamove/quotation")), 201)
    assert await courier.quote(job) == Quote(
        courier="lala",
        ref="2100000000000000071.2100000000000000116.2100000000000000117",
        fee=Money(10_500, "TWD"),
        expires_at=NOW + timedelta(minutes=5),
    )


async def test_extras_are_asked_for(httpserver, job, payload) -> None:
    section = settings(base_url=httpserver.url_for(""), special_requests=["THERMAL_BAG_1"], service_type="VAN")
    says(httpserver, "/v3/quotations", json.loads(payload("lalamove/quotation")), 201)
    courier = lalamove.build("lala", section, now=lambda: NOW)
    await courier.quote(job)
    assert (sent(httpserver)["specialRequests"], sent(httpserver)["serviceType"]) == (["THERMAL_BAG_1"], "VAN")
    await courier.close()


@pytest.mark.parametrize(
    ("total", "currency", "minor"),
    [("105", "TWD", 10_500), ("8.5", "SGD", 850), ("12000", "VND", 12_000), ("600", "JPY", 600)],
)
async def test_a_price_becomes_minor_units_of_its_currency(courier, httpserver, job, total, currency, minor) -> None:
    told = {"quotationId": "7", "stops": [{"stopId": "1"}, {"stopId": "2"}]}
    says(httpserver, "/v3/quotations", {"data": told | {"priceBreakdown": {"total": total, "currency": currency}}})
    assert (await courier.quote(job)).fee == Money(minor, currency)


@pytest.mark.parametrize(
    ("money", "text"), [(Money(2000, "TWD"), "20"), (Money(850, "SGD"), "8.5"), (Money(600, "JPY"), "600")]
)
def test_an_amount_is_written_without_needless_decimals(money, text) -> None:
    assert amount(money) == text


@pytest.mark.parametrize("minutes", [-5, 0, 30 * 24 * 60])
async def test_a_time_they_would_not_plan_for_is_left_out(courier, httpserver, make_job, payload, minutes) -> None:
    says(httpserver, "/v3/quotations", json.loads(payload("lalamove/quotation")), 201)
    await courier.quote(make_job(ready_at=NOW + timedelta(minutes=minutes)))
    assert "scheduleAt" not in sent(httpserver)


async def test_goods_ready_later_are_fetched_later(courier, httpserver, make_job, payload) -> None:
    says(httpserver, "/v3/quotations", json.loads(payload("lalamove/quotation")), 201)
    await courier.quote(make_job(ready_at=NOW + timedelta(minutes=40)))
    assert sent(httpserver)["scheduleAt"] == "2026-01-02T03:40:00.000Z"


@pytest.mark.parametrize(("end", "whose"), [("store", "store"), ("door", "customer")])
async def test_a_place_that_is_not_known_is_said_before_any_call(courier, httpserver, make_job, end, whose) -> None:
    nowhere = Stop(name="X", phone="+886912344821", address="somewhere")
    for call in (courier.quote, courier.book):
        with pytest.raises(CourierRefused, match=whose) as caught:
            await call(make_job(**{end: nowhere}))
        assert caught.value.try_another
    assert httpserver.log == []


async def test_a_refused_quote_says_why(courier, httpserver, job) -> None:
    says(httpserver, "/v3/quotations", fault("ERR_OUT_OF_SERVICE_AREA", detail="/data/stops/1"), 422)
    with pytest.raises(CourierRefused, match="/data/stops/1") as caught:
        await courier.quote(job)
    assert (caught.value.code, caught.value.try_another) == ("ERR_OUT_OF_SERVICE_AREA", True)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"errors": [{"id": "ERR_INCORRECT_ADDRESS"}]}, "ERR_INCORRECT_ADDRESS"),
        ({"errors": {"id": "ERR_INVALID_RESPONSE", "message": "m"}}, "ERR_INVALID_RESPONSE"),
        ({"message": "ERR_INVALID_MARKET"}, "ERR_INVALID_MARKET"),
        ({"errors": []}, ""),
        ({"errors": ["x", 3]}, ""),
        ({"errors": None, "message": None}, ""),
        ("a proxy's own words", ""),
        ([], ""),
    ],
)
async def test_errors_are_read_in_whatever_shape(courier, httpserver, job, body, code) -> None:
    says(httpserver, "/v3/quotations", body, 422)
    with pytest.raises(CourierRefused) as caught:
        await courier.quote(job)
    assert caught.value.code == code


@pytest.mark.parametrize("answer", [{}, [], "x", {"data": None}, {"data": {"quotationId": "7"}}, {"data": []}])
async def test_a_quote_that_says_nothing_is_down(courier, httpserver, job, answer) -> None:
    says(httpserver, "/v3/quotations", answer)
    with pytest.raises(CourierDown):
        await courier.quote(job)


# Book


async def test_a_booking_says_who_where_and_under_which_key(courier, server, job, payload) -> None:
    says(server, ORDERS, json.loads(payload("lalamove/order")), 201, method="POST")
    await courier.book(job, quoted())
    assert sent(server) == {
        "quotationId": "7",
        "sender": {"stopId": "1", "name": "南西店", "phone": "+886225550000"},
        "recipients": [
            {"stopId": "2", "name": "陳小姐", "phone": "+886912344821", "remarks": "#1042\r\nring twice"},
        ],
        "isPODEnabled": True,
        "metadata": {"key": KEY, "number": "1042"},
    }


async def test_a_booking_is_read(courier, server, job, payload) -> None:
    says(server, ORDERS, json.loads(payload("lalamove/order")), 201, method="POST")
    report = await courier.book(job, quoted())
    assert (report.ref, report.state, report.word, report.our_key) == (REF, S.MATCHING, "ASSIGNING_DRIVER", KEY)
    assert (report.waybill, report.fee, report.driver) == ("04821", Money(10_500, "TWD"), None)
    assert report.tracking_url.startswith("https://share.example.invalid/")


async def test_a_booking_without_a_quote_fetches_one(courier, server, job, payload) -> None:
    says(server, "/v3/quotations", json.loads(payload("lalamove/quotation")), 201)
    says(server, ORDERS, json.loads(payload("lalamove/order")), 201, method="POST")
    await courier.book(job)
    assert sent(server)["recipients"][0]["stopId"] == "2100000000000000117"


@pytest.mark.parametrize("quote", [quoted(expires_at=NOW), quoted(ref="of-another-kind")])
async def test_a_quote_of_no_use_is_replaced_before_the_call(courier, server, job, payload, quote) -> None:
    says(server, "/v3/quotations", json.loads(payload("lalamove/quotation")), 201)
    says(server, ORDERS, json.loads(payload("lalamove/order")), 201, method="POST")
    await courier.book(job, quote)
    assert asked(server) == ["POST /v3/quotations", "POST /v3/orders"]


async def test_a_stale_quote_is_replaced_once(courier, server, job, payload) -> None:
    says(server, "/v3/quotations", json.loads(payload("lalamove/quotation")), 201)
    then(server, ORDERS, (fault(lalamove.STALE), 422), (json.loads(payload("lalamove/order")), 201))
    assert (await courier.book(job, quoted())).ref == REF
    assert sent(server)["quotationId"] == "2100000000000000071"


async def test_a_quote_that_stays_stale_is_refused(courier, server, job, payload) -> None:
    says(server, "/v3/quotations", json.loads(payload("lalamove/quotation")), 201)
    then(server, ORDERS, (fault(lalamove.STALE), 422))
    with pytest.raises(CourierRefused):
        await courier.book(job, quoted())
    assert asked(server).count("POST /v3/orders") == 2


async def test_a_text_message_is_asked_for_where_the_account_has_it(httpserver, job, payload) -> None:
    says(httpserver, ORDERS, json.loads(payload("lalamove/order")), 201)
    courier = lalamove.build("lala", settings(base_url=httpserver.url_for(""), sms=True), now=lambda: NOW)
    await courier.book(job, quoted())
    assert sent(httpserver)["isRecipientSMSEnabled"] is True
    await courier.close()


@pytest.mark.parametrize(("body", "status"), [({}, 500), ({}, 502), ({}, 504), ({}, 408), ({"data": {}}, 201)])
async def test_a_booking_that_may_have_arrived_is_not_sent_again(courier, server, job, body, status) -> None:
    then(server, ORDERS, (body, status))
    for attempt in (courier.book(job, quoted()), courier.book(job, quoted()), courier.find(KEY)):
        with pytest.raises(CourierDown) as caught:
            await attempt
    assert caught.value.code == NO_LOOKUP
    assert asked(server) == ["POST /v3/orders"]


@pytest.mark.parametrize(
    ("body", "status"),
    [(fault("ERR_RATE_LIMIT_EXCEEDED"), 429), (fault("ERR_INVALID_PHONE_NUMBER"), 422), ({}, 401), ({}, 403)],
)
async def test_a_booking_that_was_turned_away_is_known_not_to_exist(courier, server, job, body, status) -> None:
    then(server, ORDERS, (body, status))
    with pytest.raises((CourierDown, CourierRefused, CourierLockedOut)):
        await courier.book(job, quoted())
    assert await courier.find(KEY) is None


async def test_nobody_there_books_nothing(unused_tcp_port, job) -> None:
    courier = lalamove.build("lala", settings(base_url=f"http://127.0.0.1:{unused_tcp_port}"), now=lambda: NOW)
    with pytest.raises(CourierDown):
        await courier.book(job, quoted())
    assert await courier.find(KEY) is None
    await courier.close()


async def test_a_refused_booking_gives_no_customer_away(courier, server, job) -> None:
    then(server, ORDERS, (fault("ERR_INVALID_FIELD", detail="陳小姐 at 忠孝東路 2 號, +886912344821"), 422))
    with pytest.raises(CourierRefused, match="… at …, …"):
        await courier.book(job, quoted())


async def test_an_empty_wallet_is_for_a_person_to_fill(courier, server, job) -> None:
    then(server, ORDERS, (fault("ERR_INSUFFICIENT_CREDIT"), 402))
    with pytest.raises(CourierLockedOut) as caught:
        await courier.book(job, quoted())
    assert caught.value.code == "ERR_INSUFFICIENT_CREDIT"


async def test_silence_is_down(unused_tcp_port, job) -> None:
    courier = lalamove.build("lala", settings(base_url=f"http://127.0.0.1:{unused_tcp_port}"), now=lambda: NOW)
    calls = (courier.quote(job), courier.book(job), courier.read(REF), courier.cancel(REF), courier.services())
    for call in (*calls, courier.tip(REF, Money(1, "TWD")), courier.proof(REF, Waypoint.DROPOFF, Proof.PICTURE)):
        with pytest.raises(CourierDown):
            await call
    await courier.close()


# Read


async def test_a_job_with_a_driver_tells_who_and_where(courier, httpserver, payload) -> None:
    says(httpserver, ONE, order(status="ON_GOING", driverId="80557"))
    says(httpserver, DRIVER, json.loads(payload("lalamove/driver")))
    report = await courier.read(REF)
    assert report.state is S.HEADING_TO_STORE
    assert report.driver == Driver(name="王大明", phone="+886900000111", plate="**LAM0V*")
    assert report.place == Place(25.046, 121.517, datetime(2026, 1, 2, 2, 59, 54, tzinfo=UTC))


@pytest.mark.parametrize("status", ["ON_GOING", "PICKED_UP"])
async def test_a_driver_in_front_of_the_store_is_a_place_and_no_state(courier, httpserver, status) -> None:
    store = [{"coordinates": {"lat": "25.0523", "lng": "121.5202"}}, {}]
    says(httpserver, ONE, order(status=status, driverId="80557", stops=store))
    spot = {"lat": "25.0523", "lng": "121.5202"}
    says(httpserver, DRIVER, {"data": {"driverId": "80557", "coordinates": spot}})
    report = await courier.read(REF)
    assert report.state is lalamove.STATUS[status]
    assert (report.place.latitude, report.place.longitude) == (25.0523, 121.5202)


@pytest.mark.parametrize("status", [403, 404, 429, 500])
async def test_a_driver_who_cannot_be_read_leaves_the_state_standing(courier, httpserver, status) -> None:
    says(httpserver, ONE, order(status="ON_GOING", driverId="80557"))
    says(httpserver, DRIVER, fault("ERR"), status)
    report = await courier.read(REF)
    assert (report.state, report.driver) == (S.HEADING_TO_STORE, None)
    assert asked(httpserver).count(f"GET {DRIVER}") == 1


@pytest.mark.parametrize("status", ["COMPLETED", "CANCELED", "ASSIGNING_DRIVER", "SOMETHING_NEW"])
async def test_nobody_is_asked_after_where_nobody_rides(courier, httpserver, status) -> None:
    says(httpserver, ONE, order(status=status, driverId="80557"))
    assert (await courier.read(REF)).state is lalamove.STATUS.get(status, S.UNKNOWN)
    assert asked(httpserver) == [f"GET {ONE}"]


@pytest.mark.parametrize("status", ["PICKED_UP", "COMPLETED"])
async def test_goods_nobody_took_are_a_failed_way(courier, httpserver, status) -> None:
    says(httpserver, ONE, order(status=status, stops=[{}, {"POD": {"status": "FAILED"}}]))
    report = await courier.read(REF)
    assert (report.state, report.word, report.reason) == (S.FAILED, status, "POD FAILED")


async def test_what_is_asked_is_of_the_second_before_the_call(httpserver) -> None:
    """Events tell whole seconds: one of the same second must not count as older."""
    moment = NOW + timedelta(seconds=7.9)
    courier = lalamove.build("lala", settings(base_url=httpserver.url_for("")), now=lambda: moment)
    says(httpserver, ONE, order())
    assert (await courier.read(REF)).at == NOW + timedelta(seconds=7)
    await courier.close()


async def test_an_order_they_do_not_know_is_refused_and_no_other_courier_helps(courier, httpserver) -> None:
    says(httpserver, ONE, fault("ERR_ORDER_NOT_FOUND"), 404)
    with pytest.raises(CourierRefused) as caught:
        await courier.read(REF)
    assert not caught.value.try_another


async def test_an_order_too_old_to_be_shown_does_not_lock_us_out(courier, httpserver) -> None:
    says(httpserver, ONE, {}, 403)
    with pytest.raises(CourierRefused):
        await courier.read(REF)


async def test_a_ref_cannot_lead_elsewhere(courier, httpserver) -> None:
    with pytest.raises(CourierDown):
        await courier.read("../../x?y")
    assert httpserver.log[-1][0].environ["RAW_URI"] == "/v3/orders/..%2F..%2Fx%3Fy"


# Cancel, tip, proof


async def test_a_cancel_has_no_body_and_a_failed_way_comes_of_it(courier, httpserver) -> None:
    httpserver.expect_request(ONE, method="DELETE").respond_with_data("", status=204)
    report = await courier.cancel(REF, "out of items")
    assert (report.ref, report.state, report.word) == (REF, S.FAILED, "CANCELED")
    assert httpserver.log[0][0].get_data() == b""


@pytest.mark.parametrize(("status", "done"), [("CANCELED", True), ("EXPIRED", True), ("ON_GOING", False)])
async def test_a_cancel_that_is_forbidden_looks_how_things_stand(courier, httpserver, status, done) -> None:
    says(httpserver, ONE, fault(lalamove.TOO_LATE), 409, method="DELETE")
    says(httpserver, ONE, order(status=status), method="GET")
    if done:
        assert (await courier.cancel(REF)).word == status
    else:
        with pytest.raises(CourierRefused) as caught:
            await courier.cancel(REF)
        assert not caught.value.try_another


async def test_a_fee_is_told_in_major_units(courier, server) -> None:
    says(server, f"{ONE}/priority-fee", {}, method="POST")
    await courier.tip(REF, Money(2000, "TWD"))
    assert sent(server, 0) == {"priorityFee": "20"}


@pytest.mark.parametrize(("recorded", "is_ours"), [("20", True), ("20.00", True), ("15", False), ("", False)])
async def test_a_fee_recorded_already_is_ours_or_a_refusal(courier, httpserver, recorded, is_ours) -> None:
    says(httpserver, f"{ONE}/priority-fee", fault(lalamove.BAD_TIP), 422, method="POST")
    says(httpserver, ONE, order(priceBreakdown={"priorityFee": recorded, "total": "100", "currency": "TWD"}))
    if is_ours:
        assert (await courier.tip(REF, Money(2000, "TWD"))).ref == REF
    else:
        with pytest.raises(CourierRefused):
            await courier.tip(REF, Money(2000, "TWD"))


def with_proof(server: HTTPServer, status: str, image: str) -> None:
    says(server, ONE, order(status="COMPLETED", stops=[{}, {"POD": {"status": status, "image": image}}]))


@pytest.mark.parametrize("body", [b"\x89PNG...", b"\xff\xd8\xff\xe0JFIF"])
async def test_a_proof_is_fetched_as_a_picture_without_our_keys(courier, httpserver, body) -> None:
    httpserver.expect_request("/pod/1").respond_with_data(body)
    with_proof(httpserver, "DELIVERED", httpserver.url_for("/pod/1"))
    assert await courier.proof(REF, Waypoint.DROPOFF, Proof.PICTURE) == body
    assert "Authorization" not in httpserver.log[-1][0].headers


@pytest.mark.parametrize(("body", "status"), [(b"<html>", 200), (b"", 200), (b"", 503)])
async def test_a_proof_that_is_no_picture_is_down(courier, httpserver, body, status) -> None:
    httpserver.expect_request("/pod/1").respond_with_data(body, status=status)
    with_proof(httpserver, "SIGNED", httpserver.url_for("/pod/1"))
    with pytest.raises(CourierDown):
        await courier.proof(REF, Waypoint.DROPOFF, Proof.SIGNATURE)


async def test_a_picture_that_is_gone_is_refused(courier, httpserver) -> None:
    httpserver.expect_request("/pod/1").respond_with_data(b"", status=403)
    with_proof(httpserver, "DELIVERED", httpserver.url_for("/pod/1"))
    with pytest.raises(CourierRefused):
        await courier.proof(REF, Waypoint.DROPOFF, Proof.PICTURE)


@pytest.mark.parametrize("image", ["http://10.0.0.1/x", "file:///etc/passwd", "", "//x"])
async def test_a_picture_is_fetched_from_https_only(courier, httpserver, image) -> None:
    with_proof(httpserver, "DELIVERED", image)
    with pytest.raises(CourierRefused):
        await courier.proof(REF, Waypoint.DROPOFF, Proof.PICTURE)


@pytest.mark.parametrize(
    ("waypoint", "kind", "status"),
    [
        (Waypoint.PICKUP, Proof.PICTURE, "DELIVERED"),
        (Waypoint.RETURN, Proof.PICTURE, "DELIVERED"),
        (Waypoint.DROPOFF, Proof.PIN, "DELIVERED"),
        (Waypoint.DROPOFF, Proof.SIGNATURE, "DELIVERED"),
        (Waypoint.DROPOFF, Proof.PICTURE, "PENDING"),
        (Waypoint.DROPOFF, Proof.PICTURE, "FAILED"),
    ],
)
async def test_a_proof_there_is_not_is_refused(courier, httpserver, waypoint, kind, status) -> None:
    with_proof(httpserver, status, httpserver.url_for("/pod/1"))
    with pytest.raises(CourierRefused) as caught:
        await courier.proof(REF, waypoint, kind)
    assert not caught.value.try_another


# Patience


@pytest.mark.parametrize(
    "header", ["RateLimit-Reset", "RateLimits-Reset-Postquotation", "RateLimit-Reset-Postorder", "ratelimit-reset"]
)
def test_the_pause_they_ask_for_is_read_from_whichever_header(header) -> None:
    headers = httpx.Headers({header: "1767323075", "Date": "Fri, 02 Jan 2026 03:04:05 GMT"})
    assert lalamove.MANNERS.pause(http.Answer(status=429, headers=headers)) == 30


@pytest.mark.parametrize("told", ["", "soon", "-5", "９", "9" * 400])
def test_a_reset_that_is_no_time_is_not_believed(told) -> None:
    headers = {"ratelimit-reset": told, "date": "Fri, 02 Jan 2026 03:04:05 GMT"}
    assert lalamove.MANNERS.pause(http.Answer(status=429, headers=headers)) is None


# The cities


@pytest.mark.parametrize("answer", [{"data": []}, {"data": None}, {"data": ["x", None]}, [], "x"])
async def test_cities_that_say_nothing_are_none(courier, httpserver, answer) -> None:
    says(httpserver, "/v3/cities", answer)
    assert await courier.services() == {}


async def test_a_vehicle_is_read_as_far_as_its_measures_are_known(courier, httpserver) -> None:
    box = {name: {"value": "0.4", "unit": "m"} for name in ("length", "width", "height")}
    services = [
        {"key": "A", "dimensions": box, "load": {"value": "20", "unit": "kg"}},
        {"key": "B", "dimensions": {"length": {"value": "40", "unit": "cm"}}, "load": {"value": "x", "unit": "stone"}},
    ]
    says(httpserver, "/v3/cities", {"data": [{"locode": "TW TPE", "services": services}]})
    found = (await courier.services())["TW TPE"]
    assert (found["A"].max_weight_g, found["A"].boxes[0].length_mm) == (20_000, 400)
    assert (found["B"].max_weight_g, found["B"].boxes) == (None, ())
