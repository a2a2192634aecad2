"""A channel's copy of an order that was keyed in before (L3): one order, or a question."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from core.domain.checklist import Check
from core.domain.events import KeptApart, OrderJoined
from core.domain.handwritten import HandOrder, PaidHow
from core.domain.ids import ChannelName, OrderId
from core.domain.money import Money
from core.domain.order import Order
from core.domain.payment import Payment
from core.domain.problem import ProblemKind
from core.domain.purchase import Customer, Purchase
from core.domain.refusal import Conflict, JoinFirst, OrderRefusal
from core.domain.stage import Stage
from tests.builders import BO, after, letter, line, purchase, reading
from tests.core.keyed import TEA, form
from tests.core.shop import Shop

STRANGER = Customer(name="Chen", phone="#1234", address="台北市大同區 2 號")  # a masked line
OTHER = Customer(name="Wu", phone="0987 654 321", address="新北市板橋區文化路 99 號")


def key_in(shop: Shop, keyed: HandOrder | None = None, apart: Sequence[OrderId] = ()) -> Order:
    return shop.write(lambda uow: shop.services.entering.enter(uow, keyed or form(), shop.now(), apart))


def told(shop: Shop, *copies: Purchase) -> None:
    shop.write(lambda uow: shop.intake.take(uow, letter(received_at=shop.clock.now()), reading(*copies)))


def everything(shop: Shop) -> list[Order]:
    return shop.read(lambda uow: uow.orders.listed())


def only(shop: Shop) -> Order:
    (order,) = everything(shop)
    return order


def decide(shop: Shop, copy: Purchase, hand: Order | None) -> None:
    hand_id = hand.id if hand else None
    shop.write(lambda uow: shop.services.joining.decide(uow, copy.order_id, hand_id, shop.now()))


def unsure(**more: Any) -> Purchase:
    """The same to all appearances, but for the phone."""
    return purchase(customer=STRANGER, **more)


def test_the_copy_is_joined_and_the_order_keeps_its_id_and_journal(any_shop: Shop) -> None:
    hand = key_in(any_shop)
    told(any_shop, purchase())
    joined = only(any_shop)
    assert joined.id == hand.id
    assert (joined.purchase.channel, joined.purchase.shop, joined.purchase.channel_order_id) == (
        "web",
        "nanxi",
        "co-1042",
    )
    assert (joined.number, joined.hand_number) == ("1042", hand.number)
    assert any_shop.words(hand.id) == ["order_received", "order_keyed_in", "order_opened", "order_joined"]
    assert any_shop.problems() == []


def test_what_was_done_so_far_stays(shop: Shop) -> None:
    hand = key_in(shop)
    packing = shop.services.packing
    shop.write(lambda uow: shop.services.orders.accept(uow, [hand.id], shop.now()))
    for one in hand.lines:
        shop.write(lambda uow, one=one: packing.pick(uow, hand.id, one.id, one.quantity, shop.now()))
    for check in Check:
        shop.write(lambda uow, check=check: packing.tick(uow, hand.id, check, True, shop.now()))
    shop.write(lambda uow: packing.ready(uow, hand.id, 2, "", shop.now()))
    shop.write(lambda uow: shop.services.dispatch.ship(uow, hand.id, shop.courier.name, shop.now()))
    told(shop, purchase(total=hand.purchase.total))
    joined = only(shop)
    assert (joined.stage, joined.parcels, joined.is_packed) == (Stage.READY, 2, True)
    assert shop.open_send(hand.id) is not None
    assert joined.changed == frozenset()


def test_later_tellings_find_it_under_its_own_id(any_shop: Shop) -> None:
    hand = key_in(any_shop)
    told(any_shop, purchase())
    told(any_shop, purchase(updated_at=after(3), note="no bag"))
    told(any_shop, purchase())
    assert only(any_shop).id == hand.id
    assert only(any_shop).purchase.note == "no bag"


def test_a_late_cancel_finds_it_too(shop: Shop) -> None:
    hand = key_in(shop)
    shop.write(lambda uow: shop.services.orders.accept(uow, [hand.id], shop.now()))
    told(shop, purchase())
    told(shop, purchase(updated_at=after(3), cancel_reason="changed my mind"))
    assert only(shop).stage is Stage.CANCELLED
    assert ProblemKind.CANCELLED_LATE in shop.problems()


def test_a_copy_that_comes_cancelled_calls_the_keyed_in_order_off(shop: Shop) -> None:
    key_in(shop)
    told(shop, purchase(cancel_reason="changed my mind"))
    assert only(shop).stage is Stage.CANCELLED


def test_a_copy_that_is_paid_opens_what_waited_for_its_money(shop: Shop) -> None:
    hand = key_in(shop, form(paid=PaidHow.LATER))
    assert hand.stage is Stage.WAITING_PAYMENT
    told(shop, purchase())
    assert (only(shop).stage, only(shop).id) == (Stage.NEW, hand.id)


def test_what_differs_is_marked_to_be_read(shop: Shop) -> None:
    hand = key_in(shop, form(number="1042"))
    shop.write(lambda uow: shop.services.orders.accept(uow, [hand.id], shop.now()))
    told(shop, purchase(lines=(line("1", 3), line("2", 1)), note="ring twice", total=Money(164_000, "TWD")))
    joined = only(shop)
    assert joined.changed == {"lines", "note", "total"}
    event = next(event for event in shop.history(hand.id) if isinstance(event, OrderJoined))
    assert "Tea 1: 2 → 3" in event.differences


def test_what_only_the_caller_said_is_never_lost(shop: Shop) -> None:
    key_in(shop, form(note="ring twice", allergens="peanuts", promised_to=after(50)))
    told(shop, purchase(note="3rd floor"))
    told(shop, purchase(note="3rd floor", updated_at=after(2)))
    kept = only(shop).purchase
    assert kept.note == "3rd floor · ring twice"
    assert (kept.allergens, kept.promised_to) == ("peanuts", after(50))


def test_paid_here_and_there_is_to_be_read(shop: Shop) -> None:
    key_in(shop, form(paid=PaidHow.CASH))
    told(shop, purchase(total=form().total("TWD")))
    assert only(shop).changed == {"payment"}


def test_what_has_gone_and_differs_is_a_trouble(shop: Shop) -> None:
    hand = key_in(shop)
    done = replace(hand, stage=Stage.COMPLETED, ended_at=after(1))
    shop.write(lambda uow: uow.orders.save(done, hand))
    told(shop, purchase(lines=(line("1", 3), line("2", 1))))
    assert only(shop).stage is Stage.COMPLETED
    assert shop.problems() == [ProblemKind.JOIN_DIFFERS]


def test_the_callers_number_is_enough(shop: Shop) -> None:
    hand = key_in(shop, form(number="1042", name="?", phone="0", address="?", lines=(replace(TEA, sku="", name="x"),)))
    told(shop, purchase(customer=OTHER))
    assert only(shop).id == hand.id


def test_two_customers_with_the_same_order_in_the_same_minute_stay_two(shop: Shop) -> None:
    key_in(shop)
    told(shop, purchase(customer=OTHER))
    assert len(everything(shop)) == 2
    assert shop.problems() == []


def test_what_is_likely_only_is_asked_and_nothing_is_done_with_it_till_then(any_shop: Shop) -> None:
    key_in(any_shop)
    copy = unsure()
    told(any_shop, copy)
    assert len(everything(any_shop)) == 2
    assert any_shop.problems() == [ProblemKind.JOIN_UNSURE]
    orders = any_shop.services.orders
    for refused in (
        lambda uow: orders.accept(uow, [copy.order_id], any_shop.now()),
        lambda uow: orders.reject(uow, copy.order_id, "no", any_shop.now()),
        lambda uow: orders.cancel(uow, copy.order_id, "no", any_shop.now()),
    ):
        with pytest.raises(JoinFirst):
            any_shop.write(refused)


def test_it_rings_all_the_same(shop: Shop) -> None:
    key_in(shop)
    told(shop, unsure())
    copy = shop.order(unsure().order_id)
    assert copy.may_ring(shop.clock.now())


def test_the_same_order_is_one_from_then_on(any_shop: Shop) -> None:
    hand, copy = key_in(any_shop), unsure()
    told(any_shop, copy)
    decide(any_shop, copy, hand)
    joined = only(any_shop)
    assert (joined.id, joined.purchase.channel_order_id) == (hand.id, "co-1042")
    assert any_shop.problems() == []
    told(any_shop, replace(copy, updated_at=after(5), note="x"))
    assert only(any_shop).purchase.note == "x"


def test_what_hung_on_the_copy_hangs_on_the_order(shop: Shop) -> None:
    hand, copy = key_in(shop), unsure(clash="paid and unpaid")
    told(shop, copy)
    decide(shop, copy, hand)
    assert {problem.kind for problem in shop.read(lambda uow: uow.problems.of(hand.id))} == {
        ProblemKind.CLASH,
        ProblemKind.JOIN_UNSURE,
    }


def test_another_order_goes_its_own_way(any_shop: Shop) -> None:
    key_in(any_shop)
    copy = unsure()
    told(any_shop, copy)
    decide(any_shop, copy, None)
    assert any_shop.problems() == []
    any_shop.write(lambda uow: any_shop.services.orders.accept(uow, [copy.order_id], any_shop.now()))
    told(any_shop, replace(copy, updated_at=after(5)))
    assert any_shop.problems() == []
    assert any(isinstance(event, KeptApart) for event in any_shop.history(copy.order_id))


def test_of_two_people_who_decide_the_second_hears_of_the_first(shop: Shop) -> None:
    hand, copy = key_in(shop), unsure()
    told(shop, copy)
    decide(shop, copy, hand)
    with pytest.raises(OrderRefusal):
        decide(shop, copy, None)


def test_it_is_closed_by_no_other_word(shop: Shop) -> None:
    key_in(shop)
    told(shop, unsure())
    (problem,) = shop.read(lambda uow: uow.problems.all_open())
    with pytest.raises(JoinFirst):
        shop.write(lambda uow: shop.services.care.close_problem(uow, problem.id, "nothing to do", shop.now(BO)))


def test_an_undecided_copy_that_is_called_off_takes_the_order_with_it_when_they_are_one(shop: Shop) -> None:
    hand, copy = key_in(shop), unsure()
    told(shop, copy)
    told(shop, replace(copy, updated_at=after(2), cancel_reason="changed my mind"))
    assert shop.problems() == [ProblemKind.JOIN_UNSURE]
    decide(shop, copy, hand)
    assert only(shop).stage is Stage.CANCELLED


def test_of_two_keyed_in_alike_a_person_says_which(shop: Shop) -> None:
    first, second = key_in(shop), key_in(shop)
    told(shop, purchase())
    assert shop.problems() == [ProblemKind.JOIN_UNSURE]
    decide(shop, purchase(), second)
    assert {order.id for order in everything(shop)} == {first.id, second.id}
    told(shop, purchase("1043"))
    assert shop.order(first.id).number == "1043"


def test_a_second_copy_is_an_order_of_its_own(any_shop: Shop) -> None:
    hand = key_in(any_shop)
    told(any_shop, purchase("1042"), purchase("1043"))
    assert {order.number for order in everything(any_shop)} == {"1042", "1043"}
    assert any_shop.order(hand.id).number == "1042"


def test_a_doubt_ends_by_itself_when_the_order_has_its_copy(shop: Shop) -> None:
    key_in(shop)
    told(shop, unsure())
    told(shop, purchase("1043"))
    assert shop.problems() == []
    assert len(everything(shop)) == 2


def test_what_was_called_off_here_is_never_joined_by_itself(shop: Shop) -> None:
    hand = key_in(shop)
    shop.write(lambda uow: shop.services.orders.cancel(uow, hand.id, "keyed twice", shop.now()))
    told(shop, purchase())
    assert ProblemKind.JOIN_UNSURE in shop.problems()
    assert shop.order(purchase().order_id).stage is Stage.NEW


def test_called_off_here_and_paid_there_the_money_goes_back(shop: Shop) -> None:
    hand = key_in(shop, form(paid=PaidHow.LATER))
    shop.write(lambda uow: shop.services.orders.cancel(uow, hand.id, "no tea left", shop.now()))
    told(shop, purchase())
    decide(shop, purchase(), hand)
    assert only(shop).stage is Stage.CANCELLED
    assert shop.problems() == [ProblemKind.REFUND_DUE]


def test_one_that_belongs_to_no_channel_is_never_joined_by_itself(shop: Shop) -> None:
    key_in(shop, form(channel=""))
    told(shop, purchase())
    assert shop.problems() == [ProblemKind.JOIN_UNSURE]


def test_one_of_another_channel_is_not_sure_either(shop: Shop) -> None:
    key_in(shop, form(number="1042"))
    told(shop, purchase(channel=ChannelName("uber_eats")))
    assert shop.problems() == [ProblemKind.JOIN_UNSURE]


def test_ordered_again_an_hour_after_the_call_it_is_asked_about(shop: Shop) -> None:
    key_in(shop)
    told(shop, purchase(placed_at=after(60), updated_at=after(60)))
    assert shop.problems() == [ProblemKind.JOIN_UNSURE]


def test_another_hour_of_the_day_may_be_another_order(shop: Shop) -> None:
    key_in(shop, form(promised_to=after(40)))
    told(shop, purchase(promised_to=after(400)))
    assert shop.problems() == [ProblemKind.JOIN_UNSURE]


def test_a_copy_nobody_has_paid_for_marks_what_was_said_to_be_paid(shop: Shop) -> None:
    hand = key_in(shop)
    shop.write(lambda uow: shop.services.orders.accept(uow, [hand.id], shop.now()))
    told(shop, purchase(payment=Payment.UNPAID))
    assert "payment" in only(shop).changed


def test_nobody_joins_twice(shop: Shop) -> None:
    hand, copy = key_in(shop), unsure()
    told(shop, copy)
    told(shop, purchase("1099"))
    with pytest.raises(Conflict):
        decide(shop, copy, hand)
