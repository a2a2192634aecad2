"""Minutes that drivers and goods waited for each other."""

import pytest

from core.board.report import shift_report
from core.board.waits import Taking, Waits, waits
from tests.builders import after, delivery, minutes, ready


def test_who_came_first_waited_for_the_other() -> None:
    early = Taking(came_at=after(0), ready_at=after(4), taken_at=after(5))
    late = Taking(came_at=after(9), ready_at=after(4), taken_at=after(10))
    assert waits([early, late]) == Waits(driver=minutes(3), drivers=2, goods=minutes(3.5), orders=2)


@pytest.mark.parametrize(("handed", "taken", "span"), [(3, 5, 3), (5, 3, 3), (3, None, 3), (None, 5, 5)])
def test_it_ends_with_whoever_says_first_that_goods_changed_hands(
    handed: float | None, taken: float | None, span: float
) -> None:
    one = Taking(
        came_at=after(0),
        handed_at=None if handed is None else after(handed),
        taken_at=None if taken is None else after(taken),
    )
    assert waits([one]).driver == minutes(span)


def test_what_nobody_told_is_not_counted() -> None:
    still_here, never_came = Taking(came_at=after(0), ready_at=after(0)), Taking(ready_at=after(0), taken_at=after(8))
    assert waits([still_here, never_came]) == Waits(goods=minutes(8), orders=1)
    assert waits([]) == Waits()


def test_nobody_waits_less_than_not_at_all() -> None:
    assert waits([Taking(came_at=after(6), ready_at=after(7), taken_at=after(5))]).driver == minutes(0)


def test_a_shift_tells_both() -> None:
    order = ready()  # eight minutes past noon
    job = delivery(order_id=order.id, at_store_at=after(6), picked_up_at=after(10), handed_over_at=after(9))
    told = shift_report([order], [job], [])
    assert (told.driver_wait, told.driver_waits) == (minutes(3), 1)
    assert (told.goods_wait, told.goods_waits) == (minutes(1), 1)
