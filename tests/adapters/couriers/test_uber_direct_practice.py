"""Uber Direct's adapter before its simulator over a real port: rides, lost answers, and what letters say of both."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters import http
from adapters.couriers import uber_direct
from adapters.hosting import hosted
from adapters.simulators.uber_direct import Troubles, UberDirectSimulator
from core.domain.delivery import DeliveryState
from core.domain.job import Job
from core.domain.money import Money
from core.ports.courier import CourierDown, CourierLockedOut, CourierRefused, Proof, Waypoint
from tests.adapters.couriers.conftest import KEY, NOW
from tests.adapters.couriers.practice import PracticeShop

S = DeliveryState


class Shop(PracticeShop):
    """Uber tells of a driver's place every other minute."""

    name, adapter = "uber", uber_direct
    simulator, troubles = UberDirectSimulator, Troubles
    options = {"update_every": timedelta(minutes=2)}  # noqa: RUF012 - as it is handed on


async def test_a_ride_from_quote_to_door(job) -> None:
    async with Shop().open() as shop:
        quote = await shop.uber.quote(job)
        booked = await shop.uber.book(job, quote)
        assert (booked.fee, booked.pin, len(booked.waybill)) == (quote.fee, "4821", 5)
        assert booked.waybill.isupper() or booked.waybill.isdigit()
        done = await shop.wait_for(booked.ref, S.DELIVERED)
        assert shop.states() == [S.MATCHING, S.HEADING_TO_STORE, S.AT_STORE, S.PICKED_UP, S.DELIVERED]
        assert {report.waybill for report in shop.reports} == {done.waybill} == {booked.waybill}


async def test_letters_tell_the_driver_and_where_he_is(job) -> None:
    async with Shop().open() as shop:
        await shop.wait_for((await shop.uber.book(job)).ref, S.PICKED_UP)
        heading = [report for report in shop.reports if report.state is S.HEADING_TO_STORE]
        assert heading[0].driver is not None
        assert heading[0].driver.phone.startswith("+8862555")
        assert len({(report.place.latitude, report.place.longitude) for report in heading if report.place}) > 3


async def test_a_job_with_times_is_taken(make_job) -> None:
    async with Shop().open() as shop:
        job = make_job(ready_at=NOW + timedelta(minutes=10), door_by=NOW + timedelta(minutes=70))
        booked = await shop.uber.book(job, await shop.uber.quote(job))
        assert booked.eta_store >= NOW + timedelta(minutes=10)


@pytest.mark.parametrize("after", [True, False])
@pytest.mark.parametrize("code", ["internal_server_error", "couriers_busy", "request_timeout", "customer_limited"])
async def test_a_lost_answer_books_one_driver(job, code, after) -> None:
    async with Shop(fail=code, fail_on="create", fail_times=2, fail_after=after).open() as shop:
        booked = await shop.uber.book(job, await shop.uber.quote(job))
        assert [report.ref async for report in shop.uber.listing()] == [booked.ref]


async def test_a_job_is_found_after_every_answer_was_lost(job) -> None:
    async with Shop(fail="unknown_error", fail_on="create", fail_times=None, fail_after=True).open() as shop:
        with pytest.raises(CourierDown):
            await shop.uber.book(job)
        assert (await shop.uber.find(KEY)).state is S.MATCHING


async def test_an_answer_too_slow_is_a_lost_answer(job, monkeypatch) -> None:
    monkeypatch.setattr(http, "SECONDS_A_CALL", 0.2)
    async with Shop().open() as shop:
        await shop.uber.quote(job)
        shop.trouble(slow_seconds=0.4)
        with pytest.raises(CourierDown):
            await shop.uber.book(job)
        shop.trouble(slow_seconds=0.0)
        await asyncio.sleep(0.5)
        assert [report.our_key async for report in shop.uber.listing()] == [KEY]


async def test_a_repeat_answered_with_the_job_is_the_same_job(job) -> None:
    async with Shop(repeat_with_200=True).open() as shop:
        assert (await shop.uber.book(job)).ref == (await shop.uber.book(job)).ref


async def test_a_job_whose_key_they_forgot_is_adopted_by_its_references(job) -> None:
    async with Shop().open() as shop:
        booked = await shop.uber.book(job)
        shop.time += timedelta(hours=2)
        assert (await shop.uber.book(job)).ref == booked.ref


async def test_another_send_for_the_same_order_is_another_job(make_job) -> None:
    async with Shop().open() as shop:
        first, second = await shop.uber.book(make_job()), await shop.uber.book(make_job(key="b" * 32))
        assert first.ref != second.ref


async def test_a_stale_quote_is_replaced(job) -> None:
    async with Shop().open() as shop:
        quote = await shop.uber.quote(job)
        shop.time += timedelta(minutes=16)
        assert (await shop.uber.book(job, quote)).state is S.MATCHING


async def test_an_expired_token_is_replaced(job) -> None:
    async with Shop().open() as shop:
        await shop.uber.quote(job)
        shop.trouble(fail="unauthorized", fail_on="quote")
        assert (await shop.uber.quote(job)).ref


