"""Uber Direct's calls: the request we send, a good answer read, a refusal read, silence."""

import json
from base64 import b64encode
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from adapters.couriers import uber_direct
from core.domain.delivery import DeliveryState
from core.domain.job import Stop
from core.domain.money import Money
from core.domain.quote import Quote
from core.ports.courier import Ability, CourierDown, CourierLockedOut, CourierRefused, Proof, Waypoint
from tests.adapters.couriers.conftest import KEY, NOW

ACCOUNT = "/v1/customers/cus_test"
DELIVERIES = f"{ACCOUNT}/deliveries"
DEL = "del_AAAAAAAAAAAAAAAAAAAAAA"
RET = "ret_AAAAAAAAAAAAAAAAAAAAAA"
ONE = f"{DELIVERIES}/{DEL}"
CREDENTIALS = {"customer_id": "cus_test", "client_id": "c", "client_secret": "s3cret"}


def settings(**changed) -> uber_direct.Settings:
    return uber_direct.Settings.model_validate(CREDENTIALS | changed)


@pytest.fixture
def server(httpserver: HTTPServer) -> HTTPServer:
    token = {"access_token": "t1", "token_type": "Bearer", "expires_in": 2592000, "scope": "eats.deliveries"}
    httpserver.expect_request("/oauth/v2/token", method="POST").respond_with_json(token)
    return httpserver


@pytest.fixture
async def courier(server: HTTPServer) -> AsyncIterator[uber_direct.UberDirect]:
    base = server.url_for("")
    courier = uber_direct.build("uber", settings(base_url=base, auth_url=base), now=lambda: NOW)
    yield courier
    await courier.close()


def sent(server: HTTPServer, number: int = -1) -> dict:
    return json.loads(server.log[number][0].get_data())


def asked(server: HTTPServer) -> list[str]:
    return [f"{request.method} {request.path}" for request, _ in server.log if "oauth" not in request.path]


def says(server: HTTPServer, path: str, body: object, status: int = 200, **more) -> None:
    server.expect_request(path, **more).respond_with_json(body, status=status)


def then(server: HTTPServer, path: str, *answers: tuple[object, int]) -> None:
    """Answers one after another, the last for good."""
    waiting = list(answers)

    def answer(request: Request) -> Response:
        body, status = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return Response(json.dumps(body), status, content_type="application/json")

    server.expect_request(path, method="POST").respond_with_handler(answer)


def fault(code: str, **metadata) -> dict:
    return {"code": code, "message": f"it is {code}", "kind": "error", "metadata": metadata}


def quoted(**changed) -> Quote:
    usual = {"courier": "uber", "ref": "dqt_x", "fee": Money(9900, "TWD"), "expires_at": NOW + timedelta(minutes=15)}
    return Quote(**usual | changed)


# Who we are


async def test_a_token_is_asked_for_with_a_form_and_shown_from_then_on(courier, server, payload) -> None:
    says(server, ONE, json.loads(payload("uber_direct/pending")), headers={"Authorization": "Bearer t1"})
    await courier.read(DEL)
    await courier.read(DEL)
    request = server.log[0][0]
    assert parse_qs(request.get_data(as_text=True)) == {
        "client_id": ["c"],
        "client_secret": ["s3cret"],
        "grant_type": ["client_credentials"],
        "scope": ["eats.deliveries"],
    }
    assert [request.path for request, _ in server.log].count("/oauth/v2/token") == 1


@pytest.mark.parametrize("suffix", ["", "/", "/v1", "/v1/"])
def test_the_base_url_is_taken_with_and_without_its_version(suffix) -> None:
    assert settings(base_url=f"http://x{suffix}").account_url == "http://x/v1/customers/cus_test"


@pytest.mark.parametrize("suffix", ["", "/", "/oauth/v2/token"])
def test_the_auth_url_is_taken_with_and_without_its_path(suffix) -> None:
    assert settings(auth_url=f"http://x{suffix}").token_url == "http://x/oauth/v2/token"


def test_an_empty_scope_is_not_sent() -> None:
    assert "scope" not in settings(scope="").token_form


def test_secrets_do_not_show() -> None:
    assert "s3cret" not in repr(settings(webhook_secret="s3cret"))


@pytest.mark.parametrize("wrong", [{"typo": 1}, {"kind": "pandago"}, {"undeliverable_action": "leave_at_door"}])
def test_settings_that_cannot_be_are_refused(wrong) -> None:
    with pytest.raises(ValueError, match=r"typo|kind|PIN|pin"):
        settings(**wrong)


