"""Whatever a customer, a shop system or a courier wrote can be drawn on one line."""

import unicodedata

import pytest
from hypothesis import example, given, settings, strategies as st

from core.domain.text import MOST_MARKS, tidy

HARMFUL = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
NASTY = st.text(
    st.one_of(st.characters(), st.sampled_from("\x1b[]m0;\x07\\\u202e\u2066\u200b\u200d\u0301\n\r\t \ufeff"))
)
often = settings(deadline=None, max_examples=200)


@often
@given(NASTY)
def test_any_text_becomes_one_harmless_line(text: str) -> None:
    for sign in tidy(text):
        assert sign == "\u200d" or unicodedata.category(sign) not in HARMFUL


@often
@given(NASTY, st.integers(1, 40))
def test_any_text_ends(text: str, most: int) -> None:
    assert len(tidy(text, most)) <= most


@often
@given(NASTY, st.integers(1, 40))
@example("a \u200b b", 20)
@example("a \x00 b", 20)
def test_tidying_twice_changes_nothing_more(text: str, most: int) -> None:
    once = tidy(text, most)
    assert tidy(once, most) == once


@often
@given(NASTY)
def test_marks_do_not_pile_up(text: str) -> None:
    height = 0
    for sign in tidy(text):
        height = height + 1 if unicodedata.combining(sign) else 0
        assert height <= MOST_MARKS


@pytest.mark.parametrize("text", ["王小明", "Zoë Müller", "2 × Oolong 600 ml", "👩\u200d🍳 chef", "ก็", "1,240.00"])
def test_honest_words_stay_as_they_are(text: str) -> None:
    assert tidy(text) == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\nb\r\n\tc", "a b c"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07name", "name"),
        ("\x1b]8;;http://evil\x1b\\link", "link"),
        ("abc\u202efed", "abcfed"),
        ("a\x00b\x08c", "abc"),
        ("  much   room  ", "much room"),
        ("a\u2028b", "a b"),
        ("", ""),
    ],
)
def test_tricks_are_taken_out(text: str, seen: str) -> None:
    assert tidy(text) == seen


def test_what_is_cut_says_so() -> None:
    assert tidy("abcdef", 4) == "abc…"
    assert tidy("abcd", 4) == "abcd"


def test_a_book_in_a_note_is_not_read_to_its_end() -> None:
    assert tidy("x" * 10_000_000, 200) == "x" * 199 + "…"
