"""What the sheet says of who can carry an order, and a split that is planned, packed and called for."""

from collections.abc import Iterator

import pytest

from core.domain.fit import DoesNotFit, Limit
from core.domain.limits import CourierLimits
from core.domain.measures import Box
from core.domain.purchase import OrderType
from core.domain.refusal import AlreadyCalled
from core.domain.stage import Stage
from core.services.desk import StoreDesk
from core.store.database import Database
from tests.builders import BO, line, purchase
from tests.core.shop import Shop

ID = purchase().order_id
CASES = (line("1", 2, size=Box(310, 310, 210)),)


@pytest.fixture
def small(sqlite: Database) -> Iterator[Shop]:
    """Its courier has a footboard, and nothing else."""
    opened = Shop(sqlite, limits=CourierLimits(max_weight_g=13_000, boxes=(Box(300, 600, 400),)))
    yield opened
    opened.close()


@pytest.fixture
async def desk(small: Shop) -> StoreDesk:
    return StoreDesk(small.database, small.writer, small.services, small.clock, BO)


async def test_the_sheet_says_who_can_carry_it_from_the_first_moment(small: Shop, desk: StoreDesk) -> None:
    small.told(purchase())
    sheet = await desk.sheet(ID)
    assert [(fit.courier, fit.is_ok, len(fit.unknowns)) for fit in sheet.fits] == [("uber", True, 1)]
    assert sheet.split is None


async def test_an_order_that_fits_nobody_may_be_accepted_all_the_same(small: Shop, desk: StoreDesk) -> None:
    small.told(purchase(lines=(line("1", 1, weight_g=14_000),)))
    await desk.accept([ID])
    (fit,) = (await desk.sheet(ID)).fits
    assert [misfit.limit for misfit in fit.misfits] == [Limit.WEIGHT]


async def test_a_split_is_planned_packed_and_called_for(small: Shop, desk: StoreDesk) -> None:
    small.told(purchase(lines=CASES))
    await desk.accept([ID])
    split = (await desk.sheet(ID)).split
    assert split is not None
    await desk.plan_parcels(ID, len(split.parcels))
    small.write(lambda uow: small.services.packing.tick_all(uow, ID, small.now()))
    await desk.ready(ID)
    sheet = await desk.sheet(ID)
    assert (sheet.order.parcels, sheet.order.is_short, sheet.fits[0].is_ok) == (2, False, True)
    await desk.ship(ID)
    assert "parcels_planned" in small.words(ID)


async def test_one_parcel_that_fits_nobody_calls_nobody(small: Shop, desk: StoreDesk) -> None:
    small.make_ready(lines=CASES)
    with pytest.raises(DoesNotFit) as refused:
        await desk.ship(ID)
    assert [fit.courier for fit in refused.value.fits] == ["uber"]


async def test_once_a_courier_is_called_nothing_more_is_planned_or_said(small: Shop, desk: StoreDesk) -> None:
    small.make_ready()
    await desk.ship(ID)
    with pytest.raises(AlreadyCalled):
        await desk.plan_parcels(ID, 2)
    assert (await desk.sheet(ID)).fits == ()


async def test_what_no_courier_carries_is_looked_at_by_none(small: Shop, desk: StoreDesk) -> None:
    small.told(purchase(type=OrderType.PICKUP))
    assert (await desk.sheet(ID)).fits == ()


async def test_a_plan_survives_going_back_to_the_table(small: Shop, desk: StoreDesk) -> None:
    small.told(purchase(lines=CASES))
    await desk.accept([ID])
    await desk.plan_parcels(ID, 2)
    await desk.ready(ID, reason="in a hurry")
    await desk.reopen(ID)
    order = (await desk.sheet(ID)).order
    assert (order.stage, order.parcels) == (Stage.PREPARING, 2)
