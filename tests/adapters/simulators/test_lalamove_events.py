"""The webhooks of the simulated Lalamove, and all the ways they come wrong."""

from adapters.payloads.lalamove import signed_text
from adapters.signatures import hmac_hex
from adapters.simulators.lalamove import API_KEY, API_SECRET, Troubles
from tests.adapters.simulators.lalamove_practice import WAY


async def test_every_event_is_signed_inside_its_body(open_practice, letterbox) -> None:
    lala = open_practice(webhook_url=letterbox.url)
    await lala.walk(await lala.created(isPODEnabled=True, metadata={"name": "茶"}))
    assert letterbox.statuses() == WAY
    for body, event in zip(letterbox.bodies, letterbox.events(), strict=True):
        text = body[body.index(b'"data":') + 7 : -1]
        signed = signed_text(str(event["timestamp"]), "POST", "/hooks/lalamove", text)
        assert event["signature"] == hmac_hex(API_SECRET, signed)
        assert (event["apiKey"], event["eventVersion"]) == (API_KEY, "v3")


async def test_a_way_tells_each_of_its_kinds_of_event(open_practice, letterbox) -> None:
    lala = open_practice(webhook_url=letterbox.url, delivery_codes=True)
    ref = await lala.created(isPODEnabled=True)
    await lala.tip(ref, "20")
    await lala.wait_for(ref, "ON_GOING")
    await lala.edit(ref)
    await lala.walk(ref)
    told = [event["eventType"] for event in letterbox.events()]
    assert told == [
        "ORDER_STATUS_CHANGED",
        "ORDER_CREATED",
        "DELIVERY_CODE_STATUS_CHANGED",
        "ORDER_AMOUNT_CHANGED",
        "DRIVER_ASSIGNED",
        "ORDER_STATUS_CHANGED",
        "ORDER_EDITED",
        "ORDER_STATUS_CHANGED",
        "POP_STATUS_CHANGED",
        "POD_STATUS_CHANGED",
        "ORDER_STATUS_CHANGED",
    ]


async def test_no_two_changes_share_a_second(open_practice, letterbox) -> None:
    lala = open_practice(webhook_url=letterbox.url, courier_drop=True)
    await lala.walk(await lala.created())
    times = [event["timestamp"] for event in letterbox.events("ORDER_STATUS_CHANGED")]
    assert sorted(set(times)) == times


async def test_their_local_times_call_themselves_utc(open_practice, letterbox) -> None:
    lala = open_practice(webhook_url=letterbox.url)
    await lala.created()
    await lala.wait(0)
    assert letterbox.events()[0]["data"]["updatedAt"] == "2026-01-02T11:00.00Z"


async def test_support_puts_another_order_in_the_place_of_one_it_cancels(open_practice, letterbox) -> None:
    lala = open_practice(webhook_url=letterbox.url, replaced=True)
    ref = await lala.created(metadata={"key": "k"})
    await lala.walk(ref)
    await lala.wait(1)
    told = [event["data"]["order"] for event in letterbox.events("ORDER_STATUS_CHANGED")]
    (cancelled,) = (order for order in told if order["status"] == "CANCELED")
    assert (cancelled["orderId"], cancelled["cancelParty"]) == (ref, "LALAMOVE_CUSTOMER_SUPPORT")
    replaced = letterbox.events("ORDER_REPLACED")[0]["data"]
    assert replaced["prevOrderId"] == ref
    heir = replaced["order"]["orderId"]
    assert (await lala.read(heir))["metadata"] == {"key": "k"}
    assert await lala.walk(heir) == WAY


async def test_letters_of_before_2026_know_less(open_practice, letterbox) -> None:
    lala = open_practice(webhook_url=letterbox.url, old_webhooks=True)
    await lala.walk(await lala.created(isPODEnabled=True, metadata={"key": "k"}))
    assert {event["eventType"] for event in letterbox.events()} == {"ORDER_STATUS_CHANGED", "DRIVER_ASSIGNED"}
    assert all("metadata" not in event["data"]["order"] for event in letterbox.events())


async def test_an_event_is_repeated_with_growing_pauses(open_practice, letterbox) -> None:
    lala = open_practice(webhook_url=letterbox.url, no_driver=True, old_webhooks=True)
    letterbox.answers = [500, 404, 500]
    await lala.created()
    for minutes, told in ((0, 1), (0.9, 1), (0.2, 2), (1.8, 2), (0.3, 3), (3.8, 3), (0.3, 4), (60, 4)):
        await lala.wait(minutes)
        assert len(letterbox.bodies) == told
    assert len(set(letterbox.bodies)) == 1


async def test_after_ten_repeats_the_address_is_switched_off(open_practice, letterbox) -> None:
    lala = open_practice(webhook_url=letterbox.url, no_driver=True, old_webhooks=True)
    letterbox.answers = [500] * 99
    await lala.created()
    for minutes in (0, *(2**power + 0.1 for power in range(10))):
        await lala.wait(minutes)
    assert (letterbox.bodies.count(letterbox.bodies[0]), lala.sim.webhook_url) == (11, None)


async def test_an_address_is_taken_when_it_answers_an_empty_call(lala, letterbox) -> None:
    answer = await lala.call("PATCH", "/v3/webhook", {"url": letterbox.url})
    assert (answer.status_code, letterbox.bodies, lala.sim.webhook_url) == (200, [b""], letterbox.url)


async def test_an_address_that_does_not_answer_is_refused_in_a_shape_of_its_own(lala, letterbox) -> None:
    letterbox.answers = [401]
    answer = await lala.call("PATCH", "/v3/webhook", {"url": letterbox.url})
    assert (answer.status_code, answer.json()["errors"]["id"]) == (422, "ERR_INVALID_RESPONSE")
    assert lala.sim.webhook_url is None


async def test_letters_come_twice_or_not_at_all(open_practice, letterbox) -> None:
    lala = open_practice(webhook_url=letterbox.url, duplicate_events=True)
    await lala.walk(await lala.created())
    assert letterbox.statuses() == [status for status in WAY for _ in range(2)]
    ids = [event["eventId"] for event in letterbox.events()]
    assert len(ids) == 2 * len(set(ids))
    lala.sim.troubles = Troubles(silent_webhooks=True)
    told = len(letterbox.bodies)
    await lala.walk(await lala.created())
    assert len(letterbox.bodies) == told


async def test_letters_overtake_one_another_and_none_is_lost(open_practice, letterbox) -> None:
    lala = open_practice(webhook_url=letterbox.url, reordered_events=True)
    await lala.walk(await lala.created())
    await lala.wait(31)
    assert letterbox.statuses() != WAY
    assert sorted(letterbox.statuses()) == sorted(WAY)
