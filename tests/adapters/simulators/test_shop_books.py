"""What the simulated shop's system keeps, and refuses as real ones do."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.simulators.shop_books import Books, Record, Wrong
from adapters.simulators.shop_sale import Event, MoneyState, Sale
from tests.adapters.shops.town import SALE, TOTAL
from tests.core.fakes import FakeClock

NOW = datetime(2026, 11, 21, 6, 31, tzinfo=UTC)


class Shop:
    def __init__(self, sale: Sale = SALE) -> None:
        self.told: list[Sale] = []
        self.books = Books(FakeClock(NOW).now, self.told.append)
        self.books.know("A", sale)

    @property
    def record(self) -> Record:
        return self.books.find("A")


@pytest.fixture
def shop() -> Shop:
    return Shop()


def refused(code: str):
    return pytest.raises(Wrong, check=lambda wrong: wrong.code == code)


def test_each_change_is_told_later_than_the_one_before(shop: Shop) -> None:
    shop.books.accept(shop.record)
    shop.books.send(shop.record, {1: 3})
    shop.books.give_back(shop.record, 100, {})
    assert [sale.event for sale in shop.told] == [Event.PREPARING, Event.SENT, Event.REFUNDED]
    times = [sale.updated_at for sale in (SALE, *shop.told)]
    assert times == sorted(set(times))


def test_the_whole_sum_given_back_is_refunded_and_less_is_partly(shop: Shop) -> None:
    shop.books.give_back(shop.record, 1, {})
    shop.books.give_back(shop.record, TOTAL - 1, {})
    assert [sale.money for sale in shop.told] == [MoneyState.PART_REFUNDED, MoneyState.REFUNDED]


def test_a_cent_too_much_is_refused(shop: Shop) -> None:
    with refused("over_refund"):
        shop.books.give_back(shop.record, TOTAL + 1, {})


@pytest.mark.parametrize("money", [MoneyState.UNPAID, MoneyState.COD])
def test_money_that_never_came_is_not_given_back(money: MoneyState) -> None:
    shop = Shop(replace(SALE, money=money))
    with refused("over_refund"):
        shop.books.give_back(shop.record, 1, {})


def test_more_pieces_than_are_left_are_refused(shop: Shop) -> None:
    shop.books.send(shop.record, {1: 2})
    with refused("too_many"):
        shop.books.send(shop.record, {1: 2})
    shop.books.give_back(shop.record, 0, {2: 2})
    with refused("too_many"):
        shop.books.give_back(shop.record, 0, {2: 1})


def test_a_line_that_is_not_there_is_refused(shop: Shop) -> None:
    with refused("unknown_line"):
        shop.books.send(shop.record, {7: 1})


@pytest.mark.parametrize("pieces", [{}, {1: 0}, {1: -1}])
def test_sending_nothing_is_refused(shop: Shop, pieces: dict[int, int]) -> None:
    with refused("nothing"):
        shop.books.send(shop.record, pieces)


def test_what_is_over_is_over(shop: Shop) -> None:
    shop.books.cancel(shop.record, "customer")
    for again in (
        lambda: shop.books.cancel(shop.record, "customer"),
        lambda: shop.books.accept(shop.record),
        lambda: shop.books.send(shop.record, {1: 1}),
    ):
        with refused("cancelled"):
            again()


def test_what_has_gone_cannot_be_cancelled_and_what_has_not_cannot_come_back(shop: Shop) -> None:
    with refused("not_sent"):
        shop.books.returned(shop.record, "returned", is_done=True)
    shop.books.send(shop.record, {1: 1})
    with refused("fulfilled"):
        shop.books.cancel(shop.record, "customer")


def test_news_of_an_order_that_is_over_is_none(shop: Shop) -> None:
    changed = replace(SALE, event=Event.UPDATED)
    assert shop.books.know("A", changed)
    shop.books.cancel(shop.record, "customer")
    assert not shop.books.know("A", changed)


def test_news_keeps_what_was_given_back(shop: Shop) -> None:
    shop.books.give_back(shop.record, 100, {})
    shop.books.know("A", replace(SALE, event=Event.UPDATED))
    assert (shop.record.sale.back_cents, shop.record.sale.money) == (100, MoneyState.PART_REFUNDED)
