"""Every way an order of the simulated pandago can go, step by step."""

from datetime import timedelta

import pytest

from adapters.simulators.pandago import Pace
from tests.adapters.simulators.pandago_practice import NOON, ORDER, WAY, Callbacks

BACK = "RETURNED_TO_VENDOR"


async def walked(open_pandago, callbacks: Callbacks, last: str, **wrong) -> list[str]:
    """Every word that was told of one order, up to its last."""
    panda = await open_pandago(webhook_url=callbacks.url, **wrong)
    ref = await panda.created()
    await panda.wait_for(ref, last)
    return callbacks.statuses()


async def test_an_order_goes_all_the_way(open_pandago, callbacks) -> None:
    assert await walked(open_pandago, callbacks, "DELIVERED") == WAY[1:]


async def test_the_legs_take_as_long_as_they_usually_do(open_pandago, callbacks) -> None:
    await walked(open_pandago, callbacks, "DELIVERED")
    at = {event["status"]: event["updated_at"] for event in callbacks.events()}

    def minutes(start: str, end: str) -> float:
        return (at[end] - at[start]) / 60

    assert 5 <= minutes("WAITING_FOR_TRANSPORT", "COURIER_ACCEPTED_DELIVERY") <= 16
    assert 10 <= minutes("COURIER_ACCEPTED_DELIVERY", "PICKED_UP") <= 31
    assert 20 <= minutes("PICKED_UP", "DELIVERED") <= 61


async def test_no_two_words_share_a_second(open_pandago, callbacks) -> None:
    none = (0, 0)
    pace = Pace(matching=none, to_store=none, to_door=none)
    panda = await open_pandago(webhook_url=callbacks.url, pace=pace)
    await panda.wait_for(await panda.created(), "DELIVERED")
    seconds = [event["updated_at"] for event in callbacks.events()]
    assert seconds == sorted(set(seconds))


async def test_the_same_seed_drives_the_same_way(open_pandago) -> None:
    told = []
    for _ in range(2):
        panda = await open_pandago(seed=3)
        told.append(await panda.wait_for(await panda.created(), "DELIVERED"))
    assert told[0] == told[1]


async def test_an_order_for_later_is_searched_for_later(open_pandago, callbacks) -> None:
    panda = await open_pandago(webhook_url=callbacks.url)
    door = NOON + timedelta(hours=6)
    ref = await panda.created(preordered_for=int(door.timestamp()))
    await panda.wait(4 * 60)
    assert (await panda.read(ref))["status"] == "RECEIVED"
    await panda.wait_for(ref, "DELIVERED")
    assert timedelta(minutes=-60) < panda.time - door < timedelta(minutes=60)


async def test_nobody_comes_and_after_two_hours_they_say_so(open_pandago, callbacks) -> None:
    assert await walked(open_pandago, callbacks, "CANCELLED", no_driver=True) == [*WAY[1:3], "CANCELLED"]
    assert callbacks.events()[-1]["cancellation"] == {"source": "LOGISTICS", "reason": "NO_COURIER"}


@pytest.mark.parametrize("where", ["recipient", "sender"])
async def test_a_mark_in_the_notes_is_for_that_order_alone(panda, where) -> None:
    marked = await panda.created(**{where: ORDER[where] | {"notes": "please [no driver] thanks"}})
    usual = await panda.created()
    await panda.wait_for(usual, "DELIVERED")
    assert (await panda.read(marked))["status"] == "WAITING_FOR_TRANSPORT"


async def test_a_driver_gives_the_order_back_and_another_takes_it(open_pandago, callbacks) -> None:
    told = await walked(open_pandago, callbacks, "COURIER_LEFT_VENDOR", courier_drop=True)
    assert told == [*WAY[1:5], *WAY[2:8]]
    drivers = [event["driver"]["id"] for event in callbacks.events()]
    assert (drivers[3] != "", drivers[4], drivers[-1] not in ("", drivers[3])) == (True, "", True)


async def test_a_driver_takes_over_from_another(open_pandago, callbacks) -> None:
    assert await walked(open_pandago, callbacks, "COURIER_LEFT_VENDOR", courier_swap=True) == [*WAY[1:5], *WAY[4:8]]
    first, second = [event["driver"]["name"] for event in callbacks.events() if event["status"] == WAY[4]]
    assert first != second


async def test_they_cancel_after_somebody_has_accepted(open_pandago, callbacks) -> None:
    assert await walked(open_pandago, callbacks, "CANCELLED", canceled_by_pandago=True) == [*WAY[1:5], "CANCELLED"]


async def test_nobody_is_at_the_door_and_the_goods_come_back(open_pandago, callbacks) -> None:
    assert await walked(open_pandago, callbacks, BACK, undeliverable=True) == [*WAY[1:9], "CANCELLED", BACK]
    assert callbacks.events()[-2]["cancellation"]["reason"] == "UNABLE_TO_FIND"
    assert "proof_of_return_url" in callbacks.events()[-1]


async def test_goods_come_back_without_a_word_before(open_pandago, callbacks) -> None:
    assert await walked(open_pandago, callbacks, BACK, turned_back=True) == [*WAY[1:9], BACK]


async def test_spilled_goods_never_come_back(open_pandago, callbacks) -> None:
    assert await walked(open_pandago, callbacks, "CANCELLED", spilled=True) == [*WAY[1:8], "CANCELLED"]


async def test_a_delay_stands_between_two_steps_with_later_times(open_pandago, callbacks) -> None:
    assert await walked(open_pandago, callbacks, "NEAR_VENDOR", delayed=True) == [*WAY[1:5], "DELAYED", WAY[5]]
    before, late = (event["timeline"]["estimated_pickup_time"] for event in callbacks.events()[3:5])
    assert late > before


async def test_steps_may_be_left_out_and_new_words_be_said(open_pandago, callbacks) -> None:
    assert await walked(open_pandago, callbacks, "DELIVERED", skipped_steps=True) == [
        *WAY[1:3],
        "COURIER_ACCEPTED_DELIVERY",
        "PICKED_UP",
        "DELIVERED",
    ]
    callbacks.requests.clear()
    told = await walked(open_pandago, callbacks, "NEAR_VENDOR", new_words=True)
    assert set(told) - set(WAY) == {"COURIER_CHECKED_IN"}


async def test_a_cancelled_order_stands_still(open_pandago, callbacks) -> None:
    panda = await open_pandago(webhook_url=callbacks.url)
    ref = await panda.created()
    await panda.cancel(ref)
    await panda.wait(300)
    assert callbacks.statuses() == ["CANCELLED"]


async def test_cancel_may_be_refused_from_the_beginning(open_pandago) -> None:
    panda = await open_pandago(noncancelable=True)
    assert (await panda.cancel(await panda.created())).status_code == 409
