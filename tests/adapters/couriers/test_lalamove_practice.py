"""Lalamove's adapter before its simulator over a real port: ways, lost answers, and what letters say of both."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters import http
from adapters.bookings import NO_LOOKUP
from adapters.couriers import lalamove
from adapters.hosting import hosted
from adapters.simulators.lalamove import LalamoveSimulator, Troubles
from core.domain.delivery import DeliveryState, Report
from core.domain.job import Job, Stop
from core.domain.money import Money
from core.ports.courier import CourierDown, CourierLockedOut, CourierRefused, Proof, Waypoint
from tests.adapters.couriers.conftest import KEY, NOW
from tests.adapters.couriers.practice import PracticeShop

S = DeliveryState
WAY = [S.MATCHING, S.HEADING_TO_STORE, S.PICKED_UP, S.DELIVERED]


class Shop(PracticeShop):
    """Not all of Lalamove's letters are about the status."""

    name, adapter = "lala", lalamove
    simulator, troubles = LalamoveSimulator, Troubles

    def says_state(self, report: Report) -> bool:
        return report.word in lalamove.STATUS


async def test_a_way_from_quote_to_door(job) -> None:
    async with Shop().open() as shop:
        quote = await shop.lala.quote(job)
        booked = await shop.lala.book(job, quote)
        assert (booked.fee, booked.state, booked.our_key) == (quote.fee, S.MATCHING, KEY)
        done = await shop.wait_for(booked.ref, S.DELIVERED)
        assert (shop.states(), shop.refused) == (WAY, 0)
        assert {report.waybill for report in shop.reports} == {done.waybill} == {booked.ref[-5:]}
        assert {report.our_key for report in shop.reports} <= {KEY, ""}


async def test_the_same_way_without_a_letter(job) -> None:
    async with Shop(silent_webhooks=True).open() as shop:
        booked = await shop.lala.book(job)
        for state in (S.HEADING_TO_STORE, S.PICKED_UP, S.DELIVERED):
            await shop.wait_for(booked.ref, state)
        assert shop.reports == []


async def test_a_letter_names_the_driver_and_asking_tells_where_he_is(job) -> None:
    async with Shop().open() as shop:
        booked = await shop.lala.book(job)
        report = await shop.wait_for(booked.ref, S.HEADING_TO_STORE)
        (assigned,) = shop.told("DRIVER_ASSIGNED")
        assert assigned.driver == report.driver
        assert (report.driver.phone[:5], report.driver.plate) == ("+8869", assigned.driver.plate)
        assert assigned.place is not None
        await shop.wait(1)
        later = await shop.lala.read(booked.ref)
        assert (later.place.latitude, later.place.at) != (report.place.latitude, report.place.at)


async def test_a_driver_they_do_not_show_leaves_the_state_standing(job) -> None:
    async with Shop(hidden_driver=True).open() as shop:
        report = await shop.wait_for((await shop.lala.book(job)).ref, S.HEADING_TO_STORE)
        assert (report.driver, report.place) == (None, None)


async def test_a_driver_call_that_fails_leaves_the_state_standing(job) -> None:
    async with Shop(fail="ERR_INTERNAL_SERVER_ERROR", fail_on="driver", fail_times=None).open() as shop:
        assert (await shop.wait_for((await shop.lala.book(job)).ref, S.PICKED_UP)).driver is None


async def test_a_job_for_later_is_booked_for_its_time(make_job) -> None:
    async with Shop().open() as shop:
        booked = await shop.lala.book(make_job(ready_at=NOW + timedelta(hours=3)))
        await shop.wait(100)
        assert (await shop.lala.read(booked.ref)).state is S.MATCHING
        await shop.wait_for(booked.ref, S.PICKED_UP)
        assert shop.time >= NOW + timedelta(hours=3)


# A courier without idempotency keys


async def test_a_lost_answer_is_never_sent_again_and_their_call_settles_it(job) -> None:
    async with Shop(fail="ERR_TIMEOUT", fail_on="create", fail_after=True).open() as shop:
        for attempt in (shop.lala.book, shop.lala.book):
            with pytest.raises(CourierDown) as caught:
                await attempt(job)
            assert caught.value.may_have_happened
        assert len(await shop.deliveries()) == 1
        await shop.wait(0)
        assert shop.reports[0].our_key == KEY
        found = await shop.lala.find(KEY)
        assert (found.state, found.our_key) == (S.MATCHING, KEY)
        assert (await shop.lala.book(job)).ref == found.ref
        assert len(await shop.deliveries()) == 1


