"""Letters from outside: once, late, out of order, fifty at a time, unreadable."""

import asyncio
from dataclasses import replace

import pytest

from core.domain.delivery import DeliveryState
from core.domain.payment import Payment
from core.domain.problem import ProblemKind
from core.domain.purchase import Purchase
from core.domain.stage import Stage
from core.services.intake import KEPT_OF_LARGE, Taken
from core.store.inbox import LetterState
from core.store.unit_of_work import UnitOfWork
from tests.builders import after, letter, purchase, reading, report, told_later
from tests.core.shop import Shop

ID = purchase().order_id


def refused(shop: Shop, body: bytes = b"{", reason: str = "not JSON", **more: object) -> Taken:
    return shop.write(lambda uow: shop.intake.refuse(uow, letter(body), reason, **more))  # type: ignore[arg-type]


def test_a_paid_order_is_taken_in_and_rings(any_shop: Shop) -> None:
    assert any_shop.told(purchase()) == Taken(LetterState.READ)
    assert any_shop.order(ID).stage is Stage.NEW
    assert any_shop.words(ID) == ["order_received", "order_opened"]


def test_the_same_letter_twice_is_one_order(any_shop: Shop) -> None:
    any_shop.told(purchase(), key="k-1")
    assert any_shop.told(purchase(), key="k-1") == Taken(LetterState.READ, is_repeat=True)
    assert any_shop.words(ID).count("order_received") == 1


def test_the_same_order_in_two_letters_is_one_order(shop: Shop) -> None:
    shop.told(purchase())
    shop.told(purchase())
    assert shop.words(ID) == ["order_received", "order_opened"]
    assert shop.order(ID).version == 0


def test_a_late_letter_changes_nothing(shop: Shop) -> None:
    shop.told(told_later(purchase(), 10, note="new words"))
    shop.told(purchase(note="old words", payment=Payment.UNPAID))
    assert (shop.order(ID).purchase.note, shop.order(ID).is_paid) == ("new words", True)


def test_paid_before_unpaid_still_opens_once(shop: Shop) -> None:
    shop.told(told_later(purchase(), 1))
    shop.told(purchase(payment=Payment.UNPAID))
    shop.told(told_later(purchase(), 1))
    assert shop.words(ID).count("order_opened") == 1


async def test_fifty_letters_at_once_are_one_order(any_shop: Shop) -> None:
    def take(count: int, bought: Purchase) -> "asyncio.Future[Taken]":
        return asyncio.ensure_future(
            any_shop.writer.do(
                lambda uow: any_shop.intake.take(
                    uow, letter(str(count).encode()), reading(bought, key=f"k-{count % 40}")
                )
            )
        )

    taken = await asyncio.gather(*(take(count, purchase()) for count in range(50)))
    assert sum(one.is_repeat for one in taken) == 10
    assert any_shop.words(ID) == ["order_received", "order_opened"]
    assert len(any_shop.read(lambda uow: uow.orders.all_open())) == 1


async def test_fifty_orders_at_once_are_all_kept(any_shop: Shop) -> None:
    works = [
        lambda uow, n=number: any_shop.intake.take(uow, letter(), reading(purchase(str(n))))  # type: ignore[misc]
        for number in range(50)
    ]
    await asyncio.gather(*(any_shop.writer.do(work) for work in works))
    assert len(any_shop.read(lambda uow: uow.orders.all_open())) == 50


@pytest.mark.parametrize("payment", [Payment.UNPAID, Payment.AUTHORIZED, Payment.COD])
def test_what_is_not_paid_is_listed_and_never_rings(shop: Shop, payment: Payment) -> None:
    shop.told(purchase(payment=payment))
    (line,) = shop.board().queue
    assert (line.stage, line.may_ring) == (Stage.WAITING_PAYMENT, False)


def test_money_that_arrives_later_opens_the_order_with_its_own_five_minutes(shop: Shop) -> None:
    shop.told(purchase(payment=Payment.UNPAID))
    shop.clock.move(minutes=30)
    shop.told(told_later(purchase(), 30))
    (line,) = shop.board().queue
    assert (line.may_ring, line.due_at) == (True, after(35))


def test_a_test_order_is_kept_as_a_letter_only(shop: Shop) -> None:
    assert shop.told(purchase(is_test=True)).state is LetterState.READ
    assert shop.read(lambda uow: uow.orders.find(ID)) is None
    assert shop.read(lambda uow: uow.inbox.counts()) == {"read": 1}


def test_a_letter_nothing_follows_from_is_kept_with_the_reason(shop: Shop) -> None:
    taken = shop.write(lambda uow: shop.intake.take(uow, letter(), reading(ignored="a product was changed")))
    assert taken == Taken(LetterState.IGNORED, "a product was changed")


def test_a_letter_nobody_can_read_is_kept_and_shown_once(any_shop: Shop) -> None:
    assert refused(any_shop) == Taken(LetterState.UNREADABLE, "not JSON")
    assert refused(any_shop).is_repeat
    (problem,) = any_shop.board().problems
    assert (problem.kind, problem.detail) == (ProblemKind.UNREADABLE, "channels/web: not JSON")


def test_ten_letters_with_one_mistake_are_one_problem(shop: Shop) -> None:
    for count in range(10):
        refused(shop, f"{count}".encode())
    assert shop.problems() == [ProblemKind.UNREADABLE]
    assert shop.read(lambda uow: uow.inbox.counts()) == {"unreadable": 10}


def test_another_mistake_is_another_problem(shop: Shop) -> None:
    refused(shop, b"1", "no number")
    refused(shop, b"2", "no lines")
    assert shop.problems() == [ProblemKind.UNREADABLE] * 2


def test_a_letter_that_is_too_large_is_cut_and_its_size_kept(shop: Shop) -> None:
    from sqlalchemy import select

    from core.store.tables import inbox

    refused(shop, b"x" * (KEPT_OF_LARGE + 9), "too large", too_large=True)
    row = shop.read(lambda uow: uow.connection.execute(select(inbox)).mappings().one())
    assert (len(row["body"]), row["size"], row["state"]) == (KEPT_OF_LARGE, KEPT_OF_LARGE + 9, "too_large")


def test_a_letter_that_contradicts_itself_is_taken_in_and_shown_once(shop: Shop) -> None:
    clashing = purchase(clash="the total is not the sum")
    shop.told(clashing)
    shop.told(told_later(clashing, 1))
    assert shop.problems() == [ProblemKind.CLASH]
    assert shop.order(ID).stage is Stage.NEW


def test_one_letter_may_hold_several_orders_and_reports(shop: Shop) -> None:
    told = reading(purchase("1"), purchase("2"), reports=(report(DeliveryState.AT_STORE),))
    shop.write(lambda uow: shop.intake.take(uow, letter(), told))
    assert len(shop.board().queue) == 2


def test_if_one_order_of_a_letter_fails_nothing_of_it_is_kept(shop: Shop) -> None:
    broken = replace(purchase("2"), lines=purchase().lines * 2)  # two lines with one id

    def take(uow: UnitOfWork) -> Taken:
        return shop.intake.take(uow, letter(), reading(purchase("1"), broken, key="k"))

    with pytest.raises(Exception, match="UNIQUE"):
        shop.write(take)
    assert shop.read(lambda uow: uow.inbox.counts()) == {}
    assert shop.board().queue == ()
