"""One function a move: what it changes, what it writes down, what it refuses."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain import fulfilment, short_move
from core.domain.events import (
    OrderAccepted,
    OrderCancelled,
    OrderSeen,
)
from core.domain.ids import LineId
from core.domain.payment import Payment
from core.domain.refusal import (
    IllegalMove,
    NotPaid,
)
from core.domain.stage import RINGING, Stage
from tests.builders import AT_STAGE, BO, MEI, after, line, new, out, packed, preparing, ready

ONE, TWO = LineId("1"), LineId("2")


def test_who_saw_an_order_is_kept() -> None:
    order, (event,) = fulfilment.see(new(), by=BO, at=after(1))
    assert (order.seen_by, order.seen_at) == (BO, after(1))
    assert event == OrderSeen(order_id=order.id, by=BO, at=after(1))


@pytest.mark.parametrize("stage", sorted(set(Stage) - RINGING))
def test_only_an_order_that_rings_can_be_taken_up(stage: Stage) -> None:
    with pytest.raises(IllegalMove):
        fulfilment.see(AT_STAGE[stage](), by=BO, at=after(1))


def test_accepting_promises_a_time() -> None:
    order, (event,) = fulfilment.accept(new(), by=MEI, ready_by=after(20), at=after(2))
    assert (order.stage, order.accepted_at, order.accepted_by, order.ready_by) == (
        Stage.PREPARING,
        after(2),
        MEI,
        after(20),
    )
    assert event == OrderAccepted(order_id=order.id, by=MEI, at=after(2), ready_by=after(20))


def test_accepting_counts_as_having_seen() -> None:
    assert preparing().seen_by == MEI


def test_accepting_keeps_who_saw_it_first() -> None:
    seen, _ = fulfilment.see(new(), by=BO, at=after(1))
    order, _ = fulfilment.accept(seen, by=MEI, ready_by=after(20), at=after(2))
    assert (order.seen_by, order.seen_at) == (BO, after(1))


@pytest.mark.parametrize("payment", [Payment.UNPAID, Payment.AUTHORIZED, Payment.COD, Payment.REFUNDED, Payment.VOID])
def test_only_money_that_has_arrived_is_accepted(payment: Payment) -> None:
    order = new()
    poorer = replace(order, purchase=replace(order.purchase, payment=payment))
    with pytest.raises(NotPaid) as refused:
        fulfilment.accept(poorer, by=MEI, ready_by=after(20), at=after(2))
    assert (refused.value.rule, refused.value.found, refused.value.allowed) == ("C20", payment.value, "paid")


def test_an_order_is_accepted_once() -> None:
    with pytest.raises(IllegalMove):
        fulfilment.accept(preparing(), by=BO, ready_by=after(20), at=after(2))


def test_a_rejected_order_keeps_its_reason_and_its_end() -> None:
    order, _ = fulfilment.reject(new(), by=MEI, reason="sold out", at=after(1))
    assert (order.stage, order.reason, order.ended_at) == (Stage.REJECTED, "sold out", after(1))


def test_an_accepted_order_is_rejected_no_more() -> None:
    with pytest.raises(IllegalMove):
        fulfilment.reject(preparing(), by=MEI, reason="sold out", at=after(1))


def test_whole_orders_leave_whole() -> None:
    assert [one.shipped for one in out().lines] == [2, 1]


def test_short_orders_leave_short() -> None:
    order, _ = short_move.ship_short(packed(), {ONE: 1}, by=MEI, at=after(4))
    order, _ = fulfilment.finish_packing(order, by=MEI, at=after(5))
    order, _ = fulfilment.leave(order, by=MEI, at=after(6))
    assert [one.shipped for one in order.lines] == [1, 1]


def test_a_called_off_order_says_where_it_stood() -> None:
    order, (event,) = fulfilment.cancel(ready(), by=MEI, reason="fire", at=after(9))
    assert event == OrderCancelled(order_id=order.id, by=MEI, at=after(9), stage="ready", reason="fire")
    assert (order.stage, order.ended_at, order.reason) == (Stage.CANCELLED, after(9), "fire")


def test_a_line_is_found_by_id_sku_or_barcode() -> None:
    order = preparing()
    assert {order.line(code).id for code in ("2", "SKU-2", "4710002")} == {"2"}


def test_of_two_lines_with_one_barcode_the_open_one_is_meant() -> None:
    lines = (line("1", 1, barcode="47"), line("2", 1, barcode="47"))
    order, _ = fulfilment.pick(preparing(lines=lines), ONE, 1, by=MEI, at=after(3))
    assert order.line("47").id == "2"


def test_a_new_paid_order_rings_until_it_is_seen() -> None:
    order = new()
    assert order.may_ring(after(0))
    seen, _ = fulfilment.see(order, by=MEI, at=after(1))
    assert not seen.may_ring(after(1) + timedelta(seconds=59))


def test_an_order_that_was_seen_and_left_rings_in_its_last_minute() -> None:
    seen, _ = fulfilment.see(new(), by=MEI, at=after(1))
    assert not seen.may_ring(after(3.99))
    assert seen.may_ring(after(4))


def test_an_order_seen_in_its_last_minute_is_left_in_peace_for_one() -> None:
    seen, _ = fulfilment.see(new(), by=MEI, at=after(4.5))
    assert not seen.may_ring(after(5.4))
    assert seen.may_ring(after(5.5))


@pytest.mark.parametrize("stage", sorted(set(Stage) - RINGING))
def test_nothing_else_rings(stage: Stage) -> None:
    assert not AT_STAGE[stage]().may_ring(after(0))


def test_a_test_order_never_rings() -> None:
    assert not new(is_test=True).may_ring(after(0))


def test_taking_up_what_somebody_has_is_nothing_new() -> None:
    seen, _ = fulfilment.see(new(), by=BO, at=after(1))
    assert fulfilment.see(seen, by=MEI, at=after(2)) == (seen, ())


def test_an_order_that_rings_again_is_taken_up_again() -> None:
    seen, _ = fulfilment.see(new(), by=BO, at=after(1))
    again, (event,) = fulfilment.see(seen, by=MEI, at=after(4.2))
    assert event == OrderSeen(order_id=seen.id, by=MEI, at=after(4.2))
    assert not again.may_ring(after(4.3))
