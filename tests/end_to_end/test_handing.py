"""Proofs kept and goods taken back, through the real station and a courier's real wire."""

import stat
from pathlib import Path
from typing import Any

import pytest

from adapters.simulators.jpeg import JPEG
from adapters.simulators.png import png
from tests.end_to_end.shop import COURIER, Shop, eventually, trouble
from tests.end_to_end.test_whole_order import WITH_DRIVER, ready

PICTURES = {COURIER: png(40, 120, 40), "pandago": JPEG}  # Uber's of the PIN that was typed


def called(shop: Shop, kind: str) -> Any:
    """A driver comes for a packed order; how it stands then."""
    ready(shop, "1042")
    assert shop.here("order", "ship", "1042", "--courier", kind).code == 0
    return shop.awaits("1042", *WITH_DRIVER, "delivered")["delivery"]


def proofs(shop: Shop, waypoint: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = shop.here("order", "proof", "1042", "--json").told
    return [proof for proof in told if proof["waypoint"] == waypoint]


@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_the_proof_of_a_delivery_is_kept_as_the_courier_has_it(shop: Shop, kind: str) -> None:
    shop.simulate(kind, speed=600)
    shop.serve()
    waybill = called(shop, kind)["waybill"]
    assert shop.here("order", "handover", "1042", "--waybill", f"https://drivers.example/d/{waybill.lower()}").code == 0
    (kept,) = eventually(lambda: proofs(shop, "dropoff"), lambda found: [one["state"] for one in found] == ["kept"])
    file = Path(kept["file"])
    assert file.read_bytes() == PICTURES[kind]
    assert (file.is_relative_to(shop.data / "proofs"), stat.S_IMODE(file.stat().st_mode)) == (True, 0o600)
    assert kept["bytes"] == len(PICTURES[kind])
    assert str(file) in shop.here("order", "proof", "1042").out
    assert f"kept ({len(PICTURES[kind])} B)" in shop.here("order", "show", "1042").out


@pytest.mark.parametrize(("lie", "reason"), [("html", "no picture"), ("cut", "cut short"), ("huge", "too large")])
def test_what_is_no_picture_is_not_kept_and_the_reason_is_said(shop: Shop, lie: str, reason: str) -> None:
    courier = shop.simulate(speed=600)
    trouble(courier, bad_proof=lie)
    shop.serve()
    called(shop, COURIER)
    (seen,) = eventually(lambda: proofs(shop, "dropoff"), lambda found: found and found[0]["reason"])
    assert (reason in seen["reason"], seen["file"]) == (True, None)
    assert reason in shop.here("order", "proof", "1042").out
    assert not list(shop.data.rglob("*dropoff*"))


def test_a_proof_is_fetched_by_the_next_station_when_this_one_dies(shop: Shop) -> None:
    courier = shop.simulate(speed=600)
    trouble(courier, fail="service_unavailable", fail_on="proof", fail_times=None)
    station = shop.serve()
    called(shop, COURIER)
    eventually(lambda: proofs(shop, "dropoff"), lambda found: found and found[0]["reason"])
    station.kill()
    trouble(courier, fail="", fail_times=1)
    shop.serve()
    (kept,) = eventually(lambda: proofs(shop, "dropoff"), lambda found: [one["state"] for one in found] == ["kept"])
    assert Path(kept["file"]).read_bytes() == PICTURES[COURIER]


def test_goods_that_come_back_are_received_and_checked(shop: Shop) -> None:
    courier = shop.simulate(speed=600)
    trouble(courier, undeliverable=True)
    shop.serve()
    called(shop, COURIER)
    told = eventually(lambda: shop.look("1042"), lambda told: told["stage"] == "returned")
    assert [problem["kind"] for problem in told["problems"]] == ["unreachable"]
    wrong = shop.here("order", "receive", "1042", "--line", "TEA=3")
    assert (wrong.code, "3 cannot come back" in wrong.err) == (1, True)
    done = shop.order("receive", "1042", "--line", "TEA=1/1", "--note", "wet box")
    assert (done["stage"], [one["kind"] for one in done["problems"]]) == ("returned", ["refund_due"])
    history = shop.here("order", "show", "1042").out
    assert "goods received: 1 sound, 1 damaged, 0 missing; wet box" in history
    again = shop.here("order", "receive", "1042")
    assert (again.code, "[C68]" in again.err) == (1, True)


def test_a_wrong_pin_is_remembered_by_the_next_command(shop: Shop) -> None:
    shop.settings["staff"] = {"Lin": {"name": "Lin", "role": "manager", "pin": "8"}}
    shop.simulate(speed=60)
    shop.serve()
    waybill = called(shop, COURIER)["waybill"]
    give = ("order", "handover", "1042", "--waybill", waybill)
    for _ in range(3):
        assert "[C57]" in shop.here(*give, "--pin", "0").err
    assert "too many" in shop.here(*give).err
    assert shop.here(*give, "--manager", "Lin", "--reason", "phoned", "--manager-pin", "9").code == 1
    assert shop.here(*give, "--manager", "Lin", "--reason", "phoned", "--manager-pin", "8").code == 0
    assert "without the right PIN: phoned" in shop.here("order", "show", "1042").out
