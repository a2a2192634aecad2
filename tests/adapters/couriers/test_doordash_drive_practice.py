"""DoorDash Drive's adapter before its simulator over a real port: ways, lost answers, and what letters say of both."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters import http
from adapters.couriers import doordash_drive
from adapters.simulators.doordash_drive import DoorDashDriveSimulator, Troubles
from adapters.simulators.marks import NO_DRIVER_MARK
from core.domain.delivery import DeliveryState
from core.domain.money import Money
from core.ports.courier import CourierDown, CourierLockedOut, CourierRefused, Proof, Waypoint
from tests.adapters.couriers.conftest import KEY, NOW
from tests.adapters.couriers.practice import PracticeShop

S = DeliveryState
TOLD = [S.HEADING_TO_STORE, S.AT_STORE, S.PICKED_UP, S.DELIVERED]


class Shop(PracticeShop):
    """DoorDash's deliveries go by our key."""

    name, adapter = "dash", doordash_drive
    simulator, troubles = DoorDashDriveSimulator, Troubles

    async def references(self) -> list[str]:
        return [delivery["external_delivery_id"] for delivery in await self.deliveries()]


async def test_a_way_from_quote_to_door(job) -> None:
    async with Shop().open() as shop:
        quote = await shop.dash.quote(job)
        booked = await shop.dash.book(job, quote)
        assert (booked.fee, booked.state, booked.our_key, booked.ref) == (quote.fee, S.MATCHING, KEY, KEY)
        done = await shop.wait_for(booked.ref, S.DELIVERED)
        assert (shop.states(), shop.refused) == (TOLD, 0)
        assert {report.waybill for report in shop.reports} == {done.waybill} == {booked.waybill} == {"1042-5F0C"}


async def test_the_same_way_without_a_letter(job) -> None:
    async with Shop(silent_webhooks=True).open() as shop:
        await shop.dash.book(job)
        for state in TOLD:
            await shop.wait_for(KEY, state)
        assert shop.reports == []


async def test_letters_name_the_driver_and_asking_tells_where_he_is(job) -> None:
    async with Shop().open() as shop:
        await shop.dash.book(job)
        heading = await shop.wait_for(KEY, S.HEADING_TO_STORE)
        assert heading.driver == shop.reports[0].driver
        assert heading.driver.phone.startswith("+1650555")
        await shop.wait(2)
        later = await shop.dash.read(KEY)
        assert later.place != heading.place
        assert later.place.at == shop.time


async def test_a_driver_on_his_way_is_seen_to_move(job, fold) -> None:
    async with Shop(silent_webhooks=True).open() as shop:
        booked = await shop.dash.book(job)
        reports = [await shop.wait_for(KEY, S.HEADING_TO_STORE)]
        for _ in range(3):
            await shop.wait(2)
            reports.append(await shop.dash.read(KEY))
        places = [fold(booked, reports[: count + 1]).place for count in range(4)]
        assert len({(place.latitude, place.longitude) for place in places}) == 4


@pytest.mark.parametrize("troubles", [{"duplicate_events": True}, {"reordered_events": True}, {"more_events": True}])
async def test_repeats_and_disorder_end_at_the_door_all_the_same(job, fold, troubles) -> None:
    async with Shop(**troubles).open() as shop:
        booked = await shop.dash.book(job)
        await shop.wait_for(KEY, S.DELIVERED)
        await shop.wait(60)
        delivery = fold(booked, shop.reports)
        assert (delivery.state, delivery.driver is not None) == (S.DELIVERED, True)


async def test_each_letter_has_a_key_of_its_own_and_a_repeat_has_the_same(job) -> None:
    async with Shop(duplicate_events=True, more_events=True).open() as shop:
        await shop.dash.book(job)
        await shop.wait_for(KEY, S.DELIVERED)
        assert len(shop.keys) == 2 * len(set(shop.keys)) > 10


