"""`order enter`: keyed in by hand, read back, and confirmed twice (L3–L5)."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests import builders
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
    assert err.index("2 × Oolong tea") < err.index("Is every word right?") < err.index("Enter this order now?")
    assert "name: 陳怡君\nphone: 0912 000 111\n" in err
    assert "total: NT$125.50" in err


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


FORM: dict[str, Any] = {
    "id": "call-7",
    "name": "Chen",
    "phone": "+886912000111",
    "address": "台北市大同區 2 號",
    "channel": "web",
    "number": "1042",
    "allergens": "peanuts",
    "lines": [{"name": "Oolong tea", "quantity": 2, "price": "40"}, {"code": "RICE"}],
}
TWICE = ("--read-back", "--confirmed")


def web(till: Till) -> None:
    till.settings["channels"] = {"web": {"kind": "standard", "secret": "whsec_MTIzNDU2Nzg5MGFiY2RlZg=="}}
    till.settings["goods"] = {"RICE": {"name": "Rice cracker", "price": 45.5}}
    till.write()


def test_a_script_enters_what_was_confirmed_twice(till: Till) -> None:
    web(till)
    told = till.order("enter", "--from", "-", *TWICE, typed=json.dumps(FORM))
    assert (told["number"], told["total"], told["stage"]) == ("1042", "125.50", "new")
    assert told["lines"][1]["name"] == "Rice cracker"


@pytest.mark.parametrize("flags", [(), TWICE[:1], TWICE[1:]])
def test_a_script_that_confirms_once_enters_nothing(flags: tuple[str, ...], till: Till) -> None:
    web(till)
    said = till.run("order", "enter", "--from", "-", *flags, typed=json.dumps(FORM))
    assert (said.code, said.out) == (1, "")
    assert till.order("list") == []


def test_a_script_that_says_it_again_gets_the_same_order(till: Till, tmp_path: Path) -> None:
    web(till)
    file = tmp_path / "call.json"
    file.write_text(json.dumps(FORM), encoding="utf-8")
    first = till.order("enter", "--from", str(file), *TWICE)
    assert till.order("enter", "--from", str(file), *TWICE)["id"] == first["id"]
    assert len(till.order("list")) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"lines": []}, "lines"),
        ({"surprise": 1}, "surprise"),
        ({"paid": "maybe"}, "paid"),
        ({"lines": [{"code": "NONE"}]}, "is no item we know"),
        ({"channel": "moon"}, "allowed are web"),
        ({"when": "soon"}, "a time is"),
        ({"lines": [{"name": "x", "price": -1}]}, "is no price"),
    ],
)
def test_a_form_that_cannot_be_read_says_where(change: dict[str, Any], words: str, till: Till) -> None:
    web(till)
    said = till.run("order", "enter", "--from", "-", *TWICE, typed=json.dumps(FORM | change))
    assert said.code == 2
    assert words in said.err


def test_what_came_in_by_itself_is_not_entered_again(till: Till) -> None:
    web(till)
    till.take()
    said = till.run("order", "enter", "--from", "-", *TWICE, typed=json.dumps(FORM))
    assert said.code == 1
    assert "1042" in said.err
    assert len(till.order("list")) == 1


def test_what_is_likely_the_same_needs_a_word(till: Till) -> None:
    web(till)
    till.take()
    call = FORM | {
        "number": "",
        "phone": "0987654321",
        "lines": [{"name": "Tea 1", "quantity": 2, "price": 400}, {"name": "Tea 2", "price": 440}],
    }
    assert till.run("order", "enter", "--from", "-", *TWICE, typed=json.dumps(call)).code == 1
    assert till.run("order", "enter", "--from", "-", *TWICE, "--apart", "1042", typed=json.dumps(call)).code == 0
    assert len(till.order("list")) == 2


def test_a_copy_that_may_be_the_same_is_decided_here(till: Till) -> None:
    web(till)
    keyed = till.order("enter", "--from", "-", *TWICE, typed=json.dumps(FORM | {"channel": "", "number": ""}))
    till.take(total=builders.Money(12_550, "TWD"))
    refused = till.run("order", "accept", "1042")
    assert refused.code == 1
    assert keyed["number"] in refused.err
    (likely,) = till.order("join", "1042")
    assert likely["id"] == keyed["id"]
    assert till.order("join", "1042", "--same", keyed["number"])["number"] == "1042"
    assert till.order("accept", "1042")["id"] == keyed["id"]
