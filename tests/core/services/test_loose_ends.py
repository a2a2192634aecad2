"""Ways that would otherwise end nowhere, and words that come late."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.arrival import ELSEWHERE
from core.domain.delivery import DeliveryState, Report
from core.domain.ids import OrderId
from core.domain.payment import Payment
from core.domain.problem import ProblemKind
from core.domain.refusal import Conflict, NoReason
from core.domain.send import SendKind
from core.domain.stage import Stage
from tests.builders import after, line, purchase, told_later
from tests.core.fake_courier import Answer
from tests.core.shop import Shop


async def on_the_road(shop: Shop) -> OrderId:
    order_id = shop.make_ready()
    shop.ship(order_id)
    await shop.send()
    (job,) = shop.courier.live()
    shop.clock.move(seconds=60)
    shop.hear(shop.courier.says(job, DeliveryState.PICKED_UP))
    return order_id


async def lost_on_the_road(shop: Shop) -> OrderId:
    order_id = await on_the_road(shop)
    (job,) = shop.courier.live()
    shop.clock.move(seconds=60)
    shop.hear(shop.courier.says(job, DeliveryState.FAILED))
    return order_id


@pytest.mark.parametrize(
    ("came_back", "stage", "left"),
    [(False, Stage.COMPLETED, []), (True, Stage.RETURNED, [ProblemKind.GOODS_RETURNING])],
)
async def test_a_person_ends_a_way_that_no_courier_reports_on(
    shop: Shop, came_back: bool, stage: Stage, left: list[ProblemKind]
) -> None:
    order_id = await lost_on_the_road(shop)
    assert (shop.order(order_id).stage, shop.problems()) == (Stage.OUT, [ProblemKind.DELIVERY_FAILED])
    shop.write(lambda uow: shop.services.care.settle(uow, order_id, shop.now(), came_back=came_back))
    assert (shop.order(order_id).stage, shop.problems()) == (stage, left)


async def test_nobody_ends_a_way_that_a_courier_still_reports_on(shop: Shop) -> None:
    order_id = await on_the_road(shop)
    with pytest.raises(Conflict):
        shop.write(lambda uow: shop.services.care.settle(uow, order_id, shop.now(), came_back=False))


def test_a_bag_packed_from_old_lines_goes_back_to_the_table(shop: Shop) -> None:
    order_id = shop.make_ready()
    shop.told(told_later(shop.order(order_id).purchase, 5, lines=(line(quantity=5),)))
    shop.write(lambda uow: shop.services.orders.see_changes(uow, order_id, shop.now()))
    assert (shop.order(order_id).stage, shop.order(order_id).changed) == (Stage.PREPARING, frozenset())


def test_another_note_leaves_a_packed_bag_packed(shop: Shop) -> None:
    order_id = shop.make_ready()
    shop.told(told_later(shop.order(order_id).purchase, 5, note="ring twice"))
    shop.write(lambda uow: shop.services.orders.see_changes(uow, order_id, shop.now()))
    assert shop.order(order_id).stage is Stage.READY


def test_a_channel_that_moves_its_deadline_moves_ours(shop: Shop) -> None:
    bought = purchase()
    shop.told(bought)
    sooner = shop.order(bought.order_id).accept_by - timedelta(minutes=2)
    shop.told(told_later(bought, 1, accept_by=sooner))
    assert shop.order(bought.order_id).accept_by == sooner


def test_a_refund_that_the_channel_reports_is_owed_no_more(shop: Shop) -> None:
    bought = purchase()
    shop.told(bought)
    shop.write(lambda uow: shop.services.orders.reject(uow, bought.order_id, "sold out", shop.now()))
    assert shop.problems() == [ProblemKind.REFUND_DUE]
    shop.told(told_later(bought, 5, payment=type(bought.payment).REFUNDED))
    assert shop.problems() == []


async def test_a_job_that_turns_up_after_its_order_was_called_off_is_recalled(shop: Shop) -> None:
    order_id = shop.make_ready()
    send = shop.ship(order_id)
    shop.write(lambda uow: uow.outbox.save(replace(send.started().refused("never arrived"), due_at=after(0))))
    shop.cancel(order_id)
    late = Report(
        courier=send.courier,
        ref="late",
        state=DeliveryState.MATCHING,
        word="pending",
        at=shop.clock.now(),
        our_key=send.key,
    )
    assert shop.hear(late)
    owed = shop.open_send(order_id)
    assert owed is not None
    assert (owed.kind, owed.ref) == (SendKind.CANCEL_COURIER, "late")


def test_what_was_fulfilled_elsewhere_stops_ringing(shop: Shop) -> None:
    bought = purchase()
    shop.told(bought)
    shop.told(told_later(bought, 1, is_fulfilled=True))
    order = shop.order(bought.order_id)
    assert (order.stage, order.reason) == (Stage.CANCELLED, ELSEWHERE)


def test_what_was_fulfilled_before_we_heard_of_it_never_rings(shop: Shop) -> None:
    shop.told(purchase(is_fulfilled=True))
    assert shop.board().queue == ()


async def test_a_fulfilment_told_after_accepting_is_our_own(shop: Shop) -> None:
    order_id = shop.make_ready()
    shop.told(told_later(shop.order(order_id).purchase, 5, is_fulfilled=True))
    assert shop.order(order_id).stage is Stage.READY


def test_money_the_channel_takes_back_stops_the_bell(shop: Shop) -> None:
    bought = purchase()
    shop.told(bought)
    shop.told(told_later(bought, 1, payment=Payment.UNPAID))
    assert shop.order(bought.order_id).stage is Stage.WAITING_PAYMENT
    shop.told(told_later(bought, 2))
    assert shop.order(bought.order_id).stage is Stage.NEW


async def test_a_call_that_may_have_left_is_taken_back_and_cleared_up(shop: Shop) -> None:
    order_id = shop.make_ready()
    shop.courier.answers(Answer.DOWN)
    shop.ship(order_id)
    await shop.send()
    shop.recall(order_id)
    await shop.send(0)
    assert (shop.open_send(order_id), shop.courier.live()) == (None, [])
    shop.ship(order_id)


async def test_a_lost_call_that_was_taken_back_is_found_and_recalled(shop: Shop) -> None:
    order_id = shop.make_ready()
    shop.courier.answers(Answer.LOST)
    shop.ship(order_id)
    await shop.send()
    shop.recall(order_id)
    await shop.send(0)
    await shop.send(0)
    assert shop.courier.live() == []


@pytest.mark.parametrize("reason", ["", "  "])
def test_nobody_is_rejected_without_a_reason(shop: Shop, reason: str) -> None:
    bought = purchase()
    shop.told(bought)
    with pytest.raises(NoReason):
        shop.write(lambda uow: shop.services.orders.reject(uow, bought.order_id, reason, shop.now()))


def test_a_telling_of_the_far_future_bars_no_true_one(shop: Shop) -> None:
    bought = purchase()
    shop.told(replace(bought, updated_at=after(60 * 24 * 365)))
    shop.told(told_later(bought, 1, note="ring twice"))
    assert shop.order(bought.order_id).purchase.note == "ring twice"
