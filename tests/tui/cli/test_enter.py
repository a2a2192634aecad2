"""`order enter`: keyed in by hand, read back, and confirmed twice (L3–L5)."""

import pytest

from tests.tui.cli.till import Till

WORDS = ("陳怡君", "0912-000-111", "台北市 1 號", "Oolong tea=2@40", "Rice=1@45.5", "", "ring twice", "y")


def keyed(*words: str, answers: tuple[str, ...] = ("y", "y")) -> str:
    """What a person types, a line each."""
    return "".join(f"{word}\n" for word in (*(words or WORDS), *answers))


def test_confirmed_twice_it_is_an_order_that_rings(till: Till) -> None:
    told = till.order("enter", typed=keyed())
    assert (told["stage"], told["payment"], told["ringing"]) == ("new", "paid", True)
    assert (told["channel"], told["total"]) == ("hand", "125.50")
    assert [(line["name"], line["quantity"]) for line in told["lines"]] == [("Oolong tea", 2), ("Rice", 1)]


def test_it_is_found_under_its_number(till: Till) -> None:
    told = till.order("enter", typed=keyed())
    assert till.order("show", told["number"])["id"] == told["id"]


def test_it_is_read_back_before_it_is_asked_about(till: Till) -> None:
    err = till.run("order", "enter", typed=keyed()).err
    assert err.index("2 × Oolong tea 40.00") < err.index("Is every word right?") < err.index("Enter this order now?")
    assert "陳怡君 · 0912-000-111 · 台北市 1 號" in err


@pytest.mark.parametrize("answers", [("n",), ("y", "n"), ("",), ("y", ""), ()])
def test_one_no_is_enough(answers: tuple[str, ...], till: Till) -> None:
    said = till.run("order", "enter", typed=keyed(answers=answers))
    assert (said.code, said.out) == (1, "")
    assert said.err.endswith("orderbell: nothing was done\n")
    assert till.order("list") == []


def test_unpaid_it_waits_for_its_money(till: Till) -> None:
    told = till.order("enter", typed=keyed(*WORDS[:-1], "n"))
    assert (told["stage"], told["ringing"]) == ("waiting_payment", False)


@pytest.mark.parametrize("item", ["Tea", "Tea=x@1", "Tea=0@1", "Tea=1000@1", "Tea=-1@1", "Tea=1@x", "Tea=1@-5", "=1@1"])
def test_a_line_that_cannot_be_read_ends_it(item: str, till: Till) -> None:
    said = till.run("order", "enter", typed=keyed("A", "1", "B", item))
    assert said.code == 2
    assert f"{item!r}: not of the form NAME=PIECES@PRICE" in said.err
    assert till.order("list") == []


def test_standard_output_holds_nothing_but_the_answer(till: Till) -> None:
    assert till.run("order", "enter", "--json", typed=keyed()).out.startswith("{")


def test_what_is_needed_is_asked_for_again(till: Till) -> None:
    err = till.run("order", "enter", typed="\n \nA\n1\nB\nTea=1\n\n\ny\ny\ny\n").err
    assert err.count("Customer's name") == 3


def test_a_price_may_be_left_out(till: Till) -> None:
    assert till.order("enter", typed=keyed("A", "1", "B", "Gift=1", "", "", "y"))["total"] == "0.00"


def test_terminal_tricks_in_a_name_are_kept_out(till: Till) -> None:
    told = till.order("enter", typed=keyed("\x1b[31mA\u202eB", "1", "B", "Te\x07a=1@1", "", "", "y"))
    assert told["customer"]["name"] == "AB"
    assert told["lines"][0]["name"] == "Tea"
