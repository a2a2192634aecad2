"""A no and a cancel can really be taken back, while the shop's system has not heard of it."""

from collections.abc import Iterator

import pytest

from core.domain.payment import Payment
from core.domain.problem import ProblemKind
from core.domain.refund import RefundState
from core.domain.refusal import IllegalMove, NothingHeld, NothingToTakeBack
from core.domain.restoring import restore
from core.domain.shop_call import ShopAbility
from core.domain.stage import Stage
from core.services.telling import HOLD
from core.store.database import Database
from tests.builders import AT_STAGE, BO, NOON, purchase, told_later
from tests.core.fake_shop import EVERYTHING, FakeShop, Said
from tests.core.services.telling_shop import ID, TellingShop, opened


@pytest.fixture
def telling(emptied: Database) -> Iterator[TellingShop]:
    with opened(emptied) as shop:
        shop.told(purchase())
        yield shop


async def test_a_rejected_order_is_new_again_and_nothing_was_told(telling: TellingShop) -> None:
    before = telling.order(ID)
    telling.reject()
    telling.take_back(ID)
    await telling.tell_all()
    after = telling.order(ID)
    assert (after.stage, after.reason, after.ended_at) == (Stage.NEW, "", None)
    assert (after.accept_by, after.lines) == (before.accept_by, before.lines)
    assert (telling.system.calls, telling.problems(), telling.left()) == ([], [], 124_000)
    assert [one.state for one in telling.refunds()] == [RefundState.TAKEN_BACK]
    assert telling.words(ID)[-1] == "order_restored"


async def test_it_can_be_accepted_after_that_and_rejected_anew(telling: TellingShop) -> None:
    telling.reject()
    telling.take_back(ID)
    telling.clock.move(seconds=1)
    telling.reject(reason="closed")
    await telling.tell_all()
    assert telling.system.told == ["cancel", "refund"]
    assert telling.system.money["co-1042"] == 124_000


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.READY])
async def test_a_cancelled_order_stands_as_before(telling: TellingShop, stage: Stage) -> None:
    telling.accept(ID)
    if stage is Stage.READY:
        telling.pack(ID)
    await telling.tell_all()
    told = list(telling.system.told)
    telling.cancel(ID)
    assert ProblemKind.CANCELLED_LATE in telling.problems()
    telling.take_back(ID)
    await telling.tell_all()
    assert (telling.order(ID).stage, telling.problems(), telling.system.told) == (stage, [], told)


async def test_what_was_not_told_for_the_cancel_is_told_after_it_was_taken_back(telling: TellingShop) -> None:
    telling.accept(ID)
    telling.cancel(ID)
    await telling.send_due()
    telling.take_back(ID)
    await telling.tell_all()
    assert telling.system.told == ["accept"]


async def test_what_is_held_is_on_the_board_once_for_each_order_though_it_has_left_the_queue(
    telling: TellingShop,
) -> None:
    telling.reject()
    board = telling.board()
    assert board.queue == ()
    (held,) = board.held
    assert (held.number, held.ability, held.held_until) == ("1042", ShopAbility.CANCEL, telling.clock.now() + HOLD)
    await telling.tell_all()
    assert telling.board().held == ()


def test_the_sheet_knows_what_is_told_and_what_goes_back(telling: TellingShop) -> None:
    telling.give(20_000)
    sheet = telling.read(lambda uow: telling.services.looking.sheet(uow, ID, telling.now()))
    assert [send.call.ability for send in sheet.tellings if send.call] == [ShopAbility.REFUND]
    assert (len(sheet.refunds), sheet.purse.left.minor) == (1, 104_000)


def test_refunds_of_several_orders_are_read_together(telling: TellingShop) -> None:
    other = purchase("1043")
    telling.told(other)
    for minor in (100, 200):
        telling.give(minor)
    telling.give(300, order_id=other.order_id)
    found = telling.read(lambda uow: uow.refunds.of_many([ID, other.order_id]))
    assert {key: sorted(one.amount.minor for one in some) for key, some in found.items()} == {
        ID: [100, 200],
        other.order_id: [300],
    }


async def test_once_it_was_told_it_is_too_late(telling: TellingShop) -> None:
    telling.reject()
    await telling.tell_all()
    with pytest.raises(NothingToTakeBack) as refusal:
        telling.take_back(ID)
    assert not isinstance(refusal.value, NothingHeld)
    assert telling.order(ID).stage is Stage.REJECTED


async def test_money_alone_is_not_kept_when_the_no_has_left(telling: TellingShop) -> None:
    telling.reject()
    telling.system.answers(Said.DOWN)
    await telling.send(5)
    with pytest.raises(NothingToTakeBack):
        telling.take_back(ID)


def test_what_the_channel_called_off_meanwhile_stays_off(telling: TellingShop) -> None:
    telling.reject()
    telling.told(told_later(purchase(), 1, cancel_reason="asked", payment=Payment.REFUNDED))
    with pytest.raises(NothingToTakeBack):
        telling.take_back(ID)


def test_where_nothing_is_held_there_is_nothing_to_take_back(telling: TellingShop) -> None:
    with pytest.raises(NothingHeld):
        telling.take_back(ID)


def test_what_was_held_last_is_taken_back_first(telling: TellingShop) -> None:
    telling.accept(ID)
    telling.pack(ID)
    telling.give(100)
    telling.clock.move(seconds=1)
    telling.ship(ID)
    assert telling.take_back(ID).call is None
    assert telling.take_back(ID).call is not None
    assert telling.left() == 124_000


async def test_where_only_the_cancel_is_told_the_money_for_a_person_is_taken_back_too(sqlite: Database) -> None:
    with opened(sqlite, FakeShop(abilities=EVERYTHING - {ShopAbility.REFUND})) as shop:
        shop.told(purchase())
        shop.reject()
        assert shop.problems() == [ProblemKind.REFUND_DUE]
        shop.take_back(ID)
        assert (shop.problems(), shop.order(ID).stage) == ([], Stage.NEW)


@pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.REJECTED, Stage.CANCELLED}))
def test_only_a_no_or_a_cancel_is_restored(stage: Stage) -> None:
    with pytest.raises(IllegalMove):
        restore(AT_STAGE[stage](), (), by=BO, at=NOON)
