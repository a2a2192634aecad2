"""The simulated pandago's calls: who is let in, what is answered, which mistake gets which error."""

from base64 import b64decode
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from tests.adapters.simulators.pandago_practice import API, DOOR, ESTIMATE, NOON, ORDER, Practice

OTHER_KEY = generate_private_key(public_exponent=65537, key_size=2048)
HERE = {"address": "南京西路 1 號", "latitude": 25.0524, "longitude": 121.5203}
STORE = {"name": "S", "phone_number": "+886225550000", "location": HERE}
OUTLET = {
    "name": "S9",
    "address": "A",
    "latitude": 25.06,
    "longitude": 121.53,
    "city": "Taipei",
    "phone_number": "+886225550000",
    "currency": "TWD",
    "locale": "zh-TW",
}

# Who is let in


async def test_a_good_assertion_gets_a_token(panda) -> None:
    told = (await panda.token()).json()
    assert (told["expires_in"], told["token_type"], told["scope"]) == (3599, "bearer", "pandago.api.tw.*")


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": OTHER_KEY},
        {"key_id": "other"},
        {"iss": "pandago:tw:other"},
        {"sub": "pandago:tw:other"},
        {"aud": "https://sts-st.deliveryhero.io"},
        {"exp": 1},
        {"exp": int(NOON.timestamp()) - 1},
        *({"without": name} for name in ("iss", "sub", "jti", "exp", "aud")),
    ],
)
async def test_a_wrong_assertion_gets_none(panda, wrong) -> None:
    answer = await panda.token(client_assertion=panda.assertion(**wrong))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    ("form", "error", "status"),
    [
        ({"client_assertion": "a.b.c"}, "invalid_client", 401),
        ({"client_assertion": ""}, "invalid_client", 401),
        ({"client_id": "other"}, "invalid_client", 401),
        ({"grant_type": "password"}, "invalid_request", 400),
        ({"client_assertion_type": "bearer"}, "invalid_request", 400),
        ({"scope": "everything"}, "invalid_scope", 400),
        ({"scope": ""}, "invalid_scope", 400),
    ],
)
async def test_a_wrong_form_gets_none(panda, form, error, status) -> None:
    answer = await panda.token(**form)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


async def test_a_token_is_asked_for_with_a_form_only(panda) -> None:
    assert (await panda.http.post("/oauth2/token", json={})).status_code == 400


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer forged", "Basic x"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/orders"),
        ("POST", "/orders/fee"),
        ("POST", "/orders/time"),
        ("GET", "/orders/x"),
        ("PUT", "/orders/x"),
        ("DELETE", "/orders/x"),
        ("GET", "/orders/x/coordinates"),
        ("GET", "/orders/proof_of_pickup/x"),
        ("GET", "/outlets/x"),
        ("PUT", "/outlets/x"),
        ("PATCH", "/outlets/x"),
        ("GET", "/outletList"),
    ],
)
async def test_nobody_is_let_in_without_a_token(panda, method, path, shown) -> None:
    panda.http.headers["Authorization"] = shown
    answer = await panda.call(method, path)
    assert (answer.status_code, answer.json()) == (401, {"message": "Unauthorized"})


async def test_a_token_without_its_word_is_none(panda) -> None:
    panda.http.headers["Authorization"] = panda.http.headers["Authorization"].removeprefix("Bearer ")
    assert (await panda.create()).status_code == 401


async def test_a_token_ends_after_its_hour(panda) -> None:
    panda.time += timedelta(seconds=3598)
    assert (await panda.create()).status_code == 201
    panda.time += timedelta(seconds=1)
    assert (await panda.create()).status_code == 401


# Estimates


async def test_an_estimate_needs_no_more_of_the_customer_than_his_place(panda) -> None:
    fee = (await panda.call("POST", "/orders/fee", ESTIMATE)).json()
    times = (await panda.call("POST", "/orders/time", ESTIMATE)).json()
    assert (fee["client_order_id"], 65 <= fee["estimated_delivery_fee"] <= 300) == ("S-1001", True)
    assert "2026-01-02T03:00:00.000Z" < times["estimated_pickup_time"] < times["estimated_delivery_time"]


