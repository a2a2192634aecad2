"""The calls of the simulated Uber Direct answer as the reference says."""

from base64 import b64decode
from datetime import timedelta

import pytest

from tests.adapters.simulators.conftest import NOON, ORDER

PIN = {"dropoff_verification": {"pincode": {"enabled": True}}}


def at(minutes: float) -> str:
    return (NOON + timedelta(minutes=minutes)).isoformat()


# Tokens


@pytest.mark.parametrize(
    ("changed", "error", "status"),
    [
        ({"client_secret": "wrong"}, "invalid_client", 401),
        ({"scope": "eats.orders"}, "invalid_scope", 400),
        ({"grant_type": "password"}, "unsupported_grant_type", 400),
    ],
)
async def test_a_wrong_token_request_is_answered_as_oauth_does(uber, changed, error, status) -> None:
    keys = uber.sim.settings("")
    form = {"client_id": keys["client_id"], "client_secret": keys["client_secret"], "grant_type": "client_credentials"}
    answer = await uber.http.post("/oauth/v2/token", data=form | changed)
    assert (answer.status_code, answer.json()) == (status, {"error": error})


async def test_a_token_lives_thirty_days_and_says_its_scope(uber) -> None:
    keys = uber.sim.settings("")
    form = {"client_id": keys["client_id"], "client_secret": keys["client_secret"], "grant_type": "client_credentials"}
    scope = "direct.organizations eats.deliveries"
    granted = (await uber.http.post("/oauth/v2/token", data=form | {"scope": scope})).json()
    assert (granted["token_type"], granted["expires_in"], granted["scope"]) == ("Bearer", 2_592_000, scope)


async def test_a_call_without_a_token_is_unauthorized_without_a_kind(uber) -> None:
    uber.http.headers["Authorization"] = "Bearer stale"
    answer = await uber.quote()
    assert answer.status_code == 401
    assert answer.json() == {"code": "unauthorized", "message": "Invalid OAuth 2.0 credentials provided."}


async def test_another_customer_is_not_found(uber) -> None:
    answer = await uber.http.get("/v1/customers/cus_other/deliveries")
    assert (answer.status_code, answer.json()["code"]) == (404, "customer_not_found")


# Quotes


async def test_a_quote_holds_a_quarter_of_an_hour_and_costs_whole_dollars(uber) -> None:
    quote = (await uber.quote()).json()
    assert (quote["kind"], quote["currency"], quote["currency_type"]) == ("delivery_quote", "twd", "TWD")
    assert (quote["created"], quote["expires"]) == ("2026-01-02T03:00:00.000Z", "2026-01-02T03:15:00.000Z")
    assert quote["fee"] % 100 == 0
    assert 5 <= quote["pickup_duration"] < quote["duration"]


async def test_a_quote_is_used_once(uber) -> None:
    ref = (await uber.quote()).json()["id"]
    assert (await uber.create(quote_id=ref)).status_code == 200
    assert (await uber.create(quote_id=ref)).json()["code"] == "used_quote"


async def test_a_quote_expires(uber) -> None:
    ref = (await uber.quote()).json()["id"]
    await uber.wait(15)
    assert (await uber.create(quote_id=ref)).json()["code"] == "expired_quote"


async def test_a_quote_is_for_its_addresses(uber) -> None:
    ref = (await uber.quote(dropoff_address="Elsewhere 1")).json()["id"]
    assert (await uber.create(quote_id=ref)).json()["code"] == "mismatched_price_quote"


async def test_a_quote_nobody_gave_is_a_wrong_field(uber) -> None:
    answer = await uber.create(quote_id="dqt_nothing")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_params")
    assert list(answer.json()["metadata"]) == ["quote_id"]


async def test_an_address_written_with_other_spaces_is_the_same(uber) -> None:
    ref = (await uber.quote(dropoff_address=ORDER["dropoff_address"].replace(": ", ":"))).json()["id"]
    assert (await uber.create(quote_id=ref)).status_code == 200


async def test_a_door_too_far_is_undeliverable(uber) -> None:
    assert (await uber.quote(dropoff_latitude=24.0)).json()["code"] == "address_undeliverable"


# Create


async def test_a_delivery_begins_pending_with_ids_of_their_shape(uber) -> None:
    answer = await uber.create(external_id="o1", manifest_reference="1042", tip=500)
    made = answer.json()
    assert (answer.status_code, made["status"], made["courier"], made["complete"]) == (200, "pending", None, False)
    assert (made["id"][:4], len(made["id"])) == ("del_", 26)
    assert (len(made["uuid"]), made["uuid"].isupper()) == (32, True)
    assert (made["external_id"], made["manifest"]["reference"], made["live_mode"]) == ("o1", "1042", False)


