"""The callbacks of the simulated pandago: what is in them, how they are signed, and every way they can come."""

import json

import pytest

from adapters.signatures import hmac_base64, hmac_hex
from adapters.simulators.pandago import SECRET
from tests.adapters.simulators.pandago_practice import WAY, Callbacks


@pytest.fixture
def going(open_pandago, callbacks: Callbacks):
    async def go(until: str = "DELIVERED", **wrong):
        panda = await open_pandago(webhook_url=callbacks.url, **wrong)
        ref = await panda.created()
        await panda.wait_for(ref, until)
        return panda

    return go


async def test_a_callback_tells_all_but_the_customer(going, callbacks) -> None:
    await going("COURIER_LEFT_VENDOR")
    event = callbacks.events()[-1]
    assert set(event) == set(
        "order_id client_order_id status timeline driver created_at updated_at tracking_link distance delivery_tasks "
        "proof_of_pickup_url".split()
    )
    assert set(event["driver"]) == {"id", "name", "phone_number", "location"}
    whole = json.dumps(callbacks.events(), ensure_ascii=False)
    assert not [word for word in ("陳小姐", "+886912344821", "忠孝東路") if word in whole]


async def test_each_is_signed_over_its_bytes_in_hex(going, callbacks) -> None:
    await going()
    assert len(callbacks.requests) == len(WAY) - 1
    for request in callbacks.requests:
        assert request.headers["X-Signature-SHA256"] == hmac_hex(SECRET, request.get_data())


async def test_or_in_base64(going, callbacks) -> None:
    await going("WAITING_FOR_TRANSPORT", base64_signatures=True)
    for request in callbacks.requests:
        assert request.headers["X-Signature-SHA256"] == hmac_base64(SECRET, request.get_data())


async def test_nobody_is_named_before_somebody_has_accepted(going, callbacks) -> None:
    await going("ASSIGNED_TO_TRANSPORT")
    assert callbacks.events()[-1]["driver"] == {"id": "", "name": "", "phone_number": ""}


async def test_degrees_may_be_texts_and_a_name_misspelt(going, callbacks) -> None:
    await going("COURIER_LEFT_VENDOR", texts_for_numbers=True, misspelt_times=True)
    event = callbacks.events()[-1]
    assert isinstance(event["driver"]["location"]["latitude"], str)
    assert set(event["timeline"]) == {"extimated_pickup_time", "estimated_delivery_time"}


async def test_none_come_where_nobody_listens_or_all_is_silent(open_pandago, callbacks) -> None:
    for options in ({}, {"webhook_url": callbacks.url, "silent_webhooks": True}):
        panda = await open_pandago(**options)
        await panda.wait_for(await panda.created(), "DELIVERED")
    assert callbacks.requests == []


async def test_each_may_come_twice(going, callbacks) -> None:
    await going(duplicate_events=True)
    assert sorted(callbacks.statuses()) == sorted(WAY[1:] * 2)


async def test_each_second_may_overtake_the_one_before(going, callbacks) -> None:
    panda = await going(reordered_events=True)
    await panda.wait(31)
    told = callbacks.statuses()
    assert (told[:2], sorted(told)) == (["WAITING_FOR_TRANSPORT", "RECEIVED"], sorted(WAY[1:]))


@pytest.mark.parametrize(("answers", "calls"), [([], 1), ([500], 2), ([500, 404, 302], 4), ([500] * 9, 4)])
async def test_a_callback_nobody_takes_is_repeated_three_times(open_pandago, callbacks, answers, calls) -> None:
    panda = await open_pandago(webhook_url=callbacks.url)
    await panda.cancel(await panda.created())
    callbacks.answers = answers
    await panda.sim.settle()
    for _ in range(10):
        await panda.wait(1)
    assert callbacks.statuses() == ["CANCELLED"] * calls
    assert len({request.get_data() for request in callbacks.requests}) == 1


async def test_an_address_nobody_is_at_is_given_up(open_pandago) -> None:
    panda = await open_pandago(webhook_url="http://127.0.0.1:9/hooks")
    ref = await panda.created()
    await panda.wait_for(ref, "DELIVERED")
    assert (await panda.read(ref))["status"] == "DELIVERED"