async def test_an_order_costs_what_was_estimated(panda) -> None:
    fee = (await panda.call("POST", "/orders/fee", ESTIMATE)).json()["estimated_delivery_fee"]
    assert (await panda.create()).json()["delivery_fee"] == fee


# Orders


async def test_an_order_is_told_as_announced(panda) -> None:
    answer = await panda.create()
    told = answer.json()
    assert answer.status_code == 201
    assert (told["status"], told["client_order_id"], told["amount"]) == ("NEW", "S-1001", 450.0)
    assert told["driver"] == {"id": "", "name": "", "phone_number": ""}
    assert told["created_at"] == told["updated_at"] == int(NOON.timestamp())
    assert (told["sender"]["name"], told["sender"]["notes"]) == ("Practice store", "S-1001")
    assert told["recipient"]["phone_number"] == "+886912344821"
    assert told["distance"] == pytest.approx(2645, abs=200)


async def test_the_same_number_makes_two_orders(panda) -> None:
    assert await panda.created() != await panda.created()


async def test_a_reading_tells_more_than_the_answer_to_a_submission(panda) -> None:
    ref = await panda.created()
    told = (await panda.call("GET", f"/orders/{ref}")).json()
    assert told["tracking_link"].endswith(ref)
    assert "cancellation" not in told


async def test_a_sender_by_place_is_the_outlet_there(panda) -> None:
    assert (await panda.create(sender=STORE)).json()["sender"]["client_vendor_id"] == "practice"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"recipient": None}, "recipient"),
        ({"recipient": ORDER["recipient"] | {"phone_number": "0912344821"}}, "recipient.phone_number"),
        ({"recipient": ORDER["recipient"] | {"phone_number": "+12"}}, "recipient.phone_number"),
        ({"recipient": ORDER["recipient"] | {"name": ""}}, "recipient.name"),
        ({"recipient": ORDER["recipient"] | {"notes": "x" * 2049}}, "recipient.notes"),
        ({"recipient": ORDER["recipient"] | {"location": {}}}, "recipient.location"),
        ({"recipient": ORDER["recipient"] | {"location": DOOR | {"address": "x" * 256}}}, "recipient.location.address"),
        ({"amount": "450"}, "amount"),
        ({"amount": -1}, "amount"),
        ({"amount": None}, "amount"),
        ({"description": ""}, "description"),
        ({"description": "x" * 201}, "description"),
        ({"payment_method": "LATER"}, "payment_method"),
        ({"coldbag_needed": "yes"}, "coldbag_needed"),
        ({"sender": {"name": "S"}}, "sender"),
        ({"packaging": {"size": "huge"}}, "packaging.size"),
        ({"preordered_for": 0}, "preordered_for"),
        ({"preordered_for": int(NOON.timestamp()) + 50 * 60}, "preordered_for"),
        ({"preordered_for": int(NOON.timestamp()) + 49 * 3600}, "preordered_for"),
    ],
)
async def test_a_mistake_is_named_by_its_field(panda, changed, field) -> None:
    answer = await panda.create(**changed)
    assert (answer.status_code, answer.json()["message"]) == (400, "Invalid payload")
    assert any(error["field"].startswith(field) for error in answer.json()["errors"])
    assert (await panda.http.get("/_sim/deliveries")).json()["deliveries"] == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff"])
async def test_what_is_no_order_is_a_mistake(panda, body) -> None:
    assert (await panda.http.post(f"{API}/orders", content=body)).status_code == 400


@pytest.mark.parametrize(
    ("changed", "status", "message"),
    [
        ({"sender": {"client_vendor_id": "nowhere"}}, 404, "Outlet not found"),
        ({"sender": STORE | {"location": HERE | {"latitude": 25.1}}}, 422, "No branch close enough"),
        ({"sender": None}, 422, "No branch close enough"),
        ({"recipient": ORDER["recipient"] | {"location": DOOR | {"latitude": 24.0}}}, 422, "Unable to process"),
    ],
)
async def test_what_cannot_be_carried_is_refused(panda, changed, status, message) -> None:
    answer = await panda.create(**changed)
    assert (answer.status_code, answer.json()["message"][: len(message)]) == (status, message)


