"""The webhooks of the simulated DoorDash Drive, and all the ways they come wrong."""

import pytest

from adapters.simulators.doordash_drive import WEBHOOK_SECRET, Troubles
from tests.adapters.simulators.doordash_practice import Letterbox, practice

USUAL = (
    "DASHER_CONFIRMED DASHER_CONFIRMED_PICKUP_ARRIVAL DASHER_PICKED_UP DASHER_CONFIRMED_DROPOFF_ARRIVAL "
    "DASHER_DROPPED_OFF"
).split()
ALL = (
    "DELIVERY_CREATED DASHER_CONFIRMED DELIVERY_BATCHED DASHER_ENROUTE_TO_PICKUP DASHER_CONFIRMED_PICKUP_ARRIVAL "
    "DASHER_PICKED_UP DASHER_ENROUTE_TO_DROPOFF DASHER_CONFIRMED_DROPOFF_ARRIVAL DASHER_DROPPED_OFF"
).split()


@pytest.fixture
def letterbox(httpserver) -> Letterbox:
    return Letterbox(httpserver)


async def test_every_event_carries_the_header_of_the_portal(letterbox) -> None:
    async with practice(webhook_url=letterbox.url) as dash:
        await dash.created()
        await dash.walk()
        assert letterbox.names() == USUAL
        assert {request.headers["Authorization"] for request in letterbox.requests} == {WEBHOOK_SECRET}


async def test_an_event_holds_the_fields_of_its_delivery(letterbox) -> None:
    async with practice(webhook_url=letterbox.url) as dash:
        told = await dash.created(order_value=4500)
        await dash.wait_for("confirmed")
        (event,) = letterbox.events()
        assert (event["external_delivery_id"], event["fee"], event["order_value"]) == ("S-1001", told["fee"], 4500)
        assert (event["support_reference"], event["dasher_name"] != "") == (told["support_reference"], True)
        assert event["created_at"] > told["updated_at"]
        assert not {"delivery_status", "updated_at"} & event.keys()


async def test_on_request_there_are_more_of_them(letterbox) -> None:
    async with practice(webhook_url=letterbox.url, more_events=True) as dash:
        await dash.created()
        await dash.walk()
        assert letterbox.names() == ALL
        assert letterbox.events()[2]["batch_id"]


async def test_goods_on_their_way_back_are_told(letterbox) -> None:
    async with practice(webhook_url=letterbox.url, undeliverable=True, more_events=True) as dash:
        await dash.created(action_if_undeliverable="return_to_pickup")
        await dash.walk()
        assert letterbox.names()[-4:] == [
            "DELIVERY_RETURN_INITIALIZED",
            "DASHER_ENROUTE_TO_RETURN",
            "DASHER_CONFIRMED_RETURN_ARRIVAL",
            "DELIVERY_RETURNED",
        ]


async def test_a_cancellation_says_why(letterbox) -> None:
    async with practice(webhook_url=letterbox.url) as dash:
        await dash.created()
        await dash.cancel()
        await dash.wait(1)
        (event,) = letterbox.events()
        assert (event["event_name"], event["cancellation_reason"]) == ("DELIVERY_CANCELLED", "cancelled_by_creator")


async def test_nobody_tells_that_a_dasher_has_gone(letterbox) -> None:
    async with practice(webhook_url=letterbox.url, courier_drop=True) as dash:
        await dash.created()
        await dash.walk()
        assert letterbox.names() == ["DASHER_CONFIRMED", *USUAL]


async def test_a_quote_tells_nothing(letterbox) -> None:
    async with practice(webhook_url=letterbox.url, more_events=True) as dash:
        await dash.quote()
        await dash.wait(60)
        assert letterbox.requests == []


@pytest.mark.parametrize("answer", [500, 404, 401, 302, 204])
async def test_what_is_not_answered_with_200_is_tried_three_times(letterbox, answer) -> None:
    letterbox.answers = [answer] * 10
    async with practice(webhook_url=letterbox.url) as dash:
        await dash.created()
        await dash.cancel()
        for _ in range(10):
            await dash.wait(1)
        assert letterbox.names() == ["DELIVERY_CANCELLED"] * 3


async def test_what_was_taken_is_not_repeated(letterbox) -> None:
    letterbox.answers = [500]
    async with practice(webhook_url=letterbox.url) as dash:
        await dash.created()
        await dash.cancel()
        for _ in range(10):
            await dash.wait(1)
        assert len(letterbox.requests) == 2


async def test_a_station_that_is_not_there_disturbs_nothing() -> None:
    async with practice(webhook_url="http://127.0.0.1:9/hook") as dash:
        await dash.created()
        assert (await dash.walk())[-1] == "delivered"


async def test_on_wish_each_comes_twice(letterbox) -> None:
    async with practice(webhook_url=letterbox.url, duplicate_events=True) as dash:
        await dash.created()
        await dash.walk()
        assert letterbox.names() == [name for name in USUAL for _ in range(2)]


async def test_on_wish_each_second_overtakes_the_one_before(letterbox) -> None:
    async with practice(webhook_url=letterbox.url, reordered_events=True) as dash:
        await dash.created()
        await dash.walk()
        names, times = letterbox.names(), [event["created_at"] for event in letterbox.events()]
        assert (sorted(names), names != USUAL) == (sorted(USUAL), True)
        assert [name for _, name in sorted(zip(times, names, strict=True))] == USUAL


async def test_one_that_waits_to_be_overtaken_comes_in_the_end(letterbox) -> None:
    async with practice(webhook_url=letterbox.url, reordered_events=True) as dash:
        await dash.created(dropoff_instructions="[courier drop]")
        await dash.wait_for("confirmed")
        dash.sim.troubles = Troubles()
        await dash.wait(31)
        assert "DASHER_CONFIRMED" in letterbox.names()


async def test_on_wish_none_comes(letterbox) -> None:
    async with practice(webhook_url=letterbox.url) as dash:
        await dash.created(dropoff_instructions="[silent webhooks]")
        await dash.created(external_delivery_id="S-2")
        await dash.walk("S-2")
        assert {event["external_delivery_id"] for event in letterbox.events()} == {"S-2"}


async def test_on_wish_there_is_hardly_anything_in_them(letterbox) -> None:
    async with practice(webhook_url=letterbox.url, bare_events=True, event_types=True) as dash:
        await dash.created()
        await dash.walk()
        assert {tuple(event) for event in letterbox.events()} == {("event_type", "created_at", "external_delivery_id")}