def test_limits_become_grams_and_millimetres() -> None:
    limits = settings(max_weight_kg=12.5, boxes_cm=[[30, 60, 40.5]]).limits
    assert (limits.max_weight_g, limits.boxes[0].height_mm) == (12_500, 405)


@pytest.mark.parametrize(("pin", "can"), [(True, True), (False, False)])
async def test_a_pin_is_an_ability_only_where_it_is_asked_for(server, pin, can) -> None:
    courier = uber_direct.build("uber", settings(pin=pin), now=lambda: NOW)
    assert (Ability.PIN in courier.abilities) is can
    await courier.close()


# Quote


async def test_a_quote_asks_with_both_addresses_encoded_twice(courier, server, job, payload) -> None:
    says(server, f"{ACCOUNT}/delivery_quotes", json.loads(payload("uber_direct/quote")), method="POST")
    await courier.quote(job)
    body = sent(server)
    assert json.loads(body["dropoff_address"]) == {"street_address": ["忠孝東路 2 號"], "country": "TW"}
    assert (body["pickup_latitude"], body["dropoff_longitude"]) == (25.0523, 121.5436)
    assert (body["pickup_phone_number"], body["manifest_total_value"]) == ("+886225550000", 24_000)


async def test_a_quote_is_read(courier, server, job, payload) -> None:
    says(server, f"{ACCOUNT}/delivery_quotes", json.loads(payload("uber_direct/quote")))
    assert await courier.quote(job) == Quote(
        courier="uber",
        ref="dqt_AAAAAAAAAAAAAAAAAAAAAA",
        fee=Money(9900, "TWD"),
        expires_at=NOW + timedelta(minutes=15),
        at_store=NOW + timedelta(minutes=14),
        at_door=NOW + timedelta(minutes=34),
    )


@pytest.mark.parametrize(("currency", "minor"), [("TWD", 9900), ("jpy", 99), ("KWD", 99_000)])
async def test_a_price_in_hundredths_becomes_minor_units_of_its_currency(courier, server, job, currency, minor) -> None:
    says(server, f"{ACCOUNT}/delivery_quotes", {"id": "dqt_x", "fee": 9900, "currency": currency})
    assert (await courier.quote(job)).fee == Money(minor, currency.upper())


async def test_an_order_in_yen_is_told_in_hundredths(courier, server, make_job) -> None:
    says(server, f"{ACCOUNT}/delivery_quotes", {"id": "dqt_x", "fee": 1, "currency": "jpy"})
    await courier.quote(make_job(value=Money(500, "JPY")))
    assert sent(server)["manifest_total_value"] == 50_000


async def test_a_refused_quote_says_why(courier, server, job) -> None:
    says(server, f"{ACCOUNT}/delivery_quotes", fault("address_undeliverable", param_details="too far"), 400)
    with pytest.raises(CourierRefused, match="too far") as caught:
        await courier.quote(job)
    assert (caught.value.code, caught.value.try_another) == ("address_undeliverable", True)


@pytest.mark.parametrize("answer", [{}, [], "x", {"id": "dqt_x"}, {"id": "dqt_x", "fee": "much", "currency": "twd"}])
async def test_a_quote_that_says_nothing_is_down(courier, server, job, answer) -> None:
    says(server, f"{ACCOUNT}/delivery_quotes", answer)
    with pytest.raises(CourierDown):
        await courier.quote(job)


# Book


async def test_a_booking_carries_our_key_in_three_places(courier, server, job, payload) -> None:
    says(server, DELIVERIES, json.loads(payload("uber_direct/pending")), method="POST")
    await courier.book(job, quoted())
    body = sent(server)
    assert (body["idempotency_key"], body["external_id"], body["manifest_reference"]) == (KEY, KEY, "1042-5f0c2d")
    assert body["quote_id"] == "dqt_x"


async def test_a_booking_says_who_what_and_how(courier, server, job, payload) -> None:
    says(server, DELIVERIES, json.loads(payload("uber_direct/pending")), method="POST")
    await courier.book(job)
    body = sent(server)
    assert (body["dropoff_name"], body["dropoff_phone_number"]) == ("陳小姐", "+886912344821")
    assert body["dropoff_notes"] == "ring twice"
    assert body["manifest_items"] == [{"name": "烏龍茶", "quantity": 2, "weight": 600, "price": 12_000}]
    assert body["dropoff_verification"] == {"pincode": {"enabled": True}}
    assert body["undeliverable_action"] == "return"
    assert not {"quote_id", "pickup_notes", "pickup_ready_dt"} & body.keys()


