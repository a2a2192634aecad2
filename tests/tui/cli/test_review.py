"""`orderbell order review`: what it shows, what it does, and its exit codes."""

from typing import Any

import pytest

from core.domain.purchase import Customer
from tests.tui.cli.till import Till

NOWHERE = Customer(name="Chen", phone="+886912000111", address="asdf")
DOOR = "台北市大同區 2 號"


@pytest.fixture
def strict(till: Till) -> Till:
    """Twins are looked at, as shipped."""
    del till.settings["review"]
    till.write()
    return till


def look(till: Till, *words: str) -> Any:
    return till.order("review", "1042", *words)


def test_it_shows_what_was_found_and_what_to_say(strict: Till) -> None:
    strict.take(customer=NOWHERE)
    said = strict.run("order", "review", "1042")
    assert said.code == 0
    assert "◇ The address says nothing: letters without sense. Call the customer" in said.out
    assert "· First order of this phone number." in said.out
    assert "Good day, this is My store. Am I speaking to Chen?" in said.out


def test_scripts_get_codes_and_both_numbers(strict: Till) -> None:
    strict.take("1041")
    strict.take("1042")
    told = look(strict)
    assert (told["stage"], told["findings"][0]) == (
        "review",
        {"kind": "duplicate", "found": "1041", "allowed": "30", "stops": True},
    )


def test_an_order_in_review_rings_and_cannot_be_accepted(strict: Till) -> None:
    strict.take(customer=NOWHERE)
    assert strict.order("show", "1042")["ringing"]
    said = strict.run("order", "accept", "1042", "--lang", "en")
    assert (said.code, "is to be looked at first: no address" in said.err) == (1, True)


def test_a_twin_is_let_pass_then_accepted(strict: Till) -> None:
    strict.take("1041")
    strict.take("1042")
    assert look(strict, "--pass")["stage"] == "new"
    assert strict.order("accept", "1042")["stage"] == "preparing"
    assert "let pass by" in strict.run("order", "review", "1042").out


def test_nonsense_passes_only_with_a_right_address(strict: Till) -> None:
    strict.take(customer=NOWHERE)
    assert strict.run("order", "review", "1042", "--pass").code == 1
    assert strict.run("order", "review", "1042", "--address", "test").code == 1
    assert look(strict, "--called", "changed", "--address", DOOR, "--pass")["stage"] == "new"
    assert look(strict)["told"] == {"address": "asdf", "phone": "+886912000111"}


def test_no_phone_is_said_by_an_empty_one(strict: Till) -> None:
    strict.take(customer=Customer(name="Chen", phone="123", address=DOOR))
    assert strict.run("order", "review", "1042", "--phone", "12").code == 1
    assert look(strict, "--phone", "")["stage"] == "new"


def test_a_call_is_kept_and_a_wrong_word_for_it_is_no_usage(strict: Till) -> None:
    strict.take(customer=NOWHERE)
    assert look(strict, "--called", "not-reached")["stage"] == "review"
    assert "Not reached" in strict.run("order", "show", "1042").out
    assert strict.run("order", "review", "1042", "--called", "perhaps").code == 2


def test_a_word_that_fails_leaves_nothing_behind(strict: Till) -> None:
    """All in one transaction: the call is not kept when the address was refused."""
    strict.take(customer=NOWHERE)
    assert strict.run("order", "review", "1042", "--called", "changed", "--address", "test").code == 1
    assert "call to the customer" not in strict.run("order", "show", "1042").out


def test_what_is_switched_off_in_the_config_is_not_looked_at(till: Till) -> None:
    till.settings["review"] = {"nonsense_address": "off", "first_order": "off"}
    till.write()
    till.take(customer=NOWHERE)
    assert look(till)["findings"] == []
