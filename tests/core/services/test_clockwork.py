"""Things due by time."""

import pytest

from core.domain.delivery import DeliveryState
from core.domain.ids import OrderId
from core.domain.problem import ProblemKind
from core.services import clockwork
from tests.builders import purchase
from tests.core.shop import Shop

ID = purchase().order_id


@pytest.fixture
async def searching(shop: Shop) -> Shop:
    """A driver is looked for since noon."""
    shop.make_ready()
    shop.clock.move(seconds=-5)
    shop.ship(ID)
    await shop.send()
    return shop


def tick(shop: Shop, minutes: float = 0) -> list[ProblemKind]:
    shop.clock.move(minutes=minutes)
    shop.write(lambda uow: clockwork.tick(uow, shop.now()))
    return shop.problems()


def close(shop: Shop) -> None:
    (problem,) = shop.board().problems
    shop.write(lambda uow: shop.services.care.close_problem(uow, problem.problem_id, "called support", shop.now()))


async def test_after_half_an_hour_without_a_driver_a_person_is_asked_once(searching: Shop) -> None:
    assert tick(searching, 29.9) == []
    assert tick(searching, 0.1) == [ProblemKind.NO_DRIVER]
    assert tick(searching, 1) == [ProblemKind.NO_DRIVER]
    (problem,) = searching.board().problems
    assert (problem.detail, problem.order_id) == ("uber: 30 min", ID)


async def test_a_driver_who_comes_settles_it(searching: Shop) -> None:
    tick(searching, 30)
    searching.hear(searching.courier.says(searching.courier.job("J1"), DeliveryState.HEADING_TO_STORE))
    assert tick(searching) == []
    assert searching.words(ID)[-1] == "problem_closed"


async def test_a_person_who_dealt_with_it_is_not_asked_again(searching: Shop) -> None:
    tick(searching, 30)
    close(searching)
    assert tick(searching, 5) == []


async def test_another_search_without_a_driver_is_asked_about_again(searching: Shop) -> None:
    tick(searching, 30)
    close(searching)
    job = searching.courier.job("J1")
    searching.hear(searching.courier.says(job, DeliveryState.HEADING_TO_STORE))
    searching.clock.move(minutes=5)
    searching.hear(searching.courier.says(job, DeliveryState.MATCHING))
    assert tick(searching, 29) == []
    assert tick(searching, 1) == [ProblemKind.NO_DRIVER]


async def test_a_search_that_was_called_off_lacks_nobody(searching: Shop) -> None:
    tick(searching, 30)
    searching.recall(OrderId(ID))
    await searching.send_due()
    assert tick(searching) == []
