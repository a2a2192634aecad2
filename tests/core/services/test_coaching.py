"""A customer calls: move, courier, money and record in one transaction."""

from dataclasses import replace

import pytest

from core.domain.agreement import Agreement, Settled
from core.domain.bearer import Bearer
from core.domain.cause import Cause
from core.domain.coaching import Action
from core.domain.delivery import DeliveryState
from core.domain.goods_back import GoodsBack, Onward
from core.domain.ids import StaffId
from core.domain.money import Money
from core.domain.payment import Payment
from core.domain.phase import Phase
from core.domain.problem import Problem, ProblemKind
from core.domain.refund import RefundState
from core.domain.refusal import Conflict, NotAManager, NothingCameBack, NotOffered, TooMuchBack
from core.domain.send import SendKind
from core.domain.shop_call import ShopAbility
from core.domain.staff import Permission
from core.domain.stage import Stage
from core.store.database import Database
from tests.builders import purchase, told_later
from tests.core.fake_shop import FakeShop
from tests.core.shop import Shop

ID = purchase().order_id
PAID = purchase().total
WORD = Permission(manager=StaffId("lin"), reason="firmly refused")


def agree(shop: Shop, cause: Cause, action: Action, **more: object) -> Settled:
    wanted = Agreement(cause=cause, action=action, **more)  # type: ignore[arg-type]
    return shop.write(lambda uow: shop.services.coaching.agree(uow, ID, wanted, shop.now()))


def phase(shop: Shop) -> Phase:
    return shop.read(lambda uow: shop.services.coaching.situation(uow, ID)).phase


def left(shop: Shop) -> Money:
    return shop.read(lambda uow: shop.services.coaching.situation(uow, ID)).left


def records(shop: Shop) -> list[Problem]:
    return shop.read(lambda uow: uow.problems.of(ID))


def record(shop: Shop, kind: ProblemKind) -> Problem:
    return next(problem for problem in records(shop) if problem.kind is kind)


def given(shop: Shop) -> list[int]:
    return [one.amount.minor for one in shop.read(lambda uow: uow.refunds.of(ID))]


async def called(shop: Shop) -> None:
    """A driver has taken the job and comes; the courier asks 90 for it."""
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    shop.clock.move(minutes=3)
    said = shop.courier.says(shop.courier.job("J1"), DeliveryState.HEADING_TO_STORE)
    shop.hear(replace(said, fee=Money(9_000, "TWD")))


async def out(shop: Shop) -> None:
    await called(shop)
    shop.clock.move(minutes=3)
    shop.hear(shop.courier.says(shop.courier.job("J1"), DeliveryState.PICKED_UP))


def test_before_accept_all_of_it_goes_back_and_the_record_is_written_and_over(any_shop: Shop) -> None:
    any_shop.told(purchase())
    settled = agree(any_shop, Cause.CHANGED_MIND, Action.CANCEL)
    assert (any_shop.order(ID).stage, given(any_shop), left(any_shop)) == (
        Stage.CANCELLED,
        [PAID.minor],
        Money(0, "TWD"),
    )
    kept = record(any_shop, ProblemKind.CUSTOMER_CALLED)
    assert (kept.is_open, kept.cause, kept.bearer, kept.cost) == (False, "changed_mind", "nobody", Money(0, "TWD"))
    assert settled.rule == "L22"
    assert "agreement_made" in any_shop.words(ID)


def test_an_unpaid_order_is_called_off_and_no_money_moves(shop: Shop) -> None:
    shop.told(purchase(payment=Payment.UNPAID))
    agree(shop, Cause.CHANGED_MIND, Action.CANCEL)
    assert (shop.order(ID).stage, given(shop), shop.problems()) == (Stage.CANCELLED, [], [])


def test_accepted_and_not_begun_all_of_it_goes_back_and_nothing_is_left_to_do(shop: Shop) -> None:
    shop.told(purchase())
    shop.accept(ID)
    agree(shop, Cause.CHANGED_MIND, Action.CANCEL)
    late = record(shop, ProblemKind.CANCELLED_LATE)
    assert (late.is_open, late.cause, given(shop)) == (False, "changed_mind", [PAID.minor])


