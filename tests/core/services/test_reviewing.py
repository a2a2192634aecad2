"""The review over a real store: looked at as it comes, known buyers, twins, and what a person does (H1–H6)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from core.board.orders import Lane, NextStep, queue_line
from core.domain.events import CustomerCalledBack, Event, ReviewPassed
from core.domain.ids import OrderId
from core.domain.money import Money
from core.domain.order import Order
from core.domain.payment import Payment
from core.domain.purchase import Customer
from core.domain.refusal import BadAddress, BadPhone, Conflict, InReview, NothingNew, ReviewOpen
from core.domain.review import FindingKind, ReviewRules, findings_of
from core.domain.review_moves import CallResult
from core.domain.stage import Stage
from core.store.database import Database
from tests.builders import after, line, purchase, told_later
from tests.core.shop import Shop

NOWHERE = Customer(name="Chen", phone="0912-000-111", address="asdf")
DOOR = "台北市大同區 2 號 3 樓"


@pytest.fixture
def shop(emptied: Database) -> Iterator[Shop]:
    """On each kind of database; one that looks at every order."""
    opened = Shop(emptied, review=ReviewRules(huge_times=5))
    yield opened
    opened.close()


def take(shop: Shop, number: str = "1042", key: str = "", **facts: object) -> Order:
    bought = purchase(number, **facts)
    shop.told(bought, key=key or f"k-{number}-{bought.updated_at}")
    return shop.order(bought.order_id)


def kinds(order: Order) -> list[FindingKind]:
    return [finding.kind for finding in findings_of(order)]


def history(shop: Shop, order_id: OrderId) -> list[Event]:
    return list(shop.read(lambda uow: uow.journal.of(order_id)))


def let_pass(shop: Shop, order: Order) -> Order:
    return shop.write(lambda uow: shop.reviewing.let_pass(uow, order.id, shop.now()))


def complete(shop: Shop, order: Order, address: str | None = None, phone: str | None = None) -> Order:
    return shop.write(lambda uow: shop.reviewing.complete(uow, order.id, shop.now(), address=address, phone=phone))


def call(shop: Shop, order: Order, result: CallResult) -> Order:
    return shop.write(lambda uow: shop.reviewing.called(uow, order.id, result, shop.now()))


def finish(shop: Shop, number: str = "900", **facts: object) -> None:
    """An order of long ago that the customer has."""
    bought = purchase(number, **facts)
    shop.told(bought, key=f"k-{number}")
    done = replace(shop.order(bought.order_id), stage=Stage.COMPLETED, accepted_at=after(1), ended_at=after(30))
    shop.write(lambda uow: uow.orders.save(done, shop.order(bought.order_id)))
    shop.clock.move(hours=2)


def test_a_first_buyer_with_a_good_address_is_new_at_once(shop: Shop) -> None:
    order = take(shop)
    assert (order.stage, kinds(order)) == (Stage.NEW, [FindingKind.FIRST_ORDER])


@pytest.mark.parametrize("phone", ["0912-000-111", "+886 912 000 111", "０９１２０００１１１"])
def test_a_buyer_is_known_again_however_the_number_is_written(shop: Shop, phone: str) -> None:
    finish(shop)
    order = take(shop, customer=Customer(name="陳", phone=phone, address=DOOR))
    assert (order.stage, kinds(order)) == (Stage.NEW, [])


def test_only_an_order_that_reached_its_buyer_makes_one_known(shop: Shop) -> None:
    take(shop, "1041", lines=(line("7", 1),))
    shop.write(lambda uow: shop.services.orders.reject(uow, purchase("1041").order_id, "sold out", shop.now()))
    assert FindingKind.FIRST_ORDER in kinds(take(shop))


def test_a_nonsense_address_cannot_be_accepted_until_a_right_one_is_put_in(shop: Shop) -> None:
    order = take(shop, customer=NOWHERE)
    assert order.stage is Stage.REVIEW
    with pytest.raises(InReview):
        shop.accept(order.id)
    with pytest.raises(ReviewOpen):
        let_pass(shop, order)
    with pytest.raises(BadAddress):
        complete(shop, order, address="test")
    assert complete(shop, order, address=DOOR).stage is Stage.NEW
    (accepted,) = shop.accept(order.id)
    assert (accepted.stage, accepted.purchase.customer.address) == (Stage.PREPARING, DOOR)


def test_an_impossible_phone_is_put_right_or_said_to_be_none(shop: Shop) -> None:
    order = take(shop, customer=replace(NOWHERE, phone="123", address=DOOR))
    assert order.stage is Stage.REVIEW
    with pytest.raises(BadPhone):
        complete(shop, order, phone="0000000000")
    passed = complete(shop, order, phone="")
    assert (passed.stage, kinds(passed)) == (Stage.NEW, [FindingKind.NO_PHONE])


def test_the_same_goods_for_the_same_person_within_half_an_hour_are_looked_at(shop: Shop) -> None:
    take(shop, "1041")
    shop.clock.move(minutes=29)
    order = take(shop)
    assert (order.stage, findings_of(order)[0].found) == (Stage.REVIEW, "1041")
    passed = let_pass(shop, order)
    assert (passed.stage, passed.reviewed_by) == (Stage.NEW, shop.now().by)


@pytest.mark.parametrize(
    "other",
    [
        {"lines": (line("1", 2),)},
        {"customer": Customer(name="Chen", phone="0988-111-222", address="高雄市三民區 9 號")},
        {"customer": Customer(name="Wang", phone="+886912000111", address="高雄市三民區 9 號")},  # a platform's number
        {"customer": Customer(name="Wang", phone="0988-111-222", address="台北市大同區 2 號")},  # a colleague
    ],
)
def test_other_goods_or_another_person_make_no_twin(shop: Shop, other: dict[str, object]) -> None:
    take(shop, "1041")
    assert take(shop, **other).stage is Stage.NEW


def test_a_twin_is_none_after_half_an_hour_nor_of_an_order_that_is_off(shop: Shop) -> None:
    take(shop, "1040")
    shop.clock.move(minutes=31)
    second = take(shop, "1041")
    assert second.stage is Stage.NEW
    shop.write(lambda uow: shop.services.orders.reject(uow, second.id, "sold out", shop.now()))
    assert take(shop).stage is Stage.NEW


def test_a_large_sum_is_noticed_against_the_shop_s_own(shop: Shop) -> None:
    for count in range(20):
        customer = Customer(name=f"Nr {count}", phone=f"09120001{count:02}", address=f"台北市大同區 {count} 號")
        order = take(shop, str(count), customer=customer, total=Money(10_000, "TWD"))
        shop.accept(order.id)
    shop.clock.move(minutes=11)
    small, large = Money(50_000, "TWD"), Money(50_100, "TWD")
    assert FindingKind.HUGE not in kinds(take(shop, "300", total=small, lines=(line("1", 1),)))
    assert FindingKind.HUGE in kinds(take(shop, "301", total=large, lines=(line("3", 1),)))


def test_with_few_orders_nothing_is_large(shop: Shop) -> None:
    take(shop, "1041", total=Money(100, "TWD"))
    assert FindingKind.HUGE not in kinds(take(shop, total=Money(10_000_000, "TWD"), lines=(line("2", 1),)))


def test_an_unpaid_order_is_looked_at_when_it_is_paid(shop: Shop) -> None:
    unpaid = purchase(customer=NOWHERE, payment=Payment.UNPAID)
    shop.told(unpaid, key="a")
    assert shop.order(unpaid.order_id).stage is Stage.WAITING_PAYMENT
    shop.told(told_later(unpaid, 1, payment=Payment.PAID), key="b")
    assert shop.order(unpaid.order_id).stage is Stage.REVIEW
    shop.told(told_later(unpaid, 2, payment=Payment.UNPAID), key="c")
    assert shop.order(unpaid.order_id).stage is Stage.WAITING_PAYMENT


def test_a_customer_who_mends_the_address_in_the_shop_needs_nobody_here(shop: Shop) -> None:
    bought = purchase(customer=NOWHERE)
    shop.told(bought, key="a")
    shop.told(told_later(bought, 1, customer=replace(NOWHERE, address=DOOR)), key="b")
    assert shop.order(bought.order_id).stage is Stage.NEW
    assert isinstance(history(shop, bought.order_id)[-1], ReviewPassed)


def test_a_customer_who_spoils_the_address_before_accept_is_looked_at(shop: Shop) -> None:
    bought = purchase()
    shop.told(bought, key="a")
    shop.told(told_later(bought, 1, customer=replace(NOWHERE)), key="b")
    assert shop.order(bought.order_id).stage is Stage.REVIEW


def test_the_shop_s_later_words_do_not_overwrite_and_stop_the_order(shop: Shop) -> None:
    order, theirs = take(shop, customer=NOWHERE), "高雄市三民區 9 號"
    complete(shop, order, address=DOOR)
    shop.told(told_later(order.purchase, 2, customer=replace(NOWHERE, address=theirs)), key="later")
    now = shop.order(order.id)
    assert (now.stage, now.purchase.customer.address, kinds(now)[0]) == (Stage.REVIEW, DOOR, FindingKind.RETOLD)
    with pytest.raises(ReviewOpen):
        let_pass(shop, order)
    taken = shop.write(lambda uow: shop.reviewing.take_told(uow, order.id, shop.now()))
    assert (taken.stage, taken.purchase.customer.address) == (Stage.NEW, theirs)


def test_there_is_nothing_to_take_where_nothing_was_put_in(shop: Shop) -> None:
    order = take(shop)
    with pytest.raises(NothingNew):
        shop.write(lambda uow: shop.reviewing.take_told(uow, order.id, shop.now()))


def test_a_call_in_which_all_is_right_lets_it_pass_and_is_kept(shop: Shop) -> None:
    take(shop, "1041")
    order = call(shop, take(shop), CallResult.RIGHT)
    assert order.stage is Stage.NEW
    assert [event.answer for event in history(shop, order.id) if isinstance(event, CustomerCalledBack)] == ["right"]


def test_a_call_cannot_make_an_address_of_nonsense(shop: Shop) -> None:
    order = take(shop, customer=NOWHERE)
    assert call(shop, order, CallResult.RIGHT).stage is Stage.REVIEW
    call(shop, order, CallResult.NOT_REACHED)
    tries = [event for event in history(shop, order.id) if isinstance(event, CustomerCalledBack)]
    assert [event.attempt for event in tries] == [1, 2]
    assert tries[1].again_at is not None


def test_of_two_who_let_it_pass_one_is_first(shop: Shop) -> None:
    take(shop, "1041")
    order = take(shop)
    passed = let_pass(shop, order)
    with pytest.raises(Conflict):
        shop.write(lambda uow: uow.orders.save(replace(order, stage=Stage.NEW), order))
    assert shop.order(order.id) == passed


def test_an_order_in_review_may_be_refused(shop: Shop) -> None:
    order = take(shop, customer=NOWHERE)
    refused = shop.write(lambda uow: shop.services.orders.reject(uow, order.id, "no such address", shop.now()))
    assert refused.stage is Stage.REJECTED


def test_it_stands_among_the_new_ones_with_its_deadline_and_rings(shop: Shop) -> None:
    order = take(shop, customer=NOWHERE)
    shown = queue_line(order, None, None)
    assert (shown.lane, shown.next_step, shown.due_at, shown.may_ring) == (
        Lane.NEW,
        NextStep.REVIEW,
        order.accept_by,
        True,
    )
    assert order.accept_by - order.received_at == timedelta(minutes=5)


def test_got_it_stops_the_bell_in_review_too(shop: Shop) -> None:
    order = take(shop, customer=NOWHERE)
    seen = shop.write(lambda uow: shop.services.orders.see(uow, order.id, shop.now()))
    assert not seen.may_ring(shop.clock.now())


def test_a_repeat_of_a_letter_changes_nothing(shop: Shop) -> None:
    order = take(shop, customer=NOWHERE, key="same")
    assert take(shop, customer=NOWHERE, key="same") == order


def test_nothing_is_looked_at_where_all_is_off(emptied: Database) -> None:
    opened = Shop(emptied)
    order = take(opened, customer=NOWHERE)
    assert (order.stage, order.review) == (Stage.NEW, ())
    opened.close()
