"""The driver's call on the order's line."""

from dataclasses import replace
from typing import Any

import pytest

from core.board.calls import with_call, work_of
from core.board.orders import NextStep, QueueLine, queue_line
from core.domain.call_advice import Advice
from core.domain.order import Order
from core.domain.purchase import OrderType
from tests.builders import UBER, after, delivery, minutes, new, packed, preparing, purchase, ready, send
from tests.conftest import NOON

LATER = Advice(courier=UBER, call_at=after(6), needed=10, rides=12, lead=minutes(9), ready_at=after(15))
TOO_FEW = Advice(courier=UBER, call_at=None, needed=10, rides=3)


def line(order: Order, **more: Any) -> QueueLine:
    return queue_line(order, more.get("job"), more.get("held"))


def test_the_work_is_what_the_line_shows() -> None:
    bought = replace(purchase(), promised_from=after(60))
    work = work_of(line(replace(preparing(), purchase=bought)))
    assert (work.pieces, work.picked, work.since, work.promised_from) == (3, 0, after(1), after(60))
    assert work.wants_driver


@pytest.mark.parametrize(
    "shown",
    [
        line(new()),
        line(replace(preparing(), changed=frozenset({"note"}))),
        line(preparing(), job=delivery()),
        line(preparing(), held=send()),
        line(preparing(type=OrderType.PICKUP)),
    ],
)
def test_no_driver_is_wanted_before_accept_twice_or_for_who_fetches_it(shown: QueueLine) -> None:
    assert not work_of(shown).wants_driver


def test_when_it_is_time_the_call_comes_before_the_bag() -> None:
    for order, step in ((preparing(), NextStep.PICK), (packed(), NextStep.FINISH)):
        early = with_call(line(order), LATER, NOON)
        assert (early.next_step, early.call) == (step, LATER)
        assert with_call(early, LATER, after(6)).next_step is NextStep.SHIP


def test_who_is_to_be_called_later_after_all_is_packed_on() -> None:
    due = with_call(line(preparing()), LATER, after(6))
    assert with_call(due, replace(LATER, call_at=after(20)), after(7)).next_step is NextStep.PICK


def test_goods_that_are_ready_are_called_for_with_or_without_records() -> None:
    due = replace(LATER, call_at=NOON)
    assert [with_call(line(ready()), advice, NOON).next_step for advice in (due, TOO_FEW, None)] == [NextStep.SHIP] * 3


def test_goods_promised_for_later_wait_and_need_no_hand_until_then() -> None:
    early = with_call(line(ready()), LATER, NOON)
    assert (early.next_step, early.needs_hand) == (NextStep.WAIT_TO_CALL, False)
    assert with_call(early, LATER, after(6)).next_step is NextStep.SHIP


def test_a_call_that_is_due_stays_as_it_was() -> None:
    due = with_call(line(ready()), replace(LATER, call_at=NOON), NOON)
    assert with_call(due, replace(LATER, call_at=after(2)), after(2)) is due
    assert with_call(due, replace(LATER, call_at=after(2), lead=minutes(10)), after(2)) != due


def test_a_line_is_due_first_where_it_was_before() -> None:
    early = with_call(line(preparing()), LATER, NOON)
    assert with_call(early, LATER, after(6)).rank == early.rank
