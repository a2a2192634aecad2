"""Each courier that can be simulated, from the shop's webhook to the customer's door: real processes, real wires."""

from typing import Any

import pytest

from adapters import registry
from tests.end_to_end.shop import Shop, deliveries, eventually

KINDS = registry.simulated_kinds()
WITH_DRIVER = ("heading_to_store", "at_store", "picked_up")
CUSTOMER = {
    "name": "陳怡君",
    "phone": "0912-000-111",
    "address": "台北市大安區忠孝東路 2 號",
    "latitude": 25.0416,
    "longitude": 121.5436,
}


def shipped(shop: Shop, kind: str, number: str = "1042") -> None:
    """Taken in, accepted, packed, and a driver called."""
    assert shop.post(number, customer=CUSTOMER).status_code == 200
    words = (("accept", number), ("check", number, "--all"), ("ready", number), ("ship", number, "--courier", kind))
    for said in (shop.here("order", *each) for each in words):
        assert said.code == 0, said.err


def handed_over(shop: Shop, told: Any, number: str = "1042") -> None:
    """By the number the driver reads out."""
    said = shop.here("order", "handover", number, "--waybill", told["delivery"]["waybill"])
    assert said.code == 0, said.err


@pytest.mark.parametrize("kind", KINDS)
def test_a_driver_comes_takes_the_goods_and_brings_them(shop: Shop, kind: str) -> None:
    shop.is_on_the_map()
    courier = shop.simulate(kind, speed=600)
    shop.serve()
    shipped(shop, kind)
    handed_over(shop, shop.awaits("1042", *WITH_DRIVER))
    done = eventually(lambda: shop.look("1042"), lambda told: told["stage"] == "completed")
    assert (done["delivery"]["state"], done["delivery"]["driver"]["name"] != "") == ("delivered", True)
    assert done["delivery"]["fee"]
    assert len(deliveries(courier)) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_search_is_recalled_and_the_next_one_is_another_job(shop: Shop, kind: str) -> None:
    shop.is_on_the_map()
    courier = shop.simulate(kind, speed=1)
    shop.serve()
    shipped(shop, kind)
    shop.awaits("1042", "matching")
    assert shop.here("order", "recall", "1042").code == 0
    assert shop.awaits("1042", "failed")["problems"] == []
    assert shop.here("order", "ship", "1042", "--courier", kind).code == 0
    shop.awaits("1042", "matching")
    assert len(deliveries(courier)) == 2
