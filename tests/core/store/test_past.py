"""What was timed: rides to the store and bags that were packed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.delivery import DeliveryState
from core.domain.events import CheckTicked, LinePicked
from core.domain.ids import CourierName
from core.domain.order import Order
from core.domain.timed import Packing, Ride
from core.store import past
from core.store.unit_of_work import UnitOfWork
from tests.builders import MEI, PANDA, UBER, after, delivery, line, out, preparing, ready
from tests.conftest import NOON

SINCE = NOON - timedelta(days=90)


def add(uow: UnitOfWork, order: Order) -> Order:
    uow.orders.add(order)
    return order


def carried(uow: UnitOfWork, order: Order, courier: CourierName = UBER, **facts: object) -> None:
    usual: dict[str, object] = {
        "order_id": order.id,
        "ref": f"J-{order.number}",
        "key": order.number,
        "courier": courier,
    }
    job = delivery(**usual | facts)  # type: ignore[arg-type]
    uow.deliveries.add(job)


def test_a_ride_is_told_with_all_its_times(uow: UnitOfWork) -> None:
    order = add(uow, out())
    times = {"booked_at": after(2), "at_store_at": after(11), "picked_up_at": after(13), "ended_at": after(40)}
    carried(uow, order, state=DeliveryState.DELIVERED, **times)
    ride = Ride(
        courier=UBER,
        called_at=after(2),
        at_store_at=after(11),
        picked_up_at=after(13),
        delivered_at=after(40),
        ready_at=after(8),
    )
    assert uow.past.rides(SINCE) == [ride]


def test_a_ride_that_failed_on_the_way_tells_no_time_to_the_door(uow: UnitOfWork) -> None:
    carried(uow, add(uow, out()), state=DeliveryState.FAILED, picked_up_at=after(13), ended_at=after(40))
    assert [(ride.picked_up_at, ride.delivered_at) for ride in uow.past.rides(SINCE)] == [(after(13), None)]


def test_a_search_nobody_came_for_is_no_ride(uow: UnitOfWork) -> None:
    carried(uow, add(uow, ready()), state=DeliveryState.FAILED, ended_at=after(40))
    assert uow.past.rides(SINCE) == []


def test_every_driver_of_an_order_counts(uow: UnitOfWork) -> None:
    order = add(uow, out())
    carried(uow, order, ref="A", key="a", state=DeliveryState.FAILED, at_store_at=after(20), ended_at=after(25))
    carried(uow, order, PANDA, ref="B", key="b", at_store_at=after(35))
    assert {(ride.courier, ride.at_store_at) for ride in uow.past.rides(SINCE)} == {
        (UBER, after(20)),
        (PANDA, after(35)),
    }


def test_a_bag_is_told_with_its_pieces_and_its_first_one(uow: UnitOfWork) -> None:
    order = add(uow, ready(lines=(line("1", 2), line("2", 3))))
    picked = [
        LinePicked(order_id=order.id, at=after(at), by=MEI, line_id="1", picked=1, quantity=2) for at in (5, 3, 7)
    ]
    uow.journal.add([CheckTicked(order_id=order.id, at=after(2), by=MEI, check="size", ticked=True), *picked])
    assert uow.past.packings(SINCE) == [Packing(accepted_at=after(1), ready_at=after(8), pieces=5, begun_at=after(3))]


def test_a_bag_that_is_still_open_tells_nothing(uow: UnitOfWork) -> None:
    add(uow, preparing())
    assert uow.past.packings(SINCE) == []


def test_a_bag_nobody_picked_piece_by_piece_has_no_beginning(uow: UnitOfWork) -> None:
    add(uow, ready())
    assert [one.begun_at for one in uow.past.packings(SINCE)] == [None]


def test_what_is_long_ago_is_not_read(uow: UnitOfWork) -> None:
    order = add(uow, replace(out(), accepted_at=SINCE - timedelta(hours=1)))
    carried(uow, order, at_store_at=after(11))
    assert (uow.past.rides(SINCE), uow.past.packings(SINCE)) == ([], [])


def test_only_the_newest_orders_are_read(uow: UnitOfWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past, "NEWEST", 2)
    for number, minutes in (("1", 3), ("2", 1), ("3", 2)):
        carried(uow, add(uow, replace(out(number), accepted_at=after(minutes))), at_store_at=after(minutes))
    assert sorted(ride.at_store_at for ride in uow.past.rides(SINCE) if ride.at_store_at) == [after(2), after(3)]
