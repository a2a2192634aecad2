"""Stuart's calls: the request we send, a good answer read, a refusal read, silence."""

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from adapters import http
from adapters.couriers import stuart
from adapters.payloads.stuart import STATUS, money
from adapters.payloads.stuart_calls import package
from adapters.simulators.png import png
from core.domain.delivery import DeliveryState, Driver, Report
from core.domain.job import JobItem
from core.domain.measures import Place
from core.domain.money import Money
from core.domain.quote import Quote
from core.ports.courier import CourierDown, CourierLockedOut, CourierRefused, NoSuchJob, Proof, Waypoint
from tests.adapters.couriers.conftest import KEY, NOW

S = DeliveryState
JOBS, ONE = "/v2/jobs", "/v2/jobs/100432273"
CANCEL, PHONE = f"{ONE}/cancel", "/v2/deliveries/100515659/phone_number"
CREDENTIALS = {"client_id": "id-1", "client_secret": "secret-1"}
WORDLESS = {"id": 100515659, "client_reference": KEY}
TOKEN = {"access_token": "t-1", "token_type": "Bearer", "expires_in": 2_592_000, "scope": "api"}


def settings(**changed) -> stuart.Settings:
    return stuart.Settings.model_validate(CREDENTIALS | changed)


@pytest.fixture
async def make(httpserver: HTTPServer) -> AsyncIterator:
    """Couriers with these settings, as after a start; a token is there for them."""
    made: list[stuart.Stuart] = []
    httpserver.expect_request("/oauth/token").respond_with_json(TOKEN)

    def build(**changed) -> stuart.Stuart:
        found = settings(base_url=httpserver.url_for(""), **changed)
        made.append(stuart.build("stu", found, now=lambda: NOW))
        return made[-1]

    yield build
    for courier in made:
        await courier.close()


@pytest.fixture
def courier(make) -> stuart.Stuart:
    return make()


@pytest.fixture
def theirs(payload) -> dict:
    """A job of theirs that is ours."""
    return json.loads(payload("stuart/job"))


def changed(job: dict, status: str = "", delivery: str = "", **more) -> dict:
    """The same with other words in it."""
    first = {**job["deliveries"][0], **more} | ({"status": delivery} if delivery else {})
    return {**job, "status": status or job["status"], "deliveries": [first, *job["deliveries"][1:]]}


def says(server: HTTPServer, path: str, body: object, status: int = 200, **more) -> None:
    server.expect_request(path, **more).respond_with_json(body, status=status)


def then(server: HTTPServer, path: str, *answers: tuple[object, int], method: str) -> None:
    """Answers one after another, the last for good."""
    waiting = list(answers)

    def answer(request: Request) -> Response:
        body, status = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return Response(json.dumps(body), status, content_type="application/json")

    server.expect_request(path, method=method).respond_with_handler(answer)


def asked(server: HTTPServer) -> list[str]:
    return [f"{request.method} {request.path}" for request, _ in server.log if request.path != "/oauth/token"]


def sent(server: HTTPServer, path: str = JOBS) -> dict:
    return json.loads(next(request for request, _ in server.log if request.path == path).get_data())


def fault(code: str, **data: list[str]) -> dict:
    return {"error": code, "message": f"it is {code}", "data": data}


# Who we are


async def test_a_token_is_asked_for_with_both_keys_in_the_header(courier, httpserver, theirs) -> None:
    says(httpserver, JOBS, [theirs])
    await courier.read(KEY)
    request = httpserver.log[0][0]
    assert request.headers["Authorization"] == "Basic " + b64encode(b"id-1:secret-1").decode()
    assert request.form.to_dict() == {"grant_type": "client_credentials", "scope": "api"}
    assert httpserver.log[1][0].headers["Authorization"] == "Bearer t-1"


@pytest.mark.parametrize("status", [400, 401])
async def test_keys_that_are_refused_lock_us_out(status, httpserver) -> None:
    says(httpserver, "/oauth/token", {"error": "invalid_client", "error_description": "no such client"}, status)
    courier = stuart.build("stu", settings(base_url=httpserver.url_for("")), now=lambda: NOW)
    with pytest.raises(CourierLockedOut, match="no such client"):
        await courier.read(KEY)
    await courier.close()


