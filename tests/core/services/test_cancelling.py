"""Called off, wherever it stands: nobody drives for nothing, and a person is told."""

import pytest

from core.domain.delivery import DeliveryState
from core.domain.ids import LineId, OrderId
from core.domain.payment import Payment
from core.domain.problem import ProblemKind
from core.domain.refusal import IllegalMove, NothingToTakeBack
from core.domain.send import SendKind, SendState
from core.domain.short import Short
from core.domain.stage import Stage
from tests.builders import line, purchase, told_later
from tests.core.fake_courier import Answer
from tests.core.shop import Shop

ID = purchase().order_id


def customer_cancels(shop: Shop) -> None:
    shop.clock.move(seconds=1)
    shop.told(told_later(purchase(), 30, cancel_reason="asked"))


def test_a_new_order_that_is_cancelled_rings_no_more(any_shop: Shop) -> None:
    any_shop.told(purchase())
    customer_cancels(any_shop)
    assert (any_shop.order(ID).stage, any_shop.board().queue) == (Stage.CANCELLED, ())
    assert any_shop.problems() == []


def test_an_accepted_order_that_is_cancelled_asks_for_a_person(shop: Shop) -> None:
    shop.told(purchase())
    shop.accept(ID)
    customer_cancels(shop)
    (problem,) = shop.board().problems
    assert (problem.kind, problem.detail, problem.number) == (ProblemKind.CANCELLED_LATE, "preparing", "1042")


async def test_a_held_call_never_leaves(any_shop: Shop) -> None:
    any_shop.make_ready()
    any_shop.ship(ID)
    customer_cancels(any_shop)
    await any_shop.send()
    assert any_shop.courier.calls == []
    assert any_shop.words(ID)[-2:] == ["send_taken_back", "problem_opened"]


async def test_a_search_under_way_is_recalled(any_shop: Shop) -> None:
    any_shop.make_ready()
    any_shop.ship(ID)
    await any_shop.send()
    customer_cancels(any_shop)
    owed = any_shop.open_send(ID)
    assert owed is not None
    assert (owed.kind, owed.ref) == (SendKind.CANCEL_COURIER, "J1")
    await any_shop.send_due()
    assert any_shop.courier.live() == []
    assert any_shop.delivery(ID).state is DeliveryState.FAILED


async def test_the_recall_of_a_called_off_order_cannot_be_taken_back(shop: Shop) -> None:
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    shop.cancel(ID)
    with pytest.raises(NothingToTakeBack):
        shop.take_back(ID)
    await shop.send_due()
    assert shop.courier.live() == []


async def test_an_order_cancelled_while_we_are_calling_is_recalled_after(any_shop: Shop) -> None:
    any_shop.make_ready()
    any_shop.ship(ID)
    any_shop.courier.answers(Answer.LOST)
    await any_shop.send()
    customer_cancels(any_shop)
    await any_shop.send(60)
    assert any_shop.courier.calls == ["book", "find"]
    await any_shop.send_due()
    assert any_shop.courier.live() == []
    assert any_shop.delivery(ID).state is DeliveryState.FAILED


async def test_a_call_that_never_arrived_is_not_made_again_for_a_cancelled_order(shop: Shop) -> None:
    shop.make_ready()
    send = shop.ship(ID)
    shop.courier.answers(Answer.DOWN)
    await shop.send()
    customer_cancels(shop)
    await shop.send(60)
    assert shop.courier.calls == ["book", "find"]
    assert shop.courier.jobs == {}
    assert shop.read(lambda uow: uow.outbox.get(send.id)).state is SendState.REFUSED
    assert shop.words(ID)[-1] == "send_refused"


async def test_a_driver_on_the_way_costs_and_a_person_is_told(shop: Shop) -> None:
    await with_driver(shop)
    shop.cancel(ID)
    await shop.send_due()
    assert sorted(shop.problems()) == [ProblemKind.CANCELLED_LATE, ProblemKind.RECALL_REFUSED, ProblemKind.REFUND_DUE]
    assert shop.delivery(ID).is_live


async def test_a_driver_for_a_called_off_order_stays_on_the_board(shop: Shop) -> None:
    await with_driver(shop)
    shop.cancel(ID)
    await shop.send_due()
    assert [ride.order_id for ride in shop.board().drivers] == [ID]


async def test_goods_that_are_out_cannot_be_called_off_by_us(shop: Shop) -> None:
    await out(shop)
    with pytest.raises(IllegalMove):
        shop.cancel(ID)


@pytest.mark.parametrize("said", [{"cancel_reason": "asked"}, {"payment": Payment.REFUNDED}])
async def test_goods_that_are_out_and_called_off_by_the_channel_ask_for_a_person_once(
    shop: Shop, said: dict[str, object]
) -> None:
    await out(shop)
    shop.told(told_later(purchase(), 30, **said))
    shop.told(told_later(purchase(), 31, **said))
    assert shop.order(ID).stage is Stage.OUT
    assert shop.problems() == [ProblemKind.CANCELLED_LATE]


def test_what_we_call_off_owes_the_money_back(shop: Shop) -> None:
    shop.told(purchase())
    shop.cancel(ID)
    assert shop.problems() == [ProblemKind.REFUND_DUE]


def test_what_was_not_paid_owes_nothing_back(shop: Shop) -> None:
    shop.told(purchase(payment=Payment.UNPAID))
    shop.cancel(ID)
    assert shop.problems() == []


def test_after_a_partial_shipment_the_whole_amount_is_owed_back(shop: Shop) -> None:
    shop.told(purchase())
    shop.accept(ID)
    shop.write(lambda uow: shop.services.shorting.ship(uow, ID, Short(goes={LineId("1"): 1}), shop.now()))
    shop.cancel(ID)
    (due,) = (problem for problem in shop.board().problems if problem.kind is ProblemKind.REFUND_DUE)
    assert due.detail == "1240.00 TWD"


def test_a_cancelled_order_told_again_stays_cancelled(shop: Shop) -> None:
    shop.told(purchase())
    customer_cancels(shop)
    shop.told(told_later(purchase(), 60, lines=(line("1", 9),)))
    assert shop.order(ID).stage is Stage.CANCELLED
    assert shop.words(ID).count("order_cancelled") == 1


async def with_driver(shop: Shop) -> OrderId:
    """A driver took the job and comes."""
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    shop.clock.move(minutes=3)
    shop.hear(shop.courier.says(shop.courier.job("J1"), DeliveryState.HEADING_TO_STORE))
    return ID


async def out(shop: Shop) -> OrderId:
    """The driver has the goods."""
    await with_driver(shop)
    shop.clock.move(minutes=3)
    shop.hear(shop.courier.says(shop.courier.job("J1"), DeliveryState.PICKED_UP))
    return ID
