"""The one table of moves."""

import pytest

from core.domain.refusal import IllegalMove
from core.domain.stage import ENDED, MOVES, OPEN, Stage, require_move

PAIRS = [(before, after) for before in Stage for after in Stage]


def test_every_stage_has_its_row() -> None:
    assert set(MOVES) == set(Stage)


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_a_move_is_made_or_refused_as_the_table_says(before: Stage, after: Stage) -> None:
    if after in MOVES[before]:
        assert require_move(before, after) is after
        return
    with pytest.raises(IllegalMove) as refused:
        require_move(before, after)
    assert (refused.value.found, refused.value.allowed) == (before, after)


@pytest.mark.parametrize("stage", [Stage.REJECTED, Stage.CANCELLED])
def test_nothing_comes_after_the_end(stage: Stage) -> None:
    assert not MOVES[stage]


def test_what_was_delivered_can_only_come_back() -> None:
    assert MOVES[Stage.COMPLETED] == {Stage.RETURNED}


def test_every_stage_is_either_open_or_ended() -> None:
    assert set(Stage) == OPEN | ENDED
    assert not OPEN & ENDED


def test_nobody_prepares_an_order_that_was_not_new() -> None:
    assert [stage for stage in Stage if Stage.PREPARING in MOVES[stage]] == [Stage.NEW, Stage.READY, Stage.RETURNED]


def test_goods_that_came_back_go_once_more_or_nowhere() -> None:
    assert MOVES[Stage.RETURNED] == {Stage.READY, Stage.PREPARING}


def test_goods_leave_only_from_ready() -> None:
    assert [stage for stage in Stage if Stage.OUT in MOVES[stage]] == [Stage.READY]


def test_goods_that_left_can_no_longer_be_called_off() -> None:
    assert Stage.CANCELLED not in MOVES[Stage.OUT]