async def test_a_token_that_was_taken_back_is_asked_for_anew_once(courier, httpserver, theirs) -> None:
    then(httpserver, JOBS, (fault("INVALID_GRANT"), 401), ([theirs], 200), method="GET")
    assert (await courier.read(KEY)).state is S.HEADING_TO_STORE
    tokens = [request for request, _ in httpserver.log if request.path == "/oauth/token"]
    assert len(tokens) == 2


async def test_a_token_that_stays_refused_locks_us_out(courier, httpserver) -> None:
    says(httpserver, JOBS, fault("INVALID_GRANT"), 401)
    with pytest.raises(CourierLockedOut, match="INVALID_GRANT"):
        await courier.read(KEY)


# A price


async def test_a_quote_asks_for_price_and_time_at_once(courier, httpserver, payload, job) -> None:
    says(httpserver, f"{JOBS}/pricing", json.loads(payload("stuart/pricing")))
    says(httpserver, f"{JOBS}/eta", {"eta": 672})
    told = await courier.quote(job)
    there, until = NOW + timedelta(seconds=672), NOW + timedelta(minutes=5)
    assert told == Quote(courier="stu", ref="", fee=Money(1150, "EUR"), expires_at=until, at_store=there)
    assert sent(httpserver, f"{JOBS}/pricing") == sent(httpserver, f"{JOBS}/eta")


async def test_who_only_asks_takes_up_no_reference(courier, httpserver, payload, job) -> None:
    says(httpserver, f"{JOBS}/pricing", json.loads(payload("stuart/pricing")))
    says(httpserver, f"{JOBS}/eta", {"eta": 672})
    await courier.quote(job)
    assert "client_reference" not in sent(httpserver, f"{JOBS}/pricing")["job"]["dropoffs"][0]


@pytest.mark.parametrize(("body", "status"), [({}, 200), ({"eta": "soon"}, 200), (fault("SERVER_ERROR"), 500)])
async def test_a_price_without_a_time_is_a_price(courier, httpserver, job, body, status) -> None:
    says(httpserver, f"{JOBS}/pricing", {"amount": 7, "currency": "EUR"})
    says(httpserver, f"{JOBS}/eta", body, status)
    told = await courier.quote(job)
    assert (told.fee, told.at_store) == (Money(700, "EUR"), None)


async def test_a_price_does_not_wait_for_a_time_that_never_comes(courier, httpserver, job, monkeypatch) -> None:
    monkeypatch.setattr(stuart, "ETA_WITHIN", 0.0)
    says(httpserver, f"{JOBS}/pricing", {"amount": 7, "currency": "EUR"})
    monkeypatch.setattr(courier, "_eta", lambda *_: asyncio.Event().wait())
    told = await courier.quote(job)
    assert (told.fee, told.at_store) == (Money(700, "EUR"), None)


async def test_who_is_refused_a_price_leaves_no_call_behind(courier, httpserver, job, monkeypatch) -> None:
    says(httpserver, f"{JOBS}/pricing", fault("OUT_OF_RANGE"), 422)
    monkeypatch.setattr(courier, "_eta", lambda *_: asyncio.Event().wait())
    before = asyncio.all_tasks()
    with pytest.raises(CourierRefused):
        await courier.quote(job)
    assert asyncio.all_tasks() == before


@pytest.mark.parametrize(
    ("market", "body", "fee"),
    [
        ("GB", {"amount": 11.5}, Money(1150, "GBP")),
        ("PL", {"amount": "19.99"}, Money(1999, "PLN")),
        ("FR", {"amount": 8.3, "amount_with_tax": 10.04, "currency": "EUR"}, Money(830, "EUR")),
        ("FR", {"amount_with_tax": 10.04}, Money(1004, "EUR")),
        ("FR", {"price_tax_excluded": 8.3, "price_tax_included": 10.04}, Money(830, "EUR")),
        ("ES", {"amount": 0.285, "currency": "EUR"}, Money(29, "EUR")),
    ],
)
async def test_prices_are_net_in_minor_units(make, httpserver, job, market, body, fee) -> None:
    says(httpserver, f"{JOBS}/pricing", body)
    says(httpserver, f"{JOBS}/eta", {})
    assert (await make(market=market).quote(job)).fee == fee


@pytest.mark.parametrize("body", [{}, {"amount": None}, {"amount": -1}, {"amount": "much"}, {"currency": "EUR"}])
async def test_a_quote_without_a_price_is_none(courier, httpserver, job, body) -> None:
    says(httpserver, f"{JOBS}/pricing", body)
    says(httpserver, f"{JOBS}/eta", {})
    with pytest.raises(CourierDown, match="lacks its price"):
        await courier.quote(job)