async def test_two_outlets_at_one_place_are_one_too_many(panda) -> None:
    await panda.call("PUT", "/outlets/twin", OUTLET | {"latitude": 25.0524, "longitude": 121.5203})
    assert "Multiple branches" in (await panda.create(sender=STORE)).json()["message"]


async def test_an_order_nobody_made_is_not_found(panda) -> None:
    for method, path in (("GET", ""), ("DELETE", ""), ("PUT", ""), ("GET", "/coordinates")):
        body = {"reason": "MISTAKE_ERROR"} if method == "DELETE" else {} if method == "PUT" else None
        answer = await panda.call(method, f"/orders/none{path}", body)
        assert (answer.status_code, answer.json()["message"]) == (404, "Order not found")


# Update and cancel


async def test_an_order_is_changed_before_pickup(panda) -> None:
    ref = await panda.created()
    answer = await panda.call("PUT", f"/orders/{ref}", {"location": DOOR | {"address": "No. 9"}, "amount": 3})
    assert (answer.status_code, answer.json()["amount"]) == (200, 3)
    assert answer.json()["location"]["address"] == "No. 9"
    assert set(answer.json()) == set(
        "order_id created_at status payment_method location description amount delivery_fee".split()
    )


async def test_what_is_paid_is_not_turned_into_cash(panda) -> None:
    paid, cash = await panda.created(), await panda.created(payment_method="CASH_ON_DELIVERY")
    turn = {"payment_method": "CASH_ON_DELIVERY"}
    assert (await panda.call("PUT", f"/orders/{paid}", turn)).status_code == 422
    answer = await panda.call("PUT", f"/orders/{cash}", {"payment_method": "PAID", "amount": 0})
    assert (answer.status_code, answer.json()["payment_method"]) == (200, "PAID")


async def test_after_pickup_nothing_is_changed(panda) -> None:
    ref = await panda.created()
    await panda.wait_for(ref, "COURIER_LEFT_VENDOR")
    await panda.log_in()
    answer = await panda.call("PUT", f"/orders/{ref}", {"amount": 3})
    assert (answer.status_code, answer.json()["message"]) == (422, "Order can not be updated")


async def test_a_search_is_cancelled_without_a_word(panda) -> None:
    ref = await panda.created()
    answer = await panda.cancel(ref)
    assert (answer.status_code, answer.content) == (204, b"")
    told = await panda.read(ref)
    assert (told["status"], told["cancellation"]) == ("CANCELLED", {"source": "CLIENT", "reason": "MISTAKE_ERROR"})
    assert (await panda.cancel(ref)).status_code == 409


async def test_a_reason_nobody_knows_is_replaced(panda) -> None:
    ref = await panda.created()
    answer = await panda.cancel(ref, "WHY_NOT")
    assert (answer.status_code, "message" in answer.json()) == (203, True)
    assert (await panda.read(ref))["cancellation"]["reason"] == "REASON_UNKNOWN"


@pytest.mark.parametrize("body", [None, {}, {"reason": ""}])
async def test_a_cancel_needs_its_body(panda, body) -> None:
    assert (await panda.call("DELETE", f"/orders/{await panda.created()}", body)).status_code == 400


async def test_an_accepted_order_is_not_cancelled(panda) -> None:
    ref = await panda.created()
    await panda.wait_for(ref, "COURIER_ACCEPTED_DELIVERY")
    answer = await panda.cancel(ref)
    assert (answer.status_code, answer.json()["message"]) == (409, "Order is not cancellable")


# Place, proof, outlets


async def test_a_place_is_told_while_somebody_rides(panda) -> None:
    ref = await panda.created()
    assert (await panda.call("GET", f"/orders/{ref}/coordinates")).status_code == 404
    await panda.wait_for(ref, "COURIER_ACCEPTED_DELIVERY")
    told = (await panda.call("GET", f"/orders/{ref}/coordinates")).json()
    assert set(told) == {"client_order_id", "latitude", "longitude", "updated_at"}
    assert (abs(told["latitude"] - 25.05) < 0.05, told["updated_at"]) == (True, int(panda.time.timestamp()))


