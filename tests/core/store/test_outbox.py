"""What we owe the outside, and what wants a person: whole, found, one of a kind at a time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from core.domain.problem import ProblemKind
from core.domain.send import SendKind, SendState
from core.store.unit_of_work import UnitOfWork
from tests.builders import after, new, ready, send
from tests.conftest import NOON
from tests.core.full import full_problem, full_send


@pytest.fixture(autouse=True)
def one_ready_order(uow: UnitOfWork) -> None:
    """Jobs and sends belong to an order."""
    uow.orders.add(ready())


ID = ready().id


def test_a_send_comes_back_with_every_field(uow: UnitOfWork) -> None:
    owed = full_send(ID)
    uow.outbox.add(owed)
    assert uow.outbox.get(owed.id) == owed


@pytest.mark.parametrize("state", [SendState.HELD, SendState.CALLING])
def test_a_second_open_send_of_a_kind_is_refused_by_the_database(uow: UnitOfWork, state: SendState) -> None:
    uow.outbox.add(send(state=state))
    with pytest.raises(IntegrityError), uow.connection.begin_nested():
        uow.outbox.add(send())


def test_a_recall_may_be_owed_beside_a_call(uow: UnitOfWork) -> None:
    uow.outbox.add(send())
    uow.outbox.add(send(kind=SendKind.CANCEL_COURIER, created_at=after(1)))
    newest = uow.outbox.open_of(ID)
    assert newest is not None
    assert newest.kind is SendKind.CANCEL_COURIER
    assert uow.outbox.waiting() == 2


def test_each_job_of_an_order_may_have_its_own_recall_but_no_second_one(uow: UnitOfWork) -> None:
    uow.outbox.add(send(kind=SendKind.CANCEL_COURIER, ref="J1"))
    uow.outbox.add(send(kind=SendKind.CANCEL_COURIER, ref="J2"))
    with pytest.raises(IntegrityError), uow.connection.begin_nested():
        uow.outbox.add(send(kind=SendKind.CANCEL_COURIER, ref="J2"))
    found = uow.outbox.open_recall(ID, send().courier, "J2")
    assert found is not None
    assert found.ref == "J2"
    assert uow.outbox.open_recall(ID, send().courier, "J3") is None


def test_a_call_named_by_a_person_bars_a_second_one_all_the_same(uow: UnitOfWork) -> None:
    uow.outbox.add(send(ref="J1"))
    with pytest.raises(IntegrityError), uow.connection.begin_nested():
        uow.outbox.add(send())


def test_a_tip_on_its_way_is_not_what_people_wait_for(uow: UnitOfWork) -> None:
    uow.outbox.add(send(kind=SendKind.TIP_COURIER, ref="J1"))
    assert uow.outbox.open_of(ID) is None
    assert uow.outbox.open_by_order([ID]) == {}
    assert uow.glances.sends() == {}
    assert uow.outbox.open_of(ID, SendKind.TIP_COURIER) is not None


def test_all_sends_of_an_order_come_newest_first_and_what_is_owed_before_what_is_over(uow: UnitOfWork) -> None:
    over = [send(state=SendState.REFUSED, created_at=after(minute)) for minute in (1, 2)]
    owed = send(created_at=after(2))
    for one in (*over, owed):
        uow.outbox.add(one)
    assert uow.outbox.of(ID) == [owed, over[1], over[0]]


@pytest.mark.parametrize("over", [SendState.DONE, SendState.TAKEN_BACK, SendState.REFUSED])
def test_what_is_over_bars_no_new_one(uow: UnitOfWork, over: SendState) -> None:
    uow.outbox.add(send(state=over))
    uow.outbox.add(send())
    assert uow.outbox.waiting() == 1


def test_only_what_is_due_leaves_the_oldest_first(uow: UnitOfWork) -> None:
    uow.orders.add(new("7"))
    uow.orders.add(new("8"))
    early, late = send(due_at=NOON), send(order_id=new("7").id, due_at=NOON + timedelta(seconds=3))
    for owed in (late, early, send(order_id=new("8").id, due_at=after(9))):
        uow.outbox.add(owed)
    assert uow.outbox.due(after(1)) == [early, late]


def test_a_booking_is_found_by_our_key(uow: UnitOfWork) -> None:
    owed = send(key="k-1")
    uow.outbox.add(owed)
    assert uow.outbox.keyed("k-1") == owed
    assert uow.outbox.keyed("k-2") is None


@pytest.mark.parametrize(
    ("state", "is_ours"),
    [(SendState.CALLING, True), (SendState.DONE, True), (SendState.REFUSED, False), (SendState.TAKEN_BACK, False)],
)
def test_a_job_was_recalled_by_us_unless_the_recall_came_to_nothing(
    uow: UnitOfWork, state: SendState, is_ours: bool
) -> None:
    uow.outbox.add(send(kind=SendKind.CANCEL_COURIER, ref="J1", state=state))
    assert uow.outbox.recalled(ID, send().courier, "J1") is is_ours
    assert not uow.outbox.recalled(ID, "another", "J1")


def test_a_problem_comes_back_with_every_field(uow: UnitOfWork) -> None:
    told = full_problem(ID)
    uow.problems.add(told)
    assert uow.problems.get(told.id) == told


def test_a_second_open_problem_of_a_kind_is_refused_by_the_database(uow: UnitOfWork) -> None:
    first = replace(full_problem(ID), closed_at=None)
    uow.problems.add(first)
    with pytest.raises(IntegrityError), uow.connection.begin_nested():
        uow.problems.add(replace(full_problem(ID), closed_at=None))
    uow.problems.add(replace(full_problem(ID), closed_at=None, kind=ProblemKind.CLASH))
    assert len(uow.problems.all_open()) == 2
