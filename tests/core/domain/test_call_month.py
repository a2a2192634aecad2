"""A simulated month: a shop that calls its drivers as it is advised, beside the two ways that need no thinking."""

from statistics import mean

import pytest

from core.domain.call_advice import TimerRules
from tests.core.domain.month import Order, Timed, Waited, month, naive


def at_accept(orders: list[Order]) -> Waited:
    return naive(orders, lambda order: order.at)


def when_ready(orders: list[Order]) -> Waited:
    return naive(orders, lambda order: order.ready_at)


@pytest.mark.parametrize(("seed", "tells_arrival"), [(1, True), (2, True), (3, True), (1, False)])
def test_drivers_and_goods_wait_less_than_in_either_naive_way(seed: int, tells_arrival: bool) -> None:
    orders = month(seed)
    shop = Timed(TimerRules(), tells_arrival=tells_arrival)
    timed, accept, ready = shop.live_through(orders), at_accept(orders), when_ready(orders)
    assert timed.both < 0.85 * accept.both  # the two together, from the first day on, learning included
    assert timed.both < 0.85 * ready.both
    assert mean(timed.driver) < 0.6 * mean(accept.driver)  # and each in the way that makes it wait
    assert mean(timed.goods) < 0.6 * mean(ready.goods)


def test_with_few_records_it_calls_when_the_goods_are_ready() -> None:
    shop, orders = Timed(TimerRules(records_needed=10_000)), month(3)[:200]
    assert shop.live_through(orders) == when_ready(orders)
    assert shop.early == 0


def test_a_shop_that_minds_waiting_drivers_more_lets_them_wait_less() -> None:
    orders = month(4)[:500]
    even, kind = (Timed(TimerRules(driver_weight=weight)).live_through(orders) for weight in (1, 4))
    assert mean(kind.driver) < mean(even.driver)
    assert mean(kind.goods) > mean(even.goods)
