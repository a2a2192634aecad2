"""Holds over the whole house: what they bar, who lifts them, what several terminals and the station make of them."""

from dataclasses import replace

import pytest

from core.board.orders import NextStep, QueueLine
from core.domain.events import HoldLifted
from core.domain.ids import OrderId
from core.domain.order import Order
from core.domain.problem import ProblemKind
from core.domain.refusal import HeldAlready, NotAManager, NotHeld, OnHold
from core.domain.send import SendState
from core.domain.staff import Permission, Role, Staff
from core.domain.stage import Stage
from core.services.holding import HoldingService
from core.store.database import Database
from tests.builders import BO, MEI, RULES, after, purchase
from tests.core.shop import Shop

ID = purchase().order_id
AMY = Staff(id=BO, name="Bo", role=Role.MANAGER, pin="4321")


def hold(shop: Shop, minutes: float | None = None, by: Role = Role.CASHIER) -> Order:
    until = None if minutes is None else shop.clock.now() + (after(minutes) - after(0))
    return shop.write(
        lambda uow: shop.services.holding.put_on(uow, ID, "address unclear", shop.now(), until=until, lifted_by=by)
    )


def lift(shop: Shop, permission: Permission | None = None) -> Order:
    return shop.write(lambda uow: shop.services.holding.lift(uow, ID, shop.now(BO), permission))


def line(shop: Shop) -> QueueLine:
    found = shop.board().line(OrderId(ID))
    assert found is not None
    return found


def test_a_held_order_can_be_accepted_by_nobody_until_it_is_lifted(any_shop: Shop) -> None:
    any_shop.told(purchase())
    hold(any_shop)
    with pytest.raises(OnHold) as refused:
        any_shop.accept(ID)
    assert (refused.value.found, refused.value.allowed, refused.value.number) == ("address unclear", MEI, "1042")
    lift(any_shop)
    assert any_shop.accept(ID)[0].stage is Stage.PREPARING
    assert any_shop.words(ID)[-3:] == ["hold_put_on", "hold_lifted", "order_accepted"]


def test_of_several_accepted_together_a_held_one_keeps_all_back(shop: Shop) -> None:
    shop.told(purchase())
    other = purchase("1043")
    shop.told(other)
    hold(shop)
    with pytest.raises(OnHold):
        shop.accept(other.order_id, ID)
    assert shop.order(other.order_id).stage is Stage.NEW


def test_no_driver_is_called_for_it_by_a_person(shop: Shop) -> None:
    shop.make_ready()
    hold(shop)
    with pytest.raises(OnHold):
        shop.ship(ID)


async def test_a_call_that_has_not_left_is_taken_back(shop: Shop) -> None:
    shop.make_ready()
    send = shop.ship(ID)
    hold(shop)
    await shop.send()
    assert shop.courier.calls == []
    assert shop.read(lambda uow: uow.outbox.get(send.id)).state is SendState.TAKEN_BACK


async def test_goods_are_not_handed_over_to_a_driver_who_came_all_the_same(shop: Shop) -> None:
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    hold(shop)
    with pytest.raises(OnHold):
        shop.hand_over(ID, shop.delivery(ID).waybill)


async def test_a_hold_put_on_while_the_next_call_is_owed_keeps_it_from_leaving(shop: Shop) -> None:
    """As when a search goes on by itself: the call is made by nobody's key."""
    shop.make_ready()
    send = shop.ship(ID)
    shop.write(lambda uow: uow.orders.save(replace(uow.orders.get(ID), hold=held_by_hand()), uow.orders.get(ID)))
    await shop.send()
    assert shop.courier.calls == []
    assert shop.read(lambda uow: uow.outbox.get(send.id)).state is SendState.TAKEN_BACK


def held_by_hand() -> object:
    from core.domain.hold import Hold

    return Hold(reason="x", by=MEI, at=after(0))


def test_what_only_a_manager_lifts_a_cashier_cannot(sqlite: Database) -> None:
    shop = Shop(sqlite, rules=replace(RULES, staff=(AMY,)))
    shop.told(purchase())
    hold(shop, by=Role.MANAGER)
    for permission in (None, Permission(manager=BO, reason="checked", pin="0000")):
        with pytest.raises(NotAManager):
            lift(shop, permission)
    lift(shop, Permission(manager=BO, reason="checked", pin="4321"))
    last = shop.history(ID)[-1]
    assert isinstance(last, HoldLifted)
    assert (last.by, last.why) == (BO, "checked")
    shop.close()


def test_two_terminals_cannot_hold_or_lift_it_twice(any_shop: Shop) -> None:
    any_shop.told(purchase())
    hold(any_shop)
    with pytest.raises(HeldAlready):
        hold(any_shop)
    lift(any_shop)
    with pytest.raises(NotHeld):
        lift(any_shop)
    assert any_shop.words(ID).count("hold_lifted") == 1


def test_on_the_board_it_waits_for_a_word_is_silent_and_keeps_its_deadline(shop: Shop) -> None:
    shop.told(purchase())
    hold(shop)
    shown = line(shop)
    assert (shown.next_step, shown.needs_hand) == (NextStep.WAIT_FOR_WORD, False)
    assert shown.due_at == shop.order(ID).accept_by
    assert shown.hold is not None
    assert not shop.order(ID).may_ring(shop.clock.now())


def test_packing_goes_on_and_only_the_driver_has_to_wait(shop: Shop) -> None:
    shop.told(purchase())
    shop.accept(ID)
    hold(shop)
    assert line(shop).next_step is NextStep.PICK
    assert shop.pack(ID).stage is Stage.READY
    assert line(shop).next_step is NextStep.WAIT_FOR_WORD


def test_when_its_time_has_come_it_is_written_down_and_rings(shop: Shop) -> None:
    shop.told(purchase())
    hold(shop, minutes=2)
    assert shop.read(lambda uow: uow.waiting.holds_ending(after(1.9))) == []
    shop.clock.move(minutes=2)
    assert shop.read(lambda uow: uow.waiting.holds_ending(shop.clock.now())) == [ID]
    shop.write(lambda uow: HoldingService().run_out(uow, ID, shop.now()))
    assert shop.read(lambda uow: uow.waiting.holds_ending(shop.clock.now())) == []
    assert shop.words(ID)[-1] == "hold_ran_out"
    assert line(shop).next_step is NextStep.ACCEPT
    assert shop.order(ID).may_ring(shop.clock.now())


def test_a_customer_who_calls_off_ends_a_held_order_too(shop: Shop) -> None:
    shop.told(purchase())
    hold(shop)
    shop.told(purchase(updated_at=after(3), cancel_reason="changed my mind"))
    assert shop.order(ID).stage is Stage.CANCELLED
    assert ProblemKind.NOT_ACCEPTED not in shop.problems()
