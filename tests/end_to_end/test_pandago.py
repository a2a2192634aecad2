"""pandago and its simulator through the real station: every word a process of its own, over the real wire."""

import httpx

from tests.end_to_end.shop import Shop, deliveries, eventually, trouble
from tests.end_to_end.test_whole_order import WITH_DRIVER, ready

KIND = "pandago"


def statuses(courier: str) -> list[str]:
    return [job["status"] for job in deliveries(courier)]


def test_from_the_counter_to_the_door(shop: Shop) -> None:
    courier = shop.simulate(speed=400, kind=KIND)
    shop.serve()
    ready(shop, "1042")
    assert shop.order("ship", "1042", "--courier", KIND)["stage"] == "ready"
    delivery = shop.awaits("1042", *WITH_DRIVER)["delivery"]
    assert (delivery["courier"], delivery["driver"]["name"] != "") == (KIND, True)
    right = shop.here("order", "handover", "1042", "--waybill", delivery["waybill"].upper(), "--json")
    assert right.code == 0, right.err
    done = eventually(lambda: shop.look("1042"), lambda told: told["stage"] == "completed")
    assert (done["delivery"]["state"], done["problems"]) == ("delivered", [])
    assert statuses(courier) == ["DELIVERED"]


def test_a_lost_answer_calls_no_second_driver(shop: Shop) -> None:
    courier = shop.simulate(speed=30, kind=KIND)
    shop.serve()
    ready(shop, "1042")
    trouble(courier, fail=504, fail_on="create", fail_after=True)
    shop.here("order", "ship", "1042")
    assert shop.awaits("1042", "matching", *WITH_DRIVER)["delivery"]["waybill"] == deliveries(courier)[0]["order_id"]
    assert len(deliveries(courier)) == 1


def test_cancelling_an_order_ends_the_search(shop: Shop) -> None:
    courier = shop.simulate(speed=1, kind=KIND)
    shop.serve()
    ready(shop, "1042")
    shop.here("order", "ship", "1042")
    shop.awaits("1042", "matching")
    assert shop.here("order", "cancel", "1042", "--reason", "customer called").code == 0
    eventually(lambda: statuses(courier), lambda found: found == ["CANCELLED"])


def test_a_callback_that_is_not_signed_changes_nothing(shop: Shop) -> None:
    courier = shop.simulate(speed=1, kind=KIND)
    shop.serve()
    ready(shop, "1042")
    shop.here("order", "ship", "1042")
    shop.awaits("1042", "matching")
    forged = deliveries(courier)[0] | {"status": "DELIVERED", "updated_at": 2_000_000_000}
    for headers in ({}, {"X-Signature-SHA256": "0" * 64}):
        assert httpx.post(f"{shop.url}/couriers/{KIND}", json=forged, headers=headers).status_code == 401
    assert shop.look("1042")["delivery"]["state"] == "matching"


def test_keys_that_are_refused_are_a_problem_for_a_person(shop: Shop) -> None:
    shop.simulate(speed=1, kind=KIND)
    shop.settings["couriers"][KIND]["key_id"] = "not-the-practice-key"
    shop.write()
    station = shop.serve()
    ready(shop, "1042")
    shop.here("order", "ship", "1042")
    told = eventually(lambda: shop.look("1042"), lambda told: told["problems"])
    assert [problem["kind"] for problem in told["problems"]] == ["courier_locked_out"]
    assert "PRIVATE" not in station.words + str(told)


def test_a_key_that_is_none_is_named_without_being_repeated(shop: Shop) -> None:
    shop.settings["couriers"] = {KIND: {"kind": KIND, "client_id": "c", "key_id": "k", "private_key": "hidden-words"}}
    shop.write()
    said = shop.run("serve")
    assert said.code == 3
    assert f"couriers.{KIND}.private_key" in said.err
    assert "RSA" in said.err
    assert "hidden-words" not in said.err
