"""What happened comes back word for word, in the order it was committed."""

from dataclasses import fields
from datetime import datetime
from typing import Any, get_type_hints

import pytest
from sqlalchemy import insert

from core.domain.events import KINDS, Event, OrderSeen
from core.store.database import Database
from core.store.tables import journal
from core.store.unit_of_work import reading, writing
from tests.builders import MEI, after, new, purchase

VALUES: dict[Any, Any] = {
    str: "said “so”",
    int: 3,
    int | None: 540,
    bool: True,
    datetime: after(7.5),
    datetime | None: after(7.5),
    tuple[str, ...]: ("lines", "note"),
    dict[str, int]: {"1": 2, "2": 0},
}


def one_of(kind: type[Event]) -> Event:
    """An event in which every field says something."""
    types = get_type_hints(kind)
    usual = {"order_id": purchase().order_id, "at": after(1), "by": MEI}
    return kind(**usual | {one.name: VALUES[types[one.name]] for one in fields(kind) if one.name not in usual})


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_kind_of_event_comes_back_as_it_was(sqlite: Database, kind: type[Event]) -> None:
    with writing(sqlite) as uow:
        uow.journal.add([one_of(kind)])
    with reading(sqlite) as uow:
        assert uow.journal.of(purchase().order_id) == [one_of(kind)]


def test_all_kinds_come_back_in_their_sequence(database: Database) -> None:
    told = [one_of(kind) for kind in KINDS.values()]
    with writing(database) as uow:
        uow.journal.add(told)
    with reading(database) as uow:
        assert [entry.event for entry in uow.journal.after(0)] == told
        assert uow.journal.counts() == dict.fromkeys(KINDS, 1)


def test_a_follower_reads_on_from_what_it_knows(database: Database) -> None:
    with writing(database) as uow:
        assert uow.journal.last() == 0
        uow.journal.add(OrderSeen(order_id=purchase().order_id, at=after(count), by=MEI) for count in range(5))
        first = uow.journal.after(0, most=2)
        rest = uow.journal.after(first[-1].number)
    assert [entry.event.at for entry in rest if entry.event] == [after(2), after(3), after(4)]
    with reading(database) as uow:
        assert uow.journal.last() == rest[-1].number


def test_an_event_of_the_store_belongs_to_no_order(database: Database) -> None:
    with writing(database) as uow:
        uow.journal.add([OrderSeen(order_id=None, at=after(0), by=MEI)])
        (entry,) = uow.journal.after(0)
    assert entry.order_id is None


def test_a_word_of_a_newer_version_is_passed_over(database: Database) -> None:
    row = {"at": after(0), "order_id": "x", "kind": "order_teleported", "by": "mei", "data": {"to": "moon"}}
    with writing(database) as uow:
        uow.connection.execute(insert(journal), row)
        (entry,) = uow.journal.after(0)
        assert entry.event is None
        assert uow.journal.of(purchase().order_id) == []


def test_numbers_are_not_given_twice_after_a_row_is_gone(sqlite: Database) -> None:
    with writing(sqlite) as uow:
        uow.journal.add([OrderSeen(order_id=None, at=after(0), by=MEI)])
        uow.connection.execute(journal.delete())
        uow.journal.add([OrderSeen(order_id=None, at=after(0), by=MEI)])
        assert uow.journal.last() == 2


def test_the_newest_come_first_page_by_page(database: Database) -> None:
    with writing(database) as uow:
        uow.journal.add(OrderSeen(order_id=None, at=after(count), by=MEI) for count in range(7))
        first = uow.journal.newest(before=None, after=0, of=None, most=3)
        second = uow.journal.newest(before=first[-1].seen, after=0, of=None, most=3)
        news = uow.journal.newest(before=None, after=second[0].seen, of=None, most=10)
    assert [line.event.at for line in (*first, *second)] == [after(count) for count in (6, 5, 4, 3, 2, 1)]
    assert news == first


def test_a_line_of_the_journal_knows_the_number_people_say(database: Database) -> None:
    with writing(database) as uow:
        uow.orders.add(new())
        uow.journal.add([OrderSeen(order_id=one, at=after(0), by=MEI) for one in (new().id, None)])
        of_store, of_order = uow.journal.newest(before=None, after=0, of=None, most=9)
        mine = uow.journal.newest(before=None, after=0, of=new().id, most=9)
    assert (of_order.number, of_store.number) == ("1042", "")
    assert mine == [of_order]


def test_a_word_of_a_newer_version_has_no_line(database: Database) -> None:
    row = {"at": after(0), "order_id": "x", "kind": "order_teleported", "by": "mei", "data": {"to": "moon"}}
    with writing(database) as uow:
        uow.connection.execute(insert(journal), row)
        assert uow.journal.newest(before=None, after=0, of=None, most=9) == []