async def test_the_fee_includes_the_tip(uber) -> None:
    plain, tipped = (await uber.create()).json(), (await uber.create(tip=500)).json()
    assert tipped["fee"] - plain["fee"] == tipped["tip"] == 500


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"dropoff_phone_number": "0912"}, "dropoff_phone_number"),
        ({"manifest_items": []}, "manifest_items"),
        ({"dropoff_notes": "x" * 281}, "dropoff_notes"),
        ({"tip": -1}, "tip"),
        ({"pickup_address": ""}, "pickup_address"),
        ({"dropoff_address": "{broken"}, "dropoff_address"),
        (PIN | {"deliverable_action": "deliverable_action_leave_at_door"}, "param_details"),
    ],
)
async def test_a_wrong_field_is_named(uber, changed, field) -> None:
    answer = await uber.create(**changed)
    body = answer.json()
    assert (answer.status_code, body["code"], body["kind"]) == (400, "invalid_params", "error")
    assert field in body["metadata"]


@pytest.mark.parametrize(("weight", "status"), [({}, 400), ({"weight": 600}, 200)])
async def test_what_is_measured_must_be_weighed(uber, weight, status) -> None:
    measured = {"name": "Tea", "quantity": 1, "dimensions": {"length": 20, "height": 10, "depth": 5}}
    answer = await uber.create(manifest_items=[measured | weight])
    assert answer.status_code == status
    if status == 400:
        assert answer.json()["code"] == "invalid_params"
        assert "weight" in answer.json()["metadata"]["manifest_items.0"]


async def test_dimensions_come_back_with_the_delivery(uber) -> None:
    box = {"length": 20, "height": 10, "depth": 5}
    made = (await uber.create(manifest_items=[{"name": "Tea", "quantity": 1, "weight": 600, "dimensions": box}])).json()
    assert made["manifest_items"][0]["dimensions"] == box


async def test_a_body_that_is_no_json_is_told(uber) -> None:
    answer = await uber.call("POST", "/deliveries", content=b"{")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_params")


@pytest.mark.parametrize(
    ("windows", "code"),
    [
        ({"pickup_ready_dt": at(-5)}, "pickup_ready_too_early"),
        ({"pickup_ready_dt": at(43_200)}, "pickup_ready_too_late"),
        ({"pickup_ready_dt": at(30), "pickup_deadline_dt": at(39)}, "pickup_window_too_small"),
        ({"pickup_ready_dt": at(5), "pickup_deadline_dt": at(16)}, "pickup_deadline_too_early"),
        ({"dropoff_ready_dt": at(60)}, "dropoff_ready_after_pickup_deadline"),
        ({"dropoff_deadline_dt": at(15)}, "dropoff_deadline_too_early"),
        (
            {"pickup_ready_dt": at(5), "pickup_deadline_dt": at(60), "dropoff_deadline_dt": at(50)},
            "dropoff_deadline_before_pickup_deadline",
        ),
        ({"pickup_deadline_dt": at(30)}, "pickup_ready_time_not_specified"),
    ],
)
async def test_each_broken_window_has_its_code(uber, windows, code) -> None:
    assert (await uber.create(**windows)).json()["code"] == code
    assert (await uber.quote(**windows)).json()["code"] == code


async def test_a_good_window_is_kept(uber) -> None:
    made = (await uber.create(pickup_ready_dt=at(10), pickup_deadline_dt=at(40), dropoff_deadline_dt=at(70))).json()
    assert (made["pickup_ready"], made["dropoff_deadline"]) == ("2026-01-02T03:10:00.000Z", "2026-01-02T04:10:00.000Z")


async def test_missing_windows_are_filled_as_recorded(uber) -> None:
    made = (await uber.create()).json()
    assert made["pickup_ready"] == made["created"]
    assert (made["pickup_deadline"], made["dropoff_deadline"]) == (
        "2026-01-02T03:20:00.000Z",
        "2026-01-02T04:20:00.000Z",
    )


# Repeats


async def test_a_known_key_names_the_job_it_made(uber) -> None:
    ref = await uber.created(idempotency_key="k")
    answer = await uber.create(idempotency_key="k", dropoff_name="Another")
    assert (answer.status_code, answer.json()["code"]) == (409, "duplicate_delivery")
    assert answer.json()["metadata"] == {"delivery_id": ref}


async def test_a_known_key_counts_before_its_used_quote(uber) -> None:
    quote = (await uber.quote()).json()["id"]
    await uber.create(idempotency_key="k", quote_id=quote)
    assert (await uber.create(idempotency_key="k", quote_id=quote)).status_code == 409


async def test_a_known_key_may_answer_with_the_job_itself(troubled) -> None:
    uber = await troubled(repeat_with_200=True)
    ref = await uber.created(idempotency_key="k")
    assert (await uber.create(idempotency_key="k")).json()["id"] == ref


