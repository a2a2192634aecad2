"""What happens to rides of the simulated Uber Direct, by itself and when trouble is wanted."""

from datetime import datetime, timedelta

import pytest

from tests.adapters.simulators.conftest import NOON

PIN = {"dropoff_verification": {"pincode": {"enabled": True}}}
WHOLE_WAY = [
    ("pending", False),
    ("pickup", False),
    ("pickup", True),
    ("pickup_complete", False),
    ("dropoff", False),
    ("dropoff", True),
    ("delivered", False),
]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


async def test_a_ride_goes_the_whole_way(uber) -> None:
    assert await uber.walk(await uber.created()) == WHOLE_WAY


async def test_each_leg_lasts_as_long_as_usual(start, mailbox) -> None:
    for seed in range(3):
        uber = await start(seed=seed, webhook_url=mailbox.url, update_every=timedelta(hours=1))
        ref = await uber.created()
        await uber.walk(ref)
    for ref in {event["delivery_id"] for event in mailbox.events()}:
        at = {}
        for event in mailbox.events():
            if event["delivery_id"] == ref:
                at.setdefault(event["status"], moment(event["created"]))
        legs = [
            at["pickup"] - at["pending"],
            at["pickup_complete"] - at["pickup"],
            at["delivered"] - at["pickup_complete"],
        ]
        for leg, (least, most) in zip(legs, ((5, 15), (10, 30), (20, 60)), strict=True):
            assert timedelta(minutes=least) <= leg <= timedelta(minutes=most, seconds=1)


async def test_the_same_seed_tells_the_same_story(start) -> None:
    stories = []
    for seed in (3, 3, 4):
        uber = await start(seed=seed)
        ref = await uber.created()
        done = await uber.wait_for(ref, "delivered")
        stories.append((ref, done["updated"], done["courier"]["name"]))
    assert stories[0] == stories[1] != stories[2]


async def test_the_driver_draws_nearer(uber) -> None:
    ref = await uber.created()
    far = (await uber.wait_for(ref, "pickup", False))["courier"]["location"]
    near = (await uber.wait_for(ref, "pickup", True))["courier"]["location"]
    assert near == {"lat": 25.0523, "lng": 121.5202} != far
    assert (await uber.wait_for(ref, "delivered"))["courier"]["location"] == {"lat": 25.0416, "lng": 121.5436}


async def test_goods_are_not_fetched_before_they_are_ready(uber) -> None:
    ready = NOON + timedelta(hours=3)
    ref = await uber.created(pickup_ready_dt=ready.isoformat())
    picked = await uber.wait_for(ref, "pickup_complete")
    assert ready <= moment(picked["pickup"]["status_timestamp"]) <= ready + timedelta(minutes=1)


async def test_nobody_takes_the_job(troubled) -> None:
    uber = await troubled(no_driver=True)
    ref = await uber.created()
    await uber.wait(600)
    assert (await uber.read(ref))["status"] == "pending"


@pytest.mark.parametrize("field", ["dropoff_notes", "pickup_notes", "manifest_reference"])
async def test_a_mark_troubles_one_job_alone(uber, field) -> None:
    marked, other = await uber.created(**{field: "ring [no driver] twice"}), await uber.created()
    await uber.wait(120)
    assert (await uber.read(marked))["status"] == "pending"
    assert (await uber.read(other))["complete"]


async def test_a_driver_gives_the_job_back_and_another_takes_it(troubled) -> None:
    uber = await troubled(courier_drop=True)
    ref = await uber.created()
    first = await uber.wait_for(ref, "pickup")
    dropped = await uber.wait_for(ref, "pending")
    second = await uber.wait_for(ref, "pickup")
    assert dropped["courier"] is None
    assert first["courier"]["name"] != second["courier"]["name"]
    assert first["batch_id"] != second["batch_id"]


async def test_they_cancel_by_themselves(troubled) -> None:
    uber = await troubled(canceled_by_uber=True)
    assert await uber.walk(await uber.created()) == [("pending", False), ("pickup", False), ("canceled", False)]


