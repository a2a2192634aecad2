"""Troubles of the last days, read for counting (L34)."""

from dataclasses import replace

from core.domain.day import Span
from core.domain.delivery import DeliveryState
from core.domain.goods_back import GoodsBack
from core.domain.money import Money
from core.domain.problem import ProblemKind
from core.domain.refund import RefundState
from core.services import reports
from core.services.records_of import between, record
from tests.builders import MEI, TAIPEI, after, purchase
from tests.conftest import NOON
from tests.core.shop import Shop

ID = purchase().order_id
TODAY = Span(NOON, after(600))


async def refused(shop: Shop) -> None:
    """Brought back, counted, paid back."""
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    for state in (DeliveryState.PICKED_UP, DeliveryState.RETURNED):
        shop.clock.move(seconds=60)
        told = shop.courier.says(shop.courier.job("J1"), state)
        shop.hear(
            replace(
                told, fee=Money(8_900, "TWD"), trouble=ProblemKind.REFUSED if told.state is state.RETURNED else None
            )
        )
    shop.clock.move(seconds=60)
    shop.write(lambda uow: shop.services.care.receive(uow, ID, GoodsBack(parcels=1), shop.now()))


async def test_a_trouble_knows_order_courier_packer_and_products(any_shop: Shop) -> None:
    await refused(any_shop)
    (one,) = any_shop.read(lambda uow: uow.troubled.began_in(TODAY))
    assert (one.kind, one.number, one.courier, one.person) == (ProblemKind.REFUSED, "1042", "uber", MEI)
    assert set(one.products) == {"Tea 1", "Tea 2"}
    assert one.result == "goods received: 3 sound, 0 damaged, 0 missing"


async def test_work_that_follows_from_a_trouble_is_no_second_one(any_shop: Shop) -> None:
    await refused(any_shop)
    assert ProblemKind.REFUND_DUE in any_shop.problems()
    assert len(any_shop.read(lambda uow: uow.troubled.began_in(TODAY))) == 1


async def test_what_began_before_or_after_is_left_out(any_shop: Shop) -> None:
    await refused(any_shop)
    assert any_shop.read(lambda uow: uow.troubled.began_in(Span(after(-60), NOON))) == []
    assert any_shop.read(lambda uow: uow.troubled.began_in(Span(after(60), after(600)))) == []


async def test_the_record_says_who_did_what_and_what_it_cost(any_shop: Shop) -> None:
    await refused(any_shop)
    (one,) = any_shop.read(lambda uow: uow.troubled.began_in(TODAY))
    kept = any_shop.read(lambda uow: record(uow, one.problem_id))
    refund = any_shop.read(lambda uow: uow.refunds.of(ID))[0]
    assert (kept.courier, kept.people, refund.state) == ("uber", (MEI,), RefundState.OWED)
    assert kept.problem.cost == refund.amount + Money(8_900, "TWD")
    assert "GoodsReceived" in {type(event).__name__ for event in kept.done}
    assert "OrderAccepted" not in {type(event).__name__ for event in kept.done}


async def test_the_shift_report_holds_each_trouble(shop: Shop) -> None:
    await refused(shop)
    report = shop.read(lambda uow: reports.shift(uow, NOON, after(600), TAIPEI))
    assert [one.kind for one in report.troubles] == [ProblemKind.REFUSED]


async def test_a_trouble_without_an_order_is_counted_too(shop: Shop) -> None:
    from core.services import steps

    shop.write(lambda uow: steps.open_problem(uow, ProblemKind.UNREADABLE, shop.now(), detail="web: no json"))
    found = shop.read(lambda uow: between(uow, Span(NOON, after(9)), TAIPEI))
    assert [(one.kind, one.number, one.courier) for one in found.incidents] == [(ProblemKind.UNREADABLE, "", "")]
