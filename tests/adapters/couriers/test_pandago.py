"""pandago's calls: the request we send, a good answer read, a refusal read, silence."""

import asyncio
import json
import re
from base64 import b64encode
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import httpx
import jwt
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from adapters import http
from adapters.assertions import rsa_key
from adapters.bookings import NO_LOOKUP
from adapters.couriers import pandago
from adapters.simulators.jpeg import JPEG
from adapters.simulators.pandago_keys import practice_key, practice_pem
from adapters.simulators.png import png
from core.domain.delivery import DeliveryState, Driver
from core.domain.job import JobItem, Stop
from core.domain.measures import Box, Place
from core.domain.money import Money
from core.ports.courier import Ability, CourierDown, CourierLockedOut, CourierRefused, Proof, Waypoint
from tests.adapters.couriers.conftest import KEY, NOW

S = DeliveryState
REF = "y0ud-000001"
API = "/tw/api/v1"
ORDERS, ONE, PLACE = f"{API}/orders", f"{API}/orders/{REF}", f"{API}/orders/{REF}/coordinates"
CLIENT = "pandago:tw:00000000-0000-0000-0000-000000000000"
CREDENTIALS = {"client_id": CLIENT, "key_id": "k1", "private_key": practice_pem(), "outlet": "store-07"}
AUDIENCE = "https://sts.deliveryhero.io"
# The worked example of their papers, made with a key pair that is used nowhere else.
PUBLIC = """-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArrt+6aME0Tq5m96WefYB
dA+VD5MpVTW7l/g36eXQkR+Hre30ZuuejNsbzvLFdYPs3m3niL6MhunJh/FvAocQ
Hw9RB8073i5lX7Q9Sx8IEovKQniQ1raBictMe1NRg+8iBfViux7bEAasQ0bD6of9
bSJzMu+PyaMe7Y6mXGYQUpOuTAD80RPeeG3nXnTy3wq5hOLLeWw4sDzLJQcM6pO1
z84afZ/HVndo6c6isiHNaEcwyJzqOjJfQfJUpsrQyqOxKkXP+QKKWq26n+b04yD1
hv3TACIM+dSIwCkrZPjeMdqsxdvEo86cYGZeTpzD3HUJhcuDqESHwpCPK1NasmM3
KQIDAQAB
-----END PUBLIC KEY-----"""
ASSERTION = (
    "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMSJ9.eyJpc3MiOiJwYW5k"
    "YWdvOnR3OjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMCIsInN1YiI6InBhbmRhZ286dHc6MDAwMDAwMDAtMDAwMC0wMDAwLTAwMD"
    "AtMDAwMDAwMDAwMDAwIiwianRpIjoiY2FhNTY3NzctNGU4OC00YzU5LWJlNzAtM2FlNTEzZmQyZTAwIiwiZXhwIjoxNzY3MzIzMzQ1LCJhdWQiOiJo"
    "dHRwczovL3N0cy5kZWxpdmVyeWhlcm8uaW8ifQ.ioHZjsGkG0Z1O2805UowkzJOZHbp8HBiCN53pqGhllgVtvS4coOPisWkhehPGpwXgaaiicbux9o"
    "jaqYCh8i1az2x3SLf0wFasyYUKhMpsZkBktGLXe9IsoWGKo_Bl2AmmYO9ZoG76jwTIckTrhFLQCHo_3DpCaCj78if80NL7-Jo_ATTNRmO1yhrznoXY"
    "GKF233QFsCwkjGg6NjKwL5aIvLDc3mj9eiDztzmgLvAjEQwbRjpbeGh_QKjvSZf7V8QQajf9hfctq3stbFjdZwp1ifx6Q7hy4VvYeAl7GDwypTUScu"
    "Zau1cTphp-jCbMPuQdn58i5EpHgVIeGHgTZuLbA"
)


def settings(**changed) -> pandago.Settings:
    return pandago.Settings.model_validate(CREDENTIALS | changed)


@pytest.fixture
def server(httpserver: HTTPServer) -> HTTPServer:
    """Tokens t1, t2 … one after another."""
    given = iter(range(1, 100))

    def grant(request: Request) -> Response:
        request.get_data()
        body = {"access_token": f"t{next(given)}", "expires_in": "3599", "token_type": "bearer"}
        return Response(json.dumps(body), content_type="application/json")

    httpserver.expect_request("/oauth2/token", method="POST").respond_with_handler(grant)
    return httpserver