async def test_a_booking_is_read(courier, server, job, payload) -> None:
    says(server, DELIVERIES, json.loads(payload("uber_direct/pending")), method="POST")
    report = await courier.book(job)
    assert (report.ref, report.state, report.word, report.our_key) == (DEL, DeliveryState.MATCHING, "pending", KEY)
    assert (report.waybill, report.pin, report.fee) == ("7F2KC", "4821", Money(9900, "TWD"))
    assert report.eta_door == datetime(2026, 1, 2, 3, 35, tzinfo=UTC)
    assert report.driver is None


@pytest.mark.parametrize("minutes", [-5, 0, 30 * 24 * 60])
async def test_times_outside_the_rules_are_left_out(courier, server, make_job, payload, minutes) -> None:
    says(server, DELIVERIES, json.loads(payload("uber_direct/pending")), method="POST")
    await courier.book(make_job(ready_at=NOW + timedelta(minutes=minutes)))
    assert "pickup_ready_dt" not in sent(server)


async def test_times_within_the_rules_are_told(courier, server, make_job, payload) -> None:
    says(server, DELIVERIES, json.loads(payload("uber_direct/pending")), method="POST")
    await courier.book(make_job(ready_at=NOW + timedelta(minutes=5), door_by=NOW + timedelta(minutes=50)))
    body = sent(server)
    assert body["pickup_ready_dt"] == "2026-01-02T03:05:00.000Z"
    assert body["pickup_deadline_dt"] == "2026-01-02T03:30:00.000Z"
    assert body["dropoff_deadline_dt"] == "2026-01-02T03:50:00.000Z"


async def test_a_promise_too_tight_for_their_rules_is_left_out(courier, server, make_job, payload) -> None:
    says(server, DELIVERIES, json.loads(payload("uber_direct/pending")), method="POST")
    await courier.book(make_job(ready_at=NOW + timedelta(minutes=5), door_by=NOW + timedelta(minutes=20)))
    assert "dropoff_deadline_dt" not in sent(server)


@pytest.mark.parametrize("code", ["expired_quote", "used_quote", "mismatched_price_quote"])
async def test_a_stale_quote_is_replaced_once(courier, server, job, payload, code) -> None:
    says(server, f"{ACCOUNT}/delivery_quotes", {"id": "dqt_new", "fee": 1, "currency": "twd"})
    then(server, DELIVERIES, (fault(code), 400), (json.loads(payload("uber_direct/pending")), 200))
    assert (await courier.book(job, quoted())).ref == DEL
    assert sent(server)["quote_id"] == "dqt_new"


async def test_a_quote_that_stays_stale_is_refused(courier, server, job) -> None:
    says(server, f"{ACCOUNT}/delivery_quotes", {"id": "dqt_new", "fee": 1, "currency": "twd"})
    then(server, DELIVERIES, (fault("used_quote"), 400))
    with pytest.raises(CourierRefused):
        await courier.book(job, quoted())
    assert asked(server).count(f"POST {DELIVERIES}") == 2


async def test_a_known_job_is_adopted(courier, server, job, payload) -> None:
    then(server, DELIVERIES, (fault("duplicate_delivery", delivery_id=DEL), 409))
    says(server, ONE, json.loads(payload("uber_direct/pending")))
    assert (await courier.book(job)).ref == DEL


async def test_a_known_job_without_a_name_is_looked_for(courier, server, job, payload) -> None:
    then(server, DELIVERIES, (fault("duplicate_delivery"), 409))
    says(server, DELIVERIES, {"data": [json.loads(payload("uber_direct/pending"))]}, method="GET")
    assert (await courier.book(job)).ref == DEL


async def test_a_known_job_nobody_can_name_is_down(courier, server, job) -> None:
    then(server, DELIVERIES, (fault("duplicate_delivery"), 409))
    says(server, DELIVERIES, {"data": []}, method="GET")
    with pytest.raises(CourierDown):
        await courier.book(job)