def test_an_amount_is_no_floating_point_sum() -> None:
    assert money(19.99, "EUR") == Money(1999, "EUR")
    assert money(1150, "JPY") == Money(1150, "JPY")
    assert money(1, "euros") is None


@pytest.mark.parametrize(
    ("code", "hope"),
    [
        ("CANT_GEOCODE_ADDRESS", True),
        ("OUT_OF_RANGE", True),
        ("ADDRESS_INVALID", True),
        ("JOB_DISTANCE_NOT_ALLOWED", True),
        ("RECORD_INVALID", True),
        ("PHONE_INVALID", False),
    ],
)
async def test_a_refusal_says_whether_another_courier_may_do(courier, httpserver, job, code, hope) -> None:
    says(httpserver, f"{JOBS}/pricing", fault(code), 422)
    says(httpserver, f"{JOBS}/eta", {})
    with pytest.raises(CourierRefused, match=code) as refused:
        await courier.quote(job)
    assert (refused.value.code, refused.value.try_another) == (code, hope)


async def test_a_refusal_names_the_fields_and_nobody(courier, httpserver, payload, job) -> None:
    body = json.loads(payload("stuart/error"))
    body["data"]["job.dropoffs.contact"] = [f"{job.door.name}, {job.door.phone}"]
    says(httpserver, f"{JOBS}/pricing", body, 422)
    says(httpserver, f"{JOBS}/eta", {})
    with pytest.raises(CourierRefused, match=r"job\.pickup_at: can not schedule a pickup in the past") as refused:
        await courier.quote(job)
    assert job.door.name not in str(refused.value)
    assert job.door.phone not in str(refused.value)


# A booking


async def test_a_booking_is_sent_whole(courier, httpserver, theirs, job) -> None:
    says(httpserver, JOBS, theirs, 201, method="POST")
    await courier.book(job)
    assert sent(httpserver) == {
        "job": {
            "pickups": [
                {
                    "address": "南京西路 1 號",
                    "comment": "1042-5F0C:",
                    "contact": {"phone": "+886225550000", "company": "南西店"},
                }
            ],
            "dropoffs": [
                {
                    "address": "忠孝東路 2 號",
                    "comment": "ring twice",
                    "contact": {"firstname": "陳小姐", "phone": "+886912344821"},
                    "package_type": "small",
                    "package_description": "1042-5F0C: 2 x 烏龍茶",
                    "client_reference": KEY,
                }
            ],
        }
    }


async def test_a_booking_answers_with_what_is_known(courier, httpserver, theirs, job) -> None:
    says(httpserver, JOBS, theirs, 201, method="POST")
    assert await courier.book(job) == Report(
        courier="stu",
        ref=KEY,
        state=S.HEADING_TO_STORE,
        word="picking",
        at=NOW,
        our_key=KEY,
        waybill="1042-5F0C",
        driver=Driver(name="Ida E.", phone="+33655500002", vehicle="bike"),
        place=Place(48.858012, 2.371133, NOW),
        eta_store=datetime(2026, 1, 2, 3, 12, tzinfo=UTC),
        eta_door=datetime(2026, 1, 2, 3, 31, 30, tzinfo=UTC),
        tracking_url="https://stuart.example/100515659/a3837eba1c89",
        fee=Money(830, "EUR"),
    )


@pytest.mark.parametrize(
    ("minutes", "told"), [(0, None), (10, None), (45, "2026-01-02T03:45:00.000Z"), (60 * 24 * 31, None)]
)
async def test_only_what_is_ready_much_later_is_for_later(courier, httpserver, theirs, job, minutes, told) -> None:
    says(httpserver, JOBS, theirs, 201, method="POST")
    await courier.book(replace(job, ready_at=NOW + timedelta(minutes=minutes)))
    assert sent(httpserver)["job"].get("pickup_at") == told


@pytest.mark.parametrize(
    ("grams", "size"),
    [(None, "medium"), (1, "small"), (8_000, "small"), (8_001, "medium"), (12_001, "large"), (40_001, "xlarge")],
)
def test_the_package_is_the_smallest_that_may_be_so_heavy(job, grams, size) -> None:
    assert package(replace(job, items=(JobItem(name="Tea", quantity=1, weight_g=grams),)), "auto") == size


