"""What recurs is counted, and the one place where it stands out is found (L34)."""

from datetime import timedelta

import pytest

from core.board.recurring import Incident, Recurring, Side
from core.domain.ids import ProblemId
from core.domain.money import Money
from core.domain.problem import ProblemKind
from tests.builders import TAIPEI, after
from tests.conftest import NOON

LATE, REFUSED = ProblemKind.LATE, ProblemKind.REFUSED


def incident(at: int, kind: ProblemKind = LATE, courier: str = "uber", **more: object) -> Incident:
    facts: dict[str, object] = {"opened_at": after(at), "person": "mei", "products": ("Tea",)} | more
    return Incident(problem_id=ProblemId(f"p{at}"), kind=kind, courier=courier, **facts)  # type: ignore[arg-type]


def found(*incidents: Incident) -> Recurring:
    return Recurring(days=7, until=NOON, zone=TAIPEI, incidents=incidents)


def test_each_side_counts_with_its_cost_most_often_first() -> None:
    some = (incident(1, cost=Money(500, "TWD")), incident(2, REFUSED, "panda"), incident(3, cost=Money(700, "TWD")))
    tallies = found(*some).by(Side.COURIER)
    assert [(one.value, one.count, one.cost) for one in tallies] == [
        ("uber", 2, Money(1200, "TWD")),
        ("panda", 1, None),
    ]


def test_hours_are_the_shops_and_stand_in_their_order() -> None:
    later = incident(1, opened_at=NOON + timedelta(hours=3))
    assert [one.value for one in found(later, incident(2)).by(Side.HOUR)] == ["12", "15"]


def test_an_order_with_two_products_counts_for_both() -> None:
    assert {one.value for one in found(incident(1, products=("Tea", "Cup"))).by(Side.PRODUCT)} == {"Tea", "Cup"}


def test_what_has_no_courier_counts_for_none() -> None:
    assert found(incident(1, courier="")).by(Side.COURIER) == ()


def test_a_count_leads_to_its_troubles() -> None:
    some = (incident(1), incident(2, REFUSED))
    assert found(*some).of(Side.KIND, "refused") == (some[1],)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_few_are_no_habit(count: int) -> None:
    assert found(*(incident(at) for at in range(count))).habit is None


def test_where_all_is_alike_no_place_stands_out() -> None:
    habit = found(*(incident(at) for at in range(4))).habit
    assert habit is not None
    assert (habit.kind, habit.count, habit.place) == (LATE, 4, None)


def test_the_place_with_more_than_its_share_is_named() -> None:
    late = [incident(at, courier="uber") for at in range(5)]
    other = [incident(10 + at, REFUSED, "panda") for at in range(4)]
    habit = found(*late, *other).habit
    assert habit is not None
    assert (habit.kind, habit.place, habit.value, habit.many) == (LATE, Side.COURIER, "uber", 5)
