"""Nothing that arrives moves the choice, the scroll or the keyboard: random boards, one after the other.

The chosen row keeps its line of the screen, but for the two ends: no blank lines are shown beyond them, so that a
queue that fits is always shown whole, with what needs a hand first in view.
"""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, strategies as st

from core.board.orders import NextStep, QueueLine, in_order
from tests import samples
from tests.tui.play import Player, playing
from tui.widgets.line_list import LineList
from tui.widgets.order_list import QueueRows
from tui.widgets.order_row import QueueView
from tui.widgets.queue_index import QueueIndex

LONG = samples.many(60)
LINES = samples.many(40).board.queue
VIEW = QueueView(now=samples.NOW, zone=samples.ZONE)
NAMES = st.sets(st.integers(0, len(LINES) - 1))


def rows(picked: set[int], *, is_large: bool = False) -> QueueRows:
    """The queue of these orders."""
    return QueueRows(QueueIndex(in_order(LINES[at] for at in picked)), VIEW, is_large)


def standing(shown: LineList) -> int | None:
    return None if shown.chosen_at is None else shown.chosen_at - shown.top


class Shown(LineList):
    """Ten rows high, without a screen."""

    view = 10

    def repaint(self, lines: object = None) -> int:
        return 0

    def post_message(self, message: object) -> bool:
        return True


@given(first=NAMES, more=NAMES, chosen=st.integers(0, 39), wheel=st.integers(-60, 60), is_large=st.booleans())
def test_whatever_arrives_the_chosen_row_or_the_first_in_view_stands_where_it_stood(
    first: set[int], more: set[int], chosen: int, wheel: int, is_large: bool
) -> None:
    shown, before, after = (
        Shown(),
        rows(first | {chosen}, is_large=is_large),
        rows(first | more | {chosen}, is_large=is_large),
    )
    shown.show(before)
    shown.choose(LINES[chosen].order_id)
    shown._scroll(wheel)
    at, held = standing(shown), _first_in_view(shown)
    shown.show(after)
    assert shown.chosen == LINES[chosen].order_id
    if len(shown.rows) <= shown.view:
        assert shown.top == 0
    elif _is_at_an_end(shown):
        assert at is None or standing(shown) is not None
    elif at is not None and 0 <= at < shown.view:
        assert standing(shown) == at
    elif held is not None:
        key, stood_at = held
        assert (shown.rows.find(key) or 0) - shown.top == stood_at


@given(first=NAMES, gone=NAMES, chosen=st.integers(0, 39), is_large=st.booleans())
def test_what_goes_leaves_the_choice_and_moves_it_only_where_the_list_got_too_short(
    first: set[int], gone: set[int], chosen: int, is_large: bool
) -> None:
    shown = Shown()
    shown.show(rows(first | {chosen}, is_large=is_large))
    shown.choose(LINES[chosen].order_id)
    at = standing(shown)
    shown.show(rows((first - gone) | {chosen}, is_large=is_large))
    assert shown.chosen == LINES[chosen].order_id
    assert standing(shown) == at or _is_at_an_end(shown)


@given(first=NAMES, chosen=st.integers(0, 39), is_large=st.booleans())
def test_the_chosen_order_is_in_view_as_a_whole(first: set[int], chosen: int, is_large: bool) -> None:
    shown = Shown()
    shown.show(rows(first | {chosen}, is_large=is_large))
    shown.choose(LINES[chosen].order_id)
    at = standing(shown)
    assert at is not None
    assert 0 <= at <= shown.view - shown.rows.tall


def _is_at_an_end(shown: LineList) -> bool:
    return shown.top == 0 or shown.top >= len(shown.rows) - shown.view


def _first_in_view(shown: LineList) -> tuple[str, int] | None:
    """The first order in view, and the line of the screen on which it begins."""
    for y in range(shown.top, min(len(shown.rows), shown.top + shown.view)):
        if (key := shown.rows.key(y)) is not None:
            return key, (shown.rows.find(key) or 0) - shown.top
    return None


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("facts", [{}, {"rows": "large"}], ids=["normal", "large"])
async def test_random_boards_leave_choice_screen_line_and_keyboard_and_open_nothing(
    seed: int, facts: dict[str, str]
) -> None:
    chance = Random(seed)
    async with playing(LONG, size=(80, 24), **facts) as player:
        await player.press(*["down"] * chance.randrange(8, 14))
        queue, chosen = player.rows("queue"), player.page.order_id
        where, focus = standing(queue), player.app.focused
        board = LONG.board
        assert len(queue.rows) > queue.view
        for number in range(12):
            board = replace(board, seen=100 + number, queue=_next(board.queue, chosen, chance))
            await player.tell(board)
            _unmoved(player, chosen, where, focus)


def _unmoved(player: Player, chosen: object, where: int | None, focus: object) -> None:
    queue = player.rows("queue")
    assert player.page.order_id == chosen
    assert standing(queue) == where
    assert player.app.focused is focus
    assert not player.in_dialog
    assert queue.render_line((where or 0) + 1).text[0] == "▌"


def _next(queue: tuple[QueueLine, ...], chosen: object, chance: Random) -> tuple[QueueLine, ...]:
    """Some come, some change what they need; the chosen one stays."""
    lines = [_changed(line, chance) if line.order_id != chosen and chance.random() < 0.3 else line for line in queue]
    fresh = [
        replace(
            chance.choice(LINES), order_id=f"new{chance.random()}", seen_at=None, due_at=samples.ahead(chance.random())
        )
        for _ in range(chance.randrange(1, 4))
    ]
    return in_order([*lines, *fresh])


def _changed(line: QueueLine, chance: Random) -> QueueLine:
    return replace(line, is_changed=True, next_step=NextStep.READ_CHANGES, problems=chance.randrange(3))