async def test_a_key_is_forgotten_after_an_hour(uber) -> None:
    await uber.create(idempotency_key="k")
    await uber.wait(60)
    assert (await uber.create(idempotency_key="k")).status_code == 200


async def test_without_a_key_both_references_together_are_unique(uber) -> None:
    assert (await uber.create(manifest_reference="1", external_id="a")).status_code == 200
    assert (await uber.create(manifest_reference="1", external_id="b")).status_code == 200
    assert (await uber.create(manifest_reference="1", external_id="a")).status_code == 409


@pytest.mark.parametrize("key", [{}, {"idempotency_key": "other"}])
async def test_both_references_together_are_unique_under_any_key(uber, key) -> None:
    pair = {"manifest_reference": "1", "external_id": "a"}
    ref = await uber.created(idempotency_key="k", **pair)
    answer = await uber.create(**pair, **key)
    assert (answer.status_code, answer.json()["code"]) == (409, "duplicate_delivery")
    assert answer.json()["metadata"] == {"delivery_id": ref}


async def test_references_outlive_their_key_and_their_ride(uber) -> None:
    job = {"idempotency_key": "k", "manifest_reference": "1", "external_id": "a"}
    ref = await uber.created(**job)
    await uber.cancel(ref)
    await uber.wait(60)
    assert (await uber.create(**job)).json()["metadata"] == {"delivery_id": ref}


async def test_a_changed_reference_leaves_the_old_one_free(uber) -> None:
    ref = await uber.created(manifest_reference="1", external_id="a")
    await uber.update(ref, manifest_reference="2")
    assert (await uber.create(manifest_reference="2", external_id="a")).json()["metadata"] == {"delivery_id": ref}
    assert (await uber.create(manifest_reference="1", external_id="a")).status_code == 200


async def test_jobs_without_any_reference_are_all_new(uber) -> None:
    assert await uber.created() != await uber.created()


# Read, list


async def test_an_unknown_delivery_is_not_found(uber) -> None:
    answer = await uber.call("GET", "/deliveries/del_nothing")
    assert (answer.status_code, answer.json()["code"]) == (404, "delivery_not_found")


@pytest.mark.parametrize("offset", ["offset", "Offset"])
async def test_a_list_is_paged_newest_first(uber, offset) -> None:
    refs = [await uber.created() for _ in range(3)]
    page = (await uber.call("GET", "/deliveries", params={"limit": 2, offset: 1})).json()
    assert [one["id"] for one in page["data"]] == refs[1::-1]
    assert (page["object"], page["total_count"], page["next_href"]) == ("list", -1, "")


async def test_a_page_leads_to_the_next(uber) -> None:
    refs = [await uber.created() for _ in range(3)]
    page = (await uber.call("GET", "/deliveries", params={"limit": 2})).json()
    following = (await uber.http.get(page["next_href"])).json()
    assert [one["id"] for one in following["data"]] == refs[:1]


async def test_a_list_is_filtered(uber) -> None:
    first, second = await uber.created(), await uber.created()
    await uber.cancel(first)
    for status, refs in (("ongoing", [second]), ("canceled", [first]), ("pending", [second]), ("delivered", [])):
        page = (await uber.call("GET", "/deliveries", params={"filter": status})).json()
        assert [one["id"] for one in page["data"]] == refs


# Cancel


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"json": {}},
        {"json": {"cancelation_reason": "store_closed"}},
        {"json": {"cancelation_reason": "other", "additional_description": "x"}},
    ],
)
async def test_a_cancel_takes_no_body_or_a_reason(uber, body) -> None:
    answer = await uber.cancel(await uber.created(), **body)
    assert (answer.status_code, answer.json()["status"], answer.json()["complete"]) == (200, "canceled", True)


@pytest.mark.parametrize("reason", ["bored", "other"])
async def test_a_cancel_needs_a_reason_they_know(uber, reason) -> None:
    assert (await uber.cancel(await uber.created(), json={"cancelation_reason": reason})).json()[
        "code"
    ] == "invalid_params"


async def test_a_second_cancel_is_refused_or_not_as_wished(uber) -> None:
    ref = await uber.created()
    await uber.cancel(ref)
    assert (await uber.cancel(ref)).json()["code"] == "noncancelable_delivery"
    uber.sim.troubles = uber.sim.troubles.changed({"cancel_twice_with_200": True})
    assert (await uber.cancel(ref)).status_code == 200


async def test_goods_on_the_road_cannot_be_cancelled(uber) -> None:
    ref = await uber.created()
    await uber.wait_for(ref, "pickup_complete")
    assert (await uber.cancel(ref)).json()["code"] == "noncancelable_delivery"


