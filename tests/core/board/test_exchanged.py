"""A board that follows changes one by one is the board that is made of all of them."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, strategies as st

from core.board.board import FEW, Board, with_orders
from core.board.orders import LANES, NextStep, QueueLine, in_order, queue_line
from core.domain.ids import OrderId
from core.domain.stage import OPEN, Stage
from tests.builders import new

BASE = queue_line(new(), None, None)
Change = tuple[int, Stage | None, int | None, NextStep]
CHANGES = st.lists(
    st.tuples(
        st.integers(0, 12),
        st.sampled_from([None, *sorted(OPEN)]),
        st.one_of(st.none(), st.integers(-5, 5)),
        st.sampled_from(NextStep),
    ),
    max_size=40,
)


def line(change: Change) -> QueueLine | None:
    """None: the order is not open any more."""
    number, stage, minutes, step = change
    if stage is None:
        return None
    due = None if minutes is None else BASE.since + timedelta(minutes=minutes)
    lane = LANES[stage]
    return replace(BASE, order_id=OrderId(str(number)), stage=stage, lane=lane, due_at=due, next_step=step)


def told(board: Board, change: Change) -> Board:
    found, order_id = line(change), OrderId(str(change[0]))
    return with_orders(board, {order_id}, {order_id: found} if found else {}, {})


@given(CHANGES)
def test_change_by_change_it_is_what_sorting_all_of_it_gives(changes: list[Change]) -> None:
    board = Board()
    for change in changes:
        board = told(board, change)
    last = {change[0]: line(change) for change in changes}
    assert board.queue == in_order(found for found in last.values() if found is not None)


@given(CHANGES, CHANGES)
def test_a_burst_is_the_same_as_one_after_the_other(before: list[Change], burst: list[Change]) -> None:
    board = Board()
    for change in before:
        board = told(board, change)
    slowly = board
    for change in burst:
        slowly = told(slowly, change)
    last = {OrderId(str(change[0])): line(change) for change in burst}
    at_once = with_orders(board, last, {key: found for key, found in last.items() if found is not None}, {})
    assert at_once.queue == slowly.queue


def test_a_great_many_at_once_stand_in_order_too() -> None:
    lines = [queue_line(new(str(number)), None, None) for number in range(FEW * 2)]
    board = with_orders(Board(), [], {one.order_id: one for one in lines}, {})
    assert board.queue == in_order(lines)


def test_news_that_change_nothing_leave_the_very_same_queue() -> None:
    board = with_orders(Board(), [], {BASE.order_id: BASE}, {})
    assert with_orders(board, [BASE.order_id], {BASE.order_id: replace(BASE)}, {}).queue is board.queue


def test_each_lane_knows_how_many_it_holds() -> None:
    board = Board()
    for change in [
        (1, Stage.NEW, 1, NextStep.ACCEPT),
        (2, Stage.READY, 1, NextStep.SHIP),
        (3, Stage.NEW, 2, NextStep.ACCEPT),
    ]:
        board = told(board, change)
    assert {lane: board.count(lane) for lane in LANES.values() if board.count(lane)} == {
        LANES[Stage.NEW]: 2,
        LANES[Stage.READY]: 1,
    }
