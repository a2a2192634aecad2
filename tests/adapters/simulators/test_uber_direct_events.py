"""The webhooks of the simulated Uber Direct, and all the ways they come wrong."""

from datetime import datetime

import pytest

from adapters.signatures import hmac_hex
from adapters.simulators.uber_direct import WEBHOOK_SECRET, Troubles
from tests.adapters.simulators.test_uber_direct_rides import WHOLE_WAY


@pytest.fixture
async def posting(start, mailbox):
    return await start(webhook_url=mailbox.url)


async def test_each_standing_is_told_once_and_in_order(posting, mailbox) -> None:
    await posting.walk(await posting.created())
    assert mailbox.standings() == WHOLE_WAY


async def test_both_headers_carry_the_signature_of_the_raw_body(posting, mailbox) -> None:
    await posting.created()
    await posting.wait(0)
    request = mailbox.requests[0]
    signature = hmac_hex(WEBHOOK_SECRET, request.get_data())
    assert (request.headers["x-uber-signature"], request.headers["x-postmates-signature"]) == (signature, signature)


async def test_a_status_event_has_the_whole_delivery_in_it(posting, mailbox) -> None:
    ref = await posting.created()
    await posting.wait(0)
    event = mailbox.events()[0]
    assert (event["id"][:4], event["delivery_id"], event["customer_id"]) == ("evt_", ref, "cus_practice")
    assert event["data"] == await posting.read(ref)


async def test_the_drivers_place_is_told_every_twenty_seconds(posting, mailbox) -> None:
    ref = await posting.created()
    await posting.wait_for(ref, "pickup")
    before = len(mailbox.events("event.courier_update"))
    await posting.wait(2)
    told = mailbox.events("event.courier_update")[before:]
    assert 5 <= len(told) <= 7
    assert "customer_id" not in told[0]
    assert told[0]["location"] != told[-1]["location"]


async def test_nobody_is_followed_once_the_goods_are_there(posting, mailbox) -> None:
    await posting.wait_for(await posting.created(), "delivered")
    told = len(mailbox.requests)
    await posting.wait(60)
    assert len(mailbox.requests) == told


async def test_a_cancel_is_told(posting, mailbox) -> None:
    await posting.cancel(await posting.created())
    await posting.wait(0)
    assert mailbox.standings()[-1] == ("canceled", False)


async def test_both_legs_of_a_return_are_told(start, mailbox) -> None:
    uber = await start(webhook_url=mailbox.url, troubles=Troubles(undeliverable=True))
    ref = await uber.created()
    await uber.wait_for(ref, "returned")
    await uber.wait_for(f"ret_{ref[4:]}", "delivered")
    back = [event["status"] for event in mailbox.events() if event["delivery_id"].startswith("ret_")]
    assert back == ["pickup_complete", "dropoff", "dropoff", "delivered"]


async def test_nothing_is_sent_nowhere(uber) -> None:
    await uber.wait_for(await uber.created(), "delivered")
    assert uber.sim.webhook_url is None


@pytest.mark.parametrize("status", [500, 503])
async def test_a_failed_event_is_repeated_after_ten_then_thirty_seconds(posting, mailbox, status) -> None:
    mailbox.answers = [status, status]
    await posting.created()
    for minutes, told in ((0, 1), (9 / 60, 1), (2 / 60, 2), (29 / 60, 2), (2 / 60, 3), (5, 3)):
        await posting.wait(minutes)
        assert len(mailbox.requests) == told
    assert len({request.get_data() for request in mailbox.requests}) == 1


async def test_an_event_is_given_up_after_four_repeats(posting, mailbox) -> None:
    mailbox.answers = [500] * 9
    await posting.created()
    for _ in range(40):
        await posting.wait(0.1)
    assert len(mailbox.requests) == 5


async def test_a_refused_event_is_not_repeated(posting, mailbox) -> None:
    mailbox.answers = [401]
    await posting.created()
    await posting.wait(4)
    assert len(mailbox.requests) == 1


async def test_nobody_listening_is_tried_again(start, unused_tcp_port, mailbox) -> None:
    uber = await start(webhook_url=f"http://127.0.0.1:{unused_tcp_port}/")
    await uber.created()
    await uber.wait(0)
    uber.sim.webhook_url = mailbox.url
    await uber.wait(0.2)
    assert mailbox.standings() == [("pending", False)]


async def troubled_walk(start, mailbox, **troubles) -> list[tuple[str, bool]]:
    uber = await start(webhook_url=mailbox.url, troubles=Troubles(**troubles))
    await uber.walk(await uber.created())
    await uber.wait(5)
    return mailbox.standings()


async def test_events_come_twice_with_the_same_id(start, mailbox) -> None:
    standings = await troubled_walk(start, mailbox, duplicate_events=True)
    assert standings == [standing for standing in WHOLE_WAY for _ in range(2)]
    ids = [event["id"] for event in mailbox.events()]
    assert ids[::2] == ids[1::2]


async def test_events_overtake_one_another_and_none_is_lost(start, mailbox) -> None:
    standings = await troubled_walk(start, mailbox, reordered_events=True)
    assert standings != WHOLE_WAY
    assert sorted(standings) == sorted(WHOLE_WAY)
    times = [datetime.fromisoformat(event["data"]["updated"]) for event in mailbox.events()]
    assert times != sorted(times)


async def test_silence_is_possible(start, mailbox) -> None:
    assert await troubled_walk(start, mailbox, silent_webhooks=True) == []