def courier_at(server: HTTPServer, **changed) -> pandago.Pandago:
    base = server.url_for("")
    return pandago.build("panda", settings(base_url=base, auth_url=base, **changed), now=lambda: NOW)


@pytest.fixture
async def courier(server: HTTPServer) -> AsyncIterator[pandago.Pandago]:
    courier = courier_at(server)
    yield courier
    await courier.close()


def calls(server: HTTPServer, path: str) -> list[Request]:
    return [request for request, _ in server.log if request.path == path]


def sent(server: HTTPServer, path: str = ORDERS) -> dict:
    return json.loads(calls(server, path)[-1].get_data())


def says(server: HTTPServer, path: str | re.Pattern, body: object, status: int = 200, **more) -> None:
    server.expect_request(path, **more).respond_with_json(body, status=status)


def accepting(token: str, otherwise: int):
    def answer(request: Request) -> Response:
        is_good = request.headers["Authorization"] == f"Bearer {token}"
        body = {"order_id": REF, "status": "NEW"} if is_good else {"message": "no"}
        return Response(json.dumps(body), 200 if is_good else otherwise, content_type="application/json")

    return answer


# Who we are


def test_the_worked_assertion_is_read_with_its_public_key() -> None:
    told = jwt.decode(ASSERTION, PUBLIC, algorithms=["RS256"], audience=AUDIENCE, options={"verify_exp": False})
    assert (told["iss"], told["sub"], told["exp"]) == (CLIENT, CLIENT, 1767323345)


async def test_a_token_is_asked_for_with_an_assertion_like_the_worked_one(courier, server) -> None:
    says(server, ONE, {"order_id": REF, "status": "NEW"})
    await courier.read(REF)
    form = {
        name: value for name, (value,) in parse_qs(calls(server, "/oauth2/token")[0].get_data(as_text=True)).items()
    }
    assertion = form.pop("client_assertion")
    assert form == {
        "grant_type": "client_credentials",
        "client_id": CLIENT,
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "scope": "pandago.api.tw.*",
    }
    header = jwt.get_unverified_header(assertion)
    assert header == jwt.get_unverified_header(ASSERTION) | {"kid": "k1"}
    known = practice_key().public_key()
    told = jwt.decode(assertion, known, algorithms=["RS256"], audience=AUDIENCE, options={"verify_exp": False})
    assert set(told) == {"iss", "sub", "jti", "exp", "aud"}
    assert (told["iss"], told["sub"]) == (CLIENT, CLIENT)
    assert NOW.timestamp() < told["exp"] <= NOW.timestamp() + 3600


async def test_a_token_is_shown_until_it_ends_and_asked_for_once_by_many(courier, server) -> None:
    says(server, ONE, {"order_id": REF, "status": "NEW"}, headers={"Authorization": "Bearer t1"})
    await asyncio.gather(*(courier.read(REF) for _ in range(5)))
    await courier.read(REF)
    assert len(calls(server, "/oauth2/token")) == 1


@pytest.mark.parametrize("status", [401, 403])
async def test_a_token_that_has_ended_is_replaced_by_one_with_a_new_assertion(courier, server, status) -> None:
    server.expect_request(ONE).respond_with_handler(accepting("t2", status))
    await courier.read(REF)
    first, second = (request.get_data() for request in calls(server, "/oauth2/token"))
    assert first != second


@pytest.mark.parametrize("status", [401, 403])
async def test_a_second_no_to_our_token_is_final(courier, server, status) -> None:
    server.expect_request(ONE).respond_with_handler(accepting("never", status))
    with pytest.raises(CourierLockedOut):
        await courier.read(REF)
    assert len(calls(server, ONE)) == 2


@pytest.mark.parametrize("status", [400, 401])
async def test_refused_keys_lock_us_out(httpserver, status) -> None:
    wrong = {"error": "invalid_client", "error_description": "unknown"}
    says(httpserver, "/oauth2/token", wrong, status)
    courier = courier_at(httpserver)
    with pytest.raises(CourierLockedOut) as caught:
        await courier.read(REF)
    assert caught.value.code == "invalid_client"
    await courier.close()