async def test_package_and_transport_are_as_set(make, httpserver, theirs, job) -> None:
    says(httpserver, JOBS, theirs, 201, method="POST")
    await make(package_type="large", transport_type="cargobike").book(job)
    told = sent(httpserver)["job"]
    assert (told["transport_type"], told["dropoffs"][0]["package_type"]) == ("cargobike", "large")


async def test_parcels_are_counted_for_the_driver(courier, httpserver, theirs, job) -> None:
    says(httpserver, JOBS, theirs, 201, method="POST")
    await courier.book(replace(job, parcels=3))
    assert sent(httpserver)["job"]["dropoffs"][0]["package_description"] == "1042-5F0C: 3 parcels, 2 x 烏龍茶"


async def test_a_repeat_asks_first(courier, httpserver, theirs, job) -> None:
    says(httpserver, JOBS, theirs, 201, method="POST")
    says(httpserver, JOBS, [theirs], method="GET")
    first, second = await courier.book(job), await courier.book(job)
    assert (first.ref, asked(httpserver)) == (second.ref, [f"POST {JOBS}", f"GET {JOBS}"])


async def test_a_lost_answer_is_not_sent_again_unseen(courier, httpserver, theirs, job) -> None:
    says(httpserver, JOBS, fault("SERVER_ERROR"), 500, method="POST")
    says(httpserver, JOBS, [theirs], method="GET")
    with pytest.raises(CourierDown) as down:
        await courier.book(job)
    assert down.value.may_have_happened
    assert (await courier.book(job)).ref == KEY
    assert asked(httpserver) == [f"POST {JOBS}", f"GET {JOBS}"]


async def test_a_booking_that_never_came_is_sent_again(courier, httpserver, theirs, job) -> None:
    then(httpserver, JOBS, (fault("SERVER_ERROR"), 500), (theirs, 201), method="POST")
    says(httpserver, JOBS, [], method="GET")
    with pytest.raises(CourierDown):
        await courier.book(job)
    assert (await courier.book(job)).ref == KEY
    assert asked(httpserver) == [f"POST {JOBS}", f"GET {JOBS}", f"POST {JOBS}"]


@pytest.mark.parametrize("code", ["RECORD_INVALID", "DUPLICATE", ""])
async def test_a_reference_that_is_taken_is_the_job_we_booked(courier, httpserver, theirs, job, code) -> None:
    """Nobody has written down how they say so."""
    says(httpserver, JOBS, fault(code), 422, method="POST")
    says(httpserver, JOBS, [theirs], method="GET")
    assert (await courier.book(job)).state is S.HEADING_TO_STORE


@pytest.mark.parametrize("code", ["OUT_OF_RANGE", "CANT_GEOCODE_ADDRESS"])
async def test_what_is_said_of_an_address_needs_no_look(courier, httpserver, job, code) -> None:
    says(httpserver, JOBS, fault(code), 422, method="POST")
    with pytest.raises(CourierRefused, match=code):
        await courier.book(job)
    assert asked(httpserver) == [f"POST {JOBS}"]


async def test_a_refused_job_that_is_not_there_is_refused(courier, httpserver, job) -> None:
    says(httpserver, JOBS, fault("RECORD_INVALID"), 422, method="POST")
    says(httpserver, JOBS, [], method="GET")
    with pytest.raises(CourierRefused, match="RECORD_INVALID"):
        await courier.book(job)


@pytest.mark.parametrize("body", [[], {}, {"id": None}, "ok"])
async def test_an_answer_that_names_no_job_is_none(courier, httpserver, job, body) -> None:
    says(httpserver, JOBS, body, 201, method="POST")
    with pytest.raises(CourierDown):
        await courier.book(job)


# Looking for one


async def test_a_job_is_looked_for_by_our_key(courier, httpserver, theirs) -> None:
    says(httpserver, JOBS, [theirs])
    assert (await courier.find(KEY)).ref == KEY
    request = httpserver.log[-1][0]
    assert request.args.to_dict() == {"client_reference": KEY, "page": "1", "per_page": "50"}


@pytest.mark.parametrize("wrap", [lambda jobs: jobs, lambda jobs: {"jobs": jobs}, lambda jobs: {"data": jobs}])
async def test_a_list_may_be_wrapped(courier, httpserver, theirs, wrap) -> None:
    says(httpserver, JOBS, wrap([theirs]))
    assert (await courier.find(KEY)).state is S.HEADING_TO_STORE


