"""pandago's adapter before its simulator over a real port: ways, lost answers, and what letters say of both."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters import http
from adapters.bookings import NO_LOOKUP
from adapters.couriers import pandago
from adapters.simulators.jpeg import JPEG
from adapters.simulators.pandago import PandagoSimulator, Troubles
from core.domain.delivery import DeliveryState, Report
from core.domain.job import Job, Stop
from core.ports.courier import CourierDown, CourierLockedOut, CourierRefused, Proof, Waypoint
from tests.adapters.couriers.conftest import KEY, NOW
from tests.adapters.couriers.practice import PATIENCE, PracticeShop

S = DeliveryState
WAY = [S.MATCHING, S.HEADING_TO_STORE, S.AT_STORE, S.PICKED_UP, S.DELIVERED]


class Shop(PracticeShop):
    """Of pandago's letters one may wait for a word."""

    name, adapter = "panda", pandago
    simulator, troubles = PandagoSimulator, Troubles

    async def wait_for_word(self, word: str) -> Report:
        for _ in range(PATIENCE):
            if found := self.told(word):
                return found[-1]
            await self.wait(self.step)
        raise AssertionError(f"never {word}")


async def test_a_way_from_quote_to_door(job) -> None:
    async with Shop().open() as shop:
        quote = await shop.panda.quote(job)
        booked = await shop.panda.book(job, quote)
        assert (booked.fee, booked.state, booked.our_key) == (quote.fee, S.MATCHING, KEY)
        assert NOW < quote.at_store < quote.at_door
        done = await shop.wait_for(booked.ref, S.DELIVERED)
        await shop.wait(0)
        assert (shop.states(), shop.refused) == (WAY, 0)
        assert {report.waybill for report in shop.reports} == {done.waybill} == {booked.ref}
        assert {report.our_key for report in shop.reports} == {KEY}


async def test_the_same_way_without_a_letter(job) -> None:
    async with Shop(silent_webhooks=True).open() as shop:
        booked = await shop.panda.book(job)
        for state in WAY:
            await shop.wait_for(booked.ref, state)
        assert shop.reports == []


async def test_the_store_is_found_by_its_place_where_no_outlet_is_set(job) -> None:
    async with Shop().open(outlet="") as shop:
        await shop.panda.book(job)
        assert (await shop.deliveries())[0]["sender"]["client_vendor_id"] == "practice"


async def test_the_driver_is_told_and_asking_tells_where_he_is(job) -> None:
    async with Shop().open() as shop:
        booked = await shop.panda.book(job)
        await shop.wait_for_word("COURIER_ACCEPTED_DELIVERY")
        there = await shop.panda.read(booked.ref)
        accepted = shop.told("COURIER_ACCEPTED_DELIVERY")[0]
        assert (there.driver, there.driver.phone[:5]) == (accepted.driver, "+8869")
        assert accepted.place is not None
        await shop.wait(1)
        later = await shop.panda.read(booked.ref)
        assert (later.place.latitude, later.place.at) != (there.place.latitude, there.place.at)


@pytest.mark.parametrize("wrong", [{"hidden_place": True}, {"fail": 500, "fail_on": "coordinates", "fail_times": None}])
async def test_a_place_nobody_tells_leaves_the_driver_standing(job, wrong) -> None:
    async with Shop(**wrong).open() as shop:
        report = await shop.wait_for((await shop.panda.book(job)).ref, S.HEADING_TO_STORE)
        assert (report.driver.name != "", report.place) == (True, None)


async def test_a_job_for_later_is_at_the_door_about_then(make_job) -> None:
    async with Shop().open() as shop:
        booked = await shop.panda.book(make_job(ready_at=NOW + timedelta(hours=5)))
        await shop.wait(3 * 60)
        assert (await shop.panda.read(booked.ref)).state is S.MATCHING
        await shop.wait_for(booked.ref, S.DELIVERED)
        assert timedelta(hours=4) < shop.time - NOW < timedelta(hours=7)


