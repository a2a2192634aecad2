"""What is sent changes exactly the cells that were asked for, and no others."""

import pyte
from hypothesis import given, strategies as st
from rich.console import Console
from rich.segment import Segment
from textual._compositor import ChopsUpdate
from textual.strip import Strip

from tui.widgets.tight_update import TightUpdate

WIDTH, BORDER = 24, 9  # cells; where the second widget begins
LETTERS = st.text("abcdef ", min_size=WIDTH, max_size=WIDTH)
SPANS = st.lists(st.tuples(st.integers(0, WIDTH), st.integers(0, WIDTH)).map(sorted), max_size=3)


def update(lines: list[str], spans: list[tuple[int, int, int]]) -> ChopsUpdate:
    parts = [{0: line[:BORDER], BORDER: line[BORDER:]} for line in lines]
    chops = [{x: Strip([Segment(text)]) for x, text in line.items()} for line in parts]
    return ChopsUpdate(chops, spans, [[BORDER, WIDTH] for _ in lines])


def screen(lines: list[str]) -> pyte.Screen:
    shown = pyte.Screen(WIDTH, len(lines))
    pyte.Stream(shown).feed("".join(f"\x1b[{y};1H{line}" for y, line in enumerate(lines, start=1)))
    return shown


@given(LETTERS, LETTERS, SPANS)
def test_cells_that_were_asked_for_are_new_and_all_others_as_they_were(old: str, new: str, spans: list) -> None:
    asked = [(1, first, end) for first, end in spans if first < end]
    shown = screen([old, old])
    pyte.Stream(shown).feed(TightUpdate.of(update([new, new], asked)).render_segments(Console()))
    cells = {x for _y, first, end in asked for x in range(first, end)}
    assert shown.display == [old, "".join(new[x] if x in cells else old[x] for x in range(WIDTH))]


def test_one_letter_costs_one_letter_and_a_move() -> None:
    told = TightUpdate.of(update(["a" * WIDTH], [(0, 20, 21)])).render_segments(Console())
    assert told == "\x1b[1;21Ha"