async def test_a_lost_answer_without_a_letter_leaves_nobody_able_to_tell(job) -> None:
    async with Shop(silent_webhooks=True, fail="ERR_TIMEOUT", fail_on="create", fail_after=True).open() as shop:
        with pytest.raises(CourierDown):
            await shop.lala.book(job)
        with pytest.raises(CourierDown) as caught:
            await shop.lala.find(KEY)
        assert (caught.value.code, caught.value.may_have_happened) == (NO_LOOKUP, True)
        assert caught.value.retry_after >= 30


async def test_after_a_start_nobody_can_tell_until_they_call(job) -> None:
    async with Shop().open() as shop:
        booked = await shop.lala.book(job)
        await shop.restart()
        with pytest.raises(CourierDown):
            await shop.lala.find(KEY)
        await shop.wait_for(booked.ref, S.HEADING_TO_STORE)
        assert (await shop.lala.find(KEY)).ref == booked.ref


@pytest.mark.parametrize("code", ["ERR_RATE_LIMIT_EXCEEDED", "ERR_INSUFFICIENT_CREDIT", "ERR_INVALID_PHONE_NUMBER"])
async def test_what_was_turned_away_may_be_sent_again(job, code) -> None:
    async with Shop(fail=code, fail_on="create").open() as shop:
        with pytest.raises((CourierDown, CourierLockedOut, CourierRefused)) as caught:
            await shop.lala.book(job)
        assert caught.value.code == code
        assert await shop.lala.find(KEY) is None
        assert (await shop.lala.book(job)).state is S.MATCHING


async def test_a_quotation_without_answer_books_nothing(job) -> None:
    async with Shop(fail="ERR_INTERNAL_SERVER_ERROR", fail_on="quote", fail_times=3).open() as shop:
        with pytest.raises(CourierDown):
            await shop.lala.book(job)
        assert await shop.lala.find(KEY) is None
        await shop.lala.book(job)
        assert len(await shop.deliveries()) == 1


async def test_an_answer_too_slow_is_a_lost_answer(job, monkeypatch) -> None:
    async with Shop(silent_webhooks=True).open() as shop:
        quote = await shop.lala.quote(job)
        monkeypatch.setattr(http, "SECONDS_A_CALL", 0.2)
        shop.trouble(slow_seconds=2.0)
        with pytest.raises(CourierDown):
            await shop.lala.book(job, quote)
        with pytest.raises(CourierDown) as caught:
            await shop.lala.find(KEY)
        assert caught.value.code == NO_LOOKUP


async def test_two_calls_at_once_for_one_key_book_one_driver(job) -> None:
    async with Shop().open() as shop:
        both = await asyncio.gather(shop.lala.book(job), shop.lala.book(job), return_exceptions=True)
        assert any(isinstance(one, Report) for one in both)
        assert len(await shop.deliveries()) == 1


async def test_another_send_for_the_same_order_is_another_job(make_job) -> None:
    async with Shop().open() as shop:
        first, second = await shop.lala.book(make_job()), await shop.lala.book(make_job(key="b" * 32))
        assert first.ref != second.ref


@pytest.mark.parametrize("minutes", [4.9, 6])
async def test_a_stale_quote_is_replaced(job, minutes) -> None:
    async with Shop().open() as shop:
        quote = await shop.lala.quote(job)
        await shop.wait(minutes)
        assert (await shop.lala.book(job, quote)).state is S.MATCHING


async def test_a_quote_used_up_is_replaced(job, make_job) -> None:
    async with Shop().open() as shop:
        quote = await shop.lala.quote(job)
        await shop.lala.book(job, quote)
        assert (await shop.lala.book(make_job(key="b" * 32), quote)).state is S.MATCHING


# What goes wrong on the way


async def test_a_lost_driver_is_looked_for_again(job, fold: Callable) -> None:
    async with Shop(courier_drop=True).open() as shop:
        booked = await shop.lala.book(job)
        await shop.wait_for(booked.ref, S.PICKED_UP)
        assert shop.states()[:4] == [S.MATCHING, S.HEADING_TO_STORE, S.MATCHING, S.HEADING_TO_STORE]
        first, second = shop.told("DRIVER_ASSIGNED")
        assert first.driver.name != second.driver.name
        assert fold(booked, shop.reports).driver == second.driver


async def test_a_driver_lost_with_the_goods_is_told(job) -> None:
    async with Shop(dropped_late=True).open() as shop:
        await shop.wait_for((await shop.lala.book(job)).ref, S.DELIVERED)
        again = [S.MATCHING, S.HEADING_TO_STORE, S.PICKED_UP]
        assert shop.states() == [*again, *again, S.DELIVERED]


