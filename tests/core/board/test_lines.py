"""How orders, drivers and loads show: the queue's order, and what needs a hand next."""

from dataclasses import replace
from random import Random

import pytest

from core.board.board import Board, with_orders
from core.board.drivers import driver_line
from core.board.load import LoadLine
from core.board.orders import Lane, NextStep, in_order, next_step, queue_line
from core.domain.checklist import Checklist
from core.domain.delivery import Delivery, DeliveryState
from core.domain.order import Order
from core.domain.send import Send
from core.domain.stage import ENDED, Stage
from tests.builders import AT_STAGE, after, delivery, new, packed, preparing, ready, send

S = DeliveryState
PICKED = replace(packed(), checklist=Checklist())


@pytest.mark.parametrize(
    ("order", "job", "owed", "step"),
    [
        (AT_STAGE[Stage.WAITING_PAYMENT](), None, None, NextStep.WAIT_FOR_PAYMENT),
        (AT_STAGE[Stage.REVIEW](), None, None, NextStep.REVIEW),
        (new(), None, None, NextStep.ACCEPT),
        (preparing(), None, None, NextStep.PICK),
        (PICKED, None, None, NextStep.CHECK),
        (packed(), None, None, NextStep.FINISH),
        (ready(), None, None, NextStep.SHIP),
        (ready(), None, send(), NextStep.HELD),
        (ready(), None, send().started(), NextStep.CALLING),
        (ready(), delivery(), None, NextStep.WAIT_FOR_DRIVER),
        (ready(), delivery(S.HEADING_TO_STORE), None, NextStep.HAND_OVER),
        (ready(), delivery(S.AT_STORE), None, NextStep.HAND_OVER),
        (ready(), delivery(S.FAILED), None, NextStep.SHIP),
        (AT_STAGE[Stage.OUT](), delivery(S.PICKED_UP), None, NextStep.WATCH),
        (replace(ready(), changed=frozenset({"note"})), delivery(), None, NextStep.READ_CHANGES),
    ],
)
def test_each_order_says_what_needs_a_hand(
    order: Order, job: Delivery | None, owed: Send | None, step: NextStep
) -> None:
    assert next_step(order, job, owed) is step


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in ENDED])
def test_every_open_stage_has_a_lane(stage: Stage) -> None:
    assert queue_line(AT_STAGE[stage](), None, None).lane in Lane


def test_only_what_is_paid_and_waits_for_a_person_may_ring() -> None:
    rings = [stage for stage in Stage if stage not in ENDED and queue_line(AT_STAGE[stage](), None, None).may_ring]
    assert rings == [Stage.REVIEW, Stage.NEW]


def test_the_queue_reads_by_lane_then_by_what_is_due_first() -> None:
    orders = [ready("4"), preparing("3"), replace(new("2"), accept_by=after(9)), replace(new("1"), accept_by=after(3))]
    lines = [queue_line(order, None, None) for order in orders]
    Random(7).shuffle(lines)
    assert [line.number for line in in_order(lines)] == ["1", "2", "3", "4"]


def test_what_is_due_at_no_time_comes_last_in_its_lane() -> None:
    early, late = ready("1", promised_to=after(60)), ready("2")
    assert [line.number for line in in_order(queue_line(one, None, None) for one in (late, early))] == ["1", "2"]


def test_each_lane_counts_down_to_its_own_time() -> None:
    promised = {"promised_to": after(60)}
    assert queue_line(new(**promised), None, None).due_at == after(5)
    assert queue_line(preparing(**promised), None, None).due_at == after(16)
    assert queue_line(ready(**promised), None, None).due_at == after(60)


def test_a_held_call_shows_until_when_it_can_be_taken_back() -> None:
    held, called = send(), send().started()
    assert queue_line(ready(), None, held).held_until == held.due_at
    assert queue_line(ready(), None, called).held_until is None


def test_drivers_at_the_door_come_first_the_longest_waiting_of_all() -> None:
    rides = [
        driver_line(delivery(state, ref=str(count), state_since=after(-count)), ready())
        for count, state in enumerate([S.PICKED_UP, S.MATCHING, S.AT_STORE, S.AT_STORE, S.HEADING_TO_STORE])
    ]
    board = with_orders(Board(), [], {}, {ready().id: tuple(rides)})
    assert [line.state_since for line in board.drivers] == [after(-3), after(-2), after(-4), after(-1), after(0)]


def test_a_line_on_the_board_is_found_by_its_order() -> None:
    board = with_orders(Board(), [new().id], {new().id: queue_line(new(), None, None)}, {})
    found = board.line(new().id)
    assert found is not None
    assert found.number == "1042"
    assert board.line(new("7").id) is None


def test_the_load_falls_by_itself_as_time_passes() -> None:
    load = LoadLine(cap=50, accepted=(after(0), after(30)), in_progress=2)
    assert [load.at(after(minute)).count for minute in (30, 59, 60, 90)] == [2, 2, 1, 0]
