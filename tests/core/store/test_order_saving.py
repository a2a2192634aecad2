"""An order is saved by who saw its newest version, and only what changed is written."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from core.domain import arrival, fulfilment
from core.domain.checklist import Check, Checklist
from core.domain.order import Order
from core.domain.refusal import Conflict
from core.store.database import Database
from core.store.unit_of_work import reading, writing
from tests.builders import MEI, RULES, after, line, new, preparing, purchase, ready, told_later
from tests.core.store.test_orders import kept


def test_the_loser_of_two_saves_hears_a_conflict(database: Database) -> None:
    kept(database, new())
    with writing(database) as uow:
        before = uow.orders.get(new().id)
        winner = uow.orders.save(replace(before, seen_by=MEI), before)
    assert winner.version == 1
    with pytest.raises(Conflict), writing(database) as uow:
        uow.orders.save(replace(before, parcels=9), before)
    with reading(database) as uow:
        assert uow.orders.get(new().id) == winner


def test_what_did_not_change_is_not_saved(database: Database) -> None:
    kept(database, new())
    with writing(database) as uow:
        before = uow.orders.get(new().id)
        assert uow.orders.save(before, before).version == 0


@pytest.fixture
def said(sqlite: Database) -> list[str]:
    """The statements that write, from here on."""
    statements: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        if statement.split()[0] in ("INSERT", "UPDATE", "DELETE"):
            statements.append(" ".join(statement.split()[:3]))

    event.listen(sqlite.engine, "before_cursor_execute", note)
    return statements


def save(database: Database, before: Order, order: Order) -> Order:
    with writing(database) as uow:
        uow.orders.save(order, before)
    with reading(database) as uow:
        return uow.orders.get(order.id)


def test_picking_one_line_writes_that_line_only(sqlite: Database, said: list[str]) -> None:
    before = kept(sqlite, preparing())
    said.clear()
    order, _ = fulfilment.pick(before, line("2").id, 1, by=MEI, at=after(2))
    assert save(sqlite, before, order).lines == order.lines
    assert said == ["UPDATE orders SET", "UPDATE lines SET"]


def test_a_tick_writes_ticks_only(sqlite: Database, said: list[str]) -> None:
    before = kept(sqlite, preparing())
    said.clear()
    order, _ = fulfilment.tick(before, Check.SIZE, ticked=True, by=MEI, at=after(2))
    assert save(sqlite, before, order).checklist == order.checklist
    assert said == ["UPDATE orders SET", "DELETE FROM checks", "INSERT INTO checks"]


def test_a_move_writes_neither_lines_nor_ticks(sqlite: Database, said: list[str]) -> None:
    before = kept(sqlite, new())
    said.clear()
    order, _ = fulfilment.see(before, by=MEI, at=after(1))
    save(sqlite, before, order)
    assert said == ["UPDATE orders SET"]


def test_other_lines_replace_the_old_ones(database: Database) -> None:
    before = kept(database, preparing())
    bought = replace(before.purchase, lines=(line("9", 4), line("1", 2)))
    assert save(database, before, replace(before, purchase=bought)).lines == bought.lines


def test_ticks_are_taken_back(database: Database) -> None:
    before = kept(database, ready())
    order = replace(before, checklist=Checklist(frozenset({Check.SIZE})))
    assert save(database, before, order).checklist == order.checklist


def test_a_telling_is_saved_whole(database: Database) -> None:
    before = kept(database, preparing())
    order, _ = arrival.told_again(before, told_later(purchase(), 3, note="ring twice"), after(3), RULES.accept_within)
    assert save(database, before, order) == replace(order, version=1)
