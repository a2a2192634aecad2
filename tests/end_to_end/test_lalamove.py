"""A courier without keys of ours, through the real station: a lost answer calls no second driver."""

import time

import httpx

from tests.end_to_end.shop import Shop, deliveries, eventually, trouble
from tests.end_to_end.test_every_courier import shipped

KIND = "lalamove"
LOST = {"fail": "ERR_TIMEOUT", "fail_on": "create", "fail_after": True}


def test_a_lost_answer_is_settled_by_their_own_call(shop: Shop) -> None:
    shop.is_on_the_map()
    courier = shop.simulate(KIND, speed=1)
    shop.serve()
    trouble(courier, **LOST)
    shipped(shop, KIND)
    told = shop.awaits("1042", "matching")
    (job,) = deliveries(courier)
    assert told["delivery"]["waybill"] == job["orderId"][-5:]


def test_a_lost_answer_that_nobody_settles_is_a_problem_and_no_second_driver(shop: Shop) -> None:
    shop.is_on_the_map()
    courier = shop.simulate(KIND, speed=1)
    shop.serve()
    trouble(courier, **LOST, silent_webhooks=True)
    shipped(shop, KIND)
    eventually(lambda: shop.here("order", "show", "1042").out, lambda out: "keeps no list" in out)
    time.sleep(3)
    assert len(deliveries(courier)) == 1


def test_a_station_that_was_killed_books_nothing_twice(shop: Shop) -> None:
    shop.is_on_the_map()
    courier = shop.simulate(KIND, speed=1)
    station = shop.serve()
    trouble(courier, slow_seconds=5.0, silent_webhooks=True)
    shipped(shop, KIND)
    eventually(lambda: deliveries(courier))
    station.kill()
    trouble(courier, slow_seconds=0.0)
    shop.serve()
    eventually(lambda: shop.here("order", "show", "1042").out, lambda out: "keeps no list" in out)
    assert len(deliveries(courier)) == 1


def test_an_empty_call_is_answered_so_that_the_address_can_be_registered(shop: Shop) -> None:
    shop.simulate(KIND, speed=1)
    shop.serve()
    answers = [httpx.post(f"{shop.url}/couriers/{KIND}", content=body).status_code for body in (b"", b"{}", b" ")]
    assert answers == [200, 401, 401]
