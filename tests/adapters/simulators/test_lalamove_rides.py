"""The orders of the simulated Lalamove go their ways, and what may be asked of them meanwhile."""

from datetime import timedelta

import httpx
import pytest

from adapters.simulators.lalamove import Pace, Troubles
from tests.adapters.simulators.conftest import NOON
from tests.adapters.simulators.lalamove_practice import PEOPLE, WAY, code_of


async def test_an_order_goes_its_way_and_the_same_for_the_same_seed(open_practice) -> None:
    ways = []
    for _ in range(2):
        lala = open_practice()
        ref = await lala.created()
        ways.append((await lala.walk(ref), await lala.read(ref)))
    assert ways[0] == ways[1]
    assert ways[0][0] == WAY


async def test_a_driver_is_shown_from_match_to_end(lala) -> None:
    ref = await lala.created()
    driver_id = (await lala.wait_for(ref, "ON_GOING"))["driverId"]
    told = (await lala.rider(ref)).json()["data"]
    assert (told["driverId"], told["plateNumber"][:2], told["plateNumber"][-1]) == (driver_id, "**", "*")
    await lala.wait(2)
    assert (await lala.rider(ref)).json()["data"]["coordinates"] != told["coordinates"]
    await lala.wait_for(ref, "COMPLETED")
    assert code_of(await lala.rider(ref)) == (403, "ERR_FORBIDDEN")
    assert code_of(await lala.rider(ref, "1")) == (404, "ERR_DRIVER_NOT_FOUND")


async def test_the_driver_of_a_later_order_is_shown_from_an_hour_before(lala) -> None:
    ref = (await lala.create(await lala.quoted(scheduleAt="2026-01-02T08:00:00Z"))).json()["data"]["orderId"]
    await lala.wait(230)
    assert (await lala.read(ref))["status"] == "ASSIGNING_DRIVER"
    await lala.wait_for(ref, "ON_GOING")
    assert lala.time >= NOON + timedelta(hours=4)
    assert (await lala.rider(ref)).status_code == 200


@pytest.mark.parametrize(
    ("troubles", "way"),
    [
        ({"no_driver": True}, ["ASSIGNING_DRIVER", "EXPIRED"]),
        ({"rejected": True}, ["ASSIGNING_DRIVER", "REJECTED"]),
        ({"courier_drop": True}, [*WAY[:2], *WAY]),
        ({"dropped_late": True}, [*WAY[:3], *WAY]),
        ({"canceled_by_support": True}, [*WAY[:2], "CANCELED"]),
        ({"undeliverable": True}, WAY),
    ],
)
async def test_each_trouble_takes_its_own_way(open_practice, troubles, way) -> None:
    lala = open_practice(**troubles)
    assert await lala.walk(await lala.created()) == way


async def test_a_search_ends_two_hours_after_it_began_anew(lala) -> None:
    ref = await lala.created()
    await lala.wait_for(ref, "ON_GOING")
    await lala.wait(16)
    lala.sim.troubles = Troubles(no_driver=True)
    other = await lala.created()
    await lala.wait(119)
    assert (await lala.read(other))["status"] == "ASSIGNING_DRIVER"
    await lala.wait(2)
    assert (await lala.read(other))["status"] == "EXPIRED"


async def test_a_mark_in_the_remarks_troubles_that_order_alone(lala) -> None:
    quote = await lala.quoted()
    marked = {"stopId": quote["stops"][1]["stopId"], **PEOPLE[1], "remarks": "please [no driver]"}
    ref = (await lala.create(quote, recipients=[marked])).json()["data"]["orderId"]
    assert await lala.walk(ref) == ["ASSIGNING_DRIVER", "EXPIRED"]
    assert await lala.walk(await lala.created()) == WAY


async def test_a_door_that_failed_shows_in_the_proof_alone(open_practice) -> None:
    lala = open_practice(undeliverable=True)
    done = await lala.wait_for(await lala.created(isPODEnabled=True), "COMPLETED")
    assert done["stops"][1]["POD"] == {"status": "FAILED"}


