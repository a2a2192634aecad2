"""The JSON of `order list` and `order show`, as the contract has it (contract section 2)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.board.sheet import Sheet
from core.domain.delivery import DeliveryState, Driver
from core.domain.ids import ProblemId
from core.domain.money import Money
from core.domain.problem import Problem, ProblemKind
from tests import builders
from tests.conftest import NOON
from tests.tui.cli.till import Till
from tui.cli.order_json import order_object

TEXT, WHOLE, TRUTH, NOTHING = "text", "whole", "truth", "nothing"
NAMES = {str: TEXT, int: WHOLE, bool: TRUTH, type(None): NOTHING, list: list, dict: dict}
CONTRACT = {
    "id": TEXT,
    "number": TEXT,
    "channel": TEXT,
    "channel_order_id": TEXT,
    "stage": TEXT,
    "payment": TEXT,
    "type": TEXT,
    "accepted_at": NOTHING,
    "promised_from": NOTHING,
    "promised_to": NOTHING,
    "total": TEXT,
    "currency": TEXT,
    "lines": list,
    "checks": dict,
    "delivery": NOTHING,
    "problems": list,
    "ringing": TRUTH,
    "version": WHOLE,
}
LINE = {"id": TEXT, "sku": TEXT, "name": TEXT, "quantity": WHOLE, "picked": WHOLE, "shipped": WHOLE, "refunded": WHOLE}
DELIVERY = ["courier", "state", "driver", "waybill", "eta", "tracking_url", "fee", "pin"]
TAIPEI = ZoneInfo("Asia/Taipei")


def kinds(told: dict[str, Any]) -> dict[str, Any]:
    return {name: NAMES[type(value)] for name, value in told.items()}


def promised(told: dict[str, Any]) -> dict[str, Any]:
    """Without what the contract does not speak of."""
    return {name: kind for name, kind in kinds(told).items() if name in CONTRACT}


def with_driver(**more: Any) -> dict[str, Any]:
    """The object of an order whose driver stands at the door."""
    driver = Driver(name="A-Ming", phone="+886900000000", vehicle="scooter", plate="ABC-123")
    job = builders.delivery(DeliveryState.AT_STORE, driver=driver, eta_door=NOON, fee=Money(8900, "TWD"), **more)
    return order_object(Sheet(order=builders.ready(), at=NOON, deliveries=(job,)), TAIPEI)


@pytest.mark.parametrize("words", [("show", "1042"), ("list",)])
def test_an_order_has_the_contracts_keys_with_their_types(words: tuple[str, ...], till: Till) -> None:
    till.take()
    told = till.order(*words)
    assert promised(told[0] if words == ("list",) else told) == CONTRACT


def test_the_contracts_keys_come_first_and_in_its_order(till: Till) -> None:
    till.take()
    assert list(till.order("show", "1042"))[: len(CONTRACT)] == list(CONTRACT)


def test_a_list_and_a_single_order_look_alike(till: Till) -> None:
    till.take()
    assert till.order("list") == [till.order("show", "1042")]


def test_no_order_is_an_empty_list(till: Till) -> None:
    assert till.order("list") == []


def test_a_step_prints_the_same_object(till: Till) -> None:
    till.take()
    assert till.order("accept", "1042") == till.order("show", "1042")


def test_a_line_has_the_contracts_keys(till: Till) -> None:
    till.take()
    assert [kinds(line) for line in till.order("show", "1042")["lines"]] == [LINE, LINE]


def test_the_four_checks_are_named(till: Till) -> None:
    till.take()
    assert till.order("show", "1042")["checks"] == dict.fromkeys(("quantity", "quality", "packaging", "size"), False)


def test_it_is_one_line_of_text_as_it_is_spoken(till: Till) -> None:
    till.take(customer=builders.Customer(name="陳怡君"))
    out = till.run("order", "show", "1042", "--json").out
    assert out.count("\n") == 1
    assert "陳怡君" in out


def test_times_carry_the_shops_zone(till: Till) -> None:
    till.take(promised_to=datetime(2026, 11, 21, 6, 30, tzinfo=UTC))
    assert till.order("show", "1042")["promised_to"] == "2026-11-21T14:30:00+08:00"
    accepted = datetime.fromisoformat(till.order("accept", "1042")["accepted_at"])
    assert accepted.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    ("money", "text"),
    [(Money(124_050, "TWD"), "1240.50"), (Money(1240, "JPY"), "1240"), (Money(1_240_005, "KWD"), "1240.005")],
)
def test_money_is_text_with_the_currencys_decimals(money: Money, text: str, till: Till) -> None:
    till.take(total=money)
    told = till.order("show", "1042")
    assert (told["total"], told["currency"]) == (text, money.currency)


def test_a_delivery_has_the_contracts_keys() -> None:
    assert [name for name in with_driver()["delivery"] if name != "ref"] == DELIVERY


def test_a_delivery_says_who_comes_and_when() -> None:
    told = with_driver(pin="0471")["delivery"]
    assert told["driver"] == {"name": "A-Ming", "phone": "+886900000000", "plate": "ABC-123"}
    assert (told["state"], told["eta"]) == ("at_store", "2026-03-02T12:00:00+08:00")
    assert (told["fee"], told["pin"]) == ("89.00", "0471")


def test_a_job_without_driver_says_so() -> None:
    job = builders.delivery(DeliveryState.MATCHING)
    told = order_object(Sheet(order=builders.ready(), at=NOON, deliveries=(job,)), TAIPEI)
    assert told["delivery"]["driver"] is None
    assert told["delivery"]["fee"] is None


def test_only_open_problems_are_told() -> None:
    order = builders.ready()
    one = Problem(id=ProblemId("p1"), kind=ProblemKind.NO_DRIVER, opened_at=NOON, order_id=order.id)
    told = order_object(Sheet(order=order, at=NOON, problems=(one, replace(one.closed("seen to", NOON)))), TAIPEI)
    assert [problem["kind"] for problem in told["problems"]] == ["no_driver"]


def test_an_order_nobody_took_up_rings_again_before_its_deadline() -> None:
    order = replace(builders.new(), seen_at=NOON, seen_by=builders.MEI)
    rings = [order_object(Sheet(order=order, at=builders.after(at)), TAIPEI)["ringing"] for at in (1, 4.5)]
    assert rings == [False, True]
