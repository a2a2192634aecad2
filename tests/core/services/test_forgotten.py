"""A courier that says 200 and forgets: believed lost when it says twice that it knows no such job."""

import pytest

from adapters.bookings import Bookings
from core.domain.delivery import DeliveryState
from core.domain.problem import ProblemKind
from core.domain.search import SearchRules
from core.services.strays import LOST
from core.services.watching import Watching
from core.store.database import Database
from tests.builders import purchase
from tests.core.fake_courier import Answer, FakeJob
from tests.core.shop import Shop

ID = purchase().order_id
S = DeliveryState


class Case:
    """A job that its courier forgets."""

    def __init__(self, database: Database, search: SearchRules | None = None) -> None:
        self.shop = Shop(database, search=search)
        self.shop.make_ready()
        self.watching = Watching(self.shop.writer, self.shop.couriers, self.shop.journeys, self.shop.clock)

    async def call(self) -> FakeJob:
        self.shop.ship(ID)
        await self.shop.send()
        (job,) = self.shop.courier.live()
        return job

    async def look(self, seconds: float = 31) -> DeliveryState:
        self.shop.clock.move(seconds=seconds)
        await self.watching.look(self.shop.read(lambda uow: uow.deliveries.live()))
        return self.shop.delivery(ID).state


@pytest.fixture
def case(sqlite: Database) -> Case:
    return Case(sqlite)


@pytest.mark.parametrize("keyless", [False, True])
async def test_once_is_not_enough_and_twice_is(case: Case, keyless: bool) -> None:
    case.shop.courier.bookings = Bookings() if keyless else None
    job = await case.call()
    case.shop.courier.forget(job)
    assert [await case.look() for _ in range(2)] == [S.MATCHING, S.MATCHING]
    assert await case.look() is S.FAILED
    assert (case.shop.delivery(ID).word, case.shop.problems()) == (LOST, [ProblemKind.DRIVER_CANCELLED])


async def test_a_word_between_begins_it_anew(case: Case) -> None:
    job = await case.call()
    kept = dict(case.shop.courier.jobs)
    case.shop.courier.forget(job)
    await case.look()
    case.shop.courier.jobs = kept
    await case.look()
    case.shop.courier.forget(job)
    assert [await case.look() for _ in range(2)] == [S.MATCHING, S.MATCHING]


async def test_silence_about_our_key_keeps_it(case: Case) -> None:
    job = await case.call()
    case.shop.courier.forget(job)
    await case.look()
    case.shop.courier.answers(Answer.GOOD, Answer.DOWN)
    assert await case.look(60) is S.MATCHING


async def test_a_job_known_under_our_key_is_not_lost(case: Case) -> None:
    job = await case.call()
    case.shop.courier.forget(job)
    await case.look()
    job.ref = "renamed"
    case.shop.courier.jobs[job.key] = job
    assert await case.look(60) is S.MATCHING


async def test_it_is_called_again_where_the_store_wants_that(sqlite: Database) -> None:
    case = Case(sqlite, SearchRules(calls_most=1))
    case.shop.courier.forget(await case.call())
    for _ in range(3):
        await case.look()
    await case.shop.send_due()
    assert [job.ref for job in case.shop.courier.live()] == ["J2"]


async def lost(case: Case) -> FakeJob:
    job = await case.call()
    case.shop.courier.forget(job)
    for _ in range(3):
        await case.look()
    assert case.shop.delivery(ID).state is S.FAILED
    return job


async def test_a_driver_who_comes_of_it_all_the_same_is_taken_up_again(case: Case) -> None:
    job = await lost(case)
    case.shop.clock.move(minutes=1)
    case.shop.hear(case.shop.courier.says(job, S.HEADING_TO_STORE))
    assert (case.shop.delivery(ID).state, case.shop.problems()) == (S.HEADING_TO_STORE, [])


async def test_he_is_recalled_where_another_was_called(case: Case) -> None:
    job = await lost(case)
    case.shop.ship(ID)
    await case.shop.send()
    case.shop.courier.jobs["again"] = job
    case.shop.clock.move(minutes=1)
    case.shop.hear(case.shop.courier.says(job))
    await case.shop.send_due()
    assert [one.ref for one in case.shop.courier.live()] == ["J2"]


async def test_a_word_from_before_it_was_lost_changes_nothing(case: Case) -> None:
    job = await case.call()
    early = case.shop.courier.says(job)
    case.shop.courier.forget(job)
    for _ in range(3):
        await case.look()
    case.shop.hear(early)
    assert case.shop.delivery(ID).state is S.FAILED


async def test_a_recall_of_a_job_nobody_knows_is_done_when_that_is_said_twice(case: Case) -> None:
    job = await case.call()
    case.shop.courier.forget(job)
    case.shop.recall(ID)
    await case.shop.send_due()
    assert case.shop.delivery(ID).is_live
    await case.shop.send(61)
    assert (case.shop.delivery(ID).is_live, case.shop.open_send(ID), case.shop.problems()) == (False, None, [])


@pytest.mark.parametrize(("state", "kept"), [(S.RETURNING, S.RETURNING), (S.RETURNED, S.RETURNED)])
async def test_goods_come_back_from_a_way_that_failed(case: Case, state: S, kept: S) -> None:
    job = await case.call()
    for step in (S.PICKED_UP, S.FAILED, state):
        case.shop.clock.move(minutes=1)
        case.shop.hear(case.shop.courier.says(job, step))
    assert (case.shop.delivery(ID).state, case.shop.problems()) == (kept, [ProblemKind.GOODS_RETURNING])


async def test_goods_that_come_back_beside_another_driver_are_told_to_a_person(case: Case) -> None:
    job = await case.call()
    case.shop.clock.move(minutes=1)
    case.shop.hear(case.shop.courier.says(job, S.FAILED))
    case.shop.ship(ID)
    await case.shop.send()
    case.shop.clock.move(minutes=1)
    case.shop.hear(case.shop.courier.says(job, S.RETURNING))
    assert ProblemKind.GOODS_RETURNING in case.shop.problems()
    assert [one.state for one in case.shop.deliveries(ID)] == [S.MATCHING, S.FAILED]