@pytest.mark.parametrize("suffix", ["", "/", "/tw/api/v1", "/tw/api/v1/"])
def test_the_base_url_is_taken_with_and_without_its_path(suffix) -> None:
    assert settings(base_url=f"http://x{suffix}").root == "http://x/tw/api/v1"


@pytest.mark.parametrize("suffix", ["", "/", "/oauth2/token"])
def test_the_auth_url_is_taken_with_and_without_its_path(suffix) -> None:
    assert settings(auth_url=f"http://x{suffix}").token_url == "http://x/oauth2/token"


def test_another_country_has_another_path_and_scope() -> None:
    there = settings(country="SG", base_url="https://pandago-api-sandbox.deliveryhero.io/sg/api/v1")
    assert there.root == "https://pandago-api-sandbox.deliveryhero.io/sg/api/v1"
    assert (there.scopes, settings(scope="mine").scopes) == ("pandago.api.sg.*", "mine")


@pytest.mark.parametrize(
    "wrong",
    [
        {"typo": 1},
        {"kind": "uber_direct"},
        {"country": "US"},
        {"base_url": "http://x/sg/api/v1"},
        {"private_key": "hidden-words"},
        {"contents": "x" * 201},
        {"packaging": "huge"},
    ],
)
def test_settings_that_cannot_be_are_refused(wrong) -> None:
    with pytest.raises(ValueError, match=r"typo|kind|country|RSA|contents|packaging"):
        settings(**wrong)


def test_secrets_do_not_show() -> None:
    shown = repr(settings(webhook_secret="s3cret"))
    assert "s3cret" not in shown
    assert "PRIVATE" not in shown


def test_what_it_carries_is_in_grams_and_millimetres() -> None:
    limits = settings().limits
    assert (limits.max_weight_g, limits.boxes) == (20_000, (Box(300, 600, 400),))


def test_it_can_do_what_the_account_can() -> None:
    usual = pandago.build("panda", settings()).abilities
    assert usual == {Ability.QUOTE, Ability.CANCEL, Ability.PROOF}
    assert pandago.build("panda", settings(pin=True)).abilities == usual | {Ability.PIN}


def test_every_word_they_know_has_its_state() -> None:
    words = """NEW RECEIVED WAITING_FOR_TRANSPORT ASSIGNED_TO_TRANSPORT COURIER_ACCEPTED_DELIVERY NEAR_VENDOR PICKED_UP
    COURIER_LEFT_VENDOR NEAR_CUSTOMER DELIVERED CANCELLED RETURNED_TO_VENDOR"""
    assert set(pandago.STATUS) == set(words.split())  # DELAYED is no stage


# Quote


def estimates(server: HTTPServer, fee: object, times: object = None, status: int = 200) -> None:
    says(server, f"{ORDERS}/fee", fee, status, method="POST")
    expected = {"estimated_pickup_time": "2026-01-02T03:10:00.000Z", "estimated_delivery_time": ""}
    says(server, f"{ORDERS}/time", expected if times is None else times, method="POST")


async def test_a_quote_asks_for_price_and_times_without_a_name(courier, server, job) -> None:
    estimates(server, {"client_order_id": KEY, "estimated_delivery_fee": 85.5})
    await courier.quote(job)
    asked = sent(server, f"{ORDERS}/fee")
    assert asked == sent(server, f"{ORDERS}/time")
    assert asked["recipient"] == {
        "location": {"address": "忠孝東路 2 號", "latitude": 25.0416, "longitude": 121.5436},
    }
    assert (asked["amount"], asked["description"]) == (240.0, "2 × 烏龍茶")
    assert "陳小姐" not in json.dumps(asked, ensure_ascii=False)


@pytest.mark.parametrize("word", ["estimated", "estimate"])
async def test_a_quote_is_read_by_either_spelling(courier, server, job, word) -> None:
    times = {f"{word}_pickup_time": "2026-01-02T03:10:00.000Z", f"{word}_delivery_time": "2026-01-02T03:35:00.000Z"}
    estimates(server, {f"{word}_delivery_fee": 8.17}, times)
    quote = await courier.quote(job)
    assert (quote.fee, quote.expires_at) == (Money(817, "TWD"), NOW + timedelta(minutes=15))
    assert (quote.at_store, quote.at_door) == (NOW + timedelta(minutes=10), NOW + timedelta(minutes=35))