async def test_numbers_may_come_as_texts(job) -> None:
    async with Shop(texts_for_numbers=True).open() as shop:
        await shop.panda.book(job)
        assert (await shop.wait_for_word("PICKED_UP")).place is not None


# Who we are


@pytest.mark.parametrize("stale_is_403", [True, False])
async def test_a_token_that_ended_is_replaced_unseen(job, stale_is_403) -> None:
    async with Shop(stale_is_403=stale_is_403).open() as shop:
        booked = await shop.panda.book(job)
        await shop.forget_tokens()
        assert (await shop.panda.read(booked.ref)).state is S.MATCHING
        await shop.forget_tokens()
        assert (await shop.panda.book(replace(job, key="b" * 32))).ref != booked.ref
        assert len(await shop.deliveries()) == 2


async def test_a_token_is_replaced_when_its_hour_is_over(job) -> None:
    async with Shop().open() as shop:
        booked = await shop.panda.book(job)
        await shop.wait(61)
        assert (await shop.panda.read(booked.ref)).ref == booked.ref


@pytest.mark.parametrize("wrong", [{"client_id": "pandago:tw:other"}, {"key_id": "other"}, {"scope": "everything"}])
async def test_wrong_keys_lock_us_out_and_nothing_is_booked(job, wrong) -> None:
    async with Shop().open(**wrong) as shop:
        with pytest.raises(CourierLockedOut):
            await shop.panda.book(job)
        assert await shop.panda.find(KEY) is None
        assert await shop.deliveries() == []


# A courier without idempotency keys


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_a_lost_answer_is_never_sent_again_and_their_callback_settles_it(job, status) -> None:
    async with Shop(fail=status, fail_on="create", fail_after=True).open() as shop:
        for _ in range(2):
            with pytest.raises(CourierDown) as caught:
                await shop.panda.book(job)
            assert caught.value.may_have_happened
        assert len(await shop.deliveries()) == 1
        await shop.wait(1)
        assert shop.reports[0].our_key == KEY
        found = await shop.panda.find(KEY)
        assert (found.state, found.our_key) == (S.MATCHING, KEY)
        assert (await shop.panda.book(job)).ref == found.ref
        assert len(await shop.deliveries()) == 1


async def test_a_lost_answer_without_a_callback_leaves_nobody_able_to_tell(job) -> None:
    async with Shop(silent_webhooks=True, fail=504, fail_on="create", fail_after=True).open() as shop:
        with pytest.raises(CourierDown):
            await shop.panda.book(job)
        await shop.wait(60)
        for ask in (shop.panda.find(KEY), shop.panda.book(job)):
            with pytest.raises(CourierDown) as caught:
                await ask
            assert (caught.value.code, caught.value.may_have_happened) == (NO_LOOKUP, True)
        assert len(await shop.deliveries()) == 1


async def test_after_a_start_nobody_can_tell_until_they_call(job) -> None:
    async with Shop().open() as shop:
        booked = await shop.panda.book(job)
        await shop.restart()
        with pytest.raises(CourierDown):
            await shop.panda.find(KEY)
        await shop.wait_for(booked.ref, S.HEADING_TO_STORE)
        assert (await shop.panda.find(KEY)).ref == booked.ref


async def test_an_answer_lost_before_it_was_made_is_as_uncertain(job) -> None:
    async with Shop(fail=503, fail_on="create").open() as shop:
        with pytest.raises(CourierDown):
            await shop.panda.book(job)
        with pytest.raises(CourierDown):
            await shop.panda.book(job)
        assert await shop.deliveries() == []


@pytest.mark.parametrize("status", [400, 404, 422, 429])
async def test_what_was_turned_away_may_be_sent_again(job, status) -> None:
    async with Shop(fail=status, fail_on="create", listed_errors=True).open() as shop:
        with pytest.raises((CourierDown, CourierRefused)):
            await shop.panda.book(job)
        assert await shop.panda.find(KEY) is None
        assert (await shop.panda.book(job)).state is S.MATCHING
        assert len(await shop.deliveries()) == 1