async def test_a_lost_answer_is_asked_for_again_with_the_same_key(courier, server, job, payload) -> None:
    pending = json.loads(payload("uber_direct/pending"))
    then(server, DELIVERIES, (fault("request_timeout"), 408), ({"code": "internal_server_error"}, 500), (pending, 200))
    await courier.book(job)
    keys = {sent(server, number)["idempotency_key"] for number in (-1, -2, -3)}
    assert keys == {KEY}


async def test_a_refused_booking_gives_no_customer_away(courier, server, make_job) -> None:
    door = Stop(name="陳小姐", phone="0912344821", address="忠孝東路 2 號")
    details = {"dropoff_phone_number": "0912344821 of 陳小姐 is no phone"}
    then(server, DELIVERIES, (fault("invalid_params", **details), 400))
    with pytest.raises(CourierRefused, match="dropoff_phone_number: … of … is no phone"):
        await courier.book(make_job(door=door))


@pytest.mark.parametrize(("code", "status"), [("customer_suspended", 402), ("customer_blocked", 403)])
async def test_an_account_in_trouble_is_locked_out(courier, server, job, code, status) -> None:
    then(server, DELIVERIES, (fault(code), status))
    with pytest.raises(CourierLockedOut) as caught:
        await courier.book(job)
    assert caught.value.code == code


async def test_a_rate_limit_that_comes_as_400_is_down(courier, server, job) -> None:
    then(server, DELIVERIES, (fault("customer_limited"), 400))
    with pytest.raises(CourierDown):
        await courier.book(job)


async def test_silence_is_down(unused_tcp_port, job) -> None:
    nobody = f"http://127.0.0.1:{unused_tcp_port}"
    courier = uber_direct.build("uber", settings(base_url=nobody, auth_url=nobody), now=lambda: NOW)
    for call in (courier.quote(job), courier.book(job), courier.find(KEY), courier.read(DEL), courier.cancel(DEL)):
        with pytest.raises(CourierDown):
            await call
    await courier.close()


# Find, read


def page(*deliveries: dict, more: bool = False) -> dict:
    return {"object": "list", "data": list(deliveries), "next_href": "/x?offset=1" if more else "", "total_count": -1}


async def test_a_job_under_way_is_found_by_our_key(courier, server, payload) -> None:
    says(server, DELIVERIES, page(json.loads(payload("uber_direct/pending"))))
    assert (await courier.find(KEY)).ref == DEL
    assert server.log[-1][0].args["filter"] == "ongoing"


async def test_a_job_that_has_ended_is_found_on_a_later_page(courier, server, payload) -> None:
    mine = json.loads(payload("uber_direct/pending"))
    pages = {("ongoing", "0"): page(), (None, "0"): page({"id": "del_z"}, more=True), (None, "1"): page(mine)}

    def answer(request: Request) -> Response:
        asked_for = pages[request.args.get("filter"), request.args["offset"]]
        return Response(json.dumps(asked_for), content_type="application/json")

    server.expect_request(DELIVERIES).respond_with_handler(answer)
    assert (await courier.find(KEY)).ref == DEL


async def test_a_job_they_do_not_know_is_none(courier, server) -> None:
    says(server, DELIVERIES, page({"id": "del_z", "external_id": "other"}))
    assert await courier.find(KEY) is None


async def test_a_list_without_end_is_not_read_to_its_end(courier, server) -> None:
    says(server, DELIVERIES, page({"id": "del_z"}, more=True))
    assert await courier.find(KEY) is None
    assert len(asked(server)) == 2 * uber_direct.MOST_PAGES


async def test_a_ref_cannot_lead_elsewhere(courier, server) -> None:
    with pytest.raises(CourierDown):
        await courier.read("../../x?y")
    assert server.log[-1][0].environ["RAW_URI"] == f"{DELIVERIES}/..%2F..%2Fx%3Fy"


async def test_goods_on_their_way_back_are_read_from_the_job_that_brings_them(courier, server, payload) -> None:
    says(server, ONE, json.loads(payload("uber_direct/returned")))
    back = {"id": RET, "status": "delivered", "updated": "2026-01-02T04:30:00Z", "external_id": "x"}
    says(server, f"{DELIVERIES}/{RET}", back | {"related_deliveries": {"id": DEL, "relationship": "original"}})
    report = await courier.read(DEL)
    assert (report.ref, report.return_ref, report.our_key) == (DEL, RET, KEY)
    assert (report.state, report.reason) == (DeliveryState.RETURNED, "CUSTOMER_UNAVAILABLE")
    assert report.at == datetime(2026, 1, 2, 4, 30, tzinfo=UTC)