@pytest.mark.parametrize(("troubles", "word"), [({"no_driver": True}, "EXPIRED"), ({"rejected": True}, "REJECTED")])
async def test_a_search_that_comes_to_nothing_has_failed(job, troubles, word) -> None:
    async with Shop(**troubles).open() as shop:
        assert (await shop.wait_for((await shop.lala.book(job)).ref, S.FAILED)).word == word
        assert shop.states() == [S.MATCHING, S.FAILED]


async def test_nobody_comes_for_a_marked_job(make_job) -> None:
    job: Job = make_job()
    marked = replace(job, door=replace(job.door, note="[no driver]"))
    async with Shop().open() as shop:
        booked = await shop.lala.book(marked)
        await shop.wait(119)
        assert (await shop.lala.read(booked.ref)).state is S.MATCHING


async def test_goods_nobody_takes_are_a_failed_way(job, fold: Callable) -> None:
    async with Shop(undeliverable=True).open() as shop:
        booked = await shop.lala.book(job)
        failed = await shop.wait_for(booked.ref, S.FAILED)
        assert failed.reason == "POD FAILED"
        assert fold(booked, shop.reports).state is S.FAILED


async def test_an_order_support_took_away_may_go_on_as_another(job, fold: Callable) -> None:
    async with Shop(replaced=True).open() as shop:
        booked = await shop.lala.book(job)
        for _ in range(60):
            if shop.told("ORDER_REPLACED"):
                break
            await shop.wait(1)
            assert (await shop.lala.read(booked.ref)).state is not S.FAILED
        done = await shop.wait_for(booked.ref, S.DELIVERED)
        assert (done.ref, len(await shop.deliveries())) == (booked.ref, 2)
        assert {report.ref for report in shop.told("COMPLETED")} == {booked.ref}
        delivery = fold(booked, shop.reports)
        assert (delivery.state, delivery.waybill) == (S.DELIVERED, done.waybill)
        assert done.waybill != booked.waybill


async def test_cancelling_cancels_the_order_that_stands_in(job) -> None:
    async with Shop(replaced=True).open() as shop:
        booked = await shop.lala.book(job)
        while not shop.told("ORDER_REPLACED"):
            await shop.wait(1)
        assert (await shop.lala.cancel(booked.ref)).state is S.FAILED
        assert [order["status"] for order in await shop.deliveries()] == ["CANCELED", "CANCELED"]


async def test_an_order_support_took_away_for_good_has_failed_after_a_while(job) -> None:
    async with Shop(canceled_by_support=True).open() as shop:
        booked = await shop.lala.book(job)
        while not shop.told("CANCELED"):
            await shop.wait(1)
        waiting = await shop.lala.read(booked.ref)
        assert (waiting.state, waiting.reason) == (S.UNKNOWN, "LALAMOVE_CUSTOMER_SUPPORT")
        await shop.wait(11)
        assert (await shop.lala.read(booked.ref)).state is S.FAILED


# Cancel, tip, proof and the rest


async def test_a_driver_is_turned_back_within_five_minutes_and_not_later(job) -> None:
    async with Shop().open() as shop:
        booked = await shop.lala.book(job)
        await shop.wait_for(booked.ref, S.HEADING_TO_STORE)
        await shop.wait(6)
        with pytest.raises(CourierRefused) as caught:
            await shop.lala.cancel(booked.ref)
        assert (caught.value.code, caught.value.try_another) == (lalamove.TOO_LATE, False)


async def test_a_cancel_whose_answer_was_lost_is_done(job) -> None:
    async with Shop().open() as shop:
        booked = await shop.lala.book(job)
        shop.trouble(fail="ERR_INTERNAL_SERVER_ERROR", fail_on="cancel", fail_after=True)
        assert (await shop.lala.cancel(booked.ref)).state is S.FAILED


async def test_a_priority_fee_is_paid_once_even_if_its_answer_is_lost(job) -> None:
    async with Shop().open() as shop:
        booked = await shop.lala.book(job)
        shop.trouble(fail="ERR_INTERNAL_SERVER_ERROR", fail_on="tip", fail_after=True)
        tipped = await shop.lala.tip(booked.ref, Money(2000, "TWD"))
        assert tipped.fee == booked.fee + Money(2000, "TWD")
        await shop.wait(0)
        assert shop.told("ORDER_AMOUNT_CHANGED")[0].fee == tipped.fee
        assert (await shop.lala.tip(booked.ref, Money(3000, "TWD"))).fee == booked.fee + Money(3000, "TWD")


