"""Calls whose answer was lost at couriers that keep no list of our keys: only a person can say what became of them."""

import pytest

from adapters.bookings import Bookings
from core.domain.events import ProblemOpened
from core.domain.ids import CourierName
from core.domain.problem import ProblemKind
from core.domain.refusal import AlreadyCalled, JobOfAnother, NothingUnsure
from core.domain.stage import Stage
from core.store.database import Database
from tests.builders import purchase
from tests.core.fake_courier import Answer
from tests.core.shop import Shop

ID = purchase().order_id
PANDA = CourierName("panda")


async def in_doubt(database: Database, answer: Answer) -> Shop:
    """The answer was lost, the station began anew, and the courier cannot tell."""
    shop = Shop(database, others=(PANDA,))
    shop.courier.bookings = Bookings()
    shop.courier.answers(answer)
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    await shop.crash()
    for _ in range(3):
        await shop.send(61)
    assert shop.problems() == [ProblemKind.BOOKING_UNSURE]
    return shop


def settle(shop: Shop, ref: str) -> None:
    shop.write(lambda uow: shop.services.doubts.settle(uow, ID, ref, shop.now()))


async def test_nothing_is_called_while_it_is_in_doubt(sqlite: Database) -> None:
    shop = await in_doubt(sqlite, Answer.LOST)
    with pytest.raises(AlreadyCalled):
        shop.ship(ID)
    assert shop.courier.calls.count("book") == 1


async def test_the_job_a_person_names_is_taken_up(sqlite: Database) -> None:
    shop = await in_doubt(sqlite, Answer.LOST)
    settle(shop, "J1")
    await shop.send_due()
    assert (shop.delivery(ID).ref, shop.delivery(ID).is_live, shop.problems()) == ("J1", True, [])
    assert shop.open_send(ID) is None


async def test_what_never_arrived_may_be_called_anew(sqlite: Database) -> None:
    shop = await in_doubt(sqlite, Answer.DOWN)
    settle(shop, "")
    assert (shop.open_send(ID), shop.problems()) == (None, [])
    shop.ship(ID, PANDA)
    await shop.send()
    assert [(job.courier, job.ref) for job in shop.deliveries(ID)] == [(PANDA, "J1")]


async def test_a_number_that_is_not_there_leaves_it_in_doubt(sqlite: Database) -> None:
    shop = await in_doubt(sqlite, Answer.LOST)
    settle(shop, "J9")
    await shop.send_due()
    (problem,) = shop.read(lambda uow: uow.problems.all_open())
    assert problem.kind is ProblemKind.BOOKING_UNSURE
    assert "knows no job J9" in problem.detail
    assert [event.detail for event in shop.history(ID) if isinstance(event, ProblemOpened)][-1] == problem.detail
    settle(shop, "J1")
    await shop.send_due()
    assert shop.delivery(ID).ref == "J1"


async def test_a_silence_about_the_number_named_is_no_answer(sqlite: Database) -> None:
    shop = await in_doubt(sqlite, Answer.LOST)
    shop.courier.answers(Answer.DOWN)
    settle(shop, "J1")
    await shop.send_due()
    assert shop.deliveries(ID) == []
    await shop.send(61)
    assert shop.delivery(ID).ref == "J1"


async def test_a_job_of_another_call_is_not_taken_up(sqlite: Database) -> None:
    shop = await in_doubt(sqlite, Answer.LOST)
    (job,) = shop.courier.jobs.values()
    job.key = "somebody else's"
    settle(shop, "J1")
    await shop.send_due()
    assert (shop.deliveries(ID), shop.problems()) == ([], [ProblemKind.BOOKING_UNSURE])


async def test_a_job_of_another_order_is_refused_at_once(sqlite: Database) -> None:
    shop = await in_doubt(sqlite, Answer.DOWN)
    other = shop.make_ready("1043")
    shop.ship(other)
    await shop.send()
    with pytest.raises(JobOfAnother) as refused:
        settle(shop, "J1")
    assert (refused.value.found, refused.value.allowed) == ("J1", "#1043")


async def test_where_nothing_is_in_doubt_there_is_nothing_to_settle(sqlite: Database) -> None:
    shop = Shop(sqlite)
    shop.make_ready()
    shop.ship(ID)
    with pytest.raises(NothingUnsure):
        settle(shop, "")
    await shop.send()
    with pytest.raises(NothingUnsure):
        settle(shop, "J1")


async def test_the_couriers_own_letter_settles_it(sqlite: Database) -> None:
    shop = await in_doubt(sqlite, Answer.LOST)
    (job,) = shop.courier.jobs.values()
    shop.hear(shop.courier.says(job))
    assert (shop.delivery(ID).ref, shop.problems(), shop.open_send(ID)) == ("J1", [], None)


async def test_one_called_off_meanwhile_is_recalled_when_it_is_named(sqlite: Database) -> None:
    shop = await in_doubt(sqlite, Answer.LOST)
    shop.recall(ID)
    settle(shop, "J1")
    await shop.send_due()
    await shop.send_due()
    assert (shop.courier.live(), shop.order(ID).stage) == ([], Stage.READY)


async def test_a_driver_who_comes_of_a_call_that_never_arrived_is_taken_up(sqlite: Database) -> None:
    shop = await in_doubt(sqlite, Answer.LOST)
    settle(shop, "")
    (job,) = shop.courier.jobs.values()
    shop.hear(shop.courier.says(job))
    assert (shop.delivery(ID).ref, shop.delivery(ID).is_live) == ("J1", True)


async def test_he_takes_the_place_of_a_call_that_has_not_left(sqlite: Database) -> None:
    shop = await in_doubt(sqlite, Answer.LOST)
    settle(shop, "")
    shop.ship(ID, PANDA)
    (job,) = shop.courier.jobs.values()
    shop.hear(shop.courier.says(job))
    assert (shop.delivery(ID).ref, shop.open_send(ID)) == ("J1", None)
    await shop.send()
    assert shop.couriers[PANDA].jobs == {}


async def test_he_is_recalled_where_another_call_has_left(sqlite: Database) -> None:
    shop = await in_doubt(sqlite, Answer.LOST)
    settle(shop, "")
    shop.ship(ID, PANDA)
    await shop.send()
    (job,) = shop.courier.jobs.values()
    shop.hear(shop.courier.says(job))
    shop.hear(shop.courier.says(job))
    await shop.send_due()
    assert shop.courier.live() == []
    assert [job.ref for job in shop.couriers[PANDA].live()] == ["J1"]
    shop.hear(shop.courier.says(job))
    assert shop.open_send(ID) is None


async def test_he_is_recalled_where_the_order_is_off_and_the_other_is_too(sqlite: Database) -> None:
    shop = await in_doubt(sqlite, Answer.LOST)
    settle(shop, "")
    shop.ship(ID, PANDA)
    await shop.send()
    (job,) = shop.courier.jobs.values()
    shop.couriers[PANDA].answers(Answer.DOWN)
    shop.cancel(ID)
    shop.hear(shop.courier.says(job))
    await shop.send_due()
    await shop.send(5)
    assert [courier.live() for courier in shop.couriers.values()] == [[], []]


async def test_without_the_courier_in_the_config_it_stays_in_doubt(sqlite: Database) -> None:
    shop = await in_doubt(sqlite, Answer.LOST)
    del shop.couriers[shop.courier.name]
    await shop.send(61)
    assert (shop.open_send(ID) is not None, shop.problems()) == (True, [ProblemKind.BOOKING_UNSURE])
