"""A partial shipment from the command line: swaps, refund, fee, and a look at it beforehand."""

import pytest

from core.domain.money import Money
from tests import builders
from tests.tui.cli.till import Till

SWAP = "SKU-1=GREEN:1"


@pytest.fixture
def bought(till: Till) -> Till:
    """Two teas at 300 and one at 500 with the way at 60; the shop has green tea at 250."""
    till.settings["goods"] = {"GREEN": {"name": "Green tea", "price": 250}}
    till.write()
    lines = (
        builders.line("1", 2, unit_price=Money(30_000, "TWD")),
        builders.line("2", 1, unit_price=Money(50_000, "TWD")),
    )
    till.take(lines=lines, total=Money(116_000, "TWD"), delivery_fee=Money(6_000, "TWD"))
    till.order("accept", "1042")
    return till


def due(till: Till) -> list[str]:
    return [problem.detail for problem in till.read(lambda uow: uow.problems.all_open())]


def test_a_swap_goes_and_the_difference_is_owed(bought: Till) -> None:
    told = bought.order("partial", "1042", "--swap", SWAP, "--asked")
    shown = [(line["sku"], line["quantity"], line["shipped"]) for line in told["lines"]]
    assert shown == [("SKU-1", 2, 1), ("SKU-2", 1, 1), ("GREEN", 1, 1)]
    assert due(bought) == ["50.00 TWD"]


def test_what_of_the_fee_goes_back_is_said(bought: Till) -> None:
    bought.order("partial", "1042", "--line", "SKU-2=0", "--fee", "20")
    assert due(bought) == ["520.00 TWD"]


def test_a_swap_nobody_asked_about_is_refused_with_the_reason(bought: Till) -> None:
    said = bought.run("order", "partial", "1042", "--swap", SWAP)
    assert (said.code, "[C72]" in said.err, due(bought)) == (1, True, [])


def test_nothing_at_all_says_that_it_is_a_cancel(bought: Till) -> None:
    said = bought.run("order", "partial", "1042", "--line", "SKU-1=0", "--line", "SKU-2=0")
    assert (said.code, "cancel it" in said.err) == (1, True)


def test_a_look_changes_nothing_and_says_the_money_and_the_call(bought: Till) -> None:
    said = bought.run("order", "partial", "1042", "--swap", SWAP, "--line", "SKU-2=0", "--plan")
    assert said.code == 0
    assert [line[0] for line in said.out.splitlines()[:4]] == ["✓", "⇄", "✗", "="]
    assert "NT$550" in said.out
    assert "We can send 1 × Green tea instead" in said.out
    assert bought.order("show", "1042")["stage"] == "preparing"
    bought.order("partial", "1042", "--line", "SKU-2=0")


def test_a_look_as_json_adds_up(bought: Till) -> None:
    told = bought.order("partial", "1042", "--swap", SWAP, "--line", "SKU-2=0", "--fee", "6.5", "--plan")
    assert told["back"] == {"goods": "550.00", "discount": "0.00", "tax": "0.00", "fee": "6.50", "total": "556.50"}
    assert [line["ask"] for line in told["lines"]] == ["swap", None]


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--line", "SKU-1"),
        ("--swap", "SKU-1=GREEN"),
        ("--swap", "GREEN:1"),
        ("--line", "SKU-2=0", "--fee", "much"),
        ("--line", "SKU-2=0", "--fee", "-1"),
    ],
)
def test_what_is_not_of_the_form_is_wrong_usage(words: tuple[str, ...], bought: Till) -> None:
    assert bought.run("order", "partial", "1042", *words).code == 2


def test_an_article_the_shop_does_not_list_is_named(bought: Till) -> None:
    said = bought.run("order", "partial", "1042", "--swap", "SKU-1=COLA:1", "--asked")
    assert (said.code, "COLA" in said.err) == (1, True)
