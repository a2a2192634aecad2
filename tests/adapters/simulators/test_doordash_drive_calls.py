"""The calls of the simulated DoorDash Drive answer as the reference says."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.simulators.doordash_drive import build
from tests.adapters.simulators.doordash_practice import DELIVERIES, JOB, QUOTES, fault_of, practice, token


def now() -> int:
    return int(datetime.now(UTC).timestamp())


EXAMPLE = (
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImRkLXZlciI6IkRELUpXVC1WMSJ9.eyJhdWQiOiJkb29yZGFzaCIsImlzcyI6ImRldi1pZC0xIiwi"
    "a2lkIjoia2V5LWlkLTEiLCJleHAiOjE3NjczMjMzNDUsImlhdCI6MTc2NzMyMzA0NX0.9Vsd_V8wlOnLmtShVlStsZ7fV_ASX1hjTVHGWlRWX9w"
)


# Who calls


@pytest.mark.parametrize(
    "changed",
    [
        {"key": b"another key of thirty-two bytes!!"},
        {"version": "DD-JWT-V2"},
        {"algorithm": "HS384", "key": b"x" * 48},
        {"aud": "uber"},
        {"iss": "somebody"},
        {"kid": "another"},
        {"kid": None},
        {"exp": None},
        {"iat": None},
    ],
)
async def test_a_wrong_token_is_401(changed) -> None:
    async with practice() as dash:
        answer = await dash.http.get(f"{DELIVERIES}/x", headers={"Authorization": f"Bearer {token(**changed)}"})
        assert fault_of(answer) == (401, "authentication_error", "")


@pytest.mark.parametrize(("since", "until"), [(-120, -60), (0, 3000), (600, 900)])
async def test_a_token_of_another_time_is_401(since, until) -> None:
    async with practice() as dash:
        given = token(iat=now() + since, exp=now() + until)
        answer = await dash.http.get(f"{DELIVERIES}/x", headers={"Authorization": f"Bearer {given}"})
        assert fault_of(answer) == (401, "authentication_error", "")


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer x", "Basic eDp5", f"Bearer {EXAMPLE}", "Bearer a.b.c"])
async def test_what_is_no_token_of_ours_is_401(given) -> None:
    async with practice() as dash:
        answer = await dash.http.post(DELIVERIES, json=JOB, headers={"Authorization": given})
        assert answer.status_code == 401
        assert (await dash.http.get("/_sim/deliveries")).json() == {"deliveries": []}


@pytest.mark.parametrize("seconds", [60, 300, 1800])
async def test_a_token_may_live_for_half_an_hour(seconds) -> None:
    async with practice() as dash:
        given = token(iat=now(), exp=now() + seconds)
        answer = await dash.http.post(QUOTES, json=JOB, headers={"Authorization": f"bearer {given}"})
        assert answer.status_code == 200


# Quotes


async def test_a_quote_echoes_the_job_with_a_price_and_times() -> None:
    async with practice() as dash:
        quote = (await dash.quote(tip=599)).json()
        assert {name: quote[name] for name in JOB} == JOB
        assert (quote["delivery_status"], quote["currency"], quote["tip"]) == ("quote", "USD", 599)
        assert 975 <= quote["fee"] <= 1500
        assert quote["pickup_time_estimated"] < quote["dropoff_time_estimated"]
        assert not {"tracking_url", "dasher_name", "cancellation_reason"} & quote.keys()


async def test_a_longer_way_costs_more() -> None:
    async with practice() as dash:
        fees = {
            (await dash.quote(external_delivery_id=f"S-{n}", dropoff_address=f"{n} B St")).json()["fee"]
            for n in range(12)
        }
        assert len(fees) > 3
        assert min(fees) == 975
        assert all((fee - 975) % 75 == 0 for fee in fees)


async def test_a_quote_taken_up_is_a_delivery_under_the_same_number() -> None:
    async with practice() as dash:
        quote = (await dash.quote()).json()
        taken = (await dash.accept(tip=799, dropoff_phone_number="+16505550109")).json()
        assert (taken["delivery_status"], taken["tip"], taken["fee"]) == ("created", 799, quote["fee"])
        assert (await dash.read())["dropoff_phone_number"] == "+16505550109"


async def test_a_quote_lasts_five_minutes() -> None:
    async with practice() as dash:
        await dash.quote()
        await dash.wait(5)
        assert fault_of(await dash.accept()) == (400, "validation_error", "")


async def test_a_quote_nobody_gave_cannot_be_taken_up() -> None:
    async with practice() as dash:
        answer = await dash.accept("S-9")
        assert (fault_of(answer)[:2], answer.json()["external_delivery_id"]) == ((404, "unknown_delivery_id"), "S-9")


@pytest.mark.parametrize(("once", "status"), [(False, 200), (True, 409)])
async def test_a_quote_taken_up_twice_is_one_delivery(once, status) -> None:
    async with practice(accept_once=once) as dash:
        await dash.quote()
        await dash.accept()
        assert (await dash.accept()).status_code == status
        assert len((await dash.http.get("/_sim/deliveries")).json()["deliveries"]) == 1


async def test_a_quote_is_no_delivery_yet() -> None:
    async with practice() as dash:
        await dash.quote()
        await dash.wait(120)
        assert (await dash.read())["delivery_status"] == "quote"
        assert (await dash.http.get("/_sim/deliveries")).json() == {"deliveries": []}


# Deliveries


async def test_the_same_data_give_the_same_delivery() -> None:
    async with practice() as dash:
        first, second = await dash.created(order_value=4500), await dash.created(order_value=4500)
        assert first["support_reference"] == second["support_reference"]


async def test_other_data_under_the_same_number_are_a_duplicate() -> None:
    async with practice() as dash:
        await dash.created()
        answer = await dash.create(order_value=1)
        assert fault_of(answer)[:2] == (409, "duplicate_delivery_id")
        assert answer.json()["external_delivery_id"] == "S-1001"


async def test_a_delivery_for_a_quote_is_that_quote_until_it_ends() -> None:
    async with practice() as dash:
        await dash.quote()
        assert (await dash.created())["delivery_status"] == "quote"
        assert (await dash.create(order_value=1)).status_code == 409
        await dash.wait(5)
        assert (await dash.created(order_value=1))["delivery_status"] == "created"


async def test_a_quote_that_lasts_keeps_its_number() -> None:
    async with practice(lasting_quotes=True) as dash:
        await dash.quote()
        await dash.wait(5)
        assert (await dash.created())["delivery_status"] == "quote"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"external_delivery_id": "a b"}, "external_delivery_id"),
        ({"external_delivery_id": ""}, "external_delivery_id"),
        ({"dropoff_address": ""}, "dropoff_address"),
        ({"dropoff_phone_number": "0912"}, "dropoff_phone_number"),
        ({"dropoff_phone_number": "+123"}, "dropoff_phone_number"),
        ({"pickup_address": None}, "body"),
        ({"pickup_external_store_id": "s"}, "body"),
        ({"pickup_time": "2026-01-02T04:00:00Z", "dropoff_time": "2026-01-02T05:00:00Z"}, "body"),
        ({"pickup_time": "soon"}, "pickup_time"),
        ({"order_value": "45.00"}, "order_value"),
        ({"tip": -1}, "tip"),
        ({"items": [{"name": "Tea", "quantity": 0}]}, "items.0.quantity"),
        ({"items": [{"quantity": 1}]}, "items.0.name"),
        ({"locale": "zh-TW"}, "locale"),
        ({"action_if_undeliverable": "eat"}, "action_if_undeliverable"),
        ({"dropoff_options": {"proof_of_delivery": "video"}}, "dropoff_options.proof_of_delivery"),
        ({"dasher_allowed_vehicles": ["scooter"]}, "dasher_allowed_vehicles.0"),
        (
            {"dropoff_pin_code_verification_metadata": {"pin_code_type": "random_number", "pin_code_value": "1234"}},
            "dropoff_pin_code_verification_metadata",
        ),
    ],
)
@pytest.mark.parametrize("path", [QUOTES, DELIVERIES])
async def test_what_may_not_be_sent_is_named(path, changed, field) -> None:
    async with practice() as dash:
        answer = await dash.http.post(path, json=JOB | changed)
        assert fault_of(answer)[:2] == (400, "validation_error")
        assert [error["field"] for error in answer.json()["field_errors"]] == [field]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"null"])
async def test_what_is_no_job_at_all_is_refused(body) -> None:
    async with practice() as dash:
        answer = await dash.http.post(DELIVERIES, content=body)
        assert fault_of(answer)[:2] == (400, "validation_error")


async def test_a_store_they_know_needs_no_address() -> None:
    async with practice() as dash:
        known = {"pickup_external_business_id": "tea", "pickup_external_store_id": "s-1"}
        assert (await dash.create(**known, pickup_address=None)).status_code == 200


async def test_a_time_too_far_away_is_outside_of_delivery_time() -> None:
    async with practice() as dash:
        far = (dash.time + timedelta(days=31)).isoformat()
        answer = await dash.create(pickup_time=far)
        assert fault_of(answer) == (422, "invalid_delivery_parameters", "outside_of_delivery_time")


@pytest.mark.parametrize(
    ("wanted", "pin"),
    [
        ({"pin_code_type": "merchant_provided_number", "pin_code_value": "4471"}, "4471"),
        ({"pin_code_type": "customer_phone_number"}, "0101"),
    ],
)
async def test_a_pin_is_whose_they_ask_for(wanted, pin) -> None:
    async with practice() as dash:
        options = {"proof_of_delivery": "pin_code"}
        told = await dash.created(dropoff_options=options, dropoff_pin_code_verification_metadata=wanted)
        assert told["dropoff_pin_code_verification_metadata"]["pin_code_value"] == pin


async def test_a_random_pin_is_the_same_for_the_same_seed() -> None:
    pins = []
    for _ in range(2):
        async with practice() as dash:
            told = await dash.created(dropoff_options={"proof_of_delivery": "pin_code"})
            pins.append(told["dropoff_pin_code_verification_metadata"]["pin_code_value"])
    assert pins[0] == pins[1]
    assert pins[0].isdigit()


async def test_a_delivery_nobody_made_is_unknown() -> None:
    async with practice() as dash:
        for answer in (await dash.get("S-9"), await dash.update("S-9", tip=1), await dash.cancel("S-9")):
            assert fault_of(answer)[:2] == (404, "unknown_delivery_id")


# Updates and cancels


async def test_only_what_is_given_is_changed() -> None:
    async with practice() as dash:
        before = await dash.created(tip=100, dropoff_instructions="ring")
        after = (await dash.update(tip=300, dropoff_instructions="ring twice")).json()
        assert (after["tip"], after["dropoff_instructions"]) == (300, "ring twice")
        assert after["fee"] == before["fee"]
        assert (await dash.update(pickup_instructions="back door")).json()["tip"] == 300


@pytest.mark.parametrize(
    ("status", "changed", "reason"),
    [
        ("picked_up", {"dropoff_address": "3 C St"}, "delivery_picked_up"),
        ("delivered", {"tip": 300}, "delivery_completed"),
    ],
)
async def test_an_update_that_comes_too_late_says_why(status, changed, reason) -> None:
    async with practice() as dash:
        await dash.created()
        await dash.wait_for(status)
        assert fault_of(await dash.update(**changed)) == (409, "update_not_allowed", reason)


async def test_a_tip_may_change_on_the_way_to_the_door() -> None:
    async with practice() as dash:
        await dash.created()
        await dash.wait_for("picked_up")
        assert (await dash.update(tip=300)).json()["tip"] == 300


async def test_a_cancelled_delivery_is_not_updated() -> None:
    async with practice() as dash:
        await dash.created()
        await dash.cancel()
        assert fault_of(await dash.update(tip=1)) == (409, "update_not_allowed", "delivery_cancelled")


@pytest.mark.parametrize(
    "more",
    [
        {"headers": {"Content-Type": "application/x-www-form-urlencoded"}, "content": b""},
        {"json": {"cancellation_reason": "other"}},
        {},
    ],
)
async def test_a_cancel_needs_no_body(more) -> None:
    async with practice() as dash:
        await dash.created()
        told = (await dash.cancel(**more)).json()
        assert (told["delivery_status"], told["cancellation_reason"]) == ("cancelled", "cancelled_by_creator")


@pytest.mark.parametrize("status", ["confirmed", "enroute_to_pickup", "arrived_at_pickup"])
async def test_a_dasher_without_goods_is_turned_back(status) -> None:
    async with practice() as dash:
        await dash.created()
        await dash.wait_for(status)
        assert (await dash.cancel()).status_code == 200


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("picked_up", "delivery_picked_up"),
        ("arrived_at_dropoff", "delivery_picked_up"),
        ("delivered", "delivery_completed"),
    ],
)
async def test_a_cancel_that_comes_too_late_says_why(status, reason) -> None:
    async with practice() as dash:
        await dash.created()
        await dash.wait_for(status)
        assert fault_of(await dash.cancel()) == (409, "cancel_not_allowed", reason)


async def test_a_second_cancel_says_that_it_was_cancelled() -> None:
    async with practice() as dash:
        await dash.created()
        await dash.cancel()
        assert fault_of(await dash.cancel()) == (409, "cancel_not_allowed", "delivery_cancelled")


async def test_a_cancel_is_refused_on_wish() -> None:
    async with practice(noncancelable=True) as dash:
        await dash.created()
        assert fault_of(await dash.cancel())[2] == "cancellation_window_closed"


# Troubles


@pytest.mark.parametrize(
    ("word", "status", "code"),
    [
        ("service_fault", 500, "service_fault"),
        ("authorization_error", 403, "authorization_error"),
        ("distance_too_long", 422, "invalid_delivery_parameters"),
        ("delivery_creation_in_progress", 409, "cancel_not_allowed"),
    ],
)
async def test_any_error_of_theirs_comes_on_wish(word, status, code) -> None:
    async with practice(fail=word, retry_after=3) as dash:
        answer = await dash.get()
        assert fault_of(answer)[:2] == (status, code)
        assert answer.headers["retry-after"] == "3"
        assert (await dash.get()).status_code == 404


async def test_too_many_calls_have_no_body_that_anybody_knows() -> None:
    async with practice(fail="throttled") as dash:
        answer = await dash.get()
        assert (answer.status_code, answer.json()) == (429, {})


@pytest.mark.parametrize(("after", "status"), [(True, 200), (False, 404)])
async def test_a_lost_answer_has_taken_effect_or_not(after, status) -> None:
    async with practice(fail="service_fault", fail_on="create", fail_after=after) as dash:
        assert (await dash.create()).status_code == 500
        assert (await dash.get()).status_code == status


async def test_troubles_are_set_and_read_by_the_side_door() -> None:
    async with practice() as dash:
        told = (await dash.http.post("/_sim/trouble", json={"no_driver": True})).json()
        assert (told["no_driver"], told["silent_webhooks"]) == (True, False)
        assert (await dash.http.get("/_sim/trouble")).json() == told


@pytest.mark.parametrize("wrong", [{"typo": True}, {"fail": "nonsense"}, {"no_driver": "perhaps"}, [], "x"])
async def test_a_trouble_nobody_knows_is_refused_and_changes_nothing(wrong) -> None:
    async with practice() as dash:
        before = (await dash.http.get("/_sim/trouble")).json()
        answer = await dash.http.post("/_sim/trouble", json=wrong)
        assert (answer.status_code, (await dash.http.get("/_sim/trouble")).json()) == (400 if wrong else 200, before)


def test_it_is_built_as_the_command_line_does() -> None:
    simulator = build(seed=1, speed=2.0, webhook_url="http://example.invalid/hook")
    assert simulator.webhook_url == "http://example.invalid/hook"
    simulator.webhook_url = None
    assert simulator.webhook_url is None
