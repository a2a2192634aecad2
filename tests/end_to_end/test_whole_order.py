"""An order from the shop's webhook to the customer's door: every word a process of its own, over the real wires."""

import time
from typing import Any

import httpx

from tests.end_to_end.shop import COURIER, Shop, deliveries, eventually, trouble
from tests.tui.cli.test_json import CONTRACT, DELIVERY, promised

WITH_DRIVER = ("heading_to_store", "at_store", "picked_up")


def ready(shop: Shop, number: str) -> None:
    """Taken in, accepted and packed."""
    assert shop.post(number).status_code == 200
    for words in (("accept", number), ("check", number, "--all"), ("ready", number)):
        said = shop.here("order", *words)
        assert said.code == 0, said.err


def test_from_the_bell_to_the_door(shop: Shop) -> None:
    courier = shop.simulate(speed=600)
    shop.serve()
    assert shop.post("1042").status_code == 200
    (new,) = shop.order("list", "--stage", "new")
    assert (new["ringing"], promised(new)) == (True, CONTRACT)
    assert shop.order("accept", "1042")["stage"] == "preparing"
    assert all(shop.order("check", "1042", "--all")["checks"].values())
    assert shop.order("ready", "1042")["stage"] == "ready"
    assert shop.order("ship", "1042", "--courier", COURIER)["stage"] == "ready"
    _hand_over(shop, shop.awaits("1042", *WITH_DRIVER))
    done = eventually(lambda: shop.look("1042"), lambda told: told["stage"] == "completed")
    assert [line["shipped"] for line in done["lines"]] == [2]
    assert [job["status"] for job in deliveries(courier)] == ["delivered"]
    assert shop.here("order", "cancel", "1042").code == 1


def test_a_held_call_that_is_taken_back_never_leaves(shop: Shop) -> None:
    shop.settings["store"]["hold_seconds"] = 8
    courier = shop.simulate(speed=1)
    shop.serve()
    ready(shop, "1042")
    shop.here("order", "ship", "1042")
    assert shop.look("1042")["send"]["kind"] == "book_courier"
    assert shop.here("order", "recall", "1042", "--json").told["send"] is None
    time.sleep(9)
    assert deliveries(courier) == []
    shop.here("order", "ship", "1042")
    shop.awaits("1042", "matching")
    assert len(deliveries(courier)) == 1


def _hand_over(shop: Shop, told: Any) -> None:
    """With the wrong waybill, then with the right one."""
    delivery = told["delivery"]
    assert [name for name in delivery if name != "ref"] == DELIVERY
    assert delivery["driver"]["name"]
    wrong = shop.here("order", "handover", "1042", "--waybill", "WRONG")
    assert (wrong.code, "[C49]" in wrong.err) == (1, True)
    right = shop.here("order", "handover", "1042", "--waybill", delivery["waybill"].lower(), "--json")
    assert right.code == 0, right.err
    assert right.told["stage"] == "out"


def test_a_search_is_recalled_and_the_next_one_is_another_job(shop: Shop) -> None:
    courier = shop.simulate(speed=1)
    shop.serve()
    ready(shop, "1042")
    shop.here("order", "ship", "1042")
    shop.awaits("1042", "matching")
    assert shop.here("order", "recall", "1042").code == 0
    told = shop.awaits("1042", "failed")
    assert told["problems"] == []
    shop.here("order", "ship", "1042")
    shop.awaits("1042", "matching")
    assert [job["status"] for job in deliveries(courier)] == ["canceled", "pending"]


def test_a_courier_event_that_is_not_signed_changes_nothing(shop: Shop) -> None:
    courier = shop.simulate(speed=1)
    shop.serve()
    ready(shop, "1042")
    shop.here("order", "ship", "1042")
    told = shop.awaits("1042", "matching")
    (job,) = deliveries(courier)
    forged = {"kind": "event.delivery_status", "delivery_id": job["id"], "status": "delivered", "data": job}
    answer = httpx.post(f"{shop.url}/couriers/{COURIER}", json=forged, headers={"x-uber-signature": "0" * 64})
    assert answer.status_code == 401
    assert shop.look("1042") == told


def test_cancelling_an_order_recalls_its_driver(shop: Shop) -> None:
    courier = shop.simulate(speed=1)
    shop.serve()
    ready(shop, "1042")
    shop.here("order", "ship", "1042")
    shop.awaits("1042", "matching")
    assert shop.here("order", "cancel", "1042", "--reason", "customer called").code == 0
    eventually(lambda: [job["status"] for job in deliveries(courier)], lambda found: found == ["canceled"])


def test_a_courier_that_asks_for_patience_is_asked_again_once(shop: Shop) -> None:
    courier = shop.simulate(speed=1)
    shop.serve()
    ready(shop, "1042")
    trouble(courier, fail="couriers_busy", fail_on="create", fail_times=1)
    shop.here("order", "ship", "1042")
    shop.awaits("1042", "matching")
    assert len(deliveries(courier)) == 1


def test_a_lost_answer_calls_no_second_driver(shop: Shop) -> None:
    courier = shop.simulate(speed=1)
    shop.serve()
    ready(shop, "1042")
    trouble(courier, fail="service_unavailable", fail_on="create", fail_times=3, fail_after=True)
    shop.here("order", "ship", "1042")
    shop.awaits("1042", "matching")
    assert len(deliveries(courier)) == 1


def test_keys_that_are_refused_are_a_problem_for_a_person(shop: Shop) -> None:
    shop.simulate(speed=1)
    shop.settings["couriers"][COURIER]["client_secret"] = "not-the-practice-secret"
    shop.write()
    station = shop.serve()
    ready(shop, "1042")
    shop.here("order", "ship", "1042")
    told = eventually(lambda: shop.look("1042"), lambda told: told["problems"])
    assert [problem["kind"] for problem in told["problems"]] == ["courier_locked_out"]
    assert "not-the-practice-secret" not in station.words + str(told)


def test_a_partial_shipment_is_used_up_over_a_restart(shop: Shop) -> None:
    station = shop.serve()
    shop.post("1042")
    assert shop.here("order", "accept", "1042").code == 0
    assert shop.order("partial", "1042", "--line", "TEA=1")["lines"][0]["shipped"] == 1
    station.kill()
    shop.serve()
    said = shop.run("order", "partial", "1042", "--line", "TEA=1")
    assert (said.code, "[C76]" in said.err) == (1, True)


def test_keyed_in_by_hand_it_is_like_any_other(shop: Shop) -> None:
    typed = "陳怡君\n0912-000-111\n台北市 1 號\nTea=2@40\n\n\ny\ny\ny\n"
    told = shop.order("enter", typed=typed)
    assert shop.order("accept", told["number"])["stage"] == "preparing"
    assert shop.run("order", "enter", typed=typed.replace("y\ny\ny\n", "y\ny\nn\n")).code == 1
    assert len(shop.here("order", "list", "--json").told) == 1


def test_every_word_of_the_courier_reaches_the_journal_once(shop: Shop) -> None:
    shop.simulate(speed=2000)
    shop.serve()
    ready(shop, "1042")
    shop.here("order", "ship", "1042")
    eventually(lambda: shop.look("1042"), lambda told: told["stage"] == "completed")
    history = shop.here("order", "show", "1042").out
    assert [line.count(": delivered") for line in history.splitlines() if line.endswith(": delivered")] == [1]
    assert shop.look("1042")["problems"] == []