async def test_some_jobs_cannot_be_cancelled(uber) -> None:
    ref = await uber.created(dropoff_notes="[noncancelable]")
    assert (await uber.cancel(ref)).json()["code"] == "noncancelable_delivery"


async def test_undeliverable_goods_come_back_as_a_job_of_their_own(troubled) -> None:
    uber = await troubled(undeliverable=True)
    ref = await uber.created(external_id="o1")
    there = await uber.wait_for(ref, "returned")
    assert (there["complete"], there["undeliverable_action"]) == (True, "returned")
    assert (there["undeliverable_reason"], there["dropoff"]["status"]) == ("CUSTOMER_UNAVAILABLE", "failed")
    related = there["related_deliveries"]
    assert related == {"id": f"ret_{ref[4:]}", "relationship": "return"}
    back = await uber.wait_for(related["id"], "delivered")
    assert back["related_deliveries"] == {"id": ref, "relationship": "original"}
    assert back["dropoff"]["name"] == "Store"
    assert moment(back["created"]) > moment(there["updated"])


@pytest.mark.parametrize("status", ["pending", "pickup_complete", "delivered"])
async def test_nothing_has_happened_at_the_return_before_a_return(uber, status) -> None:
    ref = await uber.created(return_notes="by the back door", return_verification={"picture": True})
    end = (await uber.wait_for(ref, status))["return"]
    assert (end["name"], end["notes"]) == ("Store", "by the back door")
    assert end["verification_requirements"] == {"picture": True}
    assert not {"status", "status_timestamp", "verification"} & end.keys()


async def test_goods_brought_back_complete_the_return_and_leave_the_way_there_as_it_was(troubled) -> None:
    uber = await troubled(undeliverable=True)
    ref = await uber.created(return_verification={"picture": True})
    leg = (await uber.wait_for(ref, "returned"))["related_deliveries"]["id"]
    back = await uber.wait_for(leg, "delivered")
    for end in ("dropoff", "return"):
        assert (back[end]["status"], list(back[end]["verification"])) == ("completed", ["picture", "barcodes"])
    assert "status" not in back["pickup"]
    assert "status" not in (await uber.read(ref))["return"]
    body = {"waypoint": "return", "type": "picture"}
    assert (await uber.call("POST", f"/deliveries/{leg}/proof-of-delivery", json=body)).status_code == 200


async def test_undeliverable_goods_may_be_left_at_the_door(troubled) -> None:
    uber = await troubled(undeliverable=True)
    done = await uber.wait_for(await uber.created(undeliverable_action="leave_at_door"), "delivered")
    assert (done["undeliverable_action"], done["undeliverable_reason"]) == ("left_at_door", "CUSTOMER_UNAVAILABLE")


async def test_undeliverable_goods_may_be_thrown_away(troubled) -> None:
    uber = await troubled(undeliverable=True)
    done = await uber.wait_for(await uber.created(undeliverable_action="discard"), "canceled")
    assert done["undeliverable_reason"] == "CUSTOMER_UNAVAILABLE"
    assert "related_deliveries" not in done


async def test_a_wrong_pin_changes_nothing_until_the_right_one(troubled) -> None:
    uber = await troubled(wrong_pin=True)
    ref = await uber.created(**PIN)
    for _ in range(600):
        waiting = await uber.read(ref)
        if waiting["dropoff"].get("verification"):
            break
        await uber.wait(0.5)
    assert (waiting["status"], waiting["dropoff"]["verification"]["pin_code"]["entered"]) == ("dropoff", "0000")
    done = await uber.wait_for(ref, "delivered")
    assert done["dropoff"]["verification"]["pin_code"]["entered"] == "4821"


# The robot of section 10


def robot(**more) -> dict:
    return {"test_specifications": {"robo_courier_specification": {"mode": "auto"} | more}}


