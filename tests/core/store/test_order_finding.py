"""Orders are found by number, id, stage and time."""

from dataclasses import replace

import pytest

from core.domain import fulfilment
from core.domain.ids import OrderId
from core.domain.order import Order
from core.domain.refusal import Ambiguous, UnknownOrder
from core.domain.stage import Stage
from core.store.database import Database
from core.store.unit_of_work import reading, writing
from tests.builders import AT_STAGE, MEI, after, new, preparing


def put(database: Database, *orders: Order) -> None:
    with writing(database) as uow:
        for order in orders:
            uow.orders.add(order)


@pytest.mark.parametrize("name", ["1042", "#1042", " 1042 "])
def test_an_order_is_called_by_its_number(database: Database, name: str) -> None:
    put(database, new(), new("7"))
    with reading(database) as uow:
        assert uow.orders.called(name).number == "1042"


def test_an_order_is_called_by_its_id(database: Database) -> None:
    put(database, new(), new("7"))
    with reading(database) as uow:
        assert uow.orders.called(new("7").id).number == "7"


def test_two_open_orders_of_one_number_must_be_told_apart(database: Database) -> None:
    put(database, new("7", shop="a"), new("7", shop="b"))
    with reading(database) as uow, pytest.raises(Ambiguous) as refused:
        uow.orders.called("7")
    assert new("7", shop="a").id in str(refused.value)


def test_an_open_order_is_meant_before_an_ended_one(database: Database) -> None:
    ended, _ = fulfilment.cancel(new("7", shop="old"), by=MEI, reason="sold out", at=after(1))
    put(database, ended, new("7"))
    with reading(database) as uow:
        assert uow.orders.called("7").id == new("7").id


def test_an_ended_order_is_still_found(database: Database) -> None:
    put(database, AT_STAGE[Stage.COMPLETED]())
    with reading(database) as uow:
        assert uow.orders.called("1042").stage is Stage.COMPLETED


@pytest.mark.parametrize("name", ["", "#", "999", "' OR 1=1 --"])
def test_nobody_answers_to_a_name_no_order_has(database: Database, name: str) -> None:
    put(database, new())
    with reading(database) as uow, pytest.raises(UnknownOrder):
        uow.orders.called(name)


def test_open_orders_are_those_that_have_not_ended(database: Database) -> None:
    orders = [replace(make(), id=OrderId(stage)) for stage, make in AT_STAGE.items()]
    different = [
        replace(order, purchase=replace(order.purchase, channel_order_id=str(count)))
        for count, order in enumerate(orders)
    ]
    put(database, *different)
    with reading(database) as uow:
        assert {order.stage for order in uow.orders.all_open()} == {
            order.stage for order in orders if not order.has_ended
        }
        assert uow.orders.count(Stage) == 6
        assert [order.stage for order in uow.orders.listed([Stage.OUT])] == [Stage.OUT]


def test_more_ids_than_one_statement_holds_are_all_found(sqlite: Database) -> None:
    orders = [new(str(count)) for count in range(1100)]
    put(sqlite, *orders)
    with reading(sqlite) as uow:
        assert len(uow.orders.many([order.id for order in orders])) == 1100
        assert len(uow.orders.all_open()) == 1100


def test_acceptances_are_read_in_the_sequence_of_time(database: Database) -> None:
    put(database, *(replace(preparing(str(count)), accepted_at=after(-count)) for count in (5, 70, 1, 60)))
    with reading(database) as uow:
        assert uow.orders.accepted_after(after(-60)) == [after(-5), after(-1)]


def test_an_order_its_channel_has_told_of_is_not_put_beside_itself(database: Database) -> None:
    put(database, new())
    with writing(database) as uow:
        assert not uow.orders.add(replace(new(), id=OrderId("another")))
        assert uow.orders.find(OrderId("another")) is None
