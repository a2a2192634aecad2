"""A partial shipment is made once, gives its money back to the cent, and can be undone until that has left."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from core.domain.events import ShippedShort
from core.domain.ids import LineId
from core.domain.money import Money
from core.domain.problem import ProblemKind
from core.domain.purchase import Purchase
from core.domain.refund import Refund, RefundState
from core.domain.refusal import Conflict, NothingToTakeBack, PartialUsedUp
from core.domain.sharing import left_of, refund_of
from core.domain.shop_call import ShopAbility
from core.domain.short import Short
from core.domain.short_move import NothingGoes
from core.domain.stage import Stage
from core.domain.swap import Swap
from core.domain.wish_line import NotAsked
from core.store.database import Database
from tests.builders import BO, line, purchase, told_later
from tests.core.fake_shop import FakeShop
from tests.core.shop import Shop

ID = purchase().order_id
ONE, TWO, GREEN = LineId("1"), LineId("2"), LineId("1~GREEN")


def twd(minor: int) -> Money:
    return Money(minor, "TWD")


def bought(**told: object) -> Purchase:
    """Two teas at 300, one at 500, and 60 for the way, less a tenth of the goods."""
    lines = (line("1", 2, unit_price=twd(30_000)), line("2", 1, unit_price=twd(50_000)))
    made = purchase(lines=lines, total=twd(105_000), discount=twd(11_000), delivery_fee=twd(6_000))
    return replace(made, **told)


@pytest.fixture
def web() -> FakeShop:
    return FakeShop()


@pytest.fixture
def accepted(sqlite: Database, web: FakeShop) -> Iterator[Shop]:
    """A shop whose system can give money back; the order lies on the table."""
    opened = Shop(sqlite, shops=(web,))
    opened.told(bought())
    opened.accept(ID)
    yield opened
    opened.close()


@pytest.fixture
def by_hand(shop: Shop) -> Shop:
    """One whose system can be told nothing."""
    shop.told(bought())
    shop.accept(ID)
    return shop


def ship(shop: Shop, *swaps: Swap, fee: int = 0, is_asked: bool = True, **goes: int) -> None:
    wanted = {LineId(code.removeprefix("line")): count for code, count in goes.items()}
    short = Short(goes=wanted, swaps=swaps, is_asked=is_asked, fee=twd(fee) if fee else None)
    shop.write(lambda uow: shop.services.shorting.ship(uow, ID, short, shop.now()))


def instead(quantity: int = 1, sku: str = "GREEN") -> Swap:
    return Swap(line_id=ONE, sku=sku, quantity=quantity)


def refunds(shop: Shop) -> list[Refund]:
    return shop.read(lambda uow: uow.refunds.of(ID))


def undo(shop: Shop) -> None:
    shop.write(lambda uow: shop.services.undoing.take_back(uow, ID, shop.now()))


def problems(shop: Shop) -> list[tuple[ProblemKind, str]]:
    return [(problem.kind, problem.detail) for problem in shop.board().problems]


async def sent(shop: Shop) -> None:
    """All that is held has left: money after what happened before it."""
    for _ in range(3):
        shop.clock.move(seconds=10)
        await shop.send()


async def test_what_is_left_out_is_given_back_through_the_shops_system(accepted: Shop, web: FakeShop) -> None:
    ship(accepted, line1=1)
    await sent(accepted)
    (call,) = (call for call in web.done.values() if call.ability is ShopAbility.REFUND)
    assert (call.money, call.lines, call.restock, call.is_all) == (twd(27_000), ((ONE, 1),), False, False)
    (refund,) = refunds(accepted)
    assert (refund.state, refund.cause, refund.bearer) == (RefundState.DONE, "out_of_stock", "store")


async def test_the_fee_goes_back_in_the_same_sum(accepted: Shop, web: FakeShop) -> None:
    ship(accepted, line1=1, fee=1_600)
    await sent(accepted)
    assert web.money[purchase().channel_order_id] == 28_600


async def test_of_a_cheaper_article_only_the_difference_goes_back(accepted: Shop, web: FakeShop) -> None:
    ship(accepted, instead(), line1=1)
    await sent(accepted)
    (call,) = (call for call in web.done.values() if call.ability is ShopAbility.REFUND)
    assert (call.money, call.lines) == (twd(4_500), ())


async def test_a_dearer_article_moves_no_money(accepted: Shop, web: FakeShop) -> None:
    ship(accepted, instead(sku="DEAR"), line1=1)
    await sent(accepted)
    assert (refunds(accepted), ShopAbility.REFUND.value in web.told) == ([], False)
    assert problems(accepted) == []


def test_where_the_shops_system_cannot_a_person_is_asked_with_the_sum(by_hand: Shop) -> None:
    ship(by_hand, line1=1)
    assert problems(by_hand) == [(ProblemKind.REFUND_DUE, "270.00 TWD")]


def test_goods_whose_price_nobody_told_are_named_to_a_person(shop: Shop) -> None:
    shop.told(purchase())
    shop.accept(ID)
    ship(shop, line1=1)
    assert problems(shop) == [(ProblemKind.REFUND_DUE, "1 × SKU-1")]


def test_a_sum_and_goods_without_a_price_are_named_together(shop: Shop) -> None:
    lines = (line("1", 2, unit_price=twd(30_000)), line("2", 2))
    shop.told(purchase(lines=lines, total=twd(100_000)))
    shop.accept(ID)
    ship(shop, line1=1, line2=1)
    assert problems(shop) == [(ProblemKind.REFUND_DUE, "300.00 TWD + 1 × SKU-2")]


async def test_what_goes_instead_is_scanned_packed_and_carried(accepted: Shop) -> None:
    ship(accepted, instead(), line1=0, line2=0)
    accepted.write(lambda uow: accepted.services.packing.scan(uow, ID, "4719", accepted.now()))
    order = accepted.order(ID)
    assert [(one.id, order.needed(one), one.picked) for one in order.lines] == [(ONE, 0, 0), (TWO, 0, 0), (GREEN, 1, 1)]
    accepted.pack(ID)
    accepted.ship(ID)
    await sent(accepted)
    (job,) = accepted.courier.booked
    assert [(item.name, item.quantity) for item in job.items] == [("Green tea", 1)]


async def test_the_shop_is_told_that_what_goes_instead_is_the_line_it_knows(accepted: Shop, web: FakeShop) -> None:
    ship(accepted, instead(), line1=1, line2=0)
    accepted.pack(ID)
    accepted.write(lambda uow: accepted.telling.left(uow, accepted.order(ID), accepted.now()))
    await sent(accepted)
    (call,) = (call for call in web.done.values() if call.ability is ShopAbility.SHIPPED)
    assert (dict(call.lines)[ONE], call.is_all) == (2, False)


def test_a_second_try_is_refused_after_a_restart_and_at_another_terminal(accepted: Shop) -> None:
    ship(accepted, line1=1)
    again = Shop(accepted.database)
    with pytest.raises(PartialUsedUp) as refused:
        ship(again, line2=0)
    again.close()
    assert refused.value.rule == "C76"


def test_of_two_terminals_at_one_instant_one_is_refused(accepted: Shop) -> None:
    before = accepted.order(ID)
    ship(accepted, line1=1)
    with pytest.raises(Conflict):
        accepted.write(lambda uow: uow.orders.save(replace(before, is_short=True), before))


async def test_after_it_only_return_and_refund_gives_the_rest_back(accepted: Shop, web: FakeShop) -> None:
    ship(accepted, instead(), line1=0, fee=1_000)
    await sent(accepted)
    order, gone = accepted.order(ID), twd(web.money[purchase().channel_order_id])
    rest = refund_of(order, left_of(order), refunded=gone).total
    assert gone + rest == twd(105_000)
    give = accepted.services.refunding.give
    accepted.write(lambda uow: give(uow, ID, None, "all came back", left_of(order), accepted.now()))
    await sent(accepted)
    assert web.money[purchase().channel_order_id] == 105_000


async def test_undo_in_time_and_nothing_has_happened(accepted: Shop, web: FakeShop) -> None:
    before = accepted.order(ID)
    ship(accepted, instead(), line1=0)
    undo(accepted)
    after = accepted.order(ID)
    assert (after.lines, after.is_short) == (before.lines, False)
    await sent(accepted)
    assert (ShopAbility.REFUND.value in web.told, refunds(accepted)[0].state) == (False, RefundState.TAKEN_BACK)


async def test_after_undo_it_may_be_done_again(accepted: Shop, web: FakeShop) -> None:
    ship(accepted, line1=0)
    undo(accepted)
    ship(accepted, line1=1)
    await sent(accepted)
    assert web.money[purchase().channel_order_id] == 27_000
    assert accepted.words(ID).count("shipped_short") == 2


async def test_once_it_has_left_it_stands(accepted: Shop) -> None:
    ship(accepted, line1=1)
    await sent(accepted)
    with pytest.raises(NothingToTakeBack):
        undo(accepted)
    assert accepted.order(ID).is_short


@pytest.mark.parametrize("swaps", [(), (instead(sku="DEAR"),)])
def test_undo_works_where_nobody_is_told(by_hand: Shop, swaps: tuple[Swap, ...]) -> None:
    before = by_hand.order(ID)
    ship(by_hand, *swaps, line1=1)
    undo(by_hand)
    assert (by_hand.order(ID).lines, by_hand.order(ID).is_short, problems(by_hand)) == (before.lines, False, [])


def test_where_nobody_is_told_undo_has_the_same_seconds(by_hand: Shop) -> None:
    ship(by_hand, line1=1)
    by_hand.clock.move(seconds=6)
    with pytest.raises(NothingToTakeBack):
        undo(by_hand)
    assert by_hand.order(ID).is_short


def test_what_the_channel_tells_later_keeps_what_goes_instead(accepted: Shop) -> None:
    ship(accepted, instead(), line1=1)
    before = accepted.order(ID)
    accepted.told(told_later(bought(), 9, note="ring twice"))
    after = accepted.order(ID)
    assert (after.lines, after.changed) == (before.lines, frozenset({"note"}))


def test_nothing_at_all_is_to_be_cancelled(accepted: Shop) -> None:
    with pytest.raises(NothingGoes):
        ship(accepted, line1=0, line2=0)
    assert (accepted.order(ID).stage, accepted.order(ID).is_short) == (Stage.PREPARING, False)


def test_words_of_an_allergy_bar_a_silent_swap(accepted: Shop) -> None:
    accepted.told(told_later(bought(), 9, allergens="peanuts"))
    with pytest.raises(NotAsked):
        ship(accepted, instead(), line1=1, is_asked=False)
    ship(accepted, instead(), line1=1)


def test_the_journal_says_what_went_instead_what_stayed_out_and_who_asked(accepted: Shop) -> None:
    short = Short(goes={ONE: 0}, swaps=(instead(),), is_asked=True)
    accepted.write(lambda uow: accepted.services.shorting.ship(uow, ID, short, accepted.now(BO)))
    history = accepted.read(lambda uow: uow.journal.of(ID))
    (event,) = (event for event in history if isinstance(event, ShippedShort))
    assert (event.instead, event.left_out, event.by) == (("1 × Green tea",), ("1 × Tea 1",), BO)
    assert (event.back, event.currency, event.is_asked) == ("315.00", "TWD", True)
