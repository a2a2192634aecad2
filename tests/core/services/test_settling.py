"""What the shop's system refuses or does not answer is ended by a person: again, done there, or given up."""

from collections.abc import Iterator

import pytest

from core.domain.problem import ProblemKind
from core.domain.refund import RefundState
from core.domain.refusal import BeingTold, MayBeDone, NoReason, NothingToSettle, TooMuchBack
from core.domain.shop_call import ShopAbility
from core.domain.tell import TellingEnd
from core.store.database import Database
from tests.builders import purchase
from tests.core.fake_shop import Said
from tests.core.services.telling_shop import ID, TellingShop, opened


@pytest.fixture
def refused(sqlite: Database) -> Iterator[TellingShop]:
    """Part of the money was to go back, and the shop's system is about to say no."""
    with opened(sqlite) as shop:
        shop.told(purchase())
        shop.give(120_000)
        shop.system.refuses.add(ShopAbility.REFUND)
        yield shop


async def test_tried_again_when_it_was_put_right_there(refused: TellingShop) -> None:
    await refused.tell_all()
    refused.system.refuses.clear()
    refused.settle(TellingEnd.AGAIN)
    assert refused.problems() == []
    await refused.tell_all()
    assert refused.system.calls == ["refund", "find refund", "refund"]
    assert [one.state for one in refused.refunds()] == [RefundState.DONE]
    assert refused.system.money["co-1042"] == 120_000


async def test_refused_once_more_it_is_a_problem_once_more(refused: TellingShop) -> None:
    await refused.tell_all()
    refused.settle(TellingEnd.AGAIN)
    await refused.tell_all()
    assert refused.problems() == [ProblemKind.SHOP_REFUSED]


async def test_done_by_hand_there_counts_and_is_never_told(refused: TellingShop) -> None:
    await refused.tell_all()
    refused.settle(TellingEnd.BY_HAND)
    await refused.send(600)
    assert (refused.problems(), refused.system.told) == ([], [])
    assert [one.state for one in refused.refunds()] == [RefundState.BY_HAND]
    with pytest.raises(TooMuchBack):
        refused.give(5_000)


async def test_given_up_with_a_reason_the_money_is_left(refused: TellingShop) -> None:
    await refused.tell_all()
    with pytest.raises(NoReason):
        refused.settle(TellingEnd.GIVEN_UP, " ")
    refused.settle(TellingEnd.GIVEN_UP, "a voucher instead")
    assert (refused.problems(), refused.left()) == ([], 124_000)
    assert [one.state for one in refused.refunds()] == [RefundState.REFUSED]
    assert refused.words(ID)[-2:] == ["telling_settled", "problem_closed"]


async def test_the_money_waits_no_more_when_the_refused_cancel_was_done_by_hand(refused: TellingShop) -> None:
    refused.system.refuses = {ShopAbility.CANCEL}
    await refused.tell_all()
    refused.reject()
    await refused.tell_all()
    assert refused.system.told == ["refund"]
    refused.settle(TellingEnd.BY_HAND)
    await refused.tell_all()
    assert refused.system.told == ["refund", "refund"]
    assert refused.system.money["co-1042"] == 124_000


async def test_a_silent_one_is_asked_at_once_when_a_person_says_so(refused: TellingShop) -> None:
    refused.system.answers(*[Said.LOST, Said.DOWN, Said.DOWN, Said.DOWN])
    for _ in range(4):
        await refused.send(60)
    assert refused.problems() == [ProblemKind.SHOP_SILENT]
    refused.settle(TellingEnd.AGAIN)
    await refused.send_due()
    assert (refused.problems(), refused.system.money["co-1042"]) == ([], 120_000)


async def test_money_that_may_have_gone_is_not_given_up(refused: TellingShop) -> None:
    refused.system.answers(*[Said.DOWN] * 4)
    for _ in range(4):
        await refused.send(60)
    with pytest.raises(MayBeDone):
        refused.settle(TellingEnd.GIVEN_UP, "no time")
    refused.settle(TellingEnd.BY_HAND)
    await refused.send(600)
    assert refused.system.told == []


async def test_a_telling_under_way_must_be_awaited(refused: TellingShop) -> None:
    refused.system.answers(Said.DOWN, Said.DEAF)
    await refused.send(5)
    refused.clock.move(seconds=2)
    refused.start_due()
    await refused.system.took_effect.wait()
    with pytest.raises(BeingTold):
        refused.settle(TellingEnd.BY_HAND)
    refused.system.release(answered=False)
    await refused.sending.stop()


def test_without_trouble_there_is_nothing_to_settle(refused: TellingShop) -> None:
    with pytest.raises(NothingToSettle):
        refused.settle(TellingEnd.AGAIN)


async def test_of_two_that_were_refused_the_problem_names_the_one_that_is_left(refused: TellingShop) -> None:
    refused.give(1_000)
    await refused.tell_all()
    refused.settle(TellingEnd.BY_HAND)
    (problem,) = refused.board().problems
    assert problem.kind is ProblemKind.SHOP_REFUSED
    refused.settle(TellingEnd.BY_HAND)
    assert refused.problems() == []
    assert {one.amount.minor for one in refused.refunds()} == {120_000, 1_000}