@pytest.mark.parametrize("times", [{"estimated_pickup_time": "soon"}, {}, [], None])
async def test_a_price_without_times_is_a_quote(courier, server, job, times) -> None:
    estimates(server, {"estimated_delivery_fee": 85}, times or [])
    assert (await courier.quote(job)).at_store is None


async def test_a_price_whose_times_fail_is_a_quote(courier, server, job) -> None:
    says(server, f"{ORDERS}/fee", {"estimated_delivery_fee": 85})
    says(server, f"{ORDERS}/time", {"message": "no"}, 422)
    assert (await courier.quote(job)).fee == Money(8500, "TWD")


@pytest.mark.parametrize("fee", [{}, {"estimated_delivery_fee": -1}, {"estimated_delivery_fee": "much"}, [], 7])
async def test_an_estimate_without_price_is_no_quote(courier, server, job, fee) -> None:
    estimates(server, fee)
    with pytest.raises(CourierDown):
        await courier.quote(job)


async def test_a_refused_estimate_says_why(courier, server, job) -> None:
    estimates(server, {"message": "No branch close enough to sender was found"}, status=422)
    with pytest.raises(CourierRefused, match="No branch close enough") as caught:
        await courier.quote(job)
    assert (caught.value.code, caught.value.try_another) == ("no_outlet", True)


@pytest.mark.parametrize(("country", "currency"), [("KW", "KWD"), ("JO", "JOD")])
async def test_a_country_with_three_decimals_is_read_in_its_minor_units(server, job, country, currency) -> None:
    says(server, f"/{country.lower()}/api/v1/orders/fee", {"estimated_delivery_fee": 1.255})
    says(server, f"/{country.lower()}/api/v1/orders/time", {})
    courier = courier_at(server, country=country)
    assert (await courier.quote(job)).fee == Money(1255, currency)
    await courier.close()


# Book


async def test_a_booking_says_all_of_the_job(courier, server, job, payload) -> None:
    says(server, ORDERS, json.loads(payload("pandago/order")), 201, method="POST")
    await courier.book(job)
    assert sent(server) == {
        "client_order_id": KEY,
        "sender": {"client_vendor_id": "store-07", "notes": "#1042"},
        "recipient": {
            "name": "陳小姐",
            "phone_number": "+886912344821",
            "location": {"address": "忠孝東路 2 號", "latitude": 25.0416, "longitude": 121.5436},
            "notes": "ring twice",
        },
        "payment_method": "PAID",
        "amount": 240.0,
        "description": "2 × 烏龍茶",
        "coldbag_needed": False,
    }


async def test_a_booking_is_read(courier, server, job, payload) -> None:
    says(server, ORDERS, json.loads(payload("pandago/order")), 201, method="POST")
    report = await courier.book(job)
    assert (report.ref, report.waybill, report.our_key) == (REF, REF, KEY)
    assert (report.state, report.word) == (S.MATCHING, "NEW")
    assert (report.fee, report.at) == (Money(8500, "TWD"), datetime.fromtimestamp(1767323045, UTC))
    assert (report.driver, report.eta_store) == (None, None)


async def test_without_an_outlet_the_store_is_told_by_its_place(server, job) -> None:
    says(server, ORDERS, {"order_id": REF, "status": "NEW"}, 201)
    courier = courier_at(server, outlet="")
    await courier.book(job)
    assert sent(server)["sender"] == {
        "name": "南西店",
        "phone_number": "+886225550000",
        "location": {"address": "南京西路 1 號", "latitude": 25.0523, "longitude": 121.5202},
        "notes": "#1042",
    }
    await courier.close()


async def test_a_store_without_outlet_and_place_is_refused_before_it_leaves(server, make_job) -> None:
    courier, nowhere = courier_at(server, outlet=""), Stop(name="S", phone="+886225550000", address="A")
    for ask in (courier.quote, courier.book):
        with pytest.raises(CourierRefused, match="outlet"):
            await ask(make_job(store=nowhere))
    assert server.log == []
    await courier.close()


