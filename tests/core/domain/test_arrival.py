"""What a channel's telling does: first, changed, paid, called off, late and twice."""

from dataclasses import replace

import pytest

from core.domain import arrival, fulfilment
from core.domain.checklist import Check
from core.domain.events import OrderCancelled, OrderChanged, OrderOpened, OrderReceived, PaymentChanged
from core.domain.ids import CUSTOMER
from core.domain.money import Money
from core.domain.order import Order
from core.domain.payment import Payment
from core.domain.purchase import Customer, OrderType
from core.domain.stage import Stage
from tests.builders import AT_STAGE, MEI, RULES, after, line, new, out, packed, preparing, purchase, ready, told_later

WITHIN = RULES.accept_within
NOT_YET = [Payment.UNPAID, Payment.AUTHORIZED, Payment.COD]


def again(order: Order, count: float = 1, **more: object) -> tuple[Order, list[type]]:
    told, events = arrival.told_again(order, told_later(order.purchase, count, **more), after(count), WITHIN)
    return told, [type(event) for event in events]


@pytest.mark.parametrize("payment", [Payment.PAID, Payment.PART_REFUNDED])
def test_a_paid_order_is_new_at_once(payment: Payment) -> None:
    order, events = arrival.first_told(purchase(payment=payment), after(0), WITHIN)
    assert (order.stage, order.opened_at) == (Stage.NEW, after(0))
    assert [type(event) for event in events] == [OrderReceived, OrderOpened]


@pytest.mark.parametrize("payment", NOT_YET)
def test_an_order_whose_money_has_not_arrived_waits(payment: Payment) -> None:
    order, events = arrival.first_told(purchase(payment=payment), after(0), WITHIN)
    assert (order.stage, order.opened_at) == (Stage.WAITING_PAYMENT, None)
    assert [type(event) for event in events] == [OrderReceived]


@pytest.mark.parametrize("payment", [Payment.REFUNDED, Payment.VOID])
def test_an_order_whose_money_is_gone_has_ended(payment: Payment) -> None:
    order, _ = arrival.first_told(purchase(payment=payment), after(0), WITHIN)
    assert (order.stage, order.ended_at) == (Stage.CANCELLED, after(0))


def test_an_order_told_first_as_cancelled_never_opens() -> None:
    order, events = arrival.first_told(purchase(cancel_reason="too slow"), after(0), WITHIN)
    assert (order.stage, order.reason) == (Stage.CANCELLED, "too slow")
    assert [type(event) for event in events] == [OrderReceived]


def test_the_shop_has_five_minutes() -> None:
    assert new().accept_by == after(5)


def test_the_channels_own_deadline_wins_when_it_is_earlier() -> None:
    assert new(accept_by=after(3)).accept_by == after(3)
    assert new(accept_by=after(30)).accept_by == after(5)


def test_money_that_arrives_opens_the_order_with_a_fresh_deadline() -> None:
    order, kinds = again(AT_STAGE[Stage.WAITING_PAYMENT](), 30, payment=Payment.PAID)
    assert (order.stage, order.opened_at, order.accept_by) == (Stage.NEW, after(30), after(35))
    assert kinds == [PaymentChanged, OrderOpened]


def test_a_repeat_changes_nothing() -> None:
    order = new()
    assert arrival.told_again(order, order.purchase, after(9), WITHIN) == (order, ())


def test_an_older_telling_changes_nothing() -> None:
    order = new()
    stale = told_later(order.purchase, -1, note="old words", payment=Payment.UNPAID)
    assert arrival.told_again(order, stale, after(9), WITHIN) == (order, ())


def test_within_one_second_the_telling_that_is_further_along_wins() -> None:
    order = AT_STAGE[Stage.WAITING_PAYMENT]()
    paid = replace(order.purchase, payment=Payment.PAID)
    opened, _ = arrival.told_again(order, paid, after(1), WITHIN)
    back, events = arrival.told_again(opened, order.purchase, after(2), WITHIN)
    assert (back.stage, back.purchase.payment, events) == (Stage.NEW, Payment.PAID, ())


