"""Money goes back once, never more than was paid, and nobody forgets it."""

from collections.abc import Iterator

import pytest

from core.domain.delivery import DeliveryState
from core.domain.ids import LineId
from core.domain.money import Money
from core.domain.payment import Payment
from core.domain.problem import ProblemKind
from core.domain.refund import RefundState
from core.domain.refusal import BadQuantity, NoReason, NotPaid, TooMuchBack, UnknownLine
from core.domain.shop_call import ShopAbility
from core.store.database import Database
from tests.builders import line, purchase, told_later
from tests.core.fake_shop import EVERYTHING, FakeShop, Said
from tests.core.services.telling_shop import ID, TellingShop, opened

PRICED = {
    "lines": (line("1", 2, unit_price=Money(40_000, "TWD")), line("2", 1, unit_price=Money(38_000, "TWD"))),
    "total": Money(124_000, "TWD"),
}
NO_REFUNDS = EVERYTHING - {ShopAbility.REFUND}


@pytest.fixture
def paid(sqlite: Database) -> Iterator[TellingShop]:
    with opened(sqlite) as shop:
        shop.told(purchase(**PRICED))
        yield shop


@pytest.fixture
def mute(sqlite: Database) -> Iterator[TellingShop]:
    """Its system cancels, but gives no money back."""
    with opened(sqlite, FakeShop(abilities=NO_REFUNDS)) as shop:
        shop.told(purchase(**PRICED))
        yield shop


async def test_a_no_is_told_and_then_all_the_money_goes_back(paid: TellingShop) -> None:
    paid.reject()
    await paid.tell_all()
    assert paid.system.told == ["cancel", "refund"]
    cancel, refund = paid.system.done.values()
    assert (cancel.reason, cancel.restock, cancel.notify, cancel.money) == ("sold out", True, True, None)
    assert (refund.money, refund.is_all) == (Money(124_000, "TWD"), True)
    assert [(one.state, one.ref) for one in paid.refunds()] == [(RefundState.DONE, f"ref-{refund.key}")]
    assert paid.problems() == []


async def test_within_the_held_seconds_nothing_is_told(paid: TellingShop) -> None:
    paid.reject()
    await paid.send(4.9)
    assert paid.system.calls == []


async def test_an_order_that_was_not_paid_owes_nothing(sqlite: Database) -> None:
    with opened(sqlite) as shop:
        shop.told(purchase(payment=Payment.UNPAID))
        shop.cancel(ID)
        await shop.tell_all()
        assert (shop.system.told, shop.refunds()) == (["cancel"], [])


async def test_a_part_goes_back_and_the_rest_with_the_cancel(paid: TellingShop) -> None:
    paid.give(20_000)
    await paid.tell_all()
    paid.cancel(ID)
    await paid.tell_all()
    assert paid.system.told == ["refund", "cancel", "refund"]
    assert paid.system.money["co-1042"] == 124_000


def test_more_than_is_left_is_refused_with_both_sums(paid: TellingShop) -> None:
    paid.give(100_000)
    with pytest.raises(TooMuchBack) as refusal:
        paid.give(24_001)
    assert (refusal.value.found, refusal.value.allowed) == ("240.01 TWD", "240.00 TWD")
    paid.give(24_000)
    with pytest.raises(TooMuchBack):
        paid.give(1)
    assert sum(refund.amount.minor for refund in paid.refunds()) == 124_000


@pytest.mark.parametrize("minor", [0, -1])
def test_nothing_and_less_is_no_refund(paid: TellingShop, minor: int) -> None:
    with pytest.raises(TooMuchBack):
        paid.give(minor)


def test_another_currency_is_no_refund(paid: TellingShop) -> None:
    with pytest.raises(TooMuchBack):
        paid.write(
            lambda uow: paid.refunding.give(uow, ID, Money(100, "JPY"), "spoilt", {}, paid.now()),
        )


def test_a_refund_needs_a_reason(paid: TellingShop) -> None:
    with pytest.raises(NoReason):
        paid.write(lambda uow: paid.refunding.give(uow, ID, Money(100, "TWD"), " ", {}, paid.now()))


def test_what_was_never_paid_cannot_go_back(sqlite: Database) -> None:
    with opened(sqlite) as shop:
        shop.told(purchase(payment=Payment.AUTHORIZED))
        with pytest.raises(NotPaid):
            shop.give(100)


def test_pieces_go_back_with_what_they_were_paid_with_and_count(paid: TellingShop) -> None:
    refund = paid.give(None, {LineId("1"): 1})
    assert refund.amount == Money(40_000, "TWD")
    assert [one.refunded for one in paid.order(ID).lines] == [1, 0]
    with pytest.raises(BadQuantity):
        paid.give(None, {LineId("1"): 2})
    with pytest.raises(UnknownLine):
        paid.give(None, {LineId("9"): 1})


