"""Stuart's adapter before its simulator over a real port: ways, lost answers, and what is UNSURE either way."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.couriers import stuart
from adapters.simulators.marks import NO_DRIVER_MARK
from adapters.simulators.stuart import StuartSimulator, Troubles
from core.domain.delivery import DeliveryState, Report
from core.ports.courier import CourierDown, CourierLockedOut, CourierRefused, Proof, Waypoint
from tests.adapters.couriers.conftest import KEY, NOW
from tests.adapters.couriers.practice import PracticeShop

S = DeliveryState
WAY = [S.MATCHING, S.HEADING_TO_STORE, S.AT_STORE, S.PICKED_UP, S.DELIVERED]
STEP = 1.0  # minutes


class Shop(PracticeShop):
    """Stuart's way is walked by our key."""

    name, adapter = "stu", stuart
    simulator, troubles = StuartSimulator, Troubles
    step = STEP

    async def wait_for(self, state: DeliveryState) -> Report:  # type: ignore[override]
        return await super().wait_for(KEY, state)

    async def jobs(self) -> list[str]:
        told = await self.deliveries()
        return [delivery["client_reference"] for job in told for delivery in job["deliveries"]]


async def test_a_way_from_quote_to_door(job) -> None:
    async with Shop().open() as shop:
        quote = await shop.stu.quote(job)
        booked = await shop.stu.book(job, quote)
        assert (booked.fee, booked.state, booked.our_key, booked.ref) == (quote.fee, S.MATCHING, KEY, KEY)
        done = await shop.wait_for(S.DELIVERED)
        assert (shop.states(), shop.refused, shop.ignored) == (WAY, 0, [])
        assert {report.waybill for report in shop.reports} == {done.waybill} == {booked.waybill} == {"1042-5F0C"}


async def test_the_same_way_without_a_letter(job) -> None:
    async with Shop(silent_webhooks=True).open() as shop:
        await shop.stu.book(job)
        for state in WAY:
            await shop.wait_for(state)
        assert shop.reports == []


async def test_the_same_way_in_the_newer_words(job) -> None:
    async with Shop(package_events=True).open() as shop:
        await shop.stu.book(job)
        await shop.wait_for(S.DELIVERED)
        assert shop.states() == WAY


async def test_letters_and_answers_name_the_same_driver(job) -> None:
    async with Shop().open() as shop:
        await shop.stu.book(job)
        read = await shop.wait_for(S.HEADING_TO_STORE)
        heard = shop.reports[-1].driver
        assert (heard.phone, heard.vehicle) == (read.driver.phone, read.driver.vehicle)
        assert heard.name.startswith(read.driver.name.split()[0])


async def test_a_hidden_number_is_asked_for(job) -> None:
    async with Shop(hidden_phone=True).open() as shop:
        await shop.stu.book(job)
        assert (await shop.wait_for(S.HEADING_TO_STORE)).driver.phone.startswith("+3365500")


async def test_a_driver_is_seen_to_move(job) -> None:
    async with Shop().open() as shop:
        await shop.stu.book(job)
        await shop.wait_for(S.DELIVERED)
        places = {(report.place.latitude, report.place.longitude) for report in shop.reports if report.place}
        assert len(places) > 4


async def test_who_gives_up_is_replaced(job) -> None:
    async with Shop(courier_drop=True).open() as shop:
        await shop.stu.book(job)
        await shop.wait_for(S.DELIVERED)
        assert shop.states() == [S.MATCHING, S.HEADING_TO_STORE, *WAY]


async def test_letters_out_of_turn_end_at_the_door_all_the_same(job, fold) -> None:
    async with Shop(reordered_events=True, duplicate_events=True).open() as shop:
        booked = await shop.stu.book(job)
        await shop.wait_for(S.DELIVERED)
        assert fold(booked, shop.reports).state is S.DELIVERED


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [("canceled_by_stuart", "technical_issue"), ("undeliverable", "end-customer_unreachable")],
)
async def test_what_comes_to_nothing_says_why(job, trouble, reason) -> None:
    async with Shop(**{trouble: True}).open() as shop:
        await shop.stu.book(job)
        assert (await shop.wait_for(S.FAILED)).reason == reason
        assert shop.reports[-1].state is S.FAILED


async def test_nobody_comes_for_a_marked_one(make_job) -> None:
    async with Shop().open() as shop:
        job = make_job()
        await shop.stu.book(replace(job, door=replace(job.door, note=NO_DRIVER_MARK)))
        report = await shop.wait_for(S.FAILED)
        assert (report.word, report.reason) == ("expired", "no_supply")


async def test_a_job_for_later_waits(make_job) -> None:
    async with Shop().open() as shop:
        await shop.stu.book(make_job(ready_at=NOW + timedelta(hours=3)))
        assert (await shop.stu.read(KEY)).state is S.MATCHING
        await shop.wait(90)
        assert (await shop.stu.read(KEY)).driver is None


