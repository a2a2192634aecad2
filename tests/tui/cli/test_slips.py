"""Commands that are mistyped."""

import pytest

from tests.tui.cli.till import Till
from tui import i18n


@pytest.fixture(autouse=True)
def _english_again():
    yield
    i18n.use("en")


def test_a_command_that_comes_near_is_offered(till: Till) -> None:
    said = till.bare("doktor")
    assert (said.code, said.err) == (2, "orderbell: 'doktor' is no command; did you mean doctor?\n")


def test_below_a_command_too(till: Till) -> None:
    said = till.bare("order", "acept", "1042")
    assert (said.code, said.err) == (2, "orderbell: 'acept' is no command; did you mean accept?\n")


def test_where_none_comes_near_all_are_named_but_the_hidden_one(till: Till) -> None:
    said = till.bare("nosuch")
    assert said.code == 2
    assert "is no command; there are serve, demo, web, load, simulate, init, doctor, backup, order" in said.err
    assert ", tab" not in said.err


@pytest.mark.parametrize(
    ("tag", "words"),
    [("zh-Hant", "沒有"), ("zh-Hans", "没有"), ("es", "no es ningún comando"), ("pt-BR", "não é um comando")],
)
def test_it_is_said_in_the_language_asked_for(tag: str, words: str, till: Till) -> None:
    said = till.bare("--lang", tag, "nosuch")
    assert (said.code, words in said.err, "doctor" in said.err) == (2, True, True)


def test_what_stands_behind_a_command_is_no_command(till: Till) -> None:
    assert "is no command" not in till.run("order", "show", "nosuch").err
