"""Take up, accept, refuse: one order or a selection, all or none."""

from dataclasses import replace

import pytest

from core.domain.events import OrderAccepted
from core.domain.ids import OrderId, StaffId
from core.domain.payment import Payment
from core.domain.problem import ProblemKind
from core.domain.refusal import (
    AcceptedAlready,
    AlreadyAccepted,
    Conflict,
    IllegalMove,
    NotAManager,
    NotPaid,
    OrderRefusal,
    OutsideHours,
    OverCap,
    TooHeavy,
    TooManyPieces,
    UnknownOrder,
)
from core.domain.staff import Permission, Role, Staff
from core.domain.stage import Stage
from core.store.database import Database
from core.store.unit_of_work import UnitOfWork
from tests.builders import BO, MEI, RULES, after, line, purchase
from tests.core.shop import Shop

ID = purchase().order_id
BOSS = Permission(manager=StaffId("lin"), reason="a wedding", pin="2468")


def told(shop: Shop, *numbers: str) -> list[OrderId]:
    for number in numbers:
        shop.told(purchase(number))
    return [purchase(number).order_id for number in numbers]


@pytest.fixture
def small(shop: Shop) -> Shop:
    """A shop that takes two orders an hour."""
    return Shop(shop.database, replace(RULES, orders_per_hour=2))


def test_one_who_has_it_stops_the_bell_for_all(shop: Shop) -> None:
    told(shop, "1042")
    shop.write(lambda uow: shop.services.orders.see(uow, ID, shop.now(BO)))
    (line_,) = shop.board().queue
    assert (line_.seen_by, line_.seen_at) == (BO, after(0))


def test_accepting_promises_the_prep_time(any_shop: Shop) -> None:
    told(any_shop, "1042")
    (order,) = any_shop.accept(ID)
    assert (order.stage, order.ready_by, order.accepted_by) == (Stage.PREPARING, after(15), MEI)


def test_a_selection_is_accepted_whole(any_shop: Shop) -> None:
    orders = any_shop.accept(*told(any_shop, "1", "2", "3"))
    assert {order.stage for order in orders} == {Stage.PREPARING}
    assert any_shop.board().load.in_progress == 3


@pytest.mark.parametrize(
    ("broken", "refusal"),
    [
        (purchase("9", payment=Payment.UNPAID), NotPaid),
        (purchase("9", lines=(line("1", 11),)), TooManyPieces),
        (purchase("9", lines=(line("1", 1, weight_g=20_001),)), TooHeavy),
    ],
)
def test_a_selection_with_one_that_may_not_is_accepted_not_at_all(
    any_shop: Shop, broken: object, refusal: type[OrderRefusal]
) -> None:
    ids = told(any_shop, "1", "2")
    any_shop.told(broken)  # type: ignore[arg-type]
    with pytest.raises(refusal):
        any_shop.accept(*ids, purchase("9").order_id)
    assert {any_shop.order(id).stage for id in ids} == {Stage.NEW}
    assert any_shop.words(ids[0]) == ["order_received", "order_opened"]


def test_a_selection_with_one_nobody_knows_is_accepted_not_at_all(shop: Shop) -> None:
    ids = told(shop, "1")
    with pytest.raises(UnknownOrder):
        shop.accept(*ids, OrderId("none"))
    assert shop.order(ids[0]).stage is Stage.NEW


def test_the_same_order_twice_in_a_selection_counts_once(small: Shop) -> None:
    ids = told(small, "1", "2")
    assert len(small.accept(ids[0], ids[0], ids[1], ids[1])) == 2


def test_the_second_to_accept_hears_who_was_first(shop: Shop) -> None:
    told(shop, "1042")
    shop.accept(ID)
    with pytest.raises(AlreadyAccepted) as refused:
        shop.write(lambda uow: shop.services.orders.accept(uow, [ID], shop.now(BO)))
    assert type(refused.value) is AlreadyAccepted
    assert (refused.value.found, refused.value.allowed) == (Stage.PREPARING, MEI)
    assert shop.words(ID).count("order_accepted") == 1


def test_who_accepts_twice_hears_that_it_is_accepted_already(shop: Shop) -> None:
    told(shop, "1042")
    shop.accept(ID)
    with pytest.raises(AcceptedAlready) as refused:
        shop.accept(ID)
    assert refused.value.found == Stage.PREPARING
    assert shop.words(ID).count("order_accepted") == 1


def test_taken_up_twice_it_stands_in_the_history_once(shop: Shop) -> None:
    told(shop, "1042")
    for by in (BO, MEI):
        shop.write(lambda uow, by=by: shop.services.orders.see(uow, ID, shop.now(by)))
    assert shop.words(ID).count("order_seen") == 1
    assert shop.order(ID).seen_by == BO