async def test_keys_refused_for_good_lock_us_out(job) -> None:
    async with Shop(fail="unauthorized", fail_on="quote", fail_times=None).open() as shop:
        with pytest.raises(CourierLockedOut):
            await shop.uber.quote(job)


async def test_a_lost_driver_is_looked_for_again(job) -> None:
    async with Shop(courier_drop=True).open() as shop:
        await shop.wait_for((await shop.uber.book(job)).ref, S.PICKED_UP)
        assert shop.states()[:4] == [S.MATCHING, S.HEADING_TO_STORE, S.MATCHING, S.HEADING_TO_STORE]


async def test_nobody_comes_for_a_marked_job(make_job) -> None:
    job: Job = make_job()
    marked = replace(job, door=replace(job.door, note="[no driver]"))
    async with Shop().open() as shop:
        booked = await shop.uber.book(marked)
        shop.time += timedelta(hours=5)
        await shop.sim.settle()
        assert (await shop.uber.read(booked.ref)).state is S.MATCHING


async def test_goods_nobody_takes_come_back_under_the_job_we_booked(job) -> None:
    async with Shop(undeliverable=True).open() as shop:
        booked = await shop.uber.book(job)
        returning = await shop.wait_for(booked.ref, S.RETURNING)
        assert (returning.ref, returning.reason) == (booked.ref, "CUSTOMER_UNAVAILABLE")
        back = await shop.wait_for(booked.ref, S.RETURNED)
        assert (back.ref, back.return_ref) == (booked.ref, f"ret_{booked.ref[4:]}")
        assert {report.ref for report in shop.reports} == {booked.ref}
        assert shop.states()[-2:] == [S.RETURNING, S.RETURNED]
        assert (await shop.uber.find(KEY)).ref == booked.ref


async def test_a_job_they_cancel_has_failed(job) -> None:
    async with Shop(canceled_by_uber=True).open() as shop:
        await shop.wait_for((await shop.uber.book(job)).ref, S.FAILED)
        assert shop.states()[-1] is S.FAILED


@pytest.mark.parametrize("reason", ["", "out_of_items", "the shop burnt down"])
async def test_a_search_is_ended(job, reason) -> None:
    async with Shop().open() as shop:
        booked = await shop.uber.book(job)
        assert (await shop.uber.cancel(booked.ref, reason)).state is S.FAILED


async def test_a_job_that_cannot_be_cancelled_says_so(job) -> None:
    async with Shop(noncancelable=True).open() as shop:
        with pytest.raises(CourierRefused) as caught:
            await shop.uber.cancel((await shop.uber.book(job)).ref)
        assert caught.value.code == "noncancelable_delivery"


async def test_a_tip_is_given_on_the_way_even_if_its_answer_is_lost(job) -> None:
    async with Shop().open() as shop:
        booked = await shop.uber.book(job)
        with pytest.raises(CourierRefused):
            await shop.uber.tip(booked.ref, Money(500, "TWD"))
        await shop.wait_for(booked.ref, S.PICKED_UP)
        shop.time += timedelta(minutes=2)
        await shop.sim.settle()
        shop.trouble(fail="internal_server_error", fail_on="update", fail_after=True)
        tipped = await shop.uber.tip(booked.ref, Money(500, "TWD"))
        assert tipped.fee == booked.fee + Money(500, "TWD")


async def test_a_picture_is_fetched(job) -> None:
    async with Shop().open(pin=False, picture=True) as shop:
        booked = await shop.uber.book(job)
        await shop.wait_for(booked.ref, S.DELIVERED)
        assert (await shop.uber.proof(booked.ref, Waypoint.DROPOFF, Proof.PICTURE)).startswith(b"\x89PNG")
        assert booked.pin == ""


async def test_a_wrong_pin_still_ends_at_the_door(job) -> None:
    async with Shop(wrong_pin=True).open() as shop:
        assert (await shop.wait_for((await shop.uber.book(job)).ref, S.DELIVERED)).pin == "4821"


async def test_doubled_and_overtaking_letters_end_where_they_should(job, fold: Callable) -> None:
    async with Shop(duplicate_events=True, reordered_events=True).open() as shop:
        booked = await shop.uber.book(job)
        await shop.wait_for(booked.ref, S.DELIVERED)
        assert len(shop.keys) > len(set(shop.keys))
        assert fold(booked, shop.reports).state is S.DELIVERED


async def test_the_ride_runs_by_itself_on_a_fast_clock(job) -> None:
    sim = UberDirectSimulator(seed=5, speed=6000.0)
    async with hosted(sim.app) as base:
        await sim.start()
        uber = uber_direct.build("uber", uber_direct.Settings.model_validate(sim.settings(base)))
        booked = await uber.book(job)
        for _ in range(100):
            if (report := await uber.read(booked.ref)).state is S.DELIVERED:
                break
            await asyncio.sleep(0.05)
        assert report.state is S.DELIVERED
        await uber.close()
        await sim.stop()
