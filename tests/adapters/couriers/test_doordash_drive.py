"""DoorDash Drive's calls: the request we send, a good answer read, a refusal read, silence."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from adapters import http
from adapters.couriers import doordash_drive
from adapters.payloads.doordash_drive import cents, money
from adapters.simulators.png import png
from core.domain.delivery import DeliveryState, Driver
from core.domain.job import Stop
from core.domain.measures import Place
from core.domain.money import Money
from core.domain.quote import Quote
from core.ports.courier import Ability, CourierDown, CourierLockedOut, CourierRefused, Proof, Waypoint
from tests.adapters.couriers.conftest import KEY, NOW

S = DeliveryState
QUOTES, DELIVERIES = "/drive/v2/quotes", "/drive/v2/deliveries"
ONE, ACCEPT = f"{DELIVERIES}/{KEY}", f"{QUOTES}/{KEY}/accept"
SECRET = "ZG9vcmRhc2gtdGVzdC1zaWduaW5nLXNlY3JldC0zMmI"
CREDENTIALS = {"developer_id": "dev-id-1", "key_id": "key-id-1", "signing_secret": SECRET}
SIGNED_AT = datetime.fromtimestamp(1767323045, UTC)
TOKEN = (
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImRkLXZlciI6IkRELUpXVC1WMSJ9.eyJhdWQiOiJkb29yZGFzaCIsImlzcyI6ImRldi1pZC0xIiwi"
    "a2lkIjoia2V5LWlkLTEiLCJleHAiOjE3NjczMjMzNDUsImlhdCI6MTc2NzMyMzA0NX0.9Vsd_V8wlOnLmtShVlStsZ7fV_ASX1hjTVHGWlRWX9w"
)
PLAIN = {"external_delivery_id": KEY, "delivery_status": "created", "fee": 975, "currency": "USD"}
DOLLARS = {"items": (), "value": Money(4500, "USD")}


def settings(**changed) -> doordash_drive.Settings:
    return doordash_drive.Settings.model_validate(CREDENTIALS | changed)


@pytest.fixture
async def courier(httpserver: HTTPServer) -> AsyncIterator[doordash_drive.DoorDashDrive]:
    found = settings(base_url=httpserver.url_for(""))
    courier = doordash_drive.build("dash", found, now=lambda: NOW, wall=lambda: SIGNED_AT)
    yield courier
    await courier.close()


@pytest.fixture
def dash(httpserver: HTTPServer):
    """With other settings."""
    return lambda **changed: doordash_drive.build(
        "dash", settings(base_url=httpserver.url_for(""), **changed), now=lambda: NOW
    )


def sent(server: HTTPServer, number: int = -1) -> dict:
    return json.loads(server.log[number][0].get_data())


def asked(server: HTTPServer) -> list[str]:
    return [f"{request.method} {request.path}" for request, _ in server.log]


def says(server: HTTPServer, path: str, body: object, status: int = 200, **more) -> None:
    server.expect_request(path, **more).respond_with_json(body, status=status)


def then(server: HTTPServer, path: str, *answers: tuple[object, int], method: str = "POST") -> None:
    """Answers one after another, the last for good."""
    waiting = list(answers)

    def answer(request: Request) -> Response:
        body, status = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return Response(json.dumps(body), status, content_type="application/json")

    server.expect_request(path, method=method).respond_with_handler(answer)


def fault(code: str, **more) -> dict:
    return {"code": code, "message": f"it is {code}", **more}


def quoted(**changed) -> Quote:
    usual = {"courier": "dash", "ref": KEY, "fee": Money(975, "USD"), "expires_at": NOW + timedelta(minutes=5)}
    return Quote(**usual | changed)


# Who we are


async def test_a_token_is_signed_as_in_their_example(courier, httpserver, payload) -> None:
    says(httpserver, ONE, json.loads(payload("doordash_drive/created")))
    await courier.read(KEY)
    assert httpserver.log[0][0].headers["Authorization"] == f"Bearer {TOKEN}"


async def test_another_library_believes_the_token(dash, httpserver) -> None:
    says(httpserver, ONE, PLAIN)
    courier = dash()
    await courier.read(KEY)
    token = httpserver.log[0][0].headers["Authorization"].removeprefix("Bearer ")
    claims = jwt.decode(token, b"doordash-test-signing-secret-32b", algorithms=["HS256"], audience="doordash")
    assert (claims["iss"], claims["kid"], claims["exp"] - claims["iat"]) == ("dev-id-1", "key-id-1", 300)
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT", "dd-ver": "DD-JWT-V1"}
    await courier.close()


async def test_a_token_is_kept_while_it_is_good(httpserver) -> None:
    made: list[datetime] = []
    found = settings(base_url=httpserver.url_for(""))
    courier = doordash_drive.build("dash", found, wall=lambda: made.append(NOW) or NOW)
    says(httpserver, ONE, PLAIN)
    await asyncio.gather(*(courier.read(KEY) for _ in range(5)))
    assert len(made) == 1
    await courier.close()


async def test_a_stale_token_is_made_anew_once(courier, httpserver) -> None:
    then(httpserver, ONE, (fault("authentication_error"), 401), (PLAIN, 200), method="GET")
    assert (await courier.read(KEY)).state is S.MATCHING
    assert len(httpserver.log) == 2


async def test_keys_that_stay_refused_lock_us_out(courier, httpserver) -> None:
    says(httpserver, ONE, fault("authentication_error"), 401)
    with pytest.raises(CourierLockedOut, match="authentication_error"):
        await courier.read(KEY)
    assert len(httpserver.log) == 2


async def test_an_account_without_the_right_is_locked_out(courier, httpserver, job) -> None:
    says(httpserver, DELIVERIES, fault("authorization_error"), 403)
    with pytest.raises(CourierLockedOut):
        await courier.book(job)


@pytest.mark.parametrize("suffix", ["", "/", "/drive/v2", "/drive/v2/"])
def test_the_base_url_is_taken_with_and_without_its_version(suffix) -> None:
    assert settings(base_url=f"http://x{suffix}").root == "http://x"


def test_secrets_do_not_show() -> None:
    shown = repr(settings(webhook_secret="Basic s3cret")) + repr(settings().signer(lambda: NOW))
    assert [secret for secret in (SECRET, "s3cret", "doordash-test") if secret in shown] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"typo": 1},
        {"kind": "pandago"},
        {"market": "TW"},
        {"signing_secret": ""},
        {"signing_secret": "not base64!"},
        {"store_id": "s"},
        {"contactless": True, "proof": "pin"},
        {"contactless": True, "signature": True},
    ],
)
def test_settings_that_cannot_be_are_refused(wrong) -> None:
    with pytest.raises(ValueError, match=f"{next(iter(wrong))}|business_id|contactless"):
        settings(**wrong)


@pytest.mark.parametrize("secret", ["-_-_", "+/+/", "LV8tXw==", " LV8tXw "])
def test_a_signing_secret_is_base64_of_either_alphabet(secret) -> None:
    assert settings(signing_secret=secret).signer(lambda: NOW).key


def test_limits_become_grams_and_millimetres() -> None:
    limits = settings(max_weight_kg=12.5, boxes_cm=[[30, 60, 40.5]]).limits
    assert (limits.max_weight_g, limits.boxes[0].height_mm) == (12_500, 405)


@pytest.mark.parametrize(
    ("changed", "more"),
    [({}, {Ability.PROOF}), ({"proof": "pin"}, {Ability.PIN}), ({"proof": "none"}, set())],
)
async def test_proof_and_pin_are_abilities_only_where_they_are_asked_for(dash, changed, more) -> None:
    courier = dash(**changed)
    assert courier.abilities == {Ability.QUOTE, Ability.CANCEL, Ability.TIP} | more
    await courier.close()


# Quote


async def test_a_quote_asks_for_the_very_job_under_our_key(courier, httpserver, make_job) -> None:
    says(httpserver, QUOTES, PLAIN | {"delivery_status": "quote"}, method="POST")
    await courier.quote(make_job(**DOLLARS))
    assert sent(httpserver) == {
        "external_delivery_id": KEY,
        "locale": "en-US",
        "pickup_address": "南京西路 1 號",
        "pickup_business_name": "南西店",
        "pickup_phone_number": "+886225550000",
        "pickup_reference_tag": "1042-5F0C",
        "dropoff_address": "忠孝東路 2 號",
        "dropoff_location": {"lat": 25.0416, "lng": 121.5436},
        "dropoff_phone_number": "+886912344821",
        "dropoff_contact_given_name": "陳小姐",
        "dropoff_instructions": "ring twice",
        "dropoff_contact_send_notifications": True,
        "dropoff_options": {"proof_of_delivery": "photo_required"},
        "contactless_dropoff": False,
        "action_if_undeliverable": "return_to_pickup",
        "order_value": 4500,
    }


async def test_a_quote_is_read(courier, httpserver, job, payload) -> None:
    says(httpserver, QUOTES, json.loads(payload("doordash_drive/created")) | {"delivery_status": "quote"})
    assert await courier.quote(job) == Quote(
        courier="dash",
        ref=KEY,
        fee=Money(975, "USD"),
        expires_at=NOW + timedelta(minutes=5),
        at_store=datetime(2026, 1, 2, 3, 20, tzinfo=UTC),
        at_door=datetime(2026, 1, 2, 3, 45, tzinfo=UTC),
    )


@pytest.mark.parametrize(("currency", "fee"), [("USD", 975), ("JPY", 10), ("KWD", 9750)])
def test_cents_become_minor_units_of_their_currency_and_back(currency, fee) -> None:
    assert money(975, currency) == Money(fee, currency)
    assert cents(Money(fee, currency)) in (975, 1000)


@pytest.mark.parametrize("market", ["CA", "AU", "NZ"])
async def test_a_price_without_currency_is_in_that_of_the_market(dash, httpserver, job, market) -> None:
    says(httpserver, QUOTES, {"external_delivery_id": KEY, "fee": 975})
    courier = dash(market=market)
    assert (await courier.quote(job)).fee == Money(975, f"{market}D")
    await courier.close()


async def test_a_number_that_is_taken_is_left_alone_and_another_one_asked_under(courier, httpserver, job) -> None:
    then(httpserver, QUOTES, (fault("duplicate_delivery_id"), 409), (PLAIN | {"external_delivery_id": "other"}, 200))
    assert (await courier.quote(job)).ref == "other"
    first, second = sent(httpserver, 0), sent(httpserver, 1)
    assert second["external_delivery_id"].startswith(f"{KEY}~")
    assert first | {"external_delivery_id": ""} == second | {"external_delivery_id": ""}


@pytest.mark.parametrize("answer", [{}, [], "x", {"external_delivery_id": KEY}, PLAIN | {"fee": "much"}])
async def test_a_quote_that_says_nothing_is_down(courier, httpserver, job, answer) -> None:
    says(httpserver, QUOTES, answer)
    with pytest.raises(CourierDown):
        await courier.quote(job)


@pytest.mark.parametrize(
    "reason", ["distance_too_long", "delivery_address_not_in_coverage", "outside_of_delivery_time"]
)
async def test_a_refused_quote_gives_its_reason_and_lets_others_try(courier, httpserver, job, reason) -> None:
    says(httpserver, QUOTES, fault("invalid_delivery_parameters", reason=reason), 422)
    with pytest.raises(CourierRefused) as caught:
        await courier.quote(job)
    assert (caught.value.code, caught.value.try_another) == (reason, True)


async def test_a_refusal_names_the_fields_and_no_person(courier, httpserver, job) -> None:
    errors = [{"field": "dropoff_phone_number", "error": "+886912344821 of 陳小姐 is none"}, "x"]
    says(httpserver, QUOTES, fault("validation_error", field_errors=errors), 400)
    with pytest.raises(CourierRefused, match="dropoff_phone_number: … of … is none"):
        await courier.quote(job)


# Book


async def test_a_booking_is_read(courier, httpserver, job, payload) -> None:
    says(httpserver, DELIVERIES, json.loads(payload("doordash_drive/created")), method="POST")
    report = await courier.book(job)
    assert (report.ref, report.our_key, report.state, report.word) == (KEY, KEY, S.MATCHING, "created")
    assert (report.fee, report.waybill, report.pin) == (Money(975, "USD"), "1042-5F0C", "")
    assert (report.tracking_url, report.driver) == ("https://example.invalid/t/1", None)
    assert report.eta_door == datetime(2026, 1, 2, 3, 45, tzinfo=UTC)


async def test_goods_are_told_in_pounds_and_without_prices_in_other_money(courier, httpserver, job) -> None:
    says(httpserver, DELIVERIES, PLAIN, method="POST")
    await courier.book(job)
    assert sent(httpserver)["items"] == [{"name": "烏龍茶", "quantity": 2, "weight": 1.32}]
    assert "order_value" not in sent(httpserver)


async def test_prices_in_their_money_are_told(courier, httpserver, make_job, job) -> None:
    says(httpserver, DELIVERIES, PLAIN, method="POST")
    item = replace(job.items[0], weight_g=None, price=Money(450, "USD"))
    await courier.book(make_job(items=(item,)))
    assert sent(httpserver)["items"] == [{"name": "烏龍茶", "quantity": 2, "price": 450}]


async def test_a_store_they_know_is_named_instead_of_its_address(dash, httpserver, job) -> None:
    says(httpserver, DELIVERIES, PLAIN, method="POST")
    courier = dash(business_id="tea", store_id="s-1")
    await courier.book(job)
    body = sent(httpserver)
    assert (body["pickup_external_business_id"], body["pickup_external_store_id"]) == ("tea", "s-1")
    assert not {"pickup_address", "pickup_phone_number"} & body.keys()
    await courier.close()


@pytest.mark.parametrize("phone", ["+886912344821", "+886 912 344 8 21"])
async def test_a_pin_is_the_end_of_the_customers_number(dash, httpserver, make_job, job, phone) -> None:
    says(httpserver, DELIVERIES, PLAIN, method="POST")
    courier = dash(proof="pin")
    assert (await courier.book(make_job(door=replace(job.door, phone=phone)))).pin == "4821"
    body = sent(httpserver)
    given = {"pin_code_type": "merchant_provided_number", "pin_code_value": "4821"}
    assert (body["dropoff_pin_code_verification_metadata"], body["dropoff_options"]) == (
        given,
        {"proof_of_delivery": "pin_code"},
    )
    await courier.close()


async def test_wishes_of_the_settings_are_told(dash, httpserver, job) -> None:
    says(httpserver, DELIVERIES, PLAIN, method="POST")
    courier = dash(proof="none", signature=True, allowed_vehicles=["car"], undeliverable_action="dispose", notify=False)
    await courier.book(job)
    body = sent(httpserver)
    assert body["dropoff_options"] == {"proof_of_delivery": "none", "signature": "required"}
    assert (body["dasher_allowed_vehicles"], body["action_if_undeliverable"]) == (["car"], "dispose")
    assert body["dropoff_contact_send_notifications"] is False
    await courier.close()


@pytest.mark.parametrize("minutes", [-5, 0, 30 * 24 * 60])
async def test_times_that_are_about_now_or_far_off_are_left_out(courier, httpserver, make_job, minutes) -> None:
    says(httpserver, DELIVERIES, PLAIN)
    await courier.book(make_job(ready_at=NOW + timedelta(minutes=minutes)))
    assert "pickup_time" not in sent(httpserver)


async def test_a_time_to_come_is_told_and_only_that_of_the_store(courier, httpserver, make_job) -> None:
    says(httpserver, DELIVERIES, PLAIN)
    await courier.book(make_job(ready_at=NOW + timedelta(minutes=20), door_by=NOW + timedelta(hours=1)))
    assert sent(httpserver)["pickup_time"] == "2026-01-02T03:20:00Z"
    assert "dropoff_time" not in sent(httpserver)


async def test_a_quote_for_the_same_is_taken_up(courier, httpserver, job) -> None:
    says(httpserver, QUOTES, PLAIN | {"delivery_status": "quote"})
    says(httpserver, ACCEPT, PLAIN, method="POST")
    report = await courier.book(job, await courier.quote(job))
    assert (report.state, report.waybill) == (S.MATCHING, "1042-5F0C")
    assert asked(httpserver) == [f"POST {QUOTES}", f"POST {ACCEPT}"]


async def test_a_quote_under_another_number_is_not_taken_up(courier, httpserver, job) -> None:
    says(httpserver, DELIVERIES, PLAIN)
    await courier.book(job, quoted(ref=f"{KEY}~1"))
    assert asked(httpserver) == [f"POST {DELIVERIES}"]


async def test_a_quote_for_another_door_is_not_taken_up(courier, httpserver, make_job, job) -> None:
    says(httpserver, QUOTES, PLAIN | {"delivery_status": "quote"})
    says(httpserver, DELIVERIES, PLAIN)
    quote = await courier.quote(job)
    await courier.book(make_job(door=replace(job.door, address="elsewhere")), quote)
    assert asked(httpserver) == [f"POST {QUOTES}", f"POST {DELIVERIES}"]


async def test_a_quote_stays_good_when_the_goods_become_ready(httpserver, make_job) -> None:
    time = [NOW]
    courier = doordash_drive.build("dash", settings(base_url=httpserver.url_for("")), now=lambda: time[0])
    says(httpserver, QUOTES, PLAIN | {"delivery_status": "quote"})
    says(httpserver, ACCEPT, PLAIN)
    job = make_job(ready_at=NOW + timedelta(minutes=2))
    quote = await courier.quote(job)
    time[0] += timedelta(minutes=4)
    await courier.book(job, quote)
    assert asked(httpserver)[-1] == f"POST {ACCEPT}"
    await courier.close()


async def test_a_quote_that_has_ended_is_replaced_by_a_booking(courier, httpserver, job) -> None:
    says(httpserver, QUOTES, PLAIN | {"delivery_status": "quote"})
    says(httpserver, ACCEPT, fault("validation_error"), 400)
    says(httpserver, ONE, PLAIN | {"delivery_status": "quote"}, method="GET")
    says(httpserver, DELIVERIES, PLAIN, method="POST")
    assert (await courier.book(job, await courier.quote(job))).state is S.MATCHING
    assert asked(httpserver)[-2:] == [f"GET {ONE}", f"POST {DELIVERIES}"]


async def test_a_quote_that_was_taken_up_before_is_that_delivery(courier, httpserver, job) -> None:
    says(httpserver, QUOTES, PLAIN | {"delivery_status": "quote"})
    says(httpserver, ACCEPT, fault("duplicate_delivery_id"), 409)
    says(httpserver, ONE, PLAIN | {"delivery_status": "confirmed"}, method="GET")
    assert (await courier.book(job, await courier.quote(job))).state is S.HEADING_TO_STORE
    assert f"POST {DELIVERIES}" not in asked(httpserver)


async def test_a_quote_given_back_for_a_booking_is_taken_up(courier, httpserver, job) -> None:
    says(httpserver, DELIVERIES, PLAIN | {"delivery_status": "quote"})
    says(httpserver, ACCEPT, PLAIN)
    assert (await courier.book(job)).state is S.MATCHING
    assert asked(httpserver) == [f"POST {DELIVERIES}", f"POST {ACCEPT}"]


async def test_whatever_was_booked_under_our_key_is_adopted(courier, httpserver, job) -> None:
    says(httpserver, DELIVERIES, fault("duplicate_delivery_id", external_delivery_id=KEY), 409)
    says(httpserver, ONE, PLAIN | {"delivery_status": "confirmed"})
    assert (await courier.book(job)).state is S.HEADING_TO_STORE


@pytest.mark.parametrize("given_back", [True, False])
async def test_a_quote_that_bars_our_number_is_a_refusal_and_no_booking(courier, httpserver, job, given_back) -> None:
    quote = PLAIN | {"delivery_status": "quote"}
    if given_back:
        says(httpserver, DELIVERIES, quote)
    else:
        says(httpserver, DELIVERIES, fault("duplicate_delivery_id"), 409)
    says(httpserver, ACCEPT, fault("validation_error"), 400)
    says(httpserver, ONE, quote)
    with pytest.raises(CourierRefused) as caught:
        await courier.book(job)
    assert (caught.value.code, caught.value.try_another) == ("duplicate_delivery_id", True)


async def test_a_lost_answer_is_asked_for_again_with_the_same_body(courier, httpserver, job) -> None:
    then(httpserver, DELIVERIES, (fault("service_fault"), 500), (fault("service_fault"), 503), (PLAIN, 200))
    assert (await courier.book(job)).ref == KEY
    assert len({request.get_data() for request, _ in httpserver.log}) == 1


async def test_silence_is_down_and_may_have_booked(job) -> None:
    courier = doordash_drive.build("dash", settings(base_url="http://127.0.0.1:9"), now=lambda: NOW)
    with pytest.raises(CourierDown) as caught:
        await courier.book(job)
    assert caught.value.may_have_happened
    await courier.close()


@pytest.mark.parametrize(("headers", "wait"), [({}, 1.0), ({"Retry-After": "3"}, 3.0)])
async def test_too_many_calls_are_a_pause_of_a_second_at_least(courier, httpserver, headers, wait) -> None:
    httpserver.expect_request(ONE).respond_with_data("", status=429, headers=headers)
    with pytest.raises(CourierDown) as caught:
        await courier.read(KEY)
    assert (caught.value.retry_after, len(httpserver.log)) == (wait, http.ATTEMPTS)


@pytest.mark.parametrize("answer", [{}, [], None, {"delivery_status": "created"}])
async def test_an_answer_that_names_no_delivery_is_down(courier, httpserver, job, answer) -> None:
    says(httpserver, DELIVERIES, answer)
    with pytest.raises(CourierDown):
        await courier.book(job)


# Find and read


async def test_a_job_is_found_by_our_key(courier, httpserver, payload) -> None:
    says(httpserver, ONE, json.loads(payload("doordash_drive/underway")))
    found = await courier.find(KEY)
    assert (found.ref, found.state) == (KEY, S.HEADING_TO_STORE)


async def test_a_key_they_do_not_know_was_never_booked(courier, httpserver) -> None:
    says(httpserver, ONE, fault("unknown_delivery_id", external_delivery_id=KEY), 404)
    assert await courier.find(KEY) is None


async def test_a_mere_quote_was_never_booked(courier, httpserver) -> None:
    says(httpserver, ONE, PLAIN | {"delivery_status": "quote"})
    assert await courier.find(KEY) is None


async def test_a_page_that_is_not_there_says_nothing_of_a_booking(courier, httpserver) -> None:
    httpserver.expect_request(ONE).respond_with_data("<h1>Not Found</h1>", status=404)
    with pytest.raises(CourierRefused):
        await courier.find(KEY)


async def test_a_job_on_its_way_is_read_whole(courier, httpserver, payload) -> None:
    says(httpserver, ONE, json.loads(payload("doordash_drive/underway")))
    report = await courier.read(KEY)
    at = datetime(2026, 1, 2, 3, 10, tzinfo=UTC)
    assert (report.word, report.at, report.reason) == ("enroute_to_pickup", at, "")
    assert report.driver == Driver(name="Sam T", phone="+16505550198", vehicle="Toyota Yaris 2021")
    assert report.place == Place(37.77, -122.42, at)
    assert report.eta_store == datetime(2026, 1, 2, 3, 20, tzinfo=UTC)


async def test_what_changed_before_we_asked_still_stands_now(courier, httpserver, payload) -> None:
    told = json.loads(payload("doordash_drive/underway")) | {"updated_at": "2026-01-02T02:00:00Z"}
    says(httpserver, ONE, told)
    assert (await courier.read(KEY)).at == NOW


@pytest.mark.parametrize(
    ("word", "state"), [*doordash_drive.STATUS.items(), ("teleported", S.UNKNOWN), ("", S.UNKNOWN)]
)
async def test_each_word_has_its_state(courier, httpserver, word, state) -> None:
    says(httpserver, ONE, PLAIN | {"delivery_status": word})
    assert (await courier.read(KEY)).state is state


async def test_a_key_is_one_step_of_the_path(courier, httpserver) -> None:
    says(httpserver, f"{DELIVERIES}/a/../b", fault("unknown_delivery_id"), 404)
    assert await courier.find("a/../b") is None
    assert httpserver.log[0][0].environ["RAW_URI"].endswith("/deliveries/a%2F..%2Fb")


# Cancel, tip, edit


async def test_a_cancel_is_sent_as_their_own_client_does(courier, httpserver) -> None:
    says(httpserver, f"{ONE}/cancel", PLAIN | {"delivery_status": "cancelled"}, method="PUT")
    assert (await courier.cancel(KEY, "customer_called")).state is S.FAILED
    request = httpserver.log[0][0]
    assert (request.get_data(), request.content_type) == (b"", "application/x-www-form-urlencoded")


@pytest.mark.parametrize("reason", ["delivery_cancelled", "duplicate_request", "delivery_abandoned"])
async def test_a_job_that_has_been_cancelled_is_cancelled(courier, httpserver, reason) -> None:
    says(httpserver, f"{ONE}/cancel", fault("cancel_not_allowed", reason=reason), 409)
    says(httpserver, ONE, PLAIN | {"delivery_status": "cancelled"})
    assert (await courier.cancel(KEY)).state is S.FAILED


@pytest.mark.parametrize("reason", ["delivery_picked_up", "delivery_completed", "cancellation_window_closed"])
async def test_a_cancel_that_comes_too_late_is_refused(courier, httpserver, reason) -> None:
    says(httpserver, f"{ONE}/cancel", fault("cancel_not_allowed", reason=reason), 409)
    says(httpserver, ONE, PLAIN | {"delivery_status": "picked_up"})
    with pytest.raises(CourierRefused) as caught:
        await courier.cancel(KEY)
    assert (caught.value.code, caught.value.try_another) == (reason, False)


async def test_a_cancel_under_way_is_no_refusal(courier, httpserver) -> None:
    says(httpserver, f"{ONE}/cancel", fault("cancel_not_allowed", reason="duplicate_request"), 409)
    says(httpserver, ONE, PLAIN)
    with pytest.raises(CourierDown):
        await courier.cancel(KEY)


async def test_a_cancel_while_they_still_make_the_job_is_tried_again(courier, httpserver) -> None:
    early = fault("cancel_not_allowed", reason="delivery_creation_in_progress")
    then(httpserver, f"{ONE}/cancel", (early, 409), (PLAIN | {"delivery_status": "cancelled"}, 200), method="PUT")
    assert (await courier.cancel(KEY)).state is S.FAILED


async def test_a_job_nobody_knows_cannot_be_cancelled(courier, httpserver) -> None:
    says(httpserver, f"{ONE}/cancel", fault("unknown_delivery_id"), 404)
    with pytest.raises(CourierRefused):
        await courier.cancel(KEY)
    assert len(httpserver.log) == 1


async def test_a_tip_is_told_in_cents(courier, httpserver) -> None:
    says(httpserver, ONE, PLAIN | {"tip": 300}, method="PATCH")
    assert (await courier.tip(KEY, Money(300, "USD"))).ref == KEY
    assert sent(httpserver) == {"tip": 300}


async def test_a_tip_in_other_money_is_refused_here(courier, httpserver) -> None:
    with pytest.raises(CourierRefused, match="USD"):
        await courier.tip(KEY, Money(3000, "TWD"))
    assert httpserver.log == []


@pytest.mark.parametrize("reason", ["delivery_completed", "update_window_closed"])
async def test_a_tip_that_comes_too_late_is_refused(courier, httpserver, reason) -> None:
    says(httpserver, ONE, fault("update_not_allowed", reason=reason), 409)
    with pytest.raises(CourierRefused) as caught:
        await courier.tip(KEY, Money(300, "USD"))
    assert (caught.value.code, caught.value.try_another) == (reason, False)


async def test_a_new_door_is_told(courier, httpserver) -> None:
    says(httpserver, ONE, PLAIN, method="PATCH")
    await courier.edit(KEY, Stop(name="Ms Lin", phone="+1 650 555 0101", address="3 C St"))
    assert sent(httpserver) == {
        "dropoff_address": "3 C St",
        "dropoff_phone_number": "+16505550101",
        "dropoff_contact_given_name": "Ms Lin",
    }


# Proof


@pytest.mark.parametrize(
    ("waypoint", "kind", "name"),
    [
        (Waypoint.PICKUP, Proof.PICTURE, "pickup_verification_image_url"),
        (Waypoint.DROPOFF, Proof.PICTURE, "dropoff_verification_image_url"),
        (Waypoint.DROPOFF, Proof.SIGNATURE, "dropoff_signature_image_url"),
    ],
)
async def test_a_proof_is_fetched_without_our_keys(courier, httpserver, waypoint, kind, name) -> None:
    says(httpserver, ONE, PLAIN | {name: httpserver.url_for("/picture")})
    httpserver.expect_request("/picture").respond_with_data(png(1, 2, 3), content_type="image/png")
    assert await courier.proof(KEY, waypoint, kind) == png(1, 2, 3)
    assert "Authorization" not in httpserver.log[-1][0].headers


@pytest.mark.parametrize("url", [None, "", "http://elsewhere.invalid/x", "file:///etc/passwd", "httpsx://x"])
async def test_a_proof_that_is_nowhere_or_anywhere_is_refused(courier, httpserver, url) -> None:
    says(httpserver, ONE, PLAIN | {"dropoff_verification_image_url": url})
    with pytest.raises(CourierRefused, match="dropoff"):
        await courier.proof(KEY, Waypoint.DROPOFF, Proof.PICTURE)


@pytest.mark.parametrize(("waypoint", "kind"), [(Waypoint.RETURN, Proof.PICTURE), (Waypoint.DROPOFF, Proof.PIN)])
async def test_a_proof_they_do_not_have_is_refused(courier, httpserver, waypoint, kind) -> None:
    says(httpserver, ONE, PLAIN | {"dropoff_verification_image_url": "https://example.invalid/x"})
    with pytest.raises(CourierRefused):
        await courier.proof(KEY, waypoint, kind)


@pytest.mark.parametrize(("status", "body", "error"), [(404, b"", CourierRefused), (200, b"<html>", CourierDown)])
async def test_a_picture_that_is_none_is_an_error(courier, httpserver, status, body, error) -> None:
    says(httpserver, ONE, PLAIN | {"dropoff_verification_image_url": httpserver.url_for("/picture")})
    httpserver.expect_request("/picture").respond_with_data(body, status=status)
    with pytest.raises(error):
        await courier.proof(KEY, Waypoint.DROPOFF, Proof.PICTURE)