async def test_a_door_without_a_place_is_told_by_its_address(courier, server, make_job) -> None:
    says(server, ORDERS, {"order_id": REF, "status": "NEW"}, 201)
    await courier.book(make_job(door=Stop(name="Ms Chen", phone="+886 912-344-821", address="B Rd 2")))
    assert sent(server)["recipient"] == {
        "name": "Ms Chen",
        "phone_number": "+886912344821",
        "location": {"address": "B Rd 2"},
    }


async def test_what_the_account_has_is_told_along(server, job) -> None:
    says(server, ORDERS, {"order_id": REF, "status": "NEW"}, 201)
    courier = courier_at(server, pin=True, packaging="medium", coldbag=True, contents="tea")
    await courier.book(job)
    told = sent(server)
    assert told["delivery_tasks"] == {"handover_confirmation": {"drop_off": "PIN"}}
    assert (told["packaging"], told["coldbag_needed"]) == ({"size": "medium", "weight": 1.2}, True)
    assert told["description"] == "tea"
    await courier.close()


async def test_a_postcode_is_told_in_singapore(server, make_job) -> None:
    says(server, "/sg/api/v1/orders", {"order_id": REF, "status": "NEW"}, 201)
    courier = courier_at(server, country="SG")
    await courier.book(make_job(door=Stop(name="L", phone="+6561234567", address="1 Raffles Place #20-01, S048616")))
    assert sent(server, "/sg/api/v1/orders")["recipient"]["location"]["postalcode"] == "048616"
    await courier.close()


@pytest.mark.parametrize(
    ("ready_in", "told_in"),
    [(None, None), (5, None), (25, None), (26, 56), (120, 150), (60 * 24 * 3, None)],
    ids=str,
)
async def test_only_goods_ready_much_later_are_planned(courier, server, make_job, ready_in, told_in) -> None:
    says(server, ORDERS, {"order_id": REF, "status": "NEW"}, 201)
    ready = None if ready_in is None else NOW + timedelta(minutes=ready_in)
    await courier.book(make_job(ready_at=ready))
    door = None if told_in is None else int((NOW + timedelta(minutes=told_in)).timestamp())
    assert sent(server).get("preordered_for") == door


async def test_texts_are_as_long_as_they_take(courier, server, make_job) -> None:
    says(server, ORDERS, {"order_id": REF, "status": "NEW"}, 201)
    many = tuple(JobItem(name="長" * 60, quantity=n, weight_g=1) for n in range(1, 9))
    door = Stop(name="n" * 400, phone="+886912344821", address="a" * 400, note="\x1b[31m" + "x" * 3000)
    await courier.book(make_job(items=many, door=door))
    told = sent(server)
    assert (len(told["description"]), len(told["recipient"]["location"]["address"])) == (200, 255)
    assert (len(told["recipient"]["name"]), len(told["recipient"]["notes"])) == (255, 2048)
    assert "\x1b" not in told["recipient"]["notes"]


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (400, {"message": "Invalid payload", "errors": [{"field": "recipient.phone_number"}]}, ""),
        (404, {"message": "Outlet not found"}, "no_outlet"),
        (422, [{"message": "Sender is outside operating hours"}, {"message": "more"}], "closed"),
        (422, {"message": "Unable to process order"}, ""),
    ],
)
async def test_a_refused_booking_says_why_and_may_be_made_elsewhere(courier, server, job, status, body, code) -> None:
    says(server, ORDERS, body, status)
    with pytest.raises(CourierRefused) as caught:
        await courier.book(job)
    assert (caught.value.code, caught.value.try_another) == (code, True)
    first = body[0] if isinstance(body, list) else body
    assert first["message"] in str(caught.value)
    assert await courier.find(KEY) is None


async def test_the_wrong_field_is_named(courier, server, job) -> None:
    says(server, ORDERS, {"message": "Invalid payload", "errors": [{"field": "recipient.phone_number"}]}, 400)
    with pytest.raises(CourierRefused, match=r"recipient\.phone_number"):
        await courier.book(job)


async def test_what_they_repeat_of_the_customer_is_not_told(courier, server, job) -> None:
    says(server, ORDERS, {"message": "陳小姐 of 忠孝東路 2 號, +886912344821, is too far"}, 422)
    with pytest.raises(CourierRefused, match="is too far") as caught:
        await courier.book(job)
    assert not [word for word in ("陳小姐", "忠孝東路", "0912", "912344821") if word in str(caught.value)]


