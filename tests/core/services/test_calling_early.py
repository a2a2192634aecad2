"""A driver called while the goods are packed: when it may be, and that nothing goes wrong with it."""

import pytest

from core.board.orders import NextStep
from core.domain.delivery import DeliveryState
from core.domain.events import PackingFinished
from core.domain.fulfilment import TAKEN_ALREADY
from core.domain.ids import OrderId
from core.domain.problem import ProblemKind
from core.domain.refusal import AlreadyCalled, BagOpen, NotReady, TooEarly, UnseenChanges
from core.domain.stage import Stage
from tests.builders import purchase, told_later
from tests.core.learned import teach
from tests.core.shop import Shop

S = DeliveryState


@pytest.fixture
def learned(shop: Shop) -> Shop:
    """A shop whose drivers take nine minutes, and its bags fifteen."""
    shop.write(teach)
    return shop


def accepted(shop: Shop, minutes_ago: float = 0) -> OrderId:
    bought = purchase()
    shop.told(bought)
    order_id = shop.accept(bought.order_id)[0].id
    shop.clock.move(minutes=minutes_ago)
    return order_id


async def called(shop: Shop) -> OrderId:
    order_id = accepted(shop, 6)
    shop.ship(order_id)
    await shop.send()
    return order_id


def says(shop: Shop, state: DeliveryState) -> None:
    shop.clock.move(seconds=30)
    (job,) = shop.courier.jobs.values()
    shop.hear(shop.courier.says(job, state))


def step(shop: Shop, order_id: OrderId) -> NextStep:
    line = shop.board().line(order_id)
    assert line is not None
    return line.next_step


async def test_a_driver_may_be_called_when_the_timer_says_so(learned: Shop) -> None:
    order_id = await called(learned)
    assert learned.order(order_id).stage is Stage.PREPARING
    assert learned.delivery(order_id).state is S.MATCHING
    assert len(learned.courier.booked) == 1


def test_before_that_the_refusal_names_the_time(learned: Shop) -> None:
    order_id = accepted(learned, 3)
    with pytest.raises(TooEarly) as refusal:
        learned.ship(order_id)
    assert (refusal.value.found, refusal.value.allowed) == ("12:03", "12:06")


def test_a_minute_before_is_no_reason_to_refuse(learned: Shop) -> None:
    assert learned.ship(accepted(learned, 5)).order_id


@pytest.mark.parametrize("days", [0, 9])
def test_with_too_few_records_only_goods_that_are_ready_are_called_for(shop: Shop, days: int) -> None:
    shop.write(lambda uow: teach(uow, days))
    order_id = accepted(shop, 20)
    with pytest.raises(NotReady) as refusal:
        shop.ship(order_id)
    assert not isinstance(refusal.value, TooEarly)
    shop.pack(order_id)
    assert shop.ship(order_id)


def test_changes_are_read_first(learned: Shop) -> None:
    order_id = accepted(learned, 6)
    learned.told(told_later(purchase(), 6, note="no sugar"))
    with pytest.raises(UnseenChanges):
        learned.ship(order_id)


def test_the_call_can_be_taken_back_and_made_again(learned: Shop) -> None:
    order_id = accepted(learned, 6)
    learned.ship(order_id)
    with pytest.raises(AlreadyCalled):
        learned.ship(order_id)
    learned.take_back(order_id)
    assert learned.ship(order_id)


async def test_it_is_packed_on_while_the_driver_comes(learned: Shop) -> None:
    order_id = await called(learned)
    says(learned, S.HEADING_TO_STORE)
    assert step(learned, order_id) is NextStep.PICK
    learned.pack(order_id)
    assert step(learned, order_id) is NextStep.HAND_OVER


async def test_goods_are_not_handed_over_from_an_open_bag(learned: Shop) -> None:
    order_id = await called(learned)
    says(learned, S.AT_STORE)
    with pytest.raises(BagOpen):
        learned.hand_over(order_id, learned.delivery(order_id).waybill)
    assert learned.delivery(order_id).handed_over_at is None
    learned.pack(order_id)
    assert learned.hand_over(order_id, learned.delivery(order_id).waybill).stage is Stage.OUT


async def test_a_driver_who_leaves_before_the_bag_is_closed_has_it_all_the_same(learned: Shop) -> None:
    order_id = await called(learned)
    says(learned, S.PICKED_UP)
    assert learned.order(order_id).stage is Stage.OUT
    assert learned.problems() == [ProblemKind.TAKEN_OPEN]
    (packed,) = [event for event in learned.history(order_id) if isinstance(event, PackingFinished)]
    assert packed.reason == TAKEN_ALREADY
    says(learned, S.DELIVERED)
    assert learned.order(order_id).stage is Stage.COMPLETED


async def test_a_full_bag_that_nobody_closed_is_no_trouble(learned: Shop) -> None:
    order_id = await called(learned)
    learned.write(lambda uow: learned.services.packing.tick_all(uow, order_id, learned.now()))
    says(learned, S.PICKED_UP)
    assert (learned.order(order_id).stage, learned.problems()) == (Stage.OUT, [])


async def test_an_order_called_off_while_it_is_packed_frees_its_driver(learned: Shop) -> None:
    order_id = await called(learned)
    learned.cancel(order_id)
    await learned.send()
    assert learned.courier.live() == []


async def test_a_station_that_dies_calls_no_second_driver(learned: Shop) -> None:
    order_id = accepted(learned, 6)
    learned.ship(order_id)
    await learned.crash()
    await learned.send()
    await learned.crash()
    await learned.send()
    assert len(learned.courier.live(order_id)) == 1


def test_the_sheet_says_when_and_why(learned: Shop) -> None:
    order_id = accepted(learned)
    learned.read(lambda uow: learned.timing.learn(uow, learned.clock.now()))
    sheet = learned.read(lambda uow: learned.services.looking.sheet(uow, order_id, learned.now()))
    line = learned.board().line(order_id)
    assert sheet.call is not None
    assert line is not None
    assert sheet.call == line.call
    assert (sheet.call.rides, sheet.call.packings) == (12, 12)
    learned.clock.move(minutes=6)
    learned.ship(order_id)
    assert learned.read(lambda uow: learned.services.looking.sheet(uow, order_id, learned.now())).call is None
