"""A courier that goes down is left alone, seen by whoever looks, and tried again by itself."""

from typing import Any

import httpx

from tests.end_to_end.shop import COURIER, Shop, deliveries, eventually, trouble
from tests.end_to_end.test_every_courier import shipped


def health(shop: Shop) -> Any:
    return httpx.get(f"{shop.url}/health").json()["couriers"][COURIER]


def gauge(shop: Shop, name: str) -> float:
    lines = httpx.get(f"{shop.url}/metrics").text.splitlines()
    line = next(line for line in lines if line.startswith(f'orderbell_courier_{name}{{courier="{COURIER}"'))
    return float(line.split()[-1])


def test_an_outage_passes_and_the_driver_is_called_once(shop: Shop) -> None:
    courier = shop.simulate(speed=60)
    shop.serve()
    trouble(courier, fail="service_unavailable", fail_on="any", fail_times=None)
    shipped(shop, COURIER)
    told = eventually(lambda: health(shop), lambda one: one["circuit"] != "closed")
    assert (told["up"], told["failed"] >= 3, gauge(shop, "up")) == (False, True, 0)
    assert deliveries(courier) == []
    trouble(courier, fail="")
    told = eventually(lambda: health(shop), lambda one: one["up"])
    assert (told["circuit"], told["trouble"], gauge(shop, "up")) == ("closed", "", 1)
    shop.awaits("1042", "matching", "heading_to_store", "at_store", "picked_up", "delivered")
    assert len(deliveries(courier)) == 1
    assert health(shop)["answer_seconds"] is not None
    assert health(shop)["token_ends"] is not None


def test_doctor_tells_that_the_station_was_refused(shop: Shop) -> None:
    courier = shop.simulate(speed=60)
    shop.serve()
    trouble(courier, fail="unauthorized", fail_on="any", fail_times=None)
    shipped(shop, COURIER)
    eventually(lambda: health(shop), lambda one: one["keys_refused"])
    said = eventually(lambda: shop.here("doctor"), lambda one: f"{COURIER} at the station" in one.out)
    assert "keys refused" in said.out
    assert "Call the office" in said.out