# What may have arrived


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
async def test_an_uncertain_booking_is_never_sent_again(courier, server, job, status) -> None:
    says(server, ORDERS, [{"message": "Unable to proceed, something went wrong"}], status)
    for _ in range(2):
        with pytest.raises(CourierDown) as caught:
            await courier.book(job)
        assert caught.value.may_have_happened
    assert len(calls(server, ORDERS)) == 1
    with pytest.raises(CourierDown) as caught:
        await courier.find(KEY)
    assert caught.value.code == NO_LOOKUP


@pytest.mark.parametrize("body", ["<html>", "[]", '"x"', "{}", '{"order_id": ""}'])
async def test_an_answer_that_names_no_order_is_an_uncertain_booking(courier, server, job, body) -> None:
    server.expect_request(ORDERS).respond_with_data(body, 201)
    with pytest.raises(CourierDown) as caught:
        await courier.book(job)
    assert caught.value.may_have_happened
    with pytest.raises(CourierDown):
        await courier.find(KEY)


async def test_a_booking_turned_away_may_be_sent_again(courier, server, job) -> None:
    says(server, ORDERS, {"message": "Too many requests"}, 429)
    with pytest.raises(CourierDown) as caught:
        await courier.book(job)
    assert not caught.value.may_have_happened
    assert await courier.find(KEY) is None


async def test_a_booking_that_never_left_may_be_sent_again(job) -> None:
    nobody = settings(base_url="http://127.0.0.1:9", auth_url="http://127.0.0.1:9")
    courier = pandago.build("panda", nobody, now=lambda: NOW)
    with pytest.raises(CourierDown) as caught:
        await courier.book(job)
    assert not caught.value.may_have_happened
    assert await courier.find(KEY) is None
    await courier.close()


async def test_a_booking_cut_off_in_the_middle_is_uncertain(courier, server, job, monkeypatch) -> None:
    async def cut(*_: object, **__: object) -> None:
        raise httpx.ReadError("gone")

    await courier._tokens.headers(http.Call(method="GET", url=""))
    monkeypatch.setattr(courier._client, "send", cut)
    with pytest.raises(CourierDown) as caught:
        await courier.book(job)
    assert caught.value.may_have_happened
    with pytest.raises(CourierDown):
        await courier.find(KEY)


# Read


async def test_a_job_is_read_with_its_driver_and_his_place(courier, server, payload) -> None:
    says(server, ONE, json.loads(payload("pandago/riding")))
    says(server, PLACE, {"client_order_id": KEY, "latitude": 25.04, "longitude": "121.55", "updated_at": 1767323140})
    report = await courier.read(REF)
    assert (report.state, report.word) == (S.PICKED_UP, "PICKED_UP")
    assert report.driver == Driver(name="A-Ming", phone="+886900000000")
    assert report.place == Place(25.04, 121.55, datetime.fromtimestamp(1767323140, UTC))
    assert (report.eta_store, report.eta_door) == (NOW + timedelta(minutes=10), NOW + timedelta(minutes=35))
    assert (report.fee, report.tracking_url) == (Money(8550, "TWD"), "https://example.invalid/t/1")


async def test_nobody_is_asked_for_while_nobody_has_accepted(courier, server, payload) -> None:
    says(server, ONE, json.loads(payload("pandago/order")))
    assert (await courier.read(REF)).driver is None
    assert calls(server, PLACE) == []


@pytest.mark.parametrize("status", [400, 404, 422, 500, 503])
async def test_a_place_nobody_tells_leaves_the_job_standing(courier, server, payload, status) -> None:
    says(server, ONE, json.loads(payload("pandago/riding")))
    says(server, PLACE, {"message": "no"}, status)
    assert ((report := await courier.read(REF)).state, report.place) == (S.PICKED_UP, None)
    assert len(calls(server, PLACE)) == 1