async def test_a_way_back_they_do_not_know_yet_is_still_a_way_back(courier, server, payload) -> None:
    says(server, ONE, json.loads(payload("uber_direct/returned")))
    says(server, f"{DELIVERIES}/{RET}", fault("delivery_not_found"), 404)
    assert (await courier.read(DEL)).state is DeliveryState.RETURNING


async def test_an_unknown_job_is_refused_and_no_other_courier_helps(courier, server) -> None:
    says(server, ONE, fault("delivery_not_found"), 404)
    with pytest.raises(CourierRefused) as caught:
        await courier.read(DEL)
    assert not caught.value.try_another


# Cancel


@pytest.mark.parametrize(
    ("reason", "body"),
    [
        ("", b""),
        ("out_of_items", b'{"cancelation_reason":"out_of_items"}'),
        ("shop burnt", b'{"cancelation_reason":"other","additional_description":"shop burnt"}'),
    ],
)
async def test_a_cancel_gives_their_reason_or_ours_or_none(courier, server, reason, body) -> None:
    says(server, f"{ONE}/cancel", {"id": DEL, "status": "canceled"}, method="POST")
    assert (await courier.cancel(DEL, reason)).state is DeliveryState.FAILED
    assert server.log[-1][0].get_data() == body


async def test_a_second_cancel_finds_the_first(courier, server) -> None:
    says(server, f"{ONE}/cancel", fault("noncancelable_delivery"), 400)
    says(server, ONE, {"id": DEL, "status": "canceled"})
    assert (await courier.cancel(DEL)).word == "canceled"


async def test_a_cancel_that_comes_too_late_is_refused(courier, server) -> None:
    says(server, f"{ONE}/cancel", fault("noncancelable_delivery"), 400)
    says(server, ONE, {"id": DEL, "status": "dropoff"})
    with pytest.raises(CourierRefused) as caught:
        await courier.cancel(DEL)
    assert (caught.value.code, caught.value.try_another) == ("noncancelable_delivery", False)


# Tip


async def test_a_tip_is_told_in_hundredths(courier, server) -> None:
    says(server, ONE, {"id": DEL, "status": "dropoff", "fee": 10_400, "currency": "twd"}, method="POST")
    assert (await courier.tip(DEL, Money(500, "TWD"))).fee == Money(10_400, "TWD")
    assert sent(server) == {"tip_by_customer": 500}


@pytest.mark.parametrize(("recorded", "is_ours"), [(500, True), (300, False)])
async def test_a_tip_recorded_already_is_ours_or_a_refusal(courier, server, recorded, is_ours) -> None:
    says(server, ONE, fault("tip_already_recorded_error"), 400, method="POST")
    says(server, ONE, {"id": DEL, "status": "dropoff", "tip": recorded}, method="GET")
    if is_ours:
        assert (await courier.tip(DEL, Money(500, "TWD"))).ref == DEL
    else:
        with pytest.raises(CourierRefused):
            await courier.tip(DEL, Money(500, "TWD"))


async def test_a_tip_at_the_wrong_time_is_refused(courier, server) -> None:
    says(server, ONE, fault("invalid_tipping_state"), 400, method="POST")
    with pytest.raises(CourierRefused) as caught:
        await courier.tip(DEL, Money(500, "TWD"))
    assert not caught.value.try_another


# Proof


async def test_a_proof_is_fetched_as_bytes(courier, server) -> None:
    says(server, f"{ONE}/proof-of-delivery", {"document": b64encode(b"\x89PNG").decode()}, method="POST")
    assert await courier.proof(DEL, Waypoint.DROPOFF, Proof.PIN) == b"\x89PNG"
    assert sent(server) == {"waypoint": "dropoff", "type": "pincode"}


@pytest.mark.parametrize("answer", [{"document": "§"}, {}, {"document": 7}])
async def test_a_proof_that_cannot_be_read_is_down(courier, server, answer) -> None:
    says(server, f"{ONE}/proof-of-delivery", answer)
    with pytest.raises(CourierDown):
        await courier.proof(DEL, Waypoint.DROPOFF, Proof.PICTURE)


async def test_a_missing_proof_is_refused(courier, server) -> None:
    says(server, f"{ONE}/proof-of-delivery", fault("invalid_params"), 400)
    with pytest.raises(CourierRefused):
        await courier.proof(DEL, Waypoint.PICKUP, Proof.SIGNATURE)