async def test_an_empty_list_is_no_job(courier, httpserver) -> None:
    says(httpserver, JOBS, [])
    assert await courier.find(KEY) is None


@pytest.mark.parametrize("body", [{}, "none", {"jobs": None}, 3])
async def test_what_is_no_list_tells_nothing(courier, httpserver, body) -> None:
    says(httpserver, JOBS, body)
    with pytest.raises(CourierDown, match="no list"):
        await courier.find(KEY)


async def test_where_they_filter_nothing_the_pages_are_gone_through(courier, httpserver, theirs) -> None:
    others = [{"id": number, "status": "finished", "deliveries": []} for number in range(50)]
    then(httpserver, JOBS, (others, 200), (others, 200), ([*others[:7], theirs], 200), method="GET")
    assert (await courier.find(KEY)).ref == KEY
    assert [request.args["page"] for request, _ in httpserver.log[1:]] == ["1", "2", "3"]


async def test_among_too_many_jobs_nobody_can_tell(courier, httpserver) -> None:
    says(httpserver, JOBS, [{"id": number, "status": "finished", "deliveries": []} for number in range(50)])
    with pytest.raises(CourierDown, match="keeps no list by our number"):
        await courier.find(KEY)


async def test_of_two_jobs_with_our_key_the_one_that_goes_on_is_meant(courier, httpserver, theirs) -> None:
    ended = changed(theirs, "canceled", "cancelled") | {"id": 999_999_999}
    says(httpserver, JOBS, [ended, theirs])
    assert (await courier.find(KEY)).state is S.HEADING_TO_STORE


async def test_of_two_that_have_ended_the_newer_is_meant(courier, httpserver, theirs) -> None:
    older = changed(theirs, "expired") | {"id": 99_999_999}
    says(httpserver, JOBS, [older, changed(theirs, "canceled")])
    assert (await courier.find(KEY)).word == "canceled"


# How it stands


@pytest.mark.parametrize(("word", "state"), STATUS.items())
async def test_each_word_has_its_state(courier, httpserver, theirs, word, state) -> None:
    says(httpserver, JOBS, [changed(theirs, delivery=word)])
    report = await courier.read(KEY)
    assert (report.state, report.word) == (state, word)


@pytest.mark.parametrize("end", ["canceled", "expired", "voided"])
async def test_a_job_that_came_to_nothing_takes_its_delivery_along(courier, httpserver, theirs, end) -> None:
    says(httpserver, JOBS, [changed(theirs, end, "pending")])
    report = await courier.read(KEY)
    assert (report.state, report.word) == (S.FAILED, end)


@pytest.mark.parametrize(
    ("status", "state"), [("searching", S.MATCHING), ("in_progress", S.UNKNOWN), ("finished", S.DELIVERED)]
)
async def test_without_a_word_of_the_delivery_the_jobs_is_taken(courier, httpserver, theirs, status, state) -> None:
    says(httpserver, JOBS, [theirs | {"status": status, "deliveries": [WORDLESS]}])
    assert (await courier.read(KEY)).state is state


async def test_a_driver_who_gives_up_is_gone(courier, httpserver, theirs) -> None:
    says(httpserver, JOBS, [changed(theirs, "searching", "pending") | {"driver": None}])
    report = await courier.read(KEY)
    assert (report.state, report.driver) == (S.MATCHING, None)


async def test_a_job_is_asked_after_by_its_number_once_that_is_known(courier, httpserver, theirs) -> None:
    says(httpserver, JOBS, [theirs])
    says(httpserver, ONE, theirs)
    await courier.read(KEY)
    await courier.read(KEY)
    assert asked(httpserver) == [f"GET {JOBS}", f"GET {ONE}"]


async def test_of_several_deliveries_ours_is_read(courier, httpserver, theirs) -> None:
    other = {**theirs["deliveries"][0], "client_reference": "theirs", "status": "delivered"}
    says(httpserver, JOBS, [{**theirs, "deliveries": [other, *theirs["deliveries"]]}])
    assert (await courier.read(KEY)).word == "picking"


async def test_a_hidden_number_is_asked_for(courier, httpserver, theirs) -> None:
    says(httpserver, JOBS, [theirs | {"driver": theirs["driver"] | {"phone": None}}])
    says(httpserver, PHONE, {"phone_number": "+33 1 55 50 00 09"})
    assert (await courier.read(KEY)).driver == Driver(name="Ida E.", phone="+33155500009", vehicle="bike")