@pytest.mark.parametrize("word", ["DELAYED", "COURIER_DANCES"])
async def test_a_word_that_is_no_stage_keeps_what_comes_with_it(courier, server, payload, word) -> None:
    says(server, ONE, json.loads(payload("pandago/riding")) | {"status": word})
    says(server, PLACE, {"message": "no"}, 404)
    report = await courier.read(REF)
    assert (report.state, report.word) == (S.UNKNOWN, word)
    assert (report.driver.name, report.eta_door) == ("A-Ming", NOW + timedelta(minutes=35))


async def test_an_order_nobody_made_is_refused_for_good(courier, server) -> None:
    says(server, ONE, {"message": "Order not found"}, 404)
    with pytest.raises(CourierRefused) as caught:
        await courier.read(REF)
    assert (caught.value.code, caught.value.try_another) == ("order_not_found", False)


async def test_silence_is_down_after_some_repeats(courier, server) -> None:
    says(server, ONE, {"message": "Service unavailable"}, 503)
    with pytest.raises(CourierDown):
        await courier.read(REF)
    assert len(calls(server, ONE)) == http.ATTEMPTS


async def test_a_hostile_number_stays_inside_its_path(courier, server) -> None:
    says(server, re.compile(f"{ORDERS}/.*"), {"message": "Order not found"}, 404)
    with pytest.raises(CourierRefused):
        await courier.read("../outletList?x=1#")
    assert server.log[-1][0].path == f"{ORDERS}/../outletList?x=1#"


# Cancel, proof, and the rest


@pytest.mark.parametrize(
    ("reason", "told"),
    [("", "REASON_UNKNOWN"), ("MISTAKE_ERROR", "MISTAKE_ERROR"), ("the customer called", "REASON_UNKNOWN")],
)
async def test_a_cancel_carries_a_reason_they_know(courier, server, reason, told) -> None:
    server.expect_request(ONE, method="DELETE").respond_with_data("", 204)
    says(server, ONE, {"order_id": REF, "status": "CANCELLED", "updated_at": 1767323999}, method="GET")
    report = await courier.cancel(REF, reason)
    assert json.loads(calls(server, ONE)[0].get_data()) == {"reason": told}
    assert (report.state, report.at) == (S.FAILED, datetime.fromtimestamp(1767323999, UTC))


async def test_a_cancel_is_believed_when_their_picture_is_old(courier, server) -> None:
    says(server, ONE, {"message": "replaced"}, 203, method="DELETE")
    says(server, ONE, {"order_id": REF, "status": "WAITING_FOR_TRANSPORT", "updated_at": 1767323045}, method="GET")
    assert ((report := await courier.cancel(REF)).state, report.word) == (S.FAILED, "CANCELLED")


async def test_a_cancel_is_believed_when_nothing_is_said_after_it(courier, server) -> None:
    server.expect_request(ONE, method="DELETE").respond_with_data("", 204)
    says(server, ONE, {"message": "no"}, 500, method="GET")
    assert ((report := await courier.cancel(REF)).state, report.ref) == (S.FAILED, REF)


@pytest.mark.parametrize("word", ["COURIER_ACCEPTED_DELIVERY", "PICKED_UP", "DELIVERED"])
async def test_a_cancel_too_late_is_refused_for_good(courier, server, word) -> None:
    says(server, ONE, {"message": "Order is not cancellable"}, 409, method="DELETE")
    says(server, ONE, {"order_id": REF, "status": word}, method="GET")
    with pytest.raises(CourierRefused, match="not cancellable") as caught:
        await courier.cancel(REF)
    assert not caught.value.try_another


async def test_a_cancel_whose_first_answer_was_lost_has_worked(courier, server) -> None:
    answers = iter([Response("{}", 503), Response('{"message": "Order is not cancellable"}', 409)])
    server.expect_request(ONE, method="DELETE").respond_with_handler(lambda _: next(answers))
    says(server, ONE, {"order_id": REF, "status": "CANCELLED"}, method="GET")
    assert (await courier.cancel(REF)).state is S.FAILED


@pytest.mark.parametrize(
    ("waypoint", "path"),
    [
        (Waypoint.PICKUP, "proof_of_pickup"),
        (Waypoint.DROPOFF, "proof_of_delivery"),
        (Waypoint.RETURN, "proof_of_return"),
    ],
)
@pytest.mark.parametrize("shape", ["{}", '"{}"', "data:image/jpeg;base64,{}", "{}\n"])
async def test_a_picture_comes_as_base64(courier, server, waypoint, path, shape) -> None:
    server.expect_request(f"{ORDERS}/{path}/{REF}").respond_with_data(shape.format(b64encode(JPEG).decode()))
    assert await courier.proof(REF, waypoint, Proof.PICTURE) == JPEG


