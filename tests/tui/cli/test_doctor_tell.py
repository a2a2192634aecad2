"""`orderbell doctor` and the ways in which a person is told."""

import sys

from tests.tui.cli.till import Till


def found(till: Till, subject: str) -> tuple[str, str]:
    (one,) = [one for one in till.run("doctor", "--json").told if one["subject"] == subject]
    return one["grade"], one["found"]


def test_a_program_that_is_there_and_one_that_is_not(till: Till) -> None:
    till.settings["tell"] = {"command": [sys.executable, "{words}"]}
    till.write()
    assert found(till, "tell command") == ("ok", sys.executable)
    till.settings["tell"] = {"command": ["no-such-program"]}
    till.write()
    assert found(till, "tell command") == ("fail", "no-such-program: there is no such program")


def test_an_address_is_named_by_its_host_only(till: Till) -> None:
    till.settings["tell"] = {"url": "https://ntfy.example/secret-topic", "secret": "whsec_c2VjcmV0"}
    till.write()
    assert found(till, "tell url") == ("ok", "posts to ntfy.example, signed")
