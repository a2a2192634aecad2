"""What the feeds tell of discounts, taxes, the way and wishes for missing pieces; and our own refunds coming round."""

from copy import deepcopy
from typing import Any

import pytest

from core.domain.line import IfMissing
from core.domain.money import Money
from core.domain.payment import Payment
from tests.adapters.channels.letters import (
    changed,
    cyberbiz_shop,
    of_cyberbiz,
    of_shopify,
    of_standard,
    only,
    payload,
    shopify_shop,
    standard_shop,
)

STANDARD, SHOPIFY, CYBERBIZ = payload("standard"), payload("shopify"), payload("cyberbiz")


def twd(amount: str) -> Money:
    return Money.parse(amount, "TWD")


def standard(**more: object):
    body = deepcopy(STANDARD)
    body["data"] |= more
    return only(standard_shop(), of_standard(body))


def standard_line(**more: object):
    body = deepcopy(STANDARD)
    body["data"]["lines"][0] |= more
    return only(standard_shop(), of_standard(body)).lines[0]


def shopify(body: dict[str, Any] | None = None, **more: object):
    return only(shopify_shop(if_missing_property="If missing"), of_shopify({**(body or SHOPIFY), **more}))


def with_line(place: int, **more: object) -> dict[str, Any]:
    body = deepcopy(SHOPIFY)
    body["line_items"][place] |= more
    return body


def our_refund(amount: str, *pieces: tuple[int, int], note: str = "too few [orderbell 5f2c]") -> dict[str, Any]:
    return {
        "id": 1,
        "note": note,
        "refund_line_items": [{"line_item_id": line, "quantity": count} for line, count in pieces],
        "transactions": [{"kind": "refund", "status": "success", "amount": amount}],
    }


def test_nothing_said_of_money_is_nothing_known() -> None:
    told = standard()
    assert (told.discount, told.tax, told.delivery_fee, told.tax_included) == (None, None, None, True)
    line = told.lines[0]
    assert (line.total, line.tax, line.if_missing, line.wish) == (None, None, IfMissing.UNSAID, "")


def test_a_standard_order_tells_discount_tax_and_the_way() -> None:
    told = standard(discount="10.00", tax="5.71", tax_included=False, delivery_fee=60)
    assert (told.discount, told.tax, told.delivery_fee) == (twd("10"), twd("5.71"), twd("60"))
    assert not told.tax_included


def test_a_standard_line_tells_what_was_paid_and_wished() -> None:
    line = standard_line(total="70.00", tax="3.33", if_missing="swap", wish="green tea is fine")
    assert (line.total, line.tax) == (twd("70"), twd("3.33"))
    assert (line.if_missing, line.wish) == (IfMissing.SWAP, "green tea is fine")


def test_a_discount_of_nothing_is_known_to_be_nothing() -> None:
    assert standard(discount="0.00").discount == twd("0")


def test_shopify_gives_each_line_its_part_of_the_discount() -> None:
    told = shopify(
        with_line(1, discount_allocations=[{"amount": "30.00"}, {"amount": "6.50"}]), total_discounts="36.50"
    )
    assert [line.total for line in told.lines] == [None, twd("323.50")]
    assert told.discount == twd("0")


def test_what_no_line_has_a_part_of_is_the_orders_discount() -> None:
    told = shopify(with_line(1, discount_allocations=[{"amount": "30.00"}]), total_discounts="50.00")
    assert told.discount == twd("20")


def test_shopify_tells_taxes_of_lines_and_of_all() -> None:
    body = with_line(0, tax_lines=[{"price": "3.00"}, {"price": "0.71"}])
    told = shopify(body, total_tax="23.71", taxes_included=False)
    assert [line.tax for line in told.lines] == [twd("3.71"), None]
    assert (told.tax, told.tax_included) == (twd("23.71"), False)


def test_the_way_costs_what_is_left_after_its_own_discount() -> None:
    way = {"title": "Local Delivery", "price": "60.00", "discount_allocations": [{"amount": "60.00"}]}
    assert shopify(shipping_lines=[way]).delivery_fee == twd("0")
    assert shopify().delivery_fee == twd("60")
    assert shopify(shipping_lines=[]).delivery_fee is None


@pytest.mark.parametrize("rubbish", ["a lot", "-5", {"amount": 1}, None])
def test_a_sum_nobody_can_read_loses_no_order(rubbish: object) -> None:
    assert shopify(total_discounts=rubbish, total_tax=rubbish).discount is None


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("Call me", IfMissing.CALL),
        ("請打電話", IfMissing.CALL),
        ("Replace with something similar", IfMissing.SWAP),
        ("換別的", IfMissing.SWAP),
        ("leave out", IfMissing.LEAVE_OUT),
        ("不要了", IfMissing.LEAVE_OUT),
        ("cancel the whole order", IfMissing.CANCEL_ALL),
        ("as you like", IfMissing.UNSAID),
    ],
)
def test_a_shopify_property_tells_the_wish_in_words(words: str, wish: IfMissing) -> None:
    line = shopify(with_line(0, properties=[{"name": "If missing", "value": words}])).lines[0]
    assert (line.if_missing, line.wish) == (wish, words)
    assert "If missing" not in line.options


def test_our_own_refund_changes_neither_total_nor_lines() -> None:
    body = with_line(1, current_quantity=1)
    told = shopify(
        body,
        financial_status="partially_refunded",
        current_total_price="258.00",
        refunds=[our_refund("240.00", (466157050, 2))],
    )
    assert told.payment is Payment.PART_REFUNDED
    assert told.total == twd("498")
    assert [line.quantity for line in told.lines] == [2, 3]


def test_a_line_refunded_whole_by_us_stays() -> None:
    body = with_line(0, current_quantity=0)
    told = shopify(body, current_total_price="420.00", refunds=[our_refund("78.00", (466157049, 2))])
    assert [line.quantity for line in told.lines] == [2, 3]


def test_a_refund_made_in_the_shops_own_office_is_seen() -> None:
    body = with_line(1, current_quantity=1)
    told = shopify(body, current_total_price="258.00", refunds=[our_refund("240.00", (466157050, 2), note="by hand")])
    assert told.total == twd("258")
    assert [line.quantity for line in told.lines] == [2, 1]


def test_a_refund_that_failed_is_none() -> None:
    failed = our_refund("240.00")
    failed["transactions"][0]["status"] = "failure"
    assert shopify(current_total_price="498.00", refunds=[failed]).total == twd("498")


def test_a_cancelled_order_was_paid_as_it_was_sold() -> None:
    told = shopify(cancelled_at="2026-11-21T14:40:00+08:00", current_total_price="0.00", refunds=[our_refund("100.00")])
    assert told.total == twd("498")


def test_editing_shares_what_was_paid_for_a_line() -> None:
    line = shopify(with_line(1, current_quantity=2, discount_allocations=[{"amount": "30.00"}])).lines[1]
    assert (line.quantity, line.total) == (2, twd("220"))


def test_cyberbiz_tells_the_way_and_what_was_taken_off() -> None:
    prices = {"total_line_items_price": 320.0, "shipping_rate_price": 60.0, "total_price": 349.5}
    told = only(cyberbiz_shop(), of_cyberbiz(changed(CYBERBIZ, "prices", prices)))
    assert (told.delivery_fee, told.discount, told.tax) == (twd("60"), twd("30.5"), None)


def test_cyberbiz_without_parts_of_the_price_says_nothing_of_them() -> None:
    told = only(cyberbiz_shop(), of_cyberbiz(changed(CYBERBIZ, "prices", {"total_price": 349.5})))
    assert (told.delivery_fee, told.discount) == (None, None)
