"""A courier whose jobs bear our own numbers, through the real station: a lost answer is looked up, never guessed."""

import pytest

from tests.end_to_end.shop import Shop, deliveries, eventually, trouble
from tests.end_to_end.test_every_courier import shipped

KIND = "doordash_drive"


@pytest.mark.parametrize("arrived", [True, False])
def test_after_every_answer_was_lost_there_is_one_driver(shop: Shop, arrived: bool) -> None:
    courier = shop.simulate(KIND, speed=1)
    shop.serve()
    trouble(courier, fail="service_fault", fail_on="create", fail_times=3, fail_after=arrived, silent_webhooks=True)
    shipped(shop, KIND)
    told = shop.awaits("1042", "matching")
    (job,) = deliveries(courier)
    assert told["delivery"]["waybill"] == job["pickup_reference_tag"]


def test_a_station_that_was_killed_books_nothing_twice(shop: Shop) -> None:
    courier = shop.simulate(KIND, speed=1)
    station = shop.serve()
    trouble(courier, slow_seconds=5.0, silent_webhooks=True)
    shipped(shop, KIND)
    eventually(lambda: deliveries(courier))
    station.kill()
    trouble(courier, slow_seconds=0.0)
    shop.serve()
    shop.awaits("1042", "matching")
    assert len(deliveries(courier)) == 1


def test_keys_that_are_refused_call_for_a_person(shop: Shop) -> None:
    courier = shop.simulate(KIND, speed=1)
    shop.settings["couriers"][KIND]["key_id"] = "another"
    shop.write()
    shop.serve()
    shipped(shop, KIND)
    eventually(lambda: shop.here("order", "show", "1042").out, lambda out: "authentication_error" in out)
    assert "courier_locked_out" in str(shop.look("1042")["problems"])
    assert deliveries(courier) == []