def test_an_order_that_was_rejected_cannot_be_accepted(shop: Shop) -> None:
    told(shop, "1042")
    shop.write(lambda uow: shop.services.orders.reject(uow, ID, "sold out", shop.now()))
    with pytest.raises(IllegalMove):
        shop.accept(ID)


def test_of_a_selection_the_refusal_names_the_order_it_is_about(shop: Shop) -> None:
    ids = told(shop, "1", "2")
    shop.accept(ids[1])
    with pytest.raises(AlreadyAccepted) as refused:
        shop.accept(*ids)
    assert refused.value.number == "2"
    assert shop.order(ids[0]).stage is Stage.NEW


def test_one_who_read_an_older_version_hears_a_conflict(shop: Shop) -> None:
    told(shop, "1042")
    stale = shop.order(ID)
    shop.accept(ID)
    with pytest.raises(Conflict):
        shop.write(lambda uow: uow.orders.save(replace(stale, seen_by=BO), stale))


def test_outside_hours_nothing_is_accepted(shop: Shop) -> None:
    told(shop, "1042")
    shop.clock.move(hours=9)
    with pytest.raises(OutsideHours) as refused:
        shop.accept(ID)
    assert (refused.value.found, refused.value.allowed) == ("21:00", "09:00–21:00")


def test_at_the_cap_a_selection_is_counted_together(small: Shop) -> None:
    ids = told(small, "1", "2", "3")
    with pytest.raises(OverCap) as refused:
        small.accept(*ids)
    assert (refused.value.found, refused.value.allowed) == ("3", "2")
    assert len(small.accept(*ids[:2])) == 2


def test_past_the_cap_a_manager_gives_a_reason_that_is_kept(small: Shop) -> None:
    ids = told(small, "1", "2", "3")
    small.accept(*ids[:2])
    small.accept(ids[2], permission=BOSS)
    (accepted,) = (event for event in small.history(ids[2]) if isinstance(event, OrderAccepted))
    assert accepted.over_cap == "a wedding"


def test_a_permission_nobody_needed_is_no_reason(shop: Shop) -> None:
    told(shop, "1042")
    shop.accept(ID, permission=BOSS)
    (accepted,) = (event for event in shop.history(ID) if isinstance(event, OrderAccepted))
    assert accepted.over_cap == ""


def test_an_hour_later_there_is_room_again(small: Shop) -> None:
    ids = told(small, "1", "2", "3")
    small.accept(*ids[:2])
    small.clock.move(minutes=60)
    assert small.accept(ids[2])[0].stage is Stage.PREPARING


@pytest.mark.parametrize("permission", [None, replace(BOSS, pin="1"), replace(BOSS, manager=MEI, pin="1111")])
def test_a_store_with_staff_asks_for_the_managers_own_pin(sqlite: Database, permission: Permission | None) -> None:
    staff = (Staff(id=MEI, name="Mei", pin="1111"), Staff(id=BOSS.manager, name="Lin", role=Role.MANAGER, pin="2468"))
    shop = Shop(sqlite, replace(RULES, orders_per_hour=1, staff=staff))
    ids = told(shop, "1", "2")
    shop.accept(ids[0])
    with pytest.raises((OverCap, NotAManager)):
        shop.accept(ids[1], permission=permission)
    assert shop.accept(ids[1], permission=BOSS)[0].stage is Stage.PREPARING
    shop.close()


def test_a_manager_lifts_the_cap_and_nothing_else(shop: Shop) -> None:
    shop.told(purchase("9", lines=(line("1", 11),)))
    with pytest.raises(TooManyPieces):
        shop.accept(purchase("9").order_id, permission=BOSS)


def test_a_rejected_order_owes_the_money_back(shop: Shop) -> None:
    told(shop, "1042")
    shop.write(lambda uow: shop.services.orders.reject(uow, ID, "sold out", shop.now()))
    (problem,) = shop.board().problems
    assert (problem.kind, problem.detail) == (ProblemKind.REFUND_DUE, "1240.00 TWD")
    assert shop.board().queue == ()


def test_accepting_is_what_the_sheet_said(shop: Shop) -> None:
    told(shop, "1042")

    def crosses(uow: UnitOfWork) -> list[str]:
        return [v.rule for v in shop.services.looking.sheet(uow, ID, shop.now()).verdicts if v.is_cross]

    assert shop.read(crosses) == []
    shop.clock.move(hours=9)
    assert shop.read(crosses) == ["hours"]