@pytest.mark.parametrize("stage", [Stage.WAITING_PAYMENT, Stage.REVIEW, Stage.NEW, Stage.PREPARING, Stage.READY])
def test_the_channel_can_call_off_until_the_goods_leave(stage: Stage) -> None:
    order, kinds = again(AT_STAGE[stage](), 30, cancel_reason="asked")
    assert (order.stage, order.reason, order.ended_at) == (Stage.CANCELLED, "asked", after(30))
    assert kinds == [OrderCancelled]


def test_a_cancelled_order_says_where_it_stood() -> None:
    order = preparing()
    _, (event,) = arrival.told_again(order, told_later(order.purchase, 5, cancel_reason=""), after(5), WITHIN)
    assert event == OrderCancelled(order_id=order.id, by=CUSTOMER, at=after(5), stage="preparing", reason="paid")


def test_goods_on_their_way_are_not_called_off_by_a_message() -> None:
    order, _ = again(out(), 30, cancel_reason="asked")
    assert (order.stage, order.purchase.is_cancelled) == (Stage.OUT, True)


@pytest.mark.parametrize("payment", [Payment.REFUNDED, Payment.VOID])
def test_money_that_went_back_calls_the_order_off(payment: Payment) -> None:
    order, kinds = again(preparing(), 5, payment=payment)
    assert (order.stage, order.reason) == (Stage.CANCELLED, payment.value)
    assert kinds == [PaymentChanged, OrderCancelled]


def test_a_part_refund_is_no_cancellation() -> None:
    order, kinds = again(preparing(), 5, payment=Payment.PART_REFUNDED)
    assert (order.stage, kinds) == (Stage.PREPARING, [PaymentChanged])


CHANGES = {
    "customer": Customer(name="Lin", phone="+886912999999", address="elsewhere"),
    "lines": (line("1", 1),),
    "promised_from": after(60),
    "promised_to": after(90),
    "note": "leave it with the neighbour",
    "allergens": "peanut",
    "total": Money(1, "TWD"),
    "type": OrderType.PICKUP,
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_under_our_hands_is_marked(name: str) -> None:
    order, kinds = again(preparing(), 5, **{name: CHANGES[name]})
    assert (order.changed, kinds) == ({name}, [OrderChanged])


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_before_anyone_worked_from_it_is_written_down_only(name: str) -> None:
    order, kinds = again(new(), 5, **{name: CHANGES[name]})
    assert (order.changed, kinds) == (frozenset(), [OrderChanged])


def test_a_change_nobody_needs_to_see_is_not_marked() -> None:
    order, kinds = again(preparing(), 5, wants_invoice=True)
    assert (order.changed, kinds, order.purchase.wants_invoice) == (frozenset(), [], True)


def test_marks_add_up_until_they_are_seen() -> None:
    order, _ = again(preparing(), 5, note="a")
    order, _ = again(order, 6, allergens="b")
    assert order.changed == {"note", "allergens"}
    seen, (event,) = arrival.see_changes(order, by=MEI, at=after(7))
    assert (seen.changed, event.by) == (frozenset(), MEI)


def test_seeing_no_changes_is_no_event() -> None:
    assert arrival.see_changes(preparing(), by=MEI, at=after(7))[1] == ()


def test_other_goods_take_the_ticks_back() -> None:
    order, _ = again(packed(), 5, lines=(line("1", 1), line("2", 1)))
    assert order.checklist.missing == tuple(Check)


def test_a_new_note_leaves_the_ticks() -> None:
    order, _ = again(packed(), 5, note="ring twice")
    assert order.checklist.is_complete


def test_what_was_picked_stays_picked() -> None:
    order, _ = fulfilment.pick(preparing(), line("1").id, 2, by=MEI, at=after(2))
    order, _ = again(order, 5, lines=(line("1", 3), line("2", 1)))
    assert [one.picked for one in order.lines] == [2, 0]


def test_more_than_is_still_wanted_is_taken_out_again() -> None:
    order, _ = again(packed(), 5, lines=(line("1", 1), line("2", 1)))
    assert [one.picked for one in order.lines] == [1, 1]


def test_a_ready_order_that_changed_keeps_its_stage_and_its_mark() -> None:
    order, _ = again(ready(), 9, customer=CHANGES["customer"])
    assert (order.stage, order.changed) == (Stage.READY, {"customer"})
