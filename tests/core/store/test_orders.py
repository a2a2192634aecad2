"""Orders come back from disk with every field."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from core.domain import arrival
from core.domain.checklist import Check, Checklist
from core.domain.ids import fresh_id
from core.domain.line import OrderLine
from core.domain.money import Money
from core.domain.order import Order
from core.domain.payment import Payment
from core.domain.purchase import Customer, OrderType, Purchase
from core.domain.stage import Stage
from core.store.database import Database
from core.store.unit_of_work import reading, writing
from tests.builders import AT_STAGE, RULES, new
from tests.core.full import all_say_something, full_order, full_purchase


def kept(database: Database, order: Order) -> Order:
    """What comes back of an order that was put in."""
    with writing(database) as uow:
        uow.orders.add(order)
    with reading(database) as uow:
        return uow.orders.get(order.id)


def test_the_full_order_leaves_no_field_out() -> None:
    assert all_say_something(full_order())
    assert all_say_something(full_purchase())
    assert all_say_something(full_purchase().customer)
    assert all_say_something(full_purchase().lines[0])


def test_an_order_comes_back_with_every_field(database: Database) -> None:
    assert kept(database, full_order()) == full_order()


def test_a_bare_order_comes_back_bare(database: Database) -> None:
    assert kept(database, new(lines=())) == new(lines=())


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_comes_back(sqlite: Database, stage: Stage) -> None:
    assert kept(sqlite, AT_STAGE[stage]()) == AT_STAGE[stage]()


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
LINES = st.builds(
    OrderLine,
    id=WORDS,
    sku=WORDS,
    name=WORDS,
    quantity=st.integers(0, 999),
    unit_price=st.none() | st.builds(Money, st.integers(-(10**13), 10**13), st.just("TWD")),
    weight_g=st.none() | st.integers(0, 10**6),
    note=WORDS,
    is_gift=st.booleans(),
    picked=st.integers(0, 999),
)
PURCHASES = st.builds(
    Purchase,
    channel=WORDS,
    shop=WORDS,
    channel_order_id=st.just(""),
    number=WORDS,
    updated_at=TIMES,
    placed_at=TIMES,
    payment=st.sampled_from(Payment),
    type=st.sampled_from(OrderType),
    customer=st.builds(Customer, name=WORDS, latitude=st.none() | st.floats(-90, 90)),
    lines=st.lists(LINES, max_size=4, unique_by=lambda one: one.id).map(tuple),
    total=st.builds(Money, st.integers(-(10**13), 10**13), st.just("TWD")),
    promised_to=st.none() | TIMES,
    cancel_reason=st.none() | WORDS,
)


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bought=PURCHASES, at=TIMES, ticked=st.sets(st.sampled_from(Check)))
def test_any_order_comes_back_as_it_was(database: Database, bought: Purchase, at: datetime, ticked: set[Check]) -> None:
    another = replace(bought, channel_order_id=fresh_id())  # the store outlives one example
    order, _ = arrival.first_told(another, at, RULES.accept_within)
    order = replace(order, checklist=Checklist(frozenset(ticked)))
    assert kept(database, order) == order