@pytest.mark.parametrize("minor", [1000, 2000, 1550, 401_000])
async def test_a_priority_fee_that_is_none_is_refused(job, minor) -> None:
    async with Shop().open() as shop:
        booked = await shop.lala.book(job)
        await shop.lala.tip(booked.ref, Money(3000, "TWD"))
        with pytest.raises(CourierRefused) as caught:
            await shop.lala.tip(booked.ref, Money(minor, "TWD"))
        assert not caught.value.try_another


async def test_a_priority_fee_is_for_the_search_only(job) -> None:
    async with Shop().open() as shop:
        booked = await shop.lala.book(job)
        await shop.wait_for(booked.ref, S.HEADING_TO_STORE)
        with pytest.raises(CourierRefused) as caught:
            await shop.lala.tip(booked.ref, Money(2000, "TWD"))
        assert caught.value.code == "ERR_INVALID_ORDER_STATUS"


@pytest.mark.parametrize(("signed", "kind"), [(False, Proof.PICTURE), (True, Proof.SIGNATURE)])
async def test_a_proof_is_fetched_once_the_goods_are_there(job, signed, kind) -> None:
    async with Shop(signed=signed).open() as shop:
        booked = await shop.lala.book(job)
        with pytest.raises(CourierRefused):
            await shop.lala.proof(booked.ref, Waypoint.DROPOFF, kind)
        await shop.wait_for(booked.ref, S.DELIVERED)
        assert (await shop.lala.proof(booked.ref, Waypoint.DROPOFF, kind)).startswith(b"\x89PNG")
        for waypoint, other in ((Waypoint.PICKUP, kind), (Waypoint.DROPOFF, Proof.PIN)):
            with pytest.raises(CourierRefused):
                await shop.lala.proof(booked.ref, waypoint, other)


async def test_a_code_for_the_door_comes_by_letter(job) -> None:
    async with Shop(delivery_codes=True).open() as shop:
        await shop.wait_for((await shop.lala.book(job)).ref, S.DELIVERED)
        first, second = shop.told("DELIVERY_CODE_STATUS_CHANGED")
        assert first.pin == second.pin
        assert len(first.pin) == 4


async def test_a_late_driver_is_changed(job) -> None:
    async with Shop().open() as shop:
        booked = await shop.lala.book(job)
        first = await shop.wait_for(booked.ref, S.HEADING_TO_STORE)
        with pytest.raises(CourierRefused) as caught:
            await shop.lala.change_driver(booked.ref)
        assert caught.value.code == "ERR_CHANGE_DRIVER"
        await shop.wait(15)
        assert (await shop.lala.change_driver(booked.ref, "DRIVER_UNRESPONSIVE")).state is S.MATCHING
        second = await shop.wait_for(booked.ref, S.HEADING_TO_STORE)
        assert second.driver.phone != first.driver.phone
        await shop.wait_for(booked.ref, S.DELIVERED)


async def test_a_driver_is_not_changed_for_a_reason_of_ours(job) -> None:
    async with Shop().open() as shop:
        with pytest.raises(ValueError, match="DRIVER_RUDE"):
            await shop.lala.change_driver("1", "I do not like him")


async def test_the_door_is_moved_once(job) -> None:
    door = Stop(name="陳小姐", phone="+886912344821", address="忠孝東路 3 號", latitude=25.05, longitude=121.55)
    async with Shop().open() as shop:
        booked = await shop.lala.book(job)
        with pytest.raises(CourierRefused):
            await shop.lala.edit(booked.ref, door)
        await shop.wait_for(booked.ref, S.HEADING_TO_STORE)
        assert (await shop.lala.edit(booked.ref, door)).ref == booked.ref
        with pytest.raises(CourierRefused, match="times exceeded"):
            await shop.lala.edit(booked.ref, door)
        (order,) = await shop.deliveries()
        assert order["stops"][1]["address"] == "忠孝東路 3 號"
        await shop.wait_for(booked.ref, S.DELIVERED)
        assert len(shop.told("ORDER_EDITED")) == 1


async def test_the_vehicles_of_the_market_say_what_they_carry() -> None:
    async with Shop().open() as shop:
        services = await shop.lala.services()
        assert set(services) == {"TW TPE", "TW TXG", "TW TNN", "TW KHH"}
        limits = services["TW TPE"]["MOTORCYCLE"]
        assert (limits.max_weight_g, limits.boxes[0].height_mm) == (20_000, 500)


