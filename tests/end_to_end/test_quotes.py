"""Live quotes of every courier there is a simulator for: real processes, real wires, one of them slow."""

from typing import Any

import pytest

from adapters import registry
from tests.end_to_end.shop import Shop, deliveries, trouble
from tests.end_to_end.test_every_courier import CUSTOMER

KINDS = registry.simulated_kinds()
LIMIT = 9.0  # seconds: time enough for good answers on a slow machine, too little for our own patience with a call
LATER = 600.0  # seconds
SLOW = "uber_direct"


@pytest.fixture
def town(shop: Shop) -> dict[str, str]:
    """Where each simulator is; the order 1042 is packed."""
    shop.is_on_the_map()
    shop.settings["dispatch"] = {"policy": "cheapest", "quote_seconds": LIMIT}
    bases = shop.simulate_all(speed=1)
    shop.serve()
    assert shop.post("1042", customer=CUSTOMER).status_code == 200
    for words in (("accept", "1042"), ("check", "1042", "--all"), ("ready", "1042")):
        assert shop.here("order", *words).code == 0
    return bases


def quotes(shop: Shop) -> tuple[dict[str, Any], Any]:
    """Each courier's offer, and the choice."""
    said = shop.here("order", "quotes", "1042", "--json")
    assert said.code == 0, said.err
    return {offer["courier"]: offer for offer in said.told["offers"]}, said.told["choice"]


def test_every_courier_tells_its_price_and_none_is_booked(shop: Shop, town: dict[str, str]) -> None:
    offers, choice = quotes(shop)
    assert {kind: offer["answer"] for kind, offer in offers.items()} == dict.fromkeys(KINDS, "quoted")
    ours = {kind: float(offer["fee"]) for kind, offer in offers.items() if offer["currency"] == "TWD"}
    assert choice["courier"] == min(ours, key=lambda kind: ours[kind])
    assert [deliveries(base) for base in town.values()] == [[]] * len(town)


def test_a_slow_courier_holds_none_of_the_others(shop: Shop, town: dict[str, str]) -> None:
    trouble(town[SLOW], slow_seconds=LATER)
    offers, choice = quotes(shop)
    assert offers.pop(SLOW)["answer"] == "late"
    assert {offer["answer"] for offer in offers.values()} == {"quoted"}
    assert choice["courier"] in offers


def test_the_cheapest_is_called_and_the_reason_is_kept(shop: Shop, town: dict[str, str]) -> None:
    _, choice = quotes(shop)
    assert shop.here("order", "ship", "1042").code == 0
    told = shop.awaits("1042", "matching", "heading_to_store")
    assert told["delivery"]["courier"] == choice["courier"]
    assert len(deliveries(town[choice["courier"]])) == 1
    assert "cheapest: " in shop.here("order", "show", "1042").out