async def test_a_refund_may_be_taken_back_and_its_pieces_with_it(paid: TellingShop) -> None:
    paid.give(None, {LineId("1"): 1})
    paid.take_back(ID)
    await paid.tell_all()
    assert (paid.system.calls, paid.left()) == ([], 124_000)
    assert [one.refunded for one in paid.order(ID).lines] == [0, 0]
    assert [one.state for one in paid.refunds()] == [RefundState.TAKEN_BACK]
    assert paid.words(ID)[-2:] == ["send_taken_back", "money_stayed"]


async def test_a_system_that_gives_no_money_back_leaves_it_to_a_person_with_the_sum(mute: TellingShop) -> None:
    mute.give(20_000)
    mute.give(4_000)
    (problem,) = mute.board().problems
    assert (problem.kind, problem.detail) == (ProblemKind.REFUND_DUE, "240.00 TWD")
    mute.write(lambda uow: mute.services.care.close_problem(uow, problem.problem_id, "done there", mute.now()))
    assert [one.state for one in mute.refunds()] == [RefundState.BY_HAND] * 2
    assert mute.left() == 100_000
    mute.cancel(ID)
    (due,) = (one for one in mute.board().problems if one.kind is ProblemKind.REFUND_DUE)
    assert due.detail == "1000.00 TWD"


async def test_money_that_is_back_by_the_channels_word_is_owed_no_more(mute: TellingShop) -> None:
    mute.reject()
    assert mute.problems() == [ProblemKind.REFUND_DUE]
    mute.told(told_later(purchase(**PRICED), 1, payment=Payment.REFUNDED))
    assert mute.problems() == []
    assert [one.state for one in mute.refunds()] == [RefundState.DONE]


async def test_money_the_shop_gave_back_by_itself_meanwhile_is_not_given_again(paid: TellingShop) -> None:
    paid.reject()
    paid.told(told_later(purchase(**PRICED), 1, payment=Payment.REFUNDED))
    await paid.tell_all()
    assert paid.system.told == ["cancel"]
    assert [one.state for one in paid.refunds()] == [RefundState.TAKEN_BACK]


async def test_where_a_part_went_back_and_nobody_knows_how_much_a_person_is_asked(paid: TellingShop) -> None:
    paid.told(told_later(purchase(**PRICED), 1, payment=Payment.PART_REFUNDED))
    paid.reject()
    await paid.tell_all()
    assert paid.system.told == ["cancel"]
    assert paid.problems() == [ProblemKind.REFUND_DUE]


async def test_our_own_part_told_back_to_us_is_no_other_money(paid: TellingShop) -> None:
    paid.give(20_000)
    await paid.tell_all()
    paid.told(told_later(purchase(**PRICED), 1, payment=Payment.PART_REFUNDED))
    paid.cancel(ID)
    await paid.tell_all()
    assert paid.system.money["co-1042"] == 124_000


async def test_an_answer_that_was_lost_gives_nothing_back_twice(paid: TellingShop) -> None:
    paid.give(20_000)
    paid.system.answers(Said.LOST, Said.DOWN)
    for _ in range(4):
        await paid.send(60)
    assert paid.system.calls == ["refund", "find refund", "find refund"]
    assert paid.system.money["co-1042"] == 20_000


async def test_a_refusal_keeps_the_money_owed_until_a_person_says(paid: TellingShop) -> None:
    paid.give(120_000)
    paid.system.answers(Said.REFUSED)
    await paid.tell_all()
    assert paid.problems() == [ProblemKind.SHOP_REFUSED]
    assert paid.board().problems[0].detail == "web: refund 1200.00 TWD: the order is closed"
    with pytest.raises(TooMuchBack):
        paid.give(5_000)


async def test_money_we_gave_back_ourselves_is_no_news_when_the_channel_tells_of_it(paid: TellingShop) -> None:
    paid.accept(ID)
    paid.pack(ID)
    paid.ship(ID)
    await paid.tell_all()
    paid.clock.move(minutes=5)
    paid.hear(paid.courier.says(paid.courier.job("J1"), DeliveryState.PICKED_UP))
    paid.give(124_000)
    await paid.tell_all()
    paid.told(told_later(purchase(**PRICED), 10, payment=Payment.REFUNDED))
    assert paid.problems() == []


async def test_money_waits_where_the_cancel_was_refused(paid: TellingShop) -> None:
    paid.reject()
    paid.system.answers(Said.REFUSED)
    await paid.tell_all()
    await paid.send(60)
    assert paid.system.calls == ["cancel"]
    assert [one.state for one in paid.refunds()] == [RefundState.OWED]


async def test_how_far_an_order_is_does_not_wait_for_money(paid: TellingShop) -> None:
    paid.accept(ID)
    await paid.send_due()
    paid.give(20_000)
    paid.system.answers(Said.DOWN)
    await paid.send(5)
    paid.pack(ID)
    await paid.send_due()
    assert paid.system.told == ["accept", "ready"]
