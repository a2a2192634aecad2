"""The list keeps its choice, and draws little."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult

from tests.tui.play import lines_of
from tui.themes import DARK
from tui.widgets.cells import Piece
from tui.widgets.line_list import LineList
from tui.widgets.rows import Fixed, Row


class ListApp(App[None]):
    """One list, ten lines high."""

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self.chosen: list[str | None] = []

    def compose(self) -> ComposeResult:
        yield LineList(has_title=False)

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        self.chosen.append(event.key)


def rows(*names: str) -> Fixed:
    return Fixed(tuple(Row((Piece(name),), key=None if name.startswith("-") else name) for name in names))


def numbered(start: int, stop: int) -> Fixed:
    return rows(*(f"n{at}" for at in range(start, stop)))


@asynccontextmanager
async def listing(first: Fixed) -> AsyncIterator[LineList]:
    app = ListApp()
    async with app.run_test(size=(20, 10)) as pilot:
        shown = app.query_one(LineList)
        shown.show(first)
        await pilot.pause()
        yield shown


def screen_line(shown: LineList) -> int:
    assert shown.chosen_at is not None
    return shown.chosen_at - shown.top


async def test_the_first_row_with_a_key_is_chosen() -> None:
    async with listing(rows("-heading", "a", "b")) as shown:
        assert shown.chosen == "a"


async def test_rows_that_come_above_do_not_move_the_chosen_one_on_the_screen() -> None:
    async with listing(numbered(100, 140)) as shown:
        shown.choose("n105")
        before = screen_line(shown)
        shown.show(numbered(60, 140))
        assert shown.chosen == "n105"
        assert screen_line(shown) == before


async def test_rows_that_go_above_do_not_move_it_either() -> None:
    async with listing(numbered(0, 100)) as shown:
        shown.choose("n50")
        before = screen_line(shown)
        shown.show(numbered(20, 100))
        assert screen_line(shown) == before


async def test_when_the_chosen_one_ends_the_next_at_its_place_is_chosen() -> None:
    async with listing(rows("a", "b", "c")) as shown:
        shown.choose("b")
        shown.show(rows("a", "c"))
        assert shown.chosen == "c"


async def test_when_the_last_one_ends_the_one_above_is_chosen() -> None:
    async with listing(rows("a", "b", "c")) as shown:
        shown.choose("c")
        shown.show(rows("a", "b"))
        assert shown.chosen == "b"


async def test_the_heir_stands_where_the_ended_one_stood_although_rows_came_above() -> None:
    async with listing(numbered(50, 90)) as shown:
        shown.choose("n60")
        before = screen_line(shown)
        shown.show(rows(*(f"n{at}" for at in range(30, 90) if at != 60)))
        assert shown.chosen == "n61"
        assert screen_line(shown) in (before, before + 1)


async def test_an_empty_list_chooses_nothing_and_the_first_arrival_is_chosen() -> None:
    async with listing(Fixed()) as shown:
        assert shown.chosen is None
        shown.show(rows("a"))
        assert shown.chosen == "a"


async def test_headings_are_stepped_over() -> None:
    async with listing(rows("a", "-heading", "b")) as shown:
        shown.action_move(1)
        assert shown.chosen == "b"


async def test_the_wheel_looks_further_and_leaves_the_choice() -> None:
    async with listing(numbered(0, 100)) as shown:
        shown._scroll(30)
        assert shown.top == 30
        assert shown.chosen == "n0"


async def test_pages_and_ends_are_reached() -> None:
    async with listing(numbered(0, 100)) as shown:
        shown.action_leaf(1)
        assert shown.chosen == "n9"
        shown.action_edge(1)
        assert shown.chosen == "n99"
        shown.action_edge(-1)
        assert shown.chosen == "n0"


async def test_only_lines_that_differ_are_drawn() -> None:
    async with listing(rows("a", "b", "c", "d")) as shown:
        assert shown.show(rows("a", "b", "x", "d")) == 1
        assert shown.show(rows("a", "b", "x", "d")) == 0


async def test_moving_draws_the_line_left_and_the_line_reached() -> None:
    async with listing(rows("a", "b", "c", "d")) as shown:
        before = lines_of(shown)
        shown.action_move(1)
        changed = [y for y, line in enumerate(lines_of(shown)) if line != before[y]]
        assert changed == [0, 1]


async def test_rows_beyond_the_view_are_never_made() -> None:
    made: list[int] = []

    class Counting(Fixed):
        def row(self, y: int, width: int) -> Row:
            made.append(y)
            return super().row(y, width)

    async with listing(Fixed()) as shown:
        shown.show(Counting(numbered(0, 10_000).rows))
        assert max(made) < 10


async def test_rows_of_one_key_are_chosen_together() -> None:
    two = Fixed((Row((Piece("one"),), key="k"), Row((Piece("two"),), key="k"), Row((Piece("x"),), key="l")))
    async with listing(two) as shown:
        assert [line[0] for line in lines_of(shown)[:3]] == ["▌", "▌", " "]
        shown.action_move(1)
        assert shown.chosen == "l"


async def test_a_thumb_shows_where_in_a_long_list_we_are() -> None:
    async with listing(numbered(0, 100)) as shown:
        assert lines_of(shown)[0].endswith("▐")
        shown.action_edge(1)
        assert lines_of(shown)[-1].endswith("▐")
        assert not lines_of(shown)[0].endswith("▐")
