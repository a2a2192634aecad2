"""The deliveries of the simulated DoorDash Drive move as theirs do, and go wrong on wish."""

import pytest

from adapters.simulators.doordash_drive import Pace
from adapters.simulators.marks import NO_DRIVER_MARK
from tests.adapters.simulators.doordash_practice import WAY, practice

BACK = [*WAY[:-1], "enroute_to_return", "arrived_at_return", "returned"]


async def test_a_delivery_takes_every_step() -> None:
    async with practice() as dash:
        await dash.created()
        assert await dash.walk() == WAY


async def test_the_same_seed_tells_the_same_story() -> None:
    told = []
    for _ in range(2):
        async with practice(seed=3) as dash:
            await dash.created()
            told.append(await dash.wait_for("delivered"))
    assert told[0] == told[1]


async def test_another_seed_tells_another_story() -> None:
    names = set()
    for seed in range(4):
        async with practice(seed=seed) as dash:
            await dash.created()
            names.add((await dash.wait_for("confirmed"))["dasher_id"])
    assert len(names) == 4


async def test_each_part_lasts_as_long_as_the_pace_says() -> None:
    async with practice(pace=Pace(matching=(4, 4), to_store=(8, 8), to_door=(12, 12))) as dash:
        await dash.created()
        begun = dash.time
        minutes = {}
        for status in ("confirmed", "picked_up", "delivered"):
            await dash.wait_for(status)
            minutes[status] = (dash.time - begun).total_seconds() / 60
        assert minutes == pytest.approx({"confirmed": 4, "picked_up": 12, "delivered": 24}, abs=1)


async def test_the_dasher_is_known_from_his_yes_on_and_moves() -> None:
    async with practice() as dash:
        await dash.created()
        assert "dasher_name" not in await dash.read()
        first = await dash.wait_for("enroute_to_pickup")
        await dash.wait(2)
        later = await dash.read()
        assert (first["dasher_id"], first["dasher_name"]) == (later["dasher_id"], later["dasher_name"])
        assert first["dasher_location"] != later["dasher_location"]
        assert first["dasher_pickup_phone_number"].startswith("+1650555")


async def test_goods_that_are_ready_later_are_fetched_later() -> None:
    async with practice() as dash:
        told = await dash.created(pickup_time="2026-01-02T06:00:00Z")
        assert told["pickup_time_estimated"] >= "2026-01-02T06:00:00.000Z"
        await dash.wait_for("arrived_at_pickup")
        assert dash.time.isoformat() >= "2026-01-02T06:00:00"


async def test_a_dasher_may_give_the_job_back() -> None:
    async with practice(courier_drop=True) as dash:
        await dash.created()
        first = (await dash.wait_for("confirmed"))["dasher_name"]
        assert "dasher_name" not in await dash.wait_for("created")
        assert (await dash.wait_for("confirmed"))["dasher_name"] != first
        assert await dash.walk() == WAY[1:]


async def test_another_dasher_may_go_on_in_his_place() -> None:
    async with practice(courier_swap=True) as dash:
        await dash.created()
        first = (await dash.wait_for("enroute_to_pickup"))["dasher_name"]
        assert (await dash.wait_for("confirmed"))["dasher_name"] != first


@pytest.mark.parametrize("note", ["pickup_instructions", "dropoff_instructions", "pickup_reference_tag"])
async def test_with_the_mark_nobody_comes_and_after_two_hours_they_give_up(note) -> None:
    async with practice() as dash:
        await dash.created(**{note: NO_DRIVER_MARK})
        await dash.wait(119)
        assert (await dash.read())["delivery_status"] == "created"
        await dash.wait(2)
        assert (await dash.read())["cancellation_reason"] == "failed_to_assign_and_refunded"


async def test_they_may_cancel_after_a_dasher_was_found() -> None:
    async with practice(canceled_by_doordash=True) as dash:
        await dash.created()
        assert await dash.walk() == ["created", "confirmed", "enroute_to_pickup", "cancelled"]
        assert (await dash.read())["cancellation_reason"] == "failed_to_pickup"


async def test_goods_that_nobody_takes_come_back_when_that_was_asked_for() -> None:
    async with practice(undeliverable=True) as dash:
        await dash.created(action_if_undeliverable="return_to_pickup")
        assert await dash.walk() == BACK
        told = await dash.read()
        assert told["return_time_estimated"] <= told["return_time_actual"]


async def test_goods_that_nobody_takes_are_thrown_away_otherwise() -> None:
    async with practice(undeliverable=True) as dash:
        await dash.created()
        assert (await dash.walk())[-1] == "cancelled"
        assert (await dash.read())["cancellation_reason"] == "failed_to_deliver"


async def test_goods_may_be_lost_on_their_way_back() -> None:
    async with practice(undeliverable=True, return_fails=True) as dash:
        await dash.created(action_if_undeliverable="return_to_pickup")
        assert (await dash.walk())[-2:] == ["enroute_to_return", "cancelled"]


async def test_a_cancelled_delivery_does_not_go_on() -> None:
    async with practice() as dash:
        await dash.created()
        await dash.wait_for("confirmed")
        await dash.cancel()
        await dash.wait(300)
        assert (await dash.read())["delivery_status"] == "cancelled"


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ({"dropoff_options": {"proof_of_delivery": "photo_required"}}, "dropoff_verification_image_url"),
        ({"dropoff_options": {"signature": "required"}}, "dropoff_signature_image_url"),
        ({"dropoff_requires_signature": True}, "dropoff_signature_image_url"),
    ],
)
async def test_the_proof_asked_for_is_left_at_the_door(wish, name) -> None:
    async with practice() as dash:
        await dash.created(**wish)
        assert name not in await dash.wait_for("arrived_at_dropoff")
        url = (await dash.wait_for("delivered"))[name]
        assert (await dash.http.get(url)).content.startswith(b"\x89PNG")


async def test_time_passes_by_itself_between_start_and_stop() -> None:
    async with practice(now=None, speed=100_000.0) as dash:
        await dash.sim.start()
        await dash.created()
        for _ in range(2000):
            if (await dash.read())["delivery_status"] == "delivered":
                return
            await dash.sim.settle()
        raise AssertionError("it never arrived")
