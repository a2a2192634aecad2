"""The calls of the simulated Lalamove answer as the reference says."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.payloads.lalamove import signed_text
from adapters.signatures import hmac_hex
from adapters.simulators.lalamove import API_KEY, API_SECRET, build
from adapters.simulators.lalamove_market import MARKETS
from tests.adapters.simulators.lalamove_practice import PEOPLE, PLACES, QUOTATION, code_of

# Who calls


async def test_a_call_with_the_right_signature_is_let_in(lala) -> None:
    answer = await lala.quote()
    assert (answer.status_code, answer.headers["api-version"]) == (201, "3.0.0")
    assert answer.content.endswith(b"\n")


async def test_the_raw_bytes_are_what_is_signed(lala) -> None:
    """As the official client sends it, with a blank behind the colon, and no request id."""
    body = b'{"data": {"priorityFee":"15"}}'
    ref = await lala.created()
    assert (await lala.call("POST", f"/v3/orders/{ref}/priority-fee", body=body)).status_code == 200


@pytest.mark.parametrize("changed", [{"key": "pk_other"}, {"secret": "sk_other"}, {"key": ""}, {"secret": ""}])
async def test_a_wrong_key_is_unauthorized(lala, changed) -> None:
    wrong = lala.signed("GET", "/v3/cities", b"", **changed)
    answer = await lala.call("GET", "/v3/cities", Authorization=wrong)
    assert code_of(answer) == (401, "ERR_UNAUTHORIZED")


@pytest.mark.parametrize("given", ["", "Bearer x", "hmac x", f"hmac {API_KEY}:1:{'0' * 64}", "hmac ::"])
async def test_what_is_no_signature_is_unauthorized(lala, given) -> None:
    assert (await lala.call("GET", "/v3/cities", Authorization=given)).status_code == 401


@pytest.mark.parametrize(("method", "path", "body"), [("GET", "/v3/cities", b"x"), ("POST", "/v3/orders", b"")])
async def test_a_signature_is_for_its_method_path_and_body(lala, method, path, body) -> None:
    other = lala.signed("GET", "/v3/cities", b"")
    answer = await lala.call(method, path, body=body, Authorization=other)
    assert answer.status_code == 401


@pytest.mark.parametrize(("minutes", "status"), [(-6, 401), (-4, 200), (4, 200), (6, 401)])
async def test_a_signature_holds_for_five_minutes(lala, minutes, status) -> None:
    given = lala.signed("GET", "/v3/cities", b"")
    lala.time -= timedelta(minutes=minutes)
    assert (await lala.call("GET", "/v3/cities", Authorization=given)).status_code == status


async def test_the_walls_time_is_right_as_well(lala) -> None:
    stamp = str(int(datetime.now(UTC).timestamp() * 1000))
    proof = hmac_hex(API_SECRET, signed_text(stamp, "GET", "/v3/cities", b""))
    answer = await lala.call("GET", "/v3/cities", Authorization=f"hmac {API_KEY}:{stamp}:{proof}")
    assert answer.status_code == 200


@pytest.mark.parametrize("market", ["", "XX", "tw"])
async def test_a_market_that_is_none_is_invalid(lala, market) -> None:
    assert code_of(await lala.call("GET", "/v3/cities", Market=market)) == (422, "ERR_INVALID_MARKET")


async def test_a_request_id_comes_back(lala) -> None:
    answer = await lala.call("GET", "/v3/cities", **{"Request-ID": "n0nce"})
    assert answer.headers["request-id"] == "n0nce"


async def test_limits_are_told_and_kept_on_wish(open_practice) -> None:
    lala = open_practice(rate_limits=True)
    first = await lala.quote()
    told = first.headers["RateLimits-Remaining-Postquotation"], first.headers["RateLimit-Limit"]
    assert told == ("29", "30")
    answers = [await lala.quote() for _ in range(30)]
    assert [answer.status_code for answer in answers] == [201] * 29 + [429]
    assert code_of(answers[-1])[1] == "ERR_RATE_LIMIT_EXCEEDED"
    assert int(answers[-1].headers["RateLimit-Reset"]) > 0
    await lala.wait(1)
    assert (await lala.quote()).status_code == 201


# Quotations


async def test_a_quotation_holds_five_minutes_and_costs_whole_dollars(lala) -> None:
    quote = await lala.quoted()
    assert (quote["scheduleAt"], quote["expiresAt"]) == ("2026-01-02T03:00:00.00Z", "2026-01-02T03:05:00.00Z")
    assert (len(quote["quotationId"]), quote["language"]) == (19, "ZH_TW")
    assert quote["priceBreakdown"] == {
        "base": "80",
        "totalBeforeOptimization": "80",
        "totalExcludePriorityFee": "80",
        "total": "80",
        "currency": "TWD",
    }
    assert quote["distance"] == {"value": "2641", "unit": "m"}
    assert quote["stops"][0]["coordinates"] == {"lat": "25.0523000", "lng": "121.5202000"}


async def test_a_longer_way_costs_more(lala) -> None:
    far = {"coordinates": {"lat": "25.1", "lng": "121.6"}, "address": "far"}
    price = (await lala.quoted(stops=[PLACES[0], far]))["priceBreakdown"]
    assert int(price["base"]) + int(price["extraMileage"]) == int(price["total"])


async def test_a_quotation_is_read_again(lala) -> None:
    quote = await lala.quoted()
    assert (await lala.call("GET", f"/v3/quotations/{quote['quotationId']}")).json()["data"] == quote
    unknown = await lala.call("GET", "/v3/quotations/1")
    assert code_of(unknown) == (422, "ERR_INVALID_QUOTATION_ID")


@pytest.mark.parametrize(
    ("changed", "code", "detail"),
    [
        ({"stops": PLACES[:1]}, "ERR_INSUFFICIENT_STOPS", "/data/stops"),
        ({"stops": PLACES * 9}, "ERR_TOO_MANY_STOPS", "/data/stops"),
        ({"stops": None}, "ERR_INVALID_FIELD", "/data/stops"),
        ({"serviceType": "ELEPHANT"}, "ERR_INVALID_SERVICE_TYPE", None),
        ({"specialRequests": ["BUTLER"]}, "ERR_INVALID_SPECIAL_REQUEST", None),
        ({"language": "en_HK"}, "ERR_INVALID_FIELD", "/data/language"),
        ({"scheduleAt": "2026-01-02T02:00:00Z"}, "ERR_INVALID_SCHEDULE_TIME", None),
        ({"scheduleAt": "2026-02-02T03:00:00Z"}, "ERR_INVALID_SCHEDULE_TIME", None),
        ({"scheduleAt": "tomorrow"}, "ERR_INVALID_SCHEDULE_TIME", "/data/scheduleAt"),
    ],
)
async def test_a_quotation_that_cannot_be_is_refused(lala, changed, code, detail) -> None:
    answer = await lala.quote(**changed)
    assert code_of(answer) == (422, code)
    assert answer.json()["errors"][0].get("detail") == detail


@pytest.mark.parametrize(
    ("lat", "code"),
    [
        (25.05, "ERR_INVALID_FIELD"),  # a number, not a text
        ("25.0123456789012345", "ERR_INVALID_FIELD"),
        ("95", "ERR_INVALID_FIELD"),
        ("10.0", "ERR_OUT_OF_SERVICE_AREA"),
    ],
)
async def test_a_place_is_a_text_of_degrees_within_a_city(lala, lat, code) -> None:
    place = {"coordinates": {"lat": lat, "lng": "121.5"}, "address": "A"}
    assert code_of(await lala.quote(stops=[place, PLACES[1]])) == (422, code)


@pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b"[]", 422), (b"{}", 422), (b"", 422)])
async def test_a_body_that_is_none_is_told(lala, body, status) -> None:
    assert (await lala.call("POST", "/v3/quotations", body=body)).status_code == status


async def test_a_missing_field_is_named(lala) -> None:
    answer = await lala.call("POST", "/v3/quotations", {"serviceType": "MOTORCYCLE", "stops": PLACES})
    assert code_of(answer) == (422, "ERR_MISSING_FIELD")
    assert answer.json()["errors"][0]["detail"] == "/data/language"


@pytest.mark.parametrize("market", sorted(MARKETS))
async def test_every_market_has_its_money_and_its_languages(lala, market) -> None:
    known = MARKETS[market]
    north, east = known.cities[0].centre
    stops = [
        {"coordinates": {"lat": f"{north:.4f}", "lng": f"{east:.4f}"}, "address": "A"},
        {"coordinates": {"lat": f"{north + 0.02:.4f}", "lng": f"{east:.4f}"}, "address": "B"},
    ]
    body = QUOTATION | {"stops": stops, "language": min(known.languages)}
    price = (await lala.call("POST", "/v3/quotations", body, Market=market)).json()["data"]["priceBreakdown"]
    assert price["currency"] == known.currency
    assert ("." in price["total"]) is (market in ("SG", "MY"))


async def test_the_cities_of_a_market_say_what_their_vehicles_carry(lala) -> None:
    cities = (await lala.call("GET", "/v3/cities")).json()["data"]
    assert [city["locode"] for city in cities] == ["TW TPE", "TW TXG", "TW TNN", "TW KHH"]
    assert cities[0]["services"][0]["load"] == {"value": "20", "unit": "kg"}


# Orders


async def test_an_order_begins_without_a_driver_with_ids_of_their_shape(lala) -> None:
    answer = await lala.create(metadata={"key": "k"}, isPODEnabled=True)
    made = answer.json()["data"]
    assert (answer.status_code, made["status"], made["driverId"]) == (201, "ASSIGNING_DRIVER", "")
    assert (len(made["orderId"]), made["metadata"]) == (19, {"key": "k"})
    assert [stop["phone"] for stop in made["stops"]] == [" 886225550000", " 886912344821"]
    assert [stop.get("POD") for stop in made["stops"]] == [None, {"status": "PENDING"}]


async def test_a_quotation_is_used_once_within_its_time(lala) -> None:
    quote = await lala.quoted()
    assert (await lala.create(quote)).status_code == 201
    assert code_of(await lala.create(quote)) == (422, "ERR_INVALID_QUOTATION_ID")
    late = await lala.quoted()
    await lala.wait(5.1)
    assert code_of(await lala.create(late)) == (422, "ERR_INVALID_QUOTATION_ID")


async def test_a_quotation_makes_several_orders_where_that_is_wished(open_practice) -> None:
    lala = open_practice(reusable_quotations=True)
    quote = await lala.quoted()
    assert [(await lala.create(quote)).status_code for _ in range(2)] == [201, 201]


@pytest.mark.parametrize("phone", ["0912344821", "+886", "886912344821", "+886 912 344 821", "+0912344821", ""])
async def test_a_phone_is_one_as_dialled_from_abroad(lala, phone) -> None:
    quote = await lala.quoted()
    person = {"stopId": quote["stops"][1]["stopId"], "name": "X", "phone": phone}
    assert code_of(await lala.create(quote, recipients=[person])) == (422, "ERR_INVALID_PHONE_NUMBER")


async def test_the_people_are_those_of_the_stops(lala) -> None:
    quote = await lala.quoted()
    wrong = [{"stopId": "1", **PEOPLE[1]}]
    assert code_of(await lala.create(quote, recipients=wrong)) == (422, "ERR_INVALID_FIELD")


async def test_remarks_have_an_end_and_come_back(lala) -> None:
    quote = await lala.quoted()
    person = {"stopId": quote["stops"][1]["stopId"], **PEOPLE[1]}
    too_long = await lala.create(quote, recipients=[person | {"remarks": "x" * 1501}])
    assert code_of(too_long) == (422, "ERR_INVALID_FIELD")
    ref = (await lala.create(quote, recipients=[person | {"remarks": "#1\r\nring"}])).json()["data"]["orderId"]
    assert (await lala.read(ref))["remarks"] == ["", "#1\r\nring"]


async def test_an_order_nobody_made_is_not_found(lala) -> None:
    for method, path in (("GET", "/v3/orders/1"), ("DELETE", "/v3/orders/1"), ("GET", "/v3/orders/1/drivers/2")):
        assert code_of(await lala.call(method, path)) == (404, "ERR_ORDER_NOT_FOUND")


async def test_an_order_is_not_shown_after_sixty_days(lala) -> None:
    ref = await lala.created()
    await lala.wait(60 * 24 * 61)
    assert (await lala.call("GET", f"/v3/orders/{ref}")).status_code == 403


# The side door


async def test_troubles_are_switched_while_it_runs(lala) -> None:
    told = await lala.http.post("/_sim/trouble", json={"fail": "ERR_INSUFFICIENT_CREDIT", "fail_on": "create"})
    assert told.json()["fail_times"] == 1
    assert code_of(await lala.create()) == (402, "ERR_INSUFFICIENT_CREDIT")
    assert (await lala.create()).status_code == 201
    assert (await lala.http.get("/_sim/trouble")).json()["fail_times"] == 0


@pytest.mark.parametrize("wrong", [{"typo": 1}, {"fail_on": "lunch"}, {"no_driver": "perhaps"}, [1]])
async def test_a_trouble_there_is_not_is_refused(lala, wrong) -> None:
    assert (await lala.http.post("/_sim/trouble", json=wrong)).status_code == 400


async def test_a_lost_answer_leaves_its_order(lala) -> None:
    await lala.http.post("/_sim/trouble", json={"fail": "ERR_TIMEOUT", "fail_on": "create", "fail_after": True})
    assert (await lala.create()).status_code == 504
    assert len((await lala.http.get("/_sim/deliveries")).json()["deliveries"]) == 1


@pytest.mark.parametrize(
    ("shape", "body"),
    [
        ("list", {"errors": [{"id": "ERR_X", "message": "X"}]}),
        ("object", {"errors": {"id": "ERR_X", "message": "X"}}),
        ("bare", {"errors": [{"id": "ERR_X"}]}),
        ("message", {"message": "ERR_X"}),
    ],
)
async def test_errors_are_written_in_the_shape_wished_for(open_practice, shape, body) -> None:
    lala = open_practice(errors=shape, fail="ERR_X")
    assert (await lala.quote()).json() == body


def test_its_settings_call_it() -> None:
    assert build(seed=1, speed=1.0, webhook_url=None).settings("http://sim") == {
        "kind": "lalamove",
        "base_url": "http://sim",
        "api_key": API_KEY,
        "api_secret": API_SECRET,
        "market": "TW",
    }
