"""Pick, check, close the bag."""

import pytest

from core.domain.checklist import Check
from core.domain.ids import OrderId
from core.domain.refusal import AlreadyCalled, BadQuantity, PackingIncomplete, UnknownLine
from core.domain.stage import Stage
from tests.builders import purchase
from tests.core.shop import Shop

ID = purchase().order_id


@pytest.fixture
def accepted(shop: Shop) -> Shop:
    shop.told(purchase())
    shop.accept(ID)
    return shop


def scan(shop: Shop, code: str) -> None:
    shop.write(lambda uow: shop.services.packing.scan(uow, ID, code, shop.now()))


def test_each_scan_is_one_more_piece_until_all_are_in(accepted: Shop) -> None:
    scan(accepted, "4710001")
    scan(accepted, "4710001")
    assert accepted.order(ID).line("1").picked == 2
    with pytest.raises(BadQuantity) as refused:
        scan(accepted, "4710001")
    assert (refused.value.found, refused.value.allowed) == ("3", "2")


def test_a_strange_barcode_is_said_to_be_strange(accepted: Shop) -> None:
    with pytest.raises(UnknownLine) as refused:
        scan(accepted, "999")
    assert refused.value.found == "999"


@pytest.mark.parametrize("code", ["1", "SKU-1", "4710001"])
def test_a_line_is_picked_by_any_of_its_names(accepted: Shop, code: str) -> None:
    accepted.write(lambda uow: accepted.services.packing.pick(uow, ID, code, 2, accepted.now()))
    assert accepted.order(ID).picked == 2


def test_an_unfinished_bag_is_closed_with_a_reason_only(accepted: Shop) -> None:
    packing = accepted.services.packing
    with pytest.raises(PackingIncomplete):
        accepted.write(lambda uow: packing.ready(uow, ID, 1, "  ", accepted.now()))
    done = accepted.write(lambda uow: packing.ready(uow, ID, 2, "scales broken", accepted.now()))
    assert (done.stage, done.parcels) == (Stage.READY, 2)


def test_everything_ticked_at_once_is_written_down_one_by_one(accepted: Shop) -> None:
    accepted.write(lambda uow: accepted.services.packing.tick_all(uow, ID, accepted.now()))
    assert accepted.words(ID).count("line_picked") == 2
    assert accepted.words(ID).count("check_ticked") == len(Check)
    assert accepted.order(ID).is_packed


def test_a_bag_is_opened_again_before_a_driver_is_called(accepted: Shop) -> None:
    accepted.pack(ID)
    assert reopen(accepted, ID) is Stage.PREPARING


def test_a_bag_stays_closed_while_a_call_is_held(accepted: Shop) -> None:
    accepted.pack(ID)
    accepted.ship(ID)
    with pytest.raises(AlreadyCalled):
        reopen(accepted, ID)
    accepted.take_back(ID)
    assert reopen(accepted, ID) is Stage.PREPARING


async def test_a_bag_stays_closed_while_a_driver_is_called(accepted: Shop) -> None:
    accepted.pack(ID)
    accepted.ship(ID)
    await accepted.send()
    with pytest.raises(AlreadyCalled):
        reopen(accepted, ID)


def reopen(shop: Shop, order_id: OrderId) -> Stage:
    return shop.write(lambda uow: shop.services.packing.reopen(uow, order_id, "", shop.now())).stage
