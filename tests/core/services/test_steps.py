"""A problem is one row however often it is found, and says what was found last."""

from core.domain.events import ProblemOpened
from core.domain.problem import Problem, ProblemKind
from core.services import steps
from tests.builders import purchase
from tests.core.shop import Shop

ID = purchase().order_id


def found(shop: Shop, *details: str) -> list[Problem]:
    """What is open after these were found one behind the other."""
    shop.told(purchase())
    for detail in details:
        shop.write(
            lambda uow, detail=detail: steps.open_problem(
                uow, ProblemKind.COURIER_DOWN, shop.now(), order_id=ID, detail=detail
            )
        )
    return shop.read(lambda uow: uow.problems.all_open())


def told(shop: Shop) -> list[str]:
    return [event.detail for event in shop.history(ID) if isinstance(event, ProblemOpened)]


def test_what_is_found_anew_takes_the_place_of_the_old(shop: Shop) -> None:
    (problem,) = found(shop, "uber: 503", "uber: 500")
    assert problem.detail == "uber: 500"
    assert told(shop) == ["uber: 503", "uber: 500"]


def test_the_same_found_again_is_no_news(shop: Shop) -> None:
    found(shop, "uber: 503", "uber: 503")
    assert told(shop) == ["uber: 503"]


def test_nothing_found_does_not_take_the_place_of_something(shop: Shop) -> None:
    (problem,) = found(shop, "uber: 503", "")
    assert (problem.detail, told(shop)) == ("uber: 503", ["uber: 503"])