async def test_a_search_is_ended_and_again(job) -> None:
    async with Shop().open() as shop:
        await shop.stu.book(job)
        for _ in range(2):
            assert (await shop.stu.cancel(KEY, "package_not_ready")).state is S.FAILED
        read = await shop.stu.read(KEY)
        assert (read.state, read.reason) == (S.FAILED, "package_not_ready package_not_ready")


async def test_after_pickup_it_is_too_late(job) -> None:
    async with Shop().open() as shop:
        await shop.stu.book(job)
        await shop.wait_for(S.PICKED_UP)
        with pytest.raises(CourierRefused, match="CANCELLATION_NOT_ALLOWED"):
            await shop.stu.cancel(KEY)


async def test_proofs_are_there_at_the_end(job) -> None:
    async with Shop().open() as shop:
        await shop.stu.book(job)
        with pytest.raises(CourierRefused):
            await shop.stu.proof(KEY, Waypoint.DROPOFF, Proof.SIGNATURE)
        await shop.wait_for(S.DELIVERED)
        pictures = [await shop.stu.proof(KEY, Waypoint.DROPOFF, kind) for kind in (Proof.SIGNATURE, Proof.PICTURE)]
        assert pictures[0] != pictures[1]


# Lost answers


@pytest.mark.parametrize("arrived", [True, False])
@pytest.mark.parametrize("known", [True, False])
async def test_after_a_lost_answer_there_is_one_job(job, arrived, known) -> None:
    async with Shop(fail="SERVER_ERROR", fail_on="create", fail_after=arrived).open() as shop:
        with pytest.raises(CourierDown):
            await shop.stu.book(job)
        courier = shop.stu if known else shop.courier()
        found = await courier.find(KEY)
        assert (found is not None) is arrived
        assert (await courier.book(job)).waybill == "1042-5F0C"
        assert await shop.jobs() == [KEY]
        if not known:
            await courier.close()


@pytest.mark.parametrize("unsure", ["unfiltered_lists", "wrapped_lists", "repeated_references"])
async def test_whichever_way_it_is_there_is_one_job(job, unsure) -> None:
    async with Shop(fail="SERVER_ERROR", fail_on="create", fail_after=True, **{unsure: True}).open() as shop:
        with pytest.raises(CourierDown):
            await shop.stu.book(job)
        assert (await shop.stu.book(job)).state is S.MATCHING
        assert await shop.jobs() == [KEY]


async def test_a_second_station_meets_the_reference(job) -> None:
    async with Shop().open() as shop:
        await shop.stu.book(job)
        other = shop.courier()
        assert (await other.book(job)).ref == KEY
        assert await shop.jobs() == [KEY]
        await other.close()


# Put together with another


async def test_a_stacked_job_is_followed_and_never_lost(job, fold) -> None:
    async with Shop(stacked=True).open() as shop:
        booked = await shop.stu.book(job)
        seen = {booked.state}
        while (report := await shop.stu.read(KEY)).state is not S.DELIVERED:
            seen.add(report.state)
            await shop.wait(STEP / 4)
        assert S.FAILED not in seen
        assert fold(booked, shop.reports).state is S.DELIVERED


async def test_of_a_stacked_job_only_our_part_is_called_off(job) -> None:
    async with Shop(stacked=True).open() as shop:
        await shop.stu.book(job)
        while len(await shop.jobs()) < 3:
            await shop.wait(STEP)
        assert (await shop.stu.cancel(KEY)).state is S.FAILED
        told = (await shop.ask("GET", "/_sim/deliveries")).json()["deliveries"][-1]["deliveries"]
        statuses = {delivery["client_reference"]: delivery["status"] for delivery in told}
        assert statuses == {KEY: "cancelled", "theirs": "pending"}
        assert (await shop.stu.read(KEY)).state is S.FAILED


# Keys


async def test_a_forgotten_token_is_asked_for_anew(job) -> None:
    async with Shop().open() as shop:
        await shop.stu.book(job)
        assert (await shop.ask("POST", "/_sim/forget_tokens")).status_code == 204
        assert (await shop.stu.read(KEY)).state is S.MATCHING


@pytest.mark.parametrize("wrong", [{"client_id": "another"}, {"client_secret": "another"}])
async def test_wrong_keys_lock_us_out(job, wrong) -> None:
    async with Shop().open(**wrong) as shop:
        with pytest.raises(CourierLockedOut, match="invalid_client"):
            await shop.stu.book(job)
        assert await shop.jobs() == []


async def test_a_header_that_is_not_ours_is_turned_away(job) -> None:
    async with Shop().open(webhook_secret="another") as shop:
        await shop.stu.book(job)
        await shop.wait(1)
        assert (shop.reports, shop.refused > 0) == ([], True)


async def test_a_token_in_the_url_does_as_well(job) -> None:
    async with Shop().open(webhook_secret="another") as shop:
        shop.sim.webhook_url += "?token=another"
        await shop.stu.book(job)
        await shop.wait(1)
        assert (shop.refused, shop.states()) == (0, [S.MATCHING])
