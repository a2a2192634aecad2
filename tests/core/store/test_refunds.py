"""Money that goes back: whole on disk, and counted only where it is gone or on its way."""

from dataclasses import replace

import pytest

from core.domain.ids import RefundId
from core.domain.money import Money
from core.domain.refund import RefundState
from core.store.unit_of_work import UnitOfWork
from tests.builders import ready
from tests.core.full import all_say_something, full_call, full_refund

ID = ready().id


@pytest.fixture(autouse=True)
def one_ready_order(uow: UnitOfWork) -> None:
    """Refunds belong to an order."""
    uow.orders.add(ready())


def test_the_full_one_leaves_no_field_out() -> None:
    assert all_say_something(full_refund(ID))
    assert all_say_something(full_call())


def test_a_refund_comes_back_with_every_field(uow: UnitOfWork) -> None:
    owed = full_refund(ID)
    uow.refunds.add(owed)
    assert uow.refunds.get(owed.id) == owed


def test_its_next_state_takes_the_place_of_the_last(uow: UnitOfWork) -> None:
    owed = replace(full_refund(ID), state=RefundState.OWED)
    uow.refunds.add(owed)
    uow.refunds.save(replace(owed, state=RefundState.DONE))
    assert [refund.state for refund in uow.refunds.of(ID)] == [RefundState.DONE]


@pytest.mark.parametrize("state", RefundState)
def test_only_what_is_gone_or_may_be_counts(uow: UnitOfWork, state: RefundState) -> None:
    uow.refunds.add(replace(full_refund(ID), state=state))
    counts = state in (RefundState.OWED, RefundState.DONE, RefundState.BY_HAND)
    assert uow.refunds.sum_of(ID, "TWD") == Money(4_550 if counts else 0, "TWD")


def test_nobody_refunded_anything_yet(uow: UnitOfWork) -> None:
    assert uow.refunds.of(ID) == []
    assert uow.refunds.get(RefundId("none")) is None
    assert uow.refunds.sum_of(ID, "TWD") == Money(0, "TWD")
