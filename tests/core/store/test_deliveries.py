"""Courier jobs on disk: whole, found, and never two at a time."""

import pytest
from sqlalchemy.exc import IntegrityError

from core.domain.delivery import DeliveryState
from core.domain.ids import OrderId, fresh_id
from core.store.unit_of_work import UnitOfWork
from tests.builders import PANDA, UBER, after, delivery, new, ready, report
from tests.core.full import all_say_something, full_delivery, full_problem, full_send


@pytest.fixture(autouse=True)
def one_ready_order(uow: UnitOfWork) -> None:
    """Jobs and sends belong to an order."""
    uow.orders.add(ready())


ID = ready().id


def test_the_full_ones_leave_no_field_out() -> None:
    assert all_say_something(full_delivery(ID))
    assert all_say_something(full_delivery(ID).driver)
    assert all_say_something(full_delivery(ID).place)
    assert all_say_something(full_send(ID))
    assert all_say_something(full_problem(ID))


def test_a_delivery_comes_back_with_every_field(uow: UnitOfWork) -> None:
    told = full_delivery(ID)
    uow.deliveries.add(told)
    assert uow.deliveries.of(ID) == [told]


def test_a_bare_delivery_comes_back_bare(uow: UnitOfWork) -> None:
    uow.deliveries.add(delivery())
    (back,) = uow.deliveries.of(ID)
    assert (back.driver, back.place, back.fee, back.ended_at) == (None, None, None, None)


def test_a_delivery_moves_on(uow: UnitOfWork) -> None:
    first = delivery()
    uow.deliveries.add(first)
    moved = first.hear(report(DeliveryState.DELIVERED, 9))
    uow.deliveries.save(moved)
    assert uow.deliveries.of(ID) == [moved]
    assert uow.deliveries.live_of(ID) is None


def test_a_second_live_delivery_is_refused_by_the_database(uow: UnitOfWork) -> None:
    uow.deliveries.add(delivery())
    with pytest.raises(IntegrityError), uow.connection.begin_nested():
        uow.deliveries.add(delivery(ref="J2", key="other"))


def test_after_the_end_of_one_another_may_live(uow: UnitOfWork) -> None:
    first = delivery()
    uow.deliveries.add(first.hear(report(DeliveryState.FAILED, 9)))
    uow.deliveries.add(delivery(ref="J2", key="other", booked_at=after(10)))
    assert [job.ref for job in uow.deliveries.of(ID)] == ["J2", "J1"]
    live = uow.deliveries.live_of(ID)
    assert live is not None
    assert live.ref == "J2"


def test_one_job_of_a_courier_is_kept_once(uow: UnitOfWork) -> None:
    uow.orders.add(new("7"))
    uow.deliveries.add(delivery())
    with pytest.raises(IntegrityError), uow.connection.begin_nested():
        uow.deliveries.add(delivery(order_id=new("7").id, key="other"))


@pytest.mark.parametrize(("ref", "key"), [("J1", ""), ("J1-back", ""), ("unheard", "our-key")])
def test_a_courier_means_a_job_by_its_id_its_way_back_or_our_key(uow: UnitOfWork, ref: str, key: str) -> None:
    uow.deliveries.add(delivery(return_ref="J1-back"))
    assert uow.deliveries.known_as(UBER, ref, key) is not None
    assert uow.deliveries.known_as(PANDA, ref, key) is None


@pytest.mark.parametrize(("ref", "key"), [("", ""), ("J9", ""), ("", "other-key")])
def test_an_empty_name_means_no_job(uow: UnitOfWork, ref: str, key: str) -> None:
    uow.deliveries.add(delivery())
    assert uow.deliveries.known_as(UBER, ref, key) is None


def test_the_live_jobs_of_many_orders_are_found_at_once(uow: UnitOfWork) -> None:
    uow.deliveries.add(delivery())
    wanted = [OrderId(fresh_id()) for _ in range(1200)]
    assert list(uow.deliveries.live_of_many([*wanted, ID])) == [ID]