async def test_letters_with_hardly_anything_in_them_are_enough(job, fold) -> None:
    async with Shop(bare_events=True, event_types=True).open() as shop:
        booked = await shop.dash.book(job)
        await shop.wait_for(KEY, S.DELIVERED)
        assert shop.states() == TOLD
        delivery = fold(booked, [booked, *shop.reports])
        assert (delivery.fee, delivery.waybill) == (booked.fee, booked.waybill)


async def test_a_driver_who_gives_the_job_back_is_gone(job, fold) -> None:
    async with Shop(courier_drop=True).open() as shop:
        booked = await shop.dash.book(job)
        first = await shop.wait_for(KEY, S.HEADING_TO_STORE)
        lost = await shop.wait_for(KEY, S.MATCHING)
        assert (lost.driver, fold(booked, [first, lost]).driver) == (None, None)
        second = await shop.wait_for(KEY, S.HEADING_TO_STORE)
        assert second.driver.name != first.driver.name


async def test_another_driver_in_his_place_is_told(job, fold) -> None:
    async with Shop(courier_swap=True).open() as shop:
        booked = await shop.dash.book(job)
        await shop.wait_for(KEY, S.AT_STORE)
        names = [fold(booked, shop.reports[: count + 1]).driver.name for count in range(len(shop.reports))]
        assert len(set(names)) == 2


async def test_a_job_with_the_mark_finds_nobody_and_is_given_up(make_job, job) -> None:
    async with Shop().open() as shop:
        await shop.dash.book(make_job(door=replace(job.door, note=NO_DRIVER_MARK)))
        await shop.wait(110)
        assert (await shop.dash.read(KEY)).state is S.MATCHING
        ended = await shop.wait_for(KEY, S.FAILED)
        assert ended.reason == shop.reports[-1].reason == "failed_to_assign_and_refunded"


async def test_a_job_they_cancel_says_why(job) -> None:
    async with Shop(canceled_by_doordash=True).open() as shop:
        await shop.dash.book(job)
        assert (await shop.wait_for(KEY, S.FAILED)).reason == "failed_to_pickup"


async def test_goods_that_nobody_took_come_back(job, fold) -> None:
    async with Shop(undeliverable=True, more_events=True).open() as shop:
        booked = await shop.dash.book(job)
        returning = await shop.wait_for(KEY, S.RETURNING)
        assert returning.eta_store > shop.time
        await shop.wait_for(KEY, S.RETURNED)
        assert fold(booked, shop.reports).state is S.RETURNED


@pytest.mark.parametrize(
    ("action", "troubles", "why"),
    [("dispose", {}, "failed_to_deliver"), ("return_to_pickup", {"return_fails": True}, "failed_to_return")],
)
async def test_goods_that_are_lost_are_a_failure(job, action, troubles, why) -> None:
    async with Shop(undeliverable=True, **troubles).open(undeliverable_action=action) as shop:
        await shop.dash.book(job)
        assert (await shop.wait_for(KEY, S.FAILED)).reason == why


async def test_a_job_for_later_is_matched_later(make_job) -> None:
    async with Shop().open() as shop:
        job = make_job(ready_at=NOW + timedelta(hours=2))
        booked = await shop.dash.book(job, await shop.dash.quote(job))
        assert booked.eta_store >= NOW + timedelta(hours=2)
        await shop.wait(60)
        assert (await shop.dash.read(KEY)).state is S.MATCHING
        await shop.wait_for(KEY, S.DELIVERED)


# Lost answers


def failing(operation: str, code: str = "service_fault", *, times: int | None = 2, after: bool = True) -> dict:
    return {"fail": code, "fail_on": operation, "fail_times": times, "fail_after": after}


@pytest.mark.parametrize("after", [True, False])
@pytest.mark.parametrize("code", ["service_fault", "throttled"])
@pytest.mark.parametrize("quoted", [True, False])
async def test_a_lost_answer_books_one_driver(job, code, after, quoted) -> None:
    async with Shop(**failing("accept" if quoted else "create", code, after=after)).open() as shop:
        await shop.dash.book(job, await shop.dash.quote(job) if quoted else None)
        assert await shop.references() == [KEY]