async def test_a_token_nobody_gives_books_nothing(job) -> None:
    async with Shop(fail=503, fail_on="token").open() as shop:
        with pytest.raises(CourierDown) as caught:
            await shop.panda.book(job)
        assert not caught.value.may_have_happened
        assert (await shop.panda.book(job)).state is S.MATCHING


async def test_an_answer_too_slow_is_a_lost_answer(job, monkeypatch) -> None:
    async with Shop(silent_webhooks=True).open() as shop:
        await shop.panda.quote(job)  # fetches the token
        monkeypatch.setattr(http, "SECONDS_A_CALL", 0.2)
        shop.trouble(slow_seconds=2.0)
        with pytest.raises(CourierDown):
            await shop.panda.book(job)
        with pytest.raises(CourierDown) as caught:
            await shop.panda.find(KEY)
        assert caught.value.code == NO_LOOKUP


async def test_another_send_for_the_same_order_is_another_job(make_job) -> None:
    async with Shop().open() as shop:
        first, second = await shop.panda.book(make_job()), await shop.panda.book(make_job(key="b" * 32))
        assert first.ref != second.ref


# What goes wrong on the way


async def test_a_lost_driver_is_looked_for_again(job, fold: Callable) -> None:
    async with Shop(courier_drop=True).open() as shop:
        booked = await shop.panda.book(job)
        await shop.wait_for(booked.ref, S.PICKED_UP)
        assert shop.states()[:4] == [S.MATCHING, S.HEADING_TO_STORE, S.MATCHING, S.HEADING_TO_STORE]
        _, second = shop.told("COURIER_ACCEPTED_DELIVERY")
        assert fold(booked, shop.reports).driver == second.driver


async def test_a_driver_who_takes_over_is_told(job, fold: Callable) -> None:
    async with Shop(courier_swap=True).open() as shop:
        booked = await shop.panda.book(job)
        await shop.wait_for(booked.ref, S.AT_STORE)
        first, second = shop.told("COURIER_ACCEPTED_DELIVERY")
        assert first.driver.name != second.driver.name
        assert fold(booked, shop.reports).driver == second.driver


async def test_nobody_comes_for_a_marked_job(make_job) -> None:
    job: Job = make_job()
    marked = replace(job, door=replace(job.door, note="[no driver]"))
    async with Shop().open() as shop:
        booked = await shop.panda.book(marked)
        await shop.wait(119)
        assert (await shop.panda.read(booked.ref)).state is S.MATCHING
        failed = await shop.wait_for(booked.ref, S.FAILED)
        assert failed.reason == "NO_COURIER"


async def test_a_job_they_cancel_has_failed(job, fold: Callable) -> None:
    async with Shop(canceled_by_pandago=True).open() as shop:
        booked = await shop.panda.book(job)
        assert (await shop.wait_for(booked.ref, S.FAILED)).reason == "TECHNICAL_PROBLEM"
        assert fold(booked, shop.reports).state is S.FAILED


@pytest.mark.parametrize("how", ["undeliverable", "turned_back"])
async def test_goods_nobody_takes_come_back(job, fold: Callable, how) -> None:
    async with Shop(**{how: True}).open() as shop:
        booked = await shop.panda.book(job)
        back = await shop.wait_for(booked.ref, S.RETURNED)
        assert (S.RETURNING in shop.states()) == (how == "undeliverable")
        assert fold(booked, shop.reports).state is S.RETURNED
        assert await shop.panda.proof(back.ref, Waypoint.RETURN, Proof.PICTURE) == JPEG


async def test_spilled_goods_have_failed(job) -> None:
    async with Shop(spilled=True).open() as shop:
        assert (await shop.wait_for((await shop.panda.book(job)).ref, S.FAILED)).reason == "FOOD_QUALITY_SPILLAGE"