@pytest.mark.parametrize(("signed", "status"), [(False, "DELIVERED"), (True, "SIGNED")])
async def test_a_proof_has_a_picture_that_can_be_fetched(open_practice, signed, status) -> None:
    lala = open_practice(signed=signed)
    proof = (await lala.wait_for(await lala.created(isPODEnabled=True), "COMPLETED"))["stops"][1]["POD"]
    assert proof["status"] == status
    picture = await lala.http.get(httpx.URL(proof["image"]).path)
    assert picture.content.startswith(b"\x89PNG")


# What may be asked on the way


async def test_a_search_is_cancelled_once(lala) -> None:
    ref = await lala.created()
    assert ((await lala.cancel(ref)).status_code, (await lala.read(ref))["status"]) == (204, "CANCELED")
    assert code_of(await lala.cancel(ref)) == (409, "ERR_CANCELLATION_FORBIDDEN")


@pytest.mark.parametrize(("minutes", "status"), [(1, 204), (6, 409)])
async def test_a_driver_is_turned_back_within_five_minutes(lala, minutes, status) -> None:
    ref = await lala.created()
    await lala.wait_for(ref, "ON_GOING")
    await lala.wait(minutes)
    assert (await lala.cancel(ref)).status_code == status


async def test_nothing_can_be_cancelled_where_that_is_wished(open_practice) -> None:
    lala = open_practice(noncancelable=True)
    assert (await lala.cancel(await lala.created())).status_code == 409


async def test_each_fee_stands_for_the_one_before_and_is_more(lala) -> None:
    ref = await lala.created()
    for fee, total in (("20", "100"), ("35", "115")):
        told = (await lala.tip(ref, fee)).json()["data"]["priceBreakdown"]
        assert (told["priorityFee"], told["total"], told["totalExcludePriorityFee"]) == (fee, total, "80")
    assert code_of(await lala.tip(ref, "35")) == (422, "ERR_INVALID_TIPS")


@pytest.mark.parametrize(
    ("fee", "code"),
    [
        ("1", "ERR_EXCEED_MIN_TIPS"),
        ("5000", "ERR_EXCEED_MAX_TIPS"),
        ("20.5", "ERR_INVALID_TIPS"),
        ("0", "ERR_INVALID_TIPS"),
        ("-20", "ERR_INVALID_FIELD"),
        ("much", "ERR_INVALID_FIELD"),
    ],
)
async def test_a_fee_that_is_none_is_refused(lala, fee, code) -> None:
    assert code_of(await lala.tip(await lala.created(), fee)) == (422, code)


async def test_a_fee_is_for_the_search_only(lala) -> None:
    ref = await lala.created()
    await lala.wait_for(ref, "ON_GOING")
    assert code_of(await lala.tip(ref, "20")) == (422, "ERR_INVALID_ORDER_STATUS")


async def test_a_driver_is_changed_from_a_quarter_of_an_hour_on(open_practice) -> None:
    lala = open_practice(pace=Pace(to_store=(30, 31)))
    ref = await lala.created()
    first = (await lala.wait_for(ref, "ON_GOING"))["driverId"]
    assert code_of(await lala.change(ref)) == (422, "ERR_CHANGE_DRIVER")
    await lala.wait(15)
    assert code_of(await lala.change(ref, "I DO NOT LIKE HIM")) == (422, "ERR_INVALID_FIELD")
    assert code_of(await lala.change(ref, rider="1")) == (404, "ERR_DRIVER_NOT_FOUND")
    assert ((await lala.change(ref)).status_code, (await lala.read(ref))["status"]) == (204, "ASSIGNING_DRIVER")
    assert (await lala.wait_for(ref, "ON_GOING"))["driverId"] != first
    assert await lala.walk(ref) == WAY[1:]


async def test_the_door_is_moved_once_while_a_driver_comes(lala) -> None:
    ref = await lala.created()
    assert code_of(await lala.edit(ref)) == (422, "ERR_INVALID_ORDER_STATUS")
    await lala.wait_for(ref, "ON_GOING")
    elsewhere = {"coordinates": {"lat": "25.05", "lng": "121.55"}, "address": "elsewhere"}
    answer = await lala.edit(ref, **elsewhere)
    assert (answer.status_code, answer.json()["data"]["stops"][1]["address"]) == (201, "elsewhere")
    again = await lala.edit(ref)
    assert again.json()["errors"][0]["message"] == "Cannot edit order, editing times exceeded"
    assert await lala.walk(ref) == WAY[1:]
