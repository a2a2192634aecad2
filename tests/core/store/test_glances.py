"""What is read by itself is what the whole order says."""

from dataclasses import replace

import pytest

from core.board.drivers import driver_line
from core.board.glance import glance_of
from core.domain.checklist import Check, Checklist
from core.domain.delivery import DeliveryState
from core.domain.order import Order
from core.domain.stage import ENDED, Stage
from core.store.rides import ride_of
from core.store.unit_of_work import UnitOfWork
from tests.builders import AT_STAGE, after, delivery, line, new, packed, preparing, purchase, ready, send
from tests.core.full import full_delivery, full_order, full_send

HALF = Checklist(frozenset({Check.SIZE}))
BOUGHT = purchase(lines=(line("1", 2, picked=1, shipped=1), line("2", 3)))
ORDERS = {
    "half_ticked": replace(preparing(), checklist=HALF),
    "packed": packed(),
    "short and packed": replace(preparing(), is_short=True, purchase=replace(BOUGHT, lines=BOUGHT.lines[:1])),
    "short and not packed": replace(
        preparing(), is_short=True, purchase=replace(BOUGHT, lines=(line("1", 3, shipped=2),))
    ),
    "long and not packed": replace(preparing(), purchase=BOUGHT),
    "without goods": replace(new(), purchase=replace(BOUGHT, lines=())),
    "a test": replace(new(), purchase=replace(BOUGHT, is_test=True)),
    "changed": replace(ready(), changed=frozenset({"note", "lines"})),
    "with allergens": replace(ready(), purchase=replace(BOUGHT, allergens="nuts")),
    "without a promise": replace(ready(), purchase=replace(BOUGHT, promised_to=None)),
    "with everything": replace(full_order(), stage=Stage.OUT),
    **{stage.value: AT_STAGE[stage]() for stage in Stage if stage not in ENDED},
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS.keys())
def test_a_glance_is_what_the_whole_order_shows(uow: UnitOfWork, order: Order) -> None:
    uow.orders.add(order)
    assert uow.glances.orders() == [glance_of(uow.orders.get(order.id))]


def test_what_has_ended_is_not_looked_at(uow: UnitOfWork) -> None:
    uow.orders.add(replace(full_order(), stage=Stage.COMPLETED))
    uow.orders.add(new("2"))
    assert [found.number for found in uow.glances.orders()] == ["2"]
    assert uow.glances.counts() == {Stage.NEW: 1}


@pytest.mark.parametrize("job", [delivery(), delivery(DeliveryState.AT_STORE, eta_store=after(3), pin="4471")])
def test_a_ride_is_what_the_whole_delivery_shows(uow: UnitOfWork, job: object) -> None:
    order = ready()
    uow.orders.add(order)
    uow.deliveries.add(job)  # type: ignore[arg-type]
    assert ride_of(uow.glances.words()[order.id], uow.glances.doors()[order.id]) == driver_line(
        uow.deliveries.live()[0], order
    )


def test_a_ride_with_all_that_couriers_tell(uow: UnitOfWork) -> None:
    order = full_order()
    uow.orders.add(order)
    uow.deliveries.add(replace(full_delivery(order.id), ended_at=None, state=DeliveryState.AT_STORE))
    assert ride_of(uow.glances.words()[order.id], uow.glances.doors()[order.id]) == driver_line(
        uow.deliveries.live()[0], order
    )


def test_what_has_arrived_is_no_ride(uow: UnitOfWork) -> None:
    order = full_order()
    uow.orders.add(order)
    uow.deliveries.add(replace(full_delivery(order.id), ended_at=after(9)))
    assert uow.glances.words() == {}


def test_open_sends_come_as_they_are_without_what_they_carry(uow: UnitOfWork) -> None:
    order = full_order()
    uow.orders.add(order)
    owed = replace(full_send(order.id), state=send().state)
    uow.outbox.add(owed)
    assert uow.glances.sends() == {order.id: replace(owed, quote=None, tip=None, call=None)}


def test_the_newest_event_has_a_number(uow: UnitOfWork) -> None:
    assert uow.glances.last_event() == uow.journal.last()