async def test_a_cancelled_ride_stays_where_it_is(uber) -> None:
    ref = await uber.created()
    await uber.cancel(ref)
    await uber.wait(120)
    assert (await uber.read(ref))["status"] == "canceled"


# Update


@pytest.mark.parametrize(
    ("status", "imminent", "field", "is_taken"),
    [
        ("pending", False, {"manifest_reference": "x"}, True),
        ("pickup", False, {"pickup_notes": "x"}, True),
        ("pickup", True, {"pickup_notes": "x"}, False),
        ("pickup", True, {"pickup_verification": {"barcodes": []}}, True),
        ("pickup_complete", False, {"pickup_verification": {"barcodes": []}}, False),
        ("dropoff", False, {"dropoff_notes": "x"}, True),
        ("dropoff", True, {"dropoff_notes": "x"}, False),
    ],
)
async def test_a_field_may_change_until_its_stage_is_past(uber, status, imminent, field, is_taken) -> None:
    ref = await uber.created()
    await uber.wait_for(ref, status, imminent)
    answer = await uber.update(ref, **field)
    assert answer.status_code == (200 if is_taken else 400)
    if not is_taken:
        assert "cannot be updated in the current state" in answer.json()["metadata"]["param_details"]


async def test_a_changed_note_is_shown(uber) -> None:
    ref = await uber.created()
    assert (await uber.update(ref, dropoff_notes="ring thrice")).json()["dropoff"]["notes"] == "ring thrice"


async def test_a_pin_survives_an_update(uber) -> None:
    ref = await uber.created(**PIN)
    await uber.update(ref, dropoff_verification={"barcodes": [{"type": "QR", "value": "x"}]})
    wanted = (await uber.read(ref))["dropoff"]["verification_requirements"]
    assert (wanted["pincode"]["value"], wanted["barcodes"][0]["value"]) == ("4821", "x")


async def test_a_tip_is_only_raised_and_only_on_the_way_to_the_door(uber) -> None:
    ref = await uber.created()
    assert (await uber.update(ref, tip_by_customer=500)).json()["code"] == "invalid_tipping_state"
    await uber.wait_for(ref, "dropoff")
    for tip, code in ((0, "no_tip"), (500, None), (500, "tip_already_recorded_error"), (200_000, "max_tip_exceeded")):
        assert (await uber.update(ref, tip_by_customer=tip)).json().get("code") == code
    assert (await uber.read(ref))["tip"] == 500


# PIN and proofs


@pytest.mark.parametrize(
    ("wanted", "pin"),
    [({"enabled": True}, "4821"), ({"enabled": True, "type": "merchant_provided", "value": "0007"}, "0007")],
)
async def test_a_pin_comes_back_with_the_delivery(uber, wanted, pin) -> None:
    made = (await uber.create(dropoff_verification={"pincode": wanted})).json()
    assert made["dropoff"]["verification_requirements"]["pincode"] == {"enabled": True, "value": pin}


async def test_a_random_pin_has_four_digits(uber) -> None:
    made = (await uber.create(dropoff_verification={"pincode": {"enabled": True, "type": "random"}})).json()
    pin = made["dropoff"]["verification_requirements"]["pincode"]["value"]
    assert (len(pin), pin.isdigit()) == (4, True)


@pytest.mark.parametrize(
    ("verification", "kind"),
    [
        ({"picture": True}, "picture"),
        ({"signature_requirement": {"enabled": True}}, "signature"),
        ({"pincode": {"enabled": True}}, "pincode"),
    ],
)
async def test_a_proof_that_was_asked_for_is_a_picture_once_delivered(uber, verification, kind) -> None:
    ref = await uber.created(dropoff_verification=verification)
    body = {"waypoint": "dropoff", "type": kind}
    assert (await uber.call("POST", f"/deliveries/{ref}/proof-of-delivery", json=body)).status_code == 400
    await uber.wait_for(ref, "delivered")
    answer = await uber.call("POST", f"/deliveries/{ref}/proof-of-delivery", json=body)
    assert b64decode(answer.json()["document"]).startswith(b"\x89PNG\r\n\x1a\n")


async def test_a_proof_nobody_asked_for_does_not_exist(uber) -> None:
    ref = await uber.created()
    await uber.wait_for(ref, "delivered")
    body = {"waypoint": "dropoff", "type": "signature"}
    answer = await uber.call("POST", f"/deliveries/{ref}/proof-of-delivery", json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_params")


async def test_goods_left_at_the_door_are_always_photographed(uber) -> None:
    ref = await uber.created(deliverable_action="deliverable_action_leave_at_door")
    await uber.wait_for(ref, "delivered")
    body = {"waypoint": "dropoff", "type": "picture"}
    assert (await uber.call("POST", f"/deliveries/{ref}/proof-of-delivery", json=body)).status_code == 200