@pytest.mark.parametrize(("body", "status"), [({}, 200), (fault("NOT_FOUND"), 404), (fault("SERVER_ERROR"), 500)])
async def test_a_number_they_keep_to_themselves_stays_unknown(courier, httpserver, theirs, body, status) -> None:
    says(httpserver, JOBS, [theirs | {"driver": theirs["driver"] | {"phone": None}}])
    says(httpserver, PHONE, body, status)
    assert (await courier.read(KEY)).driver.phone == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"driver": {"latitude": 991, "longitude": 2}},
        {"driver": {"latitude": None, "longitude": 2}},
        {"driver": "Ida"},
        {"pricing": {"price_tax_excluded": -3}},
        {"pricing": None},
    ],
)
async def test_what_can_not_be_is_not_said(courier, httpserver, theirs, wrong) -> None:
    says(httpserver, JOBS, [theirs | wrong])
    report = await courier.read(KEY)
    assert report.state is S.HEADING_TO_STORE
    assert (report.place is None) or (report.fee is None)


async def test_an_unknown_job_is_refused(courier, httpserver) -> None:
    says(httpserver, JOBS, [])
    with pytest.raises(NoSuchJob, match="no such job"):
        await courier.read(KEY)


async def test_a_number_they_forgot_is_looked_for_by_our_key(courier, httpserver, theirs) -> None:
    says(httpserver, JOBS, [theirs])
    says(httpserver, ONE, fault("NOT_FOUND"), 404)
    await courier.read(KEY)
    assert (await courier.read(KEY)).state is S.HEADING_TO_STORE
    assert asked(httpserver)[-1] == f"GET {JOBS}"


async def test_silence_is_no_answer(make, httpserver) -> None:
    says(httpserver, JOBS, fault("SERVER_ERROR"), 503)
    with pytest.raises(CourierDown, match="SERVER_ERROR"):
        await make().read(KEY)
    assert asked(httpserver) == [f"GET {JOBS}"] * http.ATTEMPTS


# Put together with another


async def test_a_job_that_was_put_into_another_is_followed_there(courier, httpserver, theirs) -> None:
    gone = changed(theirs, "canceled", "cancelled", cancellation={"reason_key": "other", "comment": "Manually stacked"})
    then(httpserver, JOBS, ([theirs], 200), ([theirs | {"id": 100_432_999}, gone], 200), method="GET")
    says(httpserver, ONE, gone)
    await courier.read(KEY)
    assert (await courier.read(KEY)).state is S.HEADING_TO_STORE
    assert asked(httpserver) == [f"GET {JOBS}", f"GET {ONE}", f"GET {JOBS}"]


async def test_until_the_other_is_there_nothing_is_known(courier, httpserver, theirs) -> None:
    gone = changed(theirs, "canceled", "cancelled", cancellation={"reason_key": "manually_stacked", "comment": None})
    says(httpserver, JOBS, [gone])
    report = await courier.read(KEY)
    assert (report.state, report.reason) == (S.UNKNOWN, "manually_stacked")


async def test_if_it_never_comes_the_job_is_lost(httpserver, theirs) -> None:
    time = [NOW]
    gone = changed(theirs, "canceled", "cancelled", cancellation={"reason_key": "manually_stacked", "comment": None})
    says(httpserver, "/oauth/token", TOKEN)
    says(httpserver, JOBS, [gone])
    courier = stuart.build("stu", settings(base_url=httpserver.url_for("")), now=lambda: time[0])
    states = []
    for minutes in (0, 6, 11):
        time[0] = NOW + timedelta(minutes=minutes)
        states.append((await courier.read(KEY)).state)
    assert states == [S.UNKNOWN, S.UNKNOWN, S.FAILED]
    await courier.close()


# Calling off


async def test_a_cancel_says_why_in_their_words(courier, httpserver, theirs) -> None:
    says(httpserver, JOBS, [theirs])
    httpserver.expect_request(CANCEL, method="POST").respond_with_data("", 204)
    report = await courier.cancel(KEY, "package_not_ready")
    assert sent(httpserver, CANCEL) == {"public_reason_key": "package_not_ready", "comment": "package_not_ready"}
    assert (report.state, report.ref, report.word) == (S.FAILED, KEY, "canceled")


