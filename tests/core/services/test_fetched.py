"""Orders that no courier of ours carries: whoever fetches them says the number."""

import pytest

from core.board.orders import NextStep
from core.domain.purchase import OrderType
from core.domain.refusal import NoCourier, WrongWaybill
from core.domain.stage import Stage
from tests.core.shop import Shop

FETCHED = [OrderType.PICKUP, OrderType.SHIPPING, OrderType.DINE_IN]


@pytest.mark.parametrize("type", FETCHED)
def test_it_is_handed_over_by_its_own_number_and_ends(shop: Shop, type: OrderType) -> None:
    order_id = shop.make_ready(type=type)
    assert shop.hand_over(order_id, "#1042").stage is Stage.COMPLETED


def test_another_number_is_refused(shop: Shop) -> None:
    order_id = shop.make_ready(type=OrderType.PICKUP)
    with pytest.raises(WrongWaybill):
        shop.hand_over(order_id, "1043")


def test_no_driver_is_called_for_it(shop: Shop) -> None:
    order_id = shop.make_ready(type=OrderType.SHIPPING)
    with pytest.raises(NoCourier):
        shop.ship(order_id)


def test_the_board_asks_for_a_hand_at_once(shop: Shop) -> None:
    shop.make_ready(type=OrderType.PICKUP)
    (line,) = shop.board().queue
    assert (line.next_step, line.needs_hand) == (NextStep.HAND_OVER, True)
