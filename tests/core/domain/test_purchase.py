"""What was bought: counts, weights and what carries on from one telling to the next."""

import pytest

from core.domain.job import Job, JobItem, Stop
from core.domain.limits import CourierLimits
from core.domain.money import Money
from core.domain.payment import Payment, is_gone, is_received
from tests.builders import line, purchase


def test_pieces_count_gifts_too() -> None:
    assert purchase(lines=(line("1", 3), line("2", 2, is_gift=True))).pieces == 5


def test_weight_is_counted_by_the_piece() -> None:
    assert purchase(lines=(line("1", 3, weight_g=500), line("2", 2, weight_g=0))).weight_g == 1500


@pytest.mark.parametrize("lines", [(), (line("1", 1), line("2", 1, weight_g=None))])
def test_one_unknown_weight_makes_the_sum_unknown(lines: tuple) -> None:  # type: ignore[type-arg]
    assert purchase(lines=lines).weight_g is None


def test_a_job_weighs_what_its_pieces_weigh() -> None:
    stop = Stop(name="", phone="", address="")
    items = (JobItem(name="a", quantity=2, weight_g=300), JobItem(name="b", quantity=1, weight_g=1))
    job = Job(
        order_id=purchase().order_id, key="k", number="1", store=stop, door=stop, items=items, value=Money(1, "TWD")
    )
    assert job.weight_g == 601


@pytest.mark.parametrize(
    ("most", "weight", "can"),
    [(13_000, 13_000, True), (13_000, 13_001, False), (13_000, None, True), (None, 99_999, True)],
)
def test_a_courier_lifts_what_it_says(most: int | None, weight: int | None, can: bool) -> None:
    assert CourierLimits(max_weight_g=most).can_lift(weight) is can


def test_money_has_arrived_or_is_gone_but_never_both() -> None:
    assert {payment for payment in Payment if is_received(payment)} == {Payment.PAID, Payment.PART_REFUNDED}
    assert {payment for payment in Payment if is_gone(payment)} == {Payment.REFUNDED, Payment.VOID}


def test_what_the_shop_did_to_a_line_carries_on() -> None:
    earlier = (line("1", 2, picked=2, shipped=1, refunded=1), line("9", 1, picked=1))
    (first, second) = purchase(lines=(line("1", 5), line("2", 1))).carrying_on(earlier).lines
    assert (first.quantity, first.picked, first.shipped, first.refunded) == (5, 2, 1, 1)
    assert (second.picked, second.shipped) == (0, 0)