async def test_our_address_is_registered_when_it_answers_an_empty_call() -> None:
    async with Shop().open() as shop:
        shop.sim.webhook_url = None
        await shop.lala.listen(shop.url)
        assert (shop.sim.webhook_url, shop.keys) == (shop.url, ["knock"])
        with pytest.raises(CourierRefused) as caught:
            await shop.lala.listen(f"{shop.base}/nowhere")
        assert caught.value.code == "ERR_INVALID_RESPONSE"


# Letters


@pytest.mark.parametrize("troubles", [{"duplicate_events": True}, {"reordered_events": True}, {"odd_timestamps": True}])
async def test_doubled_overtaking_and_odd_letters_end_where_they_should(job, fold: Callable, troubles) -> None:
    async with Shop(**troubles).open() as shop:
        booked = await shop.lala.book(job)
        await shop.wait_for(booked.ref, S.DELIVERED)
        assert shop.refused == 0
        assert fold(booked, shop.reports).state is S.DELIVERED
        assert (len(shop.keys) > len(set(shop.keys))) is ("duplicate_events" in troubles)


async def test_a_body_with_blanks_is_believed_by_what_javascript_would_write(job) -> None:
    async with Shop(spaced_events=True).open() as shop:
        await shop.wait_for((await shop.lala.book(job)).ref, S.DELIVERED)
        assert (shop.refused, shop.states()) == (0, WAY)


async def test_letters_from_before_2026_are_enough(job, fold: Callable) -> None:
    async with Shop(old_webhooks=True).open() as shop:
        booked = await shop.lala.book(job)
        await shop.wait_for(booked.ref, S.DELIVERED)
        assert fold(booked, shop.reports).state is S.DELIVERED
        assert {report.our_key for report in shop.reports} == {""}


async def test_letters_of_another_key_are_refused(job) -> None:
    async with Shop().open(api_secret="sk_other") as shop:
        shop.changed = {}
        right = shop.courier()
        await right.book(job)
        await shop.wait(0)
        assert (shop.reports, shop.refused) == ([], 2)
        await right.close()


async def test_letters_signed_with_another_key_are_believed_while_keys_change(job) -> None:
    async with Shop().open(api_secret="sk_new", webhook_secret=["sk_other", "sk_test_practice"]) as shop:
        shop.changed = {}
        right = shop.courier()
        await right.book(job)
        await shop.wait(0)
        assert (len(shop.reports), shop.refused) == (2, 0)
        await right.close()


@pytest.mark.parametrize("errors", ["list", "object", "message", "bare"])
async def test_errors_are_read_in_each_of_their_shapes(job, errors) -> None:
    async with Shop(errors=errors, fail="ERR_OUT_OF_SERVICE_AREA", fail_on="quote").open() as shop:
        with pytest.raises(CourierRefused) as caught:
            await shop.lala.quote(job)
        assert caught.value.code == "ERR_OUT_OF_SERVICE_AREA"


async def test_a_rate_limit_says_when_to_ask_again(job, monkeypatch) -> None:
    monkeypatch.setattr(http, "ATTEMPTS", 1)
    async with Shop(rate_limits=True).open() as shop:
        for _ in range(30):
            await shop.lala.quote(job)
        with pytest.raises(CourierDown) as caught:
            await shop.lala.quote(job)
        assert 0 < caught.value.retry_after <= 62  # a minute, rounded up on both clocks


async def test_keys_that_are_refused_lock_us_out(job) -> None:
    async with Shop(fail="ERR_UNAUTHORIZED", fail_times=None).open() as shop:
        with pytest.raises(CourierLockedOut):
            await shop.lala.quote(job)


async def test_a_clock_that_is_wrong_locks_us_out(job) -> None:
    async with Shop().open() as shop:
        settings = lalamove.Settings.model_validate(shop.sim.settings(shop.base))
        late = lalamove.build("lala", settings, now=lambda: NOW - timedelta(minutes=6))
        with pytest.raises(CourierLockedOut):
            await late.quote(job)
        await late.close()


async def test_the_way_runs_by_itself_on_a_fast_clock(job) -> None:
    sim = LalamoveSimulator(seed=5, speed=6000.0)
    async with hosted(sim.app) as base:
        await sim.start()
        lala = lalamove.build("lala", lalamove.Settings.model_validate(sim.settings(base)))
        booked = await lala.book(job)
        for _ in range(600):
            if (report := await lala.read(booked.ref)).state is S.DELIVERED:
                break
            await asyncio.sleep(0.05)
        assert report.state is S.DELIVERED
        await lala.close()
        await sim.stop()