@pytest.mark.parametrize("quoted", [True, False])
async def test_a_job_is_found_after_every_answer_was_lost_and_a_restart(job, quoted) -> None:
    async with Shop().open() as shop:
        quote = await shop.dash.quote(job) if quoted else None
        shop.trouble(**failing("accept" if quoted else "create", times=http.ATTEMPTS))
        with pytest.raises(CourierDown) as caught:
            await shop.dash.book(job, quote)
        assert caught.value.may_have_happened
        later = shop.courier()
        assert (await later.find(KEY)).ref == KEY
        assert (await later.book(job)).ref == KEY
        assert await shop.references() == [KEY]
        await later.close()


@pytest.mark.parametrize("quoted", [True, False])
async def test_a_call_that_never_arrived_is_no_job(job, quoted) -> None:
    async with Shop().open() as shop:
        quote = await shop.dash.quote(job) if quoted else None
        shop.trouble(**failing("accept" if quoted else "create", times=http.ATTEMPTS, after=False))
        with pytest.raises(CourierDown):
            await shop.dash.book(job, quote)
        assert (await shop.dash.find(KEY), await shop.references()) == (None, [])


async def test_a_quote_forgotten_in_a_restart_bars_nothing(job) -> None:
    async with Shop().open() as shop:
        quote = await shop.dash.quote(job)
        later = shop.courier()
        assert (await later.book(job, quote)).state is S.MATCHING
        assert await shop.references() == [KEY]
        await later.close()


async def test_a_quote_that_has_ended_is_booked_afresh(job) -> None:
    async with Shop().open() as shop:
        quote = await shop.dash.quote(job)
        await shop.wait(6)
        assert (await shop.dash.book(job, quote)).state is S.MATCHING
        assert await shop.references() == [KEY]


async def test_a_quote_that_keeps_its_number_after_its_end_is_a_refusal(job) -> None:
    async with Shop(lasting_quotes=True).open() as shop:
        quote = await shop.dash.quote(job)
        await shop.wait(6)
        with pytest.raises(CourierRefused, match="ended"):
            await shop.dash.book(job, quote)
        assert await shop.references() == []
        assert (await shop.dash.book(replace(job, key="another"))).state is S.MATCHING


async def test_a_second_accept_that_is_refused_is_the_same_job(job) -> None:
    async with Shop(accept_once=True, **failing("accept", times=1)).open() as shop:
        booked = await shop.dash.book(job, await shop.dash.quote(job))
        assert (booked.state, await shop.references()) == (S.MATCHING, [KEY])


async def test_two_that_book_at_once_get_the_same_driver(job) -> None:
    async with Shop().open() as shop:
        quote, other = await shop.dash.quote(job), shop.courier()
        booked = await asyncio.gather(shop.dash.book(job, quote), other.book(job), shop.dash.book(job))
        assert ({report.ref for report in booked}, await shop.references()) == ({KEY}, [KEY])
        await other.close()


async def test_prices_may_be_asked_again_and_again(make_job, job) -> None:
    async with Shop().open() as shop:
        first, second = await shop.dash.quote(job), await shop.dash.quote(job)
        elsewhere = make_job(door=replace(job.door, address="elsewhere"))
        third = await shop.dash.quote(elsewhere)
        assert (first.ref, second.ref, third.ref.startswith(f"{KEY}~")) == (KEY, KEY, True)
        with pytest.raises(CourierRefused):  # the first one bars the number: a new booking has a new one
            await shop.dash.book(elsewhere, third)
        assert (await shop.dash.book(replace(elsewhere, key="another"), third)).state is S.MATCHING


# Recalls, tips and proofs


