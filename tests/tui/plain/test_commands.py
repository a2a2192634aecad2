"""What may be typed."""

import pytest

from tests import samples
from tests.tui.plain.talk import said
from tui import i18n, keys
from tui.keys import KEYS
from tui.plain import commands
from tui.plain.counter import WORK


@pytest.fixture(autouse=True)
def _as_shipped():
    i18n.use("en")
    keys.use({})
    yield
    i18n.use("en")
    keys.use({})


@pytest.mark.parametrize(
    ("line", "name", "words"),
    [
        ("a", "order.accept", ()),
        ("A 1042", "order.accept", ("1042",)),
        ("accept 1042 1043", "order.accept", ("1042", "1043")),
        ("hand over 1042", "order.hand_over", ("1042",)),
        ("got it", "order.see", ()),
        ("f8", "order.trouble", ()),
        ("3", "page.problems", ()),
        ("+2", "line.more", ("2",)),
        ("= 2 3", "line.count", ("2", "3")),
        ("/1042", "find", ("1042",)),
        ("?", "help", ()),
        ("\uff41\u30001042", "order.accept", ("1042",)),
        (" ", "line.tick", ()),
    ],
)
def test_letters_words_and_symbols_are_commands(line: str, name: str, words: tuple[str, ...]) -> None:
    assert commands.read(line) == commands.Said(name, words)


def test_the_beginning_of_a_word_will_do_when_only_one_begins_so() -> None:
    assert commands.guess(commands.read("acc 1042")) == commands.Said("order.accept", ("1042",))


def test_a_beginning_that_several_have_names_them() -> None:
    said = commands.guess(commands.read("pa"))
    assert (said.name, set(said.near)) == ("", {"partial", "parcels", "packed"})


def test_a_slip_of_the_finger_gets_near_misses() -> None:
    assert "accept" in commands.guess(commands.read("acept 1042")).near


def test_a_remapped_key_is_the_letter_to_type() -> None:
    keys.use({"order.accept": "y", "order.fit": "n", "order.next": "a"})
    assert commands.read("y").name == "order.accept"
    assert commands.read("a").name == "order.next"
    assert commands.typed("order.accept") == "y"


def test_the_words_of_the_language_work_as_well() -> None:
    i18n.use("zh-Hant")
    label = i18n._(keys.BY_ID["order.accept"].label)
    assert commands.read(label).name == "order.accept"
    assert commands.read("accept").name == "order.accept"


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
async def test_every_key_answers(key: keys.Key) -> None:
    for cap in keys.caps(key.id):
        typed = {"Enter": "", "Esc": "back", "Space": "space"}.get(cap, cap)
        answer = await said(samples.EMPTY, typed)
        assert answer, cap
        assert not answer[0].startswith("Nothing is called"), cap


@pytest.mark.parametrize("name", [*commands.WORDS, *commands.OWN])
async def test_every_word_does_something(name: str) -> None:
    assert name in WORK


async def test_nonsense_is_answered_with_a_way_out() -> None:
    assert await said(samples.BUSY, "xyzzy") == ["Nothing is called “xyzzy”. Type help for the commands."]
    assert (await said(samples.BUSY, "rejekt"))[0].endswith("Did you mean reject?")