def test_a_packed_order_gives_part_back_and_waits_for_hands_to_unpack_it(shop: Shop) -> None:
    shop.make_ready()
    agree(shop, Cause.CHANGED_MIND, Action.CANCEL_PART, words="wants it next week")
    late = record(shop, ProblemKind.CANCELLED_LATE)
    assert late.is_open
    assert (late.bearer, late.cost, late.said) == (Bearer.SHARED, Money(62_000, "TWD"), "wants it next week")
    assert (given(shop), shop.order(ID).reason) == ([62_000], "wants it next week")


def test_the_refund_keeps_cause_and_bearer(shop: Shop) -> None:
    shop.make_ready()
    agree(shop, Cause.CHANGED_MIND, Action.CANCEL_PART)
    (refund,) = shop.read(lambda uow: uow.refunds.of(ID))
    assert (refund.cause, refund.bearer, refund.reason, refund.lines) == (
        "changed_mind",
        "shared",
        "changed mind",
        (),
    )


async def test_a_held_call_is_taken_back_in_the_same_step(shop: Shop) -> None:
    shop.make_ready()
    shop.ship(ID)
    assert phase(shop) is Phase.DRIVER_CALLED
    agree(shop, Cause.SHOP, Action.CANCEL)
    await shop.send()
    assert shop.courier.calls == []


async def test_a_driver_on_the_way_to_the_store_is_recalled_and_the_fee_comes_off(shop: Shop) -> None:
    await called(shop)
    settled = agree(shop, Cause.CHANGED_MIND, Action.CANCEL_PART)
    assert settled.refund == Money(53_000, "TWD")
    owed = shop.read(lambda uow: uow.outbox.open_of(ID, SendKind.CANCEL_COURIER))
    assert owed is not None
    assert owed.ref == "J1"


async def test_what_is_on_the_way_cannot_be_called_off_and_only_a_manager_calls_it_back(shop: Shop) -> None:
    await out(shop)
    with pytest.raises(NotOffered):
        agree(shop, Cause.CHANGED_MIND, Action.CANCEL)
    with pytest.raises(NotAManager):
        agree(shop, Cause.CHANGED_MIND, Action.BRING_BACK)
    agree(shop, Cause.CHANGED_MIND, Action.BRING_BACK, permission=WORD)
    back = record(shop, ProblemKind.GOODS_RETURNING)
    assert (back.is_open, back.cause, back.bearer, back.cost) == (
        True,
        "changed_mind",
        "shared",
        Money(49_600, "TWD"),
    )
    assert shop.order(ID).stage is Stage.OUT
    assert given(shop) == []  # when the goods are here


async def test_who_takes_it_after_all_is_written_down_and_nothing_else_happens(shop: Shop) -> None:
    await out(shop)
    before = shop.order(ID)
    agree(shop, Cause.CHANGED_MIND, Action.GO_ON)
    kept = record(shop, ProblemKind.CUSTOMER_CALLED)
    assert (shop.order(ID), kept.is_open, kept.result, shop.problems()) == (before, False, "agreed: go_on", [])


def delivered(shop: Shop) -> None:
    shop.make_ready()
    shop.write(lambda uow: uow.orders.save(replace(uow.orders.get(ID), stage=Stage.COMPLETED), uow.orders.get(ID)))


def test_a_complaint_after_delivery_gives_money_and_leaves_the_order(shop: Shop) -> None:
    delivered(shop)
    agree(shop, Cause.QUALITY, Action.REFUND_PART, refund=Money(40_000, "TWD"))
    assert (shop.order(ID).stage, given(shop), left(shop)) == (Stage.COMPLETED, [40_000], Money(84_000, "TWD"))
    kept = record(shop, ProblemKind.CUSTOMER_CALLED)
    assert (kept.bearer, kept.cost) == (Bearer.STORE, Money(40_000, "TWD"))