@pytest.mark.parametrize(("reason", "comment"), [("", {}), ("out of tea", {"comment": "out of tea"})])
async def test_a_reason_of_ours_is_a_comment(courier, httpserver, theirs, reason, comment) -> None:
    says(httpserver, JOBS, [theirs])
    says(httpserver, CANCEL, {}, method="POST")
    await courier.cancel(KEY, reason)
    assert sent(httpserver, CANCEL) == {"public_reason_key": "customer_cancellation_requested", **comment}


async def test_cancelling_again_is_harmless(courier, httpserver, theirs) -> None:
    says(httpserver, JOBS, [changed(theirs, "canceled", "cancelled")])
    says(httpserver, ONE, changed(theirs, "canceled", "cancelled"))
    says(httpserver, CANCEL, fault("WHATEVER"), 422)
    assert (await courier.cancel(KEY)).state is S.FAILED


async def test_too_late_is_too_late(courier, httpserver, theirs) -> None:
    says(httpserver, JOBS, [changed(theirs, delivery="delivering")])
    says(httpserver, ONE, changed(theirs, delivery="delivering"))
    says(httpserver, CANCEL, fault("WHATEVER"), 422)
    with pytest.raises(CourierRefused, match="WHATEVER"):
        await courier.cancel(KEY)


async def test_a_job_that_is_gone_there_can_not_be_called_off(courier, httpserver, theirs) -> None:
    says(httpserver, JOBS, [theirs])
    says(httpserver, ONE, theirs)
    says(httpserver, CANCEL, fault("NOT_FOUND"), 404)
    with pytest.raises(NoSuchJob):
        await courier.cancel(KEY)


async def test_a_job_that_is_shared_loses_our_delivery_only(courier, httpserver, theirs) -> None:
    other = {**theirs["deliveries"][0], "id": 77, "client_reference": "theirs"}
    says(httpserver, JOBS, [{**theirs, "deliveries": [other, *theirs["deliveries"]]}])
    httpserver.expect_request("/v2/deliveries/100515659/cancel", method="POST").respond_with_data("", 204)
    assert (await courier.cancel(KEY)).state is S.FAILED


# Proof


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        (Proof.SIGNATURE, lambda url: {"proof": {"signature_url": url}}),
        (Proof.PICTURE, lambda url: {"package_image_url": url}),
    ],
)
async def test_a_picture_is_fetched_without_our_token(courier, httpserver, theirs, kind, field) -> None:
    picture = png(4, 4, 40)
    says(httpserver, JOBS, [changed(theirs, "finished", "delivered", **field(httpserver.url_for("/picture")))])
    httpserver.expect_request("/picture").respond_with_data(picture, content_type="image/png")
    assert await courier.proof(KEY, Waypoint.DROPOFF, kind) == picture
    assert "Authorization" not in httpserver.log[-1][0].headers


@pytest.mark.parametrize("url", [None, "http://elsewhere.invalid/x.png", "file:///etc/hosts"])
async def test_a_picture_from_anywhere_is_none(courier, httpserver, theirs, url) -> None:
    says(httpserver, JOBS, [changed(theirs, package_image_url=url)])
    with pytest.raises(CourierRefused, match="there is no picture"):
        await courier.proof(KEY, Waypoint.DROPOFF, Proof.PICTURE)


async def test_nothing_is_kept_from_the_store(courier, httpserver, theirs) -> None:
    says(httpserver, JOBS, [changed(theirs, package_image_url="https://elsewhere.invalid/x.png")])
    with pytest.raises(CourierRefused, match="there is no picture of the pickup"):
        await courier.proof(KEY, Waypoint.PICKUP, Proof.PICTURE)


async def test_there_are_no_tips(courier) -> None:
    with pytest.raises(CourierRefused, match="no tips"):
        await courier.tip(KEY, Money(100, "EUR"))


# Settings


@pytest.mark.parametrize("wrong", [{"market": "TW"}, {"transport_type": "sled"}, {"package_type": "huge"}, {"x": 1}])
def test_other_settings_are_refused(wrong) -> None:
    with pytest.raises(ValidationError):
        settings(**wrong)


def test_a_base_with_its_version_is_as_good() -> None:
    assert settings(base_url="https://api.sandbox.stuart.com/v2/").root == "https://api.sandbox.stuart.com"


def test_a_backpack_is_the_usual_limit() -> None:
    limits = settings().limits
    assert limits.max_weight_g == 12_000