async def test_the_robot_needs_two_and_a_half_minutes(uber) -> None:
    ref = await uber.created(**robot())
    for seconds, standing in (
        (29, "pending"),
        (31, "pickup"),
        (90.5, "pickup_complete"),
        (149, "dropoff"),
        (151, "delivered"),
    ):
        uber.time = NOON
        await uber.wait(seconds / 60)
        assert (await uber.read(ref))["status"] == standing


async def test_the_robot_keeps_a_timetable(uber) -> None:
    names = ("enroute_for_pickup_at", "pickup_imminent_at", "pickup_at", "dropoff_imminent_at", "dropoff_at")
    times = {name: (NOON + timedelta(minutes=5 * step)).isoformat() for step, name in enumerate(names, 1)}
    ref = await uber.created(**robot(mode="custom", **times))
    await uber.wait(14.9)
    assert (await uber.read(ref))["status"] == "pickup"
    await uber.wait(0.105)
    assert (await uber.read(ref))["status"] == "pickup_complete"
    await uber.wait(10)
    assert (await uber.read(ref))["status"] == "delivered"


async def test_a_timetable_out_of_order_is_refused(uber) -> None:
    late, soon = (NOON + timedelta(minutes=20)).isoformat(), (NOON + timedelta(minutes=10)).isoformat()
    times = {"enroute_for_pickup_at": late, "pickup_imminent_at": soon, "pickup_at": soon}
    answer = await uber.create(**robot(mode="custom", **times, dropoff_imminent_at=late, dropoff_at=late))
    assert answer.json()["code"] == "invalid_params"


async def test_the_robot_may_find_nobody(uber) -> None:
    ref = await uber.created(**robot(cancel_reason="customer_unavailable"))
    await uber.wait(3)
    assert (await uber.read(ref))["undeliverable_reason"] == "CUSTOMER_UNAVAILABLE"


# Failing calls


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("internal_server_error", 500),
        ("couriers_busy", 503),
        ("robo_couriers_busy", 503),
        ("request_timeout", 408),
        ("customer_limited", 429),
        ("customer_suspended", 402),
        ("customer_blocked", 403),
        ("address_undeliverable_limited_couriers", 400),
    ],
)
async def test_the_next_call_fails_as_wished_and_the_one_after_does_not(uber, code, status) -> None:
    uber.sim.troubles = uber.sim.troubles.changed({"fail": code, "retry_after": 3})
    answer = await uber.create()
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (status, code, "3")
    assert (await uber.create()).status_code == 200


@pytest.mark.parametrize(("after", "made"), [(False, 0), (True, 1)])
async def test_an_answer_is_lost_before_or_after_the_job_was_made(uber, after, made) -> None:
    uber.sim.troubles = uber.sim.troubles.changed({"fail": "unknown_error", "fail_on": "create", "fail_after": after})
    assert (await uber.create()).status_code == 500
    assert len((await uber.http.get("/_sim/deliveries")).json()["deliveries"]) == made


async def test_only_calls_of_one_kind_fail(uber) -> None:
    uber.sim.troubles = uber.sim.troubles.changed({"fail": "couriers_busy", "fail_on": "create", "fail_times": None})
    assert (await uber.quote()).status_code == 200
    assert [(await uber.create()).status_code for _ in range(3)] == [503] * 3


async def test_troubles_are_set_over_http(uber) -> None:
    answer = await uber.http.post("/_sim/trouble", json={"no_driver": True})
    assert (answer.status_code, answer.json()["no_driver"]) == (200, True)
    assert uber.sim.troubles.no_driver
    assert (await uber.http.get("/_sim/trouble")).json()["no_driver"] is True


@pytest.mark.parametrize(
    "body", [b'{"no_such": true}', b"[1]", b"{", b'{"fail_on": "lunch"}', b'{"slow_seconds": "long"}']
)
async def test_a_trouble_that_is_none_is_refused_and_changes_nothing(uber, body) -> None:
    before = uber.sim.troubles
    assert (await uber.http.post("/_sim/trouble", content=body)).status_code == 400
    assert uber.sim.troubles == before