def test_a_coupon_and_goods_once_more_stay_to_be_done_until_somebody_says_so(shop: Shop) -> None:
    delivered(shop)
    agree(shop, Cause.TOO_LATE, Action.COUPON)
    agree(shop, Cause.QUALITY, Action.REDELIVER)
    (kept,) = [problem for problem in records(shop) if problem.is_open]
    assert (kept.kind, kept.detail) == (ProblemKind.CUSTOMER_CALLED, "coupon, redeliver")


def test_another_call_does_not_end_what_an_earlier_one_left_to_do(shop: Shop) -> None:
    delivered(shop)
    agree(shop, Cause.TOO_LATE, Action.COUPON)
    agree(shop, Cause.CHANGED_MIND, Action.NOTHING)
    assert shop.problems() == [ProblemKind.CUSTOMER_CALLED]


def test_two_calls_never_give_back_more_than_was_paid(shop: Shop) -> None:
    delivered(shop)
    agree(shop, Cause.QUALITY, Action.REFUND_PART, refund=Money(100_000, "TWD"))
    with pytest.raises(TooMuchBack):
        agree(shop, Cause.QUALITY, Action.REFUND_PART, refund=Money(24_001, "TWD"), permission=WORD)
    agree(shop, Cause.QUALITY, Action.REFUND)
    assert sum(given(shop)) == PAID.minor
    with pytest.raises(NotOffered):
        agree(shop, Cause.QUALITY, Action.REFUND)


def test_a_cancel_from_outside_after_accept_is_coached_too(shop: Shop) -> None:
    shop.make_ready()
    shop.clock.move(seconds=30)
    shop.told(told_later(purchase(), 30, cancel_reason="asked"))
    assert phase(shop) is Phase.PACKED
    agree(shop, Cause.CHANGED_MIND, Action.REFUND_PART)
    late = record(shop, ProblemKind.CANCELLED_LATE)
    assert (late.cause, late.bearer, given(shop), phase(shop)) == (
        "changed_mind",
        Bearer.SHARED,
        [62_000],
        Phase.ENDED,
    )


def test_a_cancel_whose_money_is_back_already_is_only_written_down(shop: Shop) -> None:
    shop.make_ready()
    shop.told(told_later(purchase(payment=Payment.REFUNDED), 30, cancel_reason="asked"))
    counsel = shop.read(lambda uow: shop.services.coaching.situation(uow, ID)).counsel(Cause.CHANGED_MIND)
    assert [offer.action for offer in counsel.offers] == [Action.NOTHING]
    agree(shop, Cause.CHANGED_MIND, Action.NOTHING)
    assert (record(shop, ProblemKind.CANCELLED_LATE).cause, given(shop)) == ("changed_mind", [])


def test_an_order_that_has_moved_on_is_not_settled_by_what_was_seen_before(shop: Shop) -> None:
    shop.told(purchase())
    seen = phase(shop)
    shop.make_ready()
    with pytest.raises(Conflict):
        agree(shop, Cause.CHANGED_MIND, Action.CANCEL, phase=seen)
    assert shop.order(ID).stage is Stage.READY


def test_a_refused_agreement_changes_nothing(shop: Shop) -> None:
    shop.make_ready()
    before = (shop.order(ID), shop.words(ID), records(shop), given(shop))
    with pytest.raises(NotAManager):
        agree(shop, Cause.CHANGED_MIND, Action.CANCEL_PART, refund=PAID)
    assert (shop.order(ID), shop.words(ID), records(shop), given(shop)) == before


@pytest.mark.parametrize(
    ("cause", "minor", "bearer"), [(Cause.SHOP, 124_000, "store"), (Cause.CHANGED_MIND, 62_000, "shared")]
)
def test_a_plain_cancel_follows_the_table(shop: Shop, cause: Cause, minor: int, bearer: str) -> None:
    shop.make_ready()
    wanted = Agreement(cause=cause, action=Action.CANCEL)
    shop.write(lambda uow: shop.services.coaching.cancel(uow, ID, wanted, shop.now()))
    assert (given(shop), record(shop, ProblemKind.CANCELLED_LATE).bearer) == ([minor], bearer)


