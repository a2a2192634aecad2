"""`--lang`: the command line speaks every language; JSON never changes."""

import pytest

from tests.tui.cli.till import Till
from tui import i18n
from tui.cli.commands import program
from tui.cli.speech import parts

OTHERS = [tag for tag in i18n.LANGUAGES if tag != "en"]


@pytest.fixture(autouse=True)
def _english_again():
    yield
    i18n.use("en")


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("zh-Hant", "接單"),
        ("zh-Hans", "接单"),
        ("es", "Acepta"),
        ("pt-BR", "Aceita"),
        ("en", "Promise one order"),
    ],
)
def test_help_is_said_in_the_language_asked_for(tag: str, words: str, till: Till) -> None:
    said = till.bare("--lang", tag, "order", "accept", "--help")
    assert (said.code, words in said.out) == (0, True)


@pytest.mark.parametrize("tag", OTHERS)
def test_no_help_text_is_left_in_english(tag: str) -> None:
    i18n.use(tag)
    english = [part.help for part in parts(program()) if part.help and not getattr(part, "hidden", False)]
    assert [text for text in english if i18n._(text) == text] == []


@pytest.mark.parametrize(
    ("tag", "stage", "money"),
    [
        ("en", "new", "NT$1,240"),
        ("zh-Hant", "新訂單", "NT$1,240"),
        ("zh-Hans", "新订单", "NT$1,240"),
        ("es", "nuevo", "1.240 NT$"),
        ("pt-BR", "novo", "NT$ 1.240"),
    ],
)
def test_a_list_for_people_is_in_their_words(tag: str, stage: str, money: str, till: Till) -> None:
    till.take()
    out = till.run("order", "list", "--lang", tag).out
    assert stage in out
    assert money in out


@pytest.mark.parametrize("tag", i18n.LANGUAGES)
def test_json_is_the_same_in_every_language(tag: str, till: Till) -> None:
    till.take()
    (told,) = till.order("list", "--lang", tag)
    assert (told["stage"], told["payment"], told["total"]) == ("new", "paid", "1240.00")


def test_a_refusal_is_said_in_the_language_asked_for(till: Till) -> None:
    said = till.run("order", "accept", "9", "--lang", "zh-Hant")
    assert (said.code, "找不到訂單" in said.err) == (1, True)


def test_a_command_after_one_in_another_language_speaks_english_again(till: Till) -> None:
    till.bare("--lang", "es", "order", "accept", "--help")
    assert "Promise one order" in till.bare("order", "accept", "--help").out


def test_a_region_is_understood_and_an_unknown_language_is_refused(till: Till) -> None:
    assert till.run("order", "list", "--lang", "es-MX").code == 0
    said = till.run("order", "list", "--lang", "fr")
    assert (said.code, "zh-Hant, zh-Hans, en, es, pt-BR" in said.err) == (2, True)


def test_yes_is_understood_in_the_language_asked_for(till: Till) -> None:
    answers = ["Ana", "600", "Calle 1", "Té=2@90", "", "", "sí", "sí", "s"]
    said = till.run("order", "enter", "--json", "--lang", "es", typed="\n".join(answers) + "\n")
    assert (said.code, said.told["payment"]) == (0, "paid")