async def test_a_picture_may_be_png(courier, server) -> None:
    server.expect_request(f"{ORDERS}/proof_of_delivery/{REF}").respond_with_data(b64encode(png(1, 2, 3)))
    assert (await courier.proof(REF, Waypoint.DROPOFF, Proof.PICTURE)).startswith(b"\x89PNG")


@pytest.mark.parametrize("body", ["%%%", "", b64encode(b"<html>").decode(), "陳"])
async def test_what_is_no_picture_is_not_taken_for_one(courier, server, body) -> None:
    server.expect_request(f"{ORDERS}/proof_of_delivery/{REF}").respond_with_data(body)
    with pytest.raises(CourierDown):
        await courier.proof(REF, Waypoint.DROPOFF, Proof.PICTURE)


async def test_a_missing_picture_is_refused(courier, server) -> None:
    says(
        server, f"{ORDERS}/proof_of_delivery/{REF}", {"message": "Proof of delivery for this order was not found"}, 404
    )
    with pytest.raises(CourierRefused) as caught:
        await courier.proof(REF, Waypoint.DROPOFF, Proof.PICTURE)
    assert (caught.value.code, caught.value.try_another) == ("no_proof", False)


@pytest.mark.parametrize("kind", [Proof.SIGNATURE, Proof.PIN])
async def test_they_keep_no_other_proof(courier, server, kind) -> None:
    with pytest.raises(CourierRefused):
        await courier.proof(REF, Waypoint.DROPOFF, kind)
    assert server.log == []


async def test_they_take_no_tip(courier, server) -> None:
    with pytest.raises(CourierRefused) as caught:
        await courier.tip(REF, Money(1000, "TWD"))
    assert (caught.value.code, server.log) == ("no_tip", [])


async def test_a_door_is_changed(courier, server, payload) -> None:
    says(server, ONE, {"order_id": REF}, method="PUT")
    says(server, ONE, json.loads(payload("pandago/order")), method="GET")
    door = Stop(name="Ms Chen", phone="", address="C Rd 3", latitude=25.1, longitude=121.5, note="2F")
    assert (await courier.edit(REF, door)).ref == REF
    place = {"address": "C Rd 3", "latitude": 25.1, "longitude": 121.5, "notes": "2F"}
    assert json.loads(calls(server, ONE)[0].get_data()) == {"location": place}


@pytest.mark.parametrize("status", [405, 422])
async def test_a_door_that_cannot_be_changed_says_why(courier, server, status) -> None:
    says(server, ONE, {"message": "Order can not be updated"}, status, method="PUT")
    with pytest.raises(CourierRefused) as caught:
        await courier.edit(REF, Stop(name="", phone="", address="C Rd 3"))
    assert caught.value.code == "not_updatable"


async def test_outlets_are_listed(courier, server) -> None:
    known = {"name": "S", "address": "A", "latitude": 25.0, "longitude": 121.5, "phone_number": "+886225550000"}
    says(server, f"{API}/outletList", [known | {"client_vendor_id": "store-07"}, 7])
    stop = Stop(name="S", phone="+886225550000", address="A", latitude=25.0, longitude=121.5)
    assert await courier.outlets() == {"store-07": stop}


async def test_an_outlet_is_saved(courier, server, job) -> None:
    says(server, f"{API}/outlets/store-07", {"client_vendor_id": "store-07", "name": "南西店"}, method="PUT")
    assert (await courier.save_outlet(job.store, city="Taipei")).name == "南西店"
    assert sent(server, f"{API}/outlets/store-07") == {
        "name": "南西店",
        "address": "南京西路 1 號",
        "latitude": 25.0523,
        "longitude": 121.5202,
        "phone_number": "+886225550000",
        "city": "Taipei",
        "currency": "TWD",
        "locale": "zh-TW",
    }


def test_the_practice_key_is_one_an_account_may_have() -> None:
    assert rsa_key(practice_pem()).key_size == 2048