async def test_the_shops_system_is_told_after_the_held_seconds_and_undo_takes_all_of_it_back(sqlite: Database) -> None:
    shop = Shop(sqlite, shops=[FakeShop()])
    shop.make_ready()
    agree(shop, Cause.CHANGED_MIND, Action.CANCEL_PART)
    owed = shop.read(lambda uow: uow.outbox.tellings(ID))
    waiting = {send.call.ability for send in owed if send.call and send.is_open}
    assert {ShopAbility.CANCEL, ShopAbility.REFUND} <= waiting
    shop.take_back(ID)
    (refund,) = shop.read(lambda uow: uow.refunds.of(ID))
    assert (shop.order(ID).stage, refund.state, left(shop)) == (Stage.READY, RefundState.TAKEN_BACK, PAID)
    assert ProblemKind.CANCELLED_LATE not in shop.problems()
    shop.close()


@pytest.mark.parametrize(("cause", "told"), [(Cause.CHANGED_MIND, False), (Cause.SHOP, True)])
async def test_an_office_that_gives_all_back_with_a_cancel_is_not_told_where_part_was_agreed(
    sqlite: Database, cause: Cause, told: bool
) -> None:
    by_hand = frozenset(ShopAbility) - {ShopAbility.REFUND}
    shop = Shop(sqlite, shops=[FakeShop(abilities=by_hand, cancel_refunds=True)])
    shop.make_ready()
    agree(shop, cause, Action.CANCEL if told else Action.CANCEL_PART)
    await shop.send()
    tellings = shop.read(lambda uow: uow.outbox.tellings(ID))
    assert (ShopAbility.CANCEL in {send.call.ability for send in tellings if send.call}) == told
    assert ProblemKind.REFUND_DUE in shop.problems()
    shop.close()


def come_back(shop: Shop, onward: Onward = Onward.REFUND) -> None:
    goods = GoodsBack(parcels=1, onward=onward)
    shop.write(lambda uow: shop.services.care.receive(uow, ID, goods, shop.now()))


async def brought_back(shop: Shop, refund: Money | None = None) -> None:
    await out(shop)
    agree(shop, Cause.CHANGED_MIND, Action.BRING_BACK, permission=WORD, refund=refund)
    shop.clock.move(minutes=9)
    shop.hear(shop.courier.says(shop.courier.job("J1"), DeliveryState.RETURNING))


@pytest.mark.parametrize("agreed", [49_600, 30_000])
async def test_goods_that_are_back_are_paid_for_as_agreed(shop: Shop, agreed: int) -> None:
    await brought_back(shop, Money(agreed, "TWD"))
    come_back(shop)
    assert (given(shop), shop.order(ID).stage) == ([agreed], Stage.RETURNED)


async def test_who_counts_the_goods_may_still_give_all_of_it_back(shop: Shop) -> None:
    await brought_back(shop)
    come_back(shop, Onward.REFUND_ALL)
    assert given(shop) == [PAID.minor]


async def test_what_was_agreed_is_never_more_than_is_left_when_the_goods_are_here(shop: Shop) -> None:
    await brought_back(shop)
    shop.write(lambda uow: shop.services.refunding.give(uow, ID, Money(100_000, "TWD"), "was cold too", {}, shop.now()))
    come_back(shop)
    assert sorted(given(shop)) == [24_000, 100_000]


async def test_goods_the_customer_had_come_back_when_they_were_asked_back(shop: Shop) -> None:
    await out(shop)
    shop.hear(shop.courier.says(shop.courier.job("J1"), DeliveryState.DELIVERED))
    with pytest.raises(NothingCameBack):
        come_back(shop)
    agree(shop, Cause.SHOP, Action.BRING_BACK, permission=WORD)
    come_back(shop)
    assert (given(shop), shop.order(ID).stage, shop.problems()) == (
        [PAID.minor],
        Stage.RETURNED,
        [ProblemKind.REFUND_DUE],
    )
