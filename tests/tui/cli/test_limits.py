"""The cap and the one partial shipment, as the command line has them."""

import pytest

from core.domain.problem import ProblemKind
from tests import builders
from tests.tui.cli.till import Till

MANAGER = ("--manager", "mei", "--reason", "VIP waits")


@pytest.fixture
def full(till: Till) -> Till:
    """The hour's one order is accepted, and the next one waits."""
    till.settings["store"]["orders_per_hour"] = 1
    till.write()
    till.take("1"), till.take("2")
    till.order("accept", "1")
    return till


@pytest.fixture
def staffed(full: Till) -> Till:
    """Mei is the manager and has a PIN; Bo is not."""
    full.settings["staff"] = {"mei": {"name": "Mei", "role": "manager", "pin": "4711"}, "bo": {"name": "Bo"}}
    full.write()
    full.close()
    return full


def test_past_the_cap_it_is_refused_with_both_numbers(full: Till) -> None:
    said = full.run("order", "accept", "2")
    assert said.code == 1
    assert "[C100]" in said.err
    assert "2" in said.err
    assert "1" in said.err


def test_a_manager_with_a_reason_goes_past_it(full: Till) -> None:
    assert full.order("accept", "2", *MANAGER)["stage"] == "preparing"


def test_the_reason_stands_in_the_journal(full: Till) -> None:
    told = full.order("accept", "2", *MANAGER)
    last = full.read(lambda uow: list(uow.journal.of(told["id"])))[-1]
    assert last.over_cap == "VIP waits"


@pytest.mark.parametrize("words", [("--manager", "mei"), ("--reason", "VIP waits")])
def test_half_a_permission_is_none(words: tuple[str, ...], full: Till) -> None:
    said = full.run("order", "accept", "2", *words)
    assert (said.code, said.err) == (1, "orderbell: this needs a manager and a reason\n")


def test_the_managers_pin_is_asked_for(staffed: Till) -> None:
    assert staffed.run("order", "accept", "2", *MANAGER).code == 1
    assert staffed.run("order", "accept", "2", *MANAGER, "--pin", "0000").code == 1
    assert staffed.order("accept", "2", *MANAGER, "--pin", "4711")["stage"] == "preparing"


def test_who_is_no_manager_cannot_allow_it(staffed: Till) -> None:
    said = staffed.run("order", "accept", "2", "--manager", "bo", "--reason", "please")
    assert (said.code, said.err) == (1, "orderbell: not a manager's name and PIN\n")
    assert "4711" not in said.err


def test_two_at_once_count_as_two(till: Till) -> None:
    till.settings["store"]["orders_per_hour"] = 1
    till.write()
    till.take("1"), till.take("2")
    assert till.run("order", "accept", "1", "2").code == 1
    assert {one["stage"] for one in till.order("list")} == {"new"}


def test_no_manager_lifts_the_weight_limit(full: Till) -> None:
    full.take("3", lines=(builders.line(quantity=1, weight_g=20_001),))
    said = full.run("order", "accept", "3", *MANAGER)
    assert (said.code, "[C101]" in said.err) == (1, True)


def test_fewer_goods_go_once(till: Till) -> None:
    till.take()
    till.order("accept", "1042")
    told = till.order("partial", "1042", "--line", "SKU-1=1")
    assert [line["shipped"] for line in told["lines"]] == [1, 1]
    assert [problem["kind"] for problem in told["problems"]] == [ProblemKind.REFUND_DUE]


def test_a_second_time_is_refused(till: Till) -> None:
    till.take()
    till.order("accept", "1042"), till.order("partial", "1042", "--line", "SKU-1=1")
    said = till.run("order", "partial", "1042", "--line", "SKU-2=0")
    assert (said.code, said.err) == (1, "orderbell: order 1042 was shipped short already [C76]\n")


def test_packed_short_it_is_complete(till: Till) -> None:
    till.take()
    till.order("accept", "1042"), till.order("partial", "1042", "--line", "SKU-1=1", "--line", "SKU-2=0")
    assert [line["picked"] for line in till.order("check", "1042", "--all")["lines"]] == [1, 0]
    assert till.order("ready", "1042")["stage"] == "ready"


@pytest.mark.parametrize("line", ["SKU-1=3", "SKU-1=2", "X=1"])
def test_what_is_not_fewer_is_refused_and_uses_nothing_up(line: str, till: Till) -> None:
    till.take()
    till.order("accept", "1042")
    assert till.run("order", "partial", "1042", "--line", line).code == 1
    assert till.order("partial", "1042", "--line", "SKU-1=1")["problems"]


def test_nothing_at_all_is_no_partial_shipment(till: Till) -> None:
    till.take()
    till.order("accept", "1042")
    assert till.run("order", "partial", "1042", "--line", "SKU-1=0", "--line", "SKU-2=0").code == 1
