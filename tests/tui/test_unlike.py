"""Only the cells that differ go over the link, and with them the line is what it should be."""

import pytest
from hypothesis import given, strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.widgets.unlike import unlike

STYLES = (Style(bold=True), Style(color="red"), Style(bgcolor="blue"))
WIDTH = 24
PARTS = st.lists(st.tuples(st.text("ab 訂é單", max_size=6), st.sampled_from(STYLES)), max_size=6)


def strip(*parts: tuple[str, Style]) -> Strip:
    return Strip([Segment(text, style) for text, style in parts if text]).adjust_cell_length(WIDTH, STYLES[0])


def shown(line: Strip) -> list[tuple[str, Style | None]]:
    return [(sign, part.style) for part in line for sign in part.text]


@given(PARTS, PARTS)
def test_the_old_line_with_the_cells_that_differ_is_the_new_line(old: list, new: list) -> None:
    before, after = strip(*old), strip(*new)
    line, at = [], 0
    for first, end in unlike(before, after):
        line += shown(before.crop(at, first)) + shown(after.crop(first, end))
        at = end
    assert line + shown(before.crop(at)) == shown(after)


@given(PARTS)
def test_a_line_differs_from_itself_nowhere(parts: list) -> None:
    assert unlike(strip(*parts), strip(*parts)) == []


@pytest.mark.parametrize(
    ("old", "new", "cells"),
    [
        ("14:32:07", "14:32:08", [(7, 8)]),
        ("ORDERS 99 ", "ORDERS 100", [(7, 10)]),
        ("abc", "xbc", [(0, 1)]),
        ("abc", "xbx", [(0, 3)]),
        ("a" * 12, "b" + "a" * 10 + "b", [(0, 1), (11, 12)]),
        ("訂單 1", "訂單 2", [(5, 6)]),
        ("訂單", "訂ab", [(2, 4)]),
        ("ab單", "訂單", [(0, 2)]),
        ("a訂b", "訂ab", [(0, 3)]),
        ("e\u0301a", "ea", [(0, 1)]),
    ],
)
def test_only_the_signs_that_differ(old: str, new: str, cells: list[tuple[int, int]]) -> None:
    before, after = (Strip([Segment(words, STYLES[0])]).adjust_cell_length(12, STYLES[0]) for words in (old, new))
    assert unlike(before, after) == cells


def test_another_colour_is_another_line() -> None:
    assert unlike(Strip([Segment("abc", STYLES[0])]), Strip([Segment("abc", STYLES[1])])) == [(0, 3)]