@pytest.mark.parametrize("wrong", ["delayed", "new_words", "skipped_steps", "misspelt_times", "base64_signatures"])
async def test_a_way_told_otherwise_ends_at_the_door(job, fold: Callable, wrong) -> None:
    async with Shop(**{wrong: True}).open() as shop:
        booked = await shop.panda.book(job)
        await shop.wait_for(booked.ref, S.DELIVERED)
        await shop.wait(0)
        assert (fold(booked, shop.reports).state, shop.refused) == (S.DELIVERED, 0)


@pytest.mark.parametrize("wrong", ["duplicate_events", "reordered_events"])
async def test_repeats_and_disorder_end_at_the_door(job, fold: Callable, wrong) -> None:
    async with Shop(**{wrong: True}).open() as shop:
        booked = await shop.panda.book(job)
        await shop.wait_for(booked.ref, S.DELIVERED)
        await shop.wait(31)
        assert fold(booked, shop.reports).state is S.DELIVERED
        if wrong == "duplicate_events":
            assert len(shop.keys) == 2 * len(set(shop.keys))
        else:
            assert [report.at for report in shop.reports] != sorted(report.at for report in shop.reports)


# Cancel, proof and the rest


async def test_a_search_is_ended_and_ending_it_twice_is_harmless(job, fold: Callable) -> None:
    async with Shop().open() as shop:
        booked = await shop.panda.book(job)
        first, second = await shop.panda.cancel(booked.ref), await shop.panda.cancel(booked.ref)
        assert (first.state, second.state, second.reason) == (S.FAILED, S.FAILED, "REASON_UNKNOWN")
        assert fold(booked, [first]).state is S.FAILED
        await shop.wait(60)
        assert (await shop.panda.read(booked.ref)).state is S.FAILED


async def test_a_driver_who_has_accepted_cannot_be_called_off(job) -> None:
    async with Shop().open() as shop:
        booked = await shop.panda.book(job)
        await shop.wait_for(booked.ref, S.HEADING_TO_STORE)
        with pytest.raises(CourierRefused, match="not cancellable"):
            await shop.panda.cancel(booked.ref)


async def test_a_cancel_whose_answer_was_lost_has_worked(job) -> None:
    async with Shop(fail=503, fail_on="cancel", fail_after=True).open() as shop:
        booked = await shop.panda.book(job)
        assert (await shop.panda.cancel(booked.ref)).state is S.FAILED


async def test_pictures_are_there_when_their_step_is_done(job) -> None:
    async with Shop().open() as shop:
        booked = await shop.panda.book(job)
        for waypoint in (Waypoint.PICKUP, Waypoint.DROPOFF, Waypoint.RETURN):
            with pytest.raises(CourierRefused) as caught:
                await shop.panda.proof(booked.ref, waypoint, Proof.PICTURE)
            assert caught.value.code == "no_proof"
        await shop.wait_for(booked.ref, S.DELIVERED)
        assert await shop.panda.proof(booked.ref, Waypoint.PICKUP, Proof.PICTURE) == JPEG
        assert await shop.panda.proof(booked.ref, Waypoint.DROPOFF, Proof.PICTURE) == JPEG


async def test_a_door_is_changed_until_pickup(job) -> None:
    async with Shop().open() as shop:
        booked = await shop.panda.book(job)
        door = Stop(name="", phone="", address="No. 9", latitude=25.06, longitude=121.53, note="2F")
        await shop.panda.edit(booked.ref, door)
        assert (await shop.deliveries())[0]["recipient"]["location"]["address"] == "No. 9"
        await shop.wait_for(booked.ref, S.PICKED_UP)
        with pytest.raises(CourierRefused) as caught:
            await shop.panda.edit(booked.ref, door)
        assert caught.value.code == "not_updatable"


async def test_an_outlet_is_made_and_ways_begin_there(job) -> None:
    async with Shop().open(outlet="store-08") as shop:
        with pytest.raises(CourierRefused, match="Outlet not found"):
            await shop.panda.book(job)
        await shop.panda.save_outlet(job.store, city="Taipei")
        assert set(await shop.panda.outlets()) == {"practice", "store-08"}
        assert (await shop.panda.book(job)).state is S.MATCHING