async def test_a_picture_is_base64_and_kept_for_a_week(panda) -> None:
    ref = await panda.created()
    missing = await panda.call("GET", f"/orders/proof_of_delivery/{ref}")
    assert (missing.status_code, missing.json()["message"]) == (404, "Proof of delivery for this order was not found")
    await panda.wait_for(ref, "DELIVERED")
    await panda.log_in()
    there = await panda.call("GET", f"/orders/proof_of_delivery/{ref}")
    assert b64decode(there.content, validate=True).startswith(b"\xff\xd8\xff")
    await panda.wait(8 * 24 * 60)
    await panda.log_in()
    assert (await panda.call("GET", f"/orders/proof_of_delivery/{ref}")).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
async def test_an_outlet_is_made_read_and_listed(panda, method) -> None:
    made = (await panda.call(method, "/outlets/s9", OUTLET | {"add_user": ["a@example.invalid"]})).json()
    assert (made["vendor_id"], made["users"]) == ("v-s9", ["a@example.invalid"])
    assert (await panda.call("GET", "/outlets/s9")).json()["name"] == "S9"
    listed = (await panda.call("GET", "/outletList")).json()
    assert [outlet["client_vendor_id"] for outlet in listed] == ["practice", "s9"]


@pytest.mark.parametrize(
    "changed",
    [{"currency": "dollars"}, {"locale": "Chinese"}, {"name": ""}, {"add_user": ["a"], "delete_user": ["b"]}],
)
async def test_an_outlet_with_a_mistake_is_not_made(panda, changed) -> None:
    assert (await panda.call("PUT", "/outlets/s9", OUTLET | changed)).status_code == 400
    assert (await panda.call("GET", "/outlets/s9")).json()["message"] == "Outlet not found"


async def test_each_country_has_its_own_outlets(panda) -> None:
    assert (await panda.http.get("/sg/api/v1/outlets/practice")).json()["address"].startswith("1 Raffles Place")
    assert (await panda.http.get("/xx/api/v1/outlets/practice")).status_code == 404


# Troubles


async def test_troubles_are_told_and_set(panda) -> None:
    assert (await panda.http.get("/_sim/trouble")).json()["no_driver"] is False
    told = (await panda.http.post("/_sim/trouble", json={"no_driver": True, "fail": 503})).json()
    assert (told["no_driver"], told["fail"]) == (True, 503)


async def test_a_failure_can_be_asked_for_again_once_it_is_spent(panda) -> None:
    for _ in range(2):
        await panda.http.post("/_sim/trouble", json={"fail": 503, "fail_on": "create"})
        assert [(await panda.create()).status_code for _ in range(2)] == [503, 201]


async def test_how_often_it_fails_is_kept_where_it_is_said(panda) -> None:
    told = (await panda.http.post("/_sim/trouble", json={"fail": 503, "fail_times": 2})).json()
    assert told["fail_times"] == 2
    assert (await panda.http.post("/_sim/trouble", json={"no_driver": True})).json()["fail_times"] == 2


@pytest.mark.parametrize("wrong", [{"typo": 1}, {"fail_on": "tips"}, [1]])
async def test_a_trouble_nobody_knows_is_refused(panda, wrong) -> None:
    assert (await panda.http.post("/_sim/trouble", json=wrong)).status_code == 400


async def test_a_failure_before_leaves_nothing_and_one_after_leaves_an_order(open_pandago) -> None:
    for after, left in ((False, 0), (True, 1)):
        panda: Practice = await open_pandago(fail=504, fail_on="create", fail_after=after)
        assert (await panda.create()).status_code == 504
        assert len((await panda.http.get("/_sim/deliveries")).json()["deliveries"]) == left
        assert (await panda.create()).status_code == 201


async def test_errors_of_a_submission_may_be_listed(open_pandago) -> None:
    panda = await open_pandago(listed_errors=True)
    assert (await panda.create(sender=None)).json() == [{"message": "No branch close enough to sender was found"}]


async def test_a_country_may_allow_no_updates(open_pandago) -> None:
    panda = await open_pandago(no_updates=True)
    assert (await panda.call("PUT", f"/orders/{await panda.created()}", {"amount": 3})).status_code == 405