async def test_a_recalled_job_is_told_by_letter_as_well(job) -> None:
    async with Shop().open() as shop:
        await shop.dash.book(job)
        assert (await shop.dash.cancel(KEY)).state is S.FAILED
        await shop.wait(1)
        assert [(report.state, report.reason) for report in shop.reports] == [(S.FAILED, "cancelled_by_creator")]


@pytest.mark.parametrize("after", [True, False])
async def test_a_recall_whose_answer_was_lost_is_a_recall(job, after) -> None:
    async with Shop(**failing("cancel", after=after)).open() as shop:
        await shop.dash.book(job)
        assert (await shop.dash.cancel(KEY)).state is S.FAILED


async def test_a_driver_at_the_store_can_still_be_turned_back(job) -> None:
    async with Shop().open() as shop:
        await shop.dash.book(job)
        await shop.wait_for(KEY, S.AT_STORE)
        assert (await shop.dash.cancel(KEY)).state is S.FAILED


@pytest.mark.parametrize("state", [S.PICKED_UP, S.DELIVERED])
async def test_goods_that_are_gone_cannot_be_recalled(job, state) -> None:
    async with Shop().open() as shop:
        await shop.dash.book(job)
        await shop.wait_for(KEY, state)
        with pytest.raises(CourierRefused):
            await shop.dash.cancel(KEY)


async def test_a_tip_may_be_raised_until_the_end(job) -> None:
    async with Shop(**failing("update")).open() as shop:
        booked = await shop.dash.book(job)
        assert (await shop.dash.tip(KEY, Money(300, "USD"))).fee == booked.fee
        await shop.wait_for(KEY, S.DELIVERED)
        with pytest.raises(CourierRefused, match="delivery_completed"):
            await shop.dash.tip(KEY, Money(500, "USD"))


async def test_a_door_may_change_until_the_goods_are_gone(job) -> None:
    async with Shop().open() as shop:
        await shop.dash.book(job)
        door = replace(job.door, address="忠孝東路 3 號")
        assert (await shop.dash.edit(KEY, door)).ref == KEY
        await shop.wait_for(KEY, S.PICKED_UP)
        with pytest.raises(CourierRefused, match="delivery_picked_up"):
            await shop.dash.edit(KEY, door)


@pytest.mark.parametrize(
    ("changed", "kind"),
    [({}, Proof.PICTURE), ({"proof": "none", "signature": True}, Proof.SIGNATURE)],
)
async def test_a_proof_is_there_when_the_goods_are(job, changed, kind) -> None:
    async with Shop().open(**changed) as shop:
        await shop.dash.book(job)
        with pytest.raises(CourierRefused, match="there is no"):
            await shop.dash.proof(KEY, Waypoint.DROPOFF, kind)
        await shop.wait_for(KEY, S.DELIVERED)
        assert (await shop.dash.proof(KEY, Waypoint.DROPOFF, kind)).startswith(b"\x89PNG")
        assert (await shop.dash.proof(KEY, Waypoint.PICKUP, Proof.PICTURE)).startswith(b"\x89PNG")


async def test_a_pin_is_known_from_the_booking_on(job) -> None:
    async with Shop().open(proof="pin") as shop:
        assert (await shop.dash.book(job)).pin == "4821"
        assert (await shop.dash.read(KEY)).pin == "4821"


# Who we are


@pytest.mark.parametrize(
    "wrong", [{"signing_secret": "YW5vdGhlciBrZXkgb2YgdGhpcnR5LXR3byBieXRlcyE"}, {"key_id": "x"}, {"developer_id": "x"}]
)
async def test_wrong_keys_lock_us_out(job, wrong) -> None:
    async with Shop().open(**wrong) as shop:
        with pytest.raises(CourierLockedOut, match="authentication_error"):
            await shop.dash.book(job)


async def test_letters_of_somebody_else_are_refused(job) -> None:
    async with Shop().open(webhook_secret="Basic b3RoZXI=") as shop:
        await shop.dash.book(job)
        await shop.wait_for(KEY, S.HEADING_TO_STORE)
        assert (shop.reports, shop.refused > 0) == ([], True)
