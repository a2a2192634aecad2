"""A search is called off (C77–C80), and what couriers report does to orders."""

import pytest

from core.domain.delivery import DeliveryState, Driver
from core.domain.handover import Handover
from core.domain.payment import Payment
from core.domain.problem import ProblemKind
from core.domain.refusal import NotRecallable
from core.domain.stage import Stage
from tests.builders import UBER, after, purchase, report
from tests.core.fake_courier import Answer
from tests.core.shop import Shop

ID = purchase().order_id
S = DeliveryState


@pytest.fixture
async def searching(shop: Shop) -> Shop:
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    return shop


def heard(shop: Shop, state: DeliveryState, **more: object) -> None:
    shop.clock.move(minutes=1)
    shop.hear(shop.courier.says(shop.courier.job("J1"), state))


async def test_a_search_that_is_called_off_in_time_is_a_delivery_exception(searching: Shop) -> None:
    searching.recall(ID)
    await searching.send_due()
    assert searching.courier.live() == []
    assert (searching.delivery(ID).state, searching.order(ID).stage) == (S.FAILED, Stage.READY)
    assert searching.problems() == []


async def test_after_a_recall_another_driver_may_be_called(searching: Shop) -> None:
    searching.recall(ID)
    await searching.send_due()
    searching.ship(ID)
    await searching.send()
    assert [job.ref for job in searching.courier.live(ID)] == ["J2"]
    assert [one.ref for one in searching.deliveries(ID) if one.is_live] == ["J2"]


async def test_until_the_recall_is_answered_no_other_driver_is_called(searching: Shop) -> None:
    searching.courier.answers(Answer.LOST)
    searching.recall(ID)
    await searching.send_due()
    with pytest.raises(Exception, match="is called"):
        searching.ship(ID)


async def test_a_recall_that_comes_too_late_costs_the_fee(searching: Shop) -> None:
    searching.recall(ID)
    searching.courier.says(searching.courier.job("J1"), S.HEADING_TO_STORE)  # nobody told us yet
    await searching.send_due()
    (problem,) = searching.board().problems
    assert (problem.kind, problem.detail) == (ProblemKind.RECALL_REFUSED, "uber: a driver is on the way")
    assert searching.delivery(ID).is_live


async def test_a_delivery_that_fails_after_a_refused_recall_is_told(searching: Shop) -> None:
    searching.recall(ID)
    searching.courier.says(searching.courier.job("J1"), S.HEADING_TO_STORE)
    await searching.send_due()
    heard(searching, S.FAILED)
    assert searching.problems() == [ProblemKind.DRIVER_CANCELLED]


async def refused(shop: Shop) -> None:
    """The recall came too late, and the driver is at the door."""
    shop.recall(ID)
    shop.courier.says(shop.courier.job("J1"), S.HEADING_TO_STORE)
    await shop.send_due()
    heard(shop, S.AT_STORE)
    assert shop.problems() == [ProblemKind.RECALL_REFUSED]


@pytest.mark.parametrize("state", [S.PICKED_UP, S.DELIVERED])
async def test_a_refused_recall_is_over_once_that_driver_has_the_goods(searching: Shop, state: DeliveryState) -> None:
    await refused(searching)
    heard(searching, state)
    assert searching.problems() == []


async def test_a_refused_recall_is_over_once_the_goods_are_handed_over(searching: Shop) -> None:
    await refused(searching)
    given = Handover(waybill=searching.delivery(ID).waybill)
    searching.write(lambda uow: searching.services.handing.hand_over(uow, ID, given, searching.now()))
    assert searching.problems() == []


async def test_of_an_order_that_is_off_somebody_must_still_see_to_it(searching: Shop) -> None:
    await refused(searching)
    searching.cancel(ID)
    heard(searching, S.FAILED)
    assert ProblemKind.RECALL_REFUSED in searching.problems()


@pytest.mark.parametrize("state", [S.HEADING_TO_STORE, S.AT_STORE, S.PICKED_UP])
async def test_only_a_search_can_be_called_off(searching: Shop, state: DeliveryState) -> None:
    heard(searching, state)
    with pytest.raises(NotRecallable) as refused:
        searching.recall(ID)
    assert (refused.value.rule, refused.value.found, refused.value.allowed) == ("C77", state.value, "matching")


def test_where_nobody_was_called_nothing_is_called_off(shop: Shop) -> None:
    shop.make_ready()
    with pytest.raises(NotRecallable) as refused:
        shop.recall(ID)
    assert refused.value.found == "none"


async def test_recalling_a_held_call_takes_it_back(shop: Shop) -> None:
    shop.make_ready()
    shop.ship(ID)
    shop.recall(ID)
    await shop.send()
    assert shop.courier.calls == []


async def test_recalling_twice_is_one_call(searching: Shop) -> None:
    searching.recall(ID)
    searching.recall(ID)
    await searching.send_due()
    assert searching.courier.calls == ["book", "cancel"]


async def test_a_lost_recall_is_repeated(searching: Shop) -> None:
    searching.courier.answers(Answer.LOST)
    searching.recall(ID)
    await searching.send_due()
    await searching.send(60)
    assert searching.courier.calls == ["book", "cancel", "cancel"]
    assert not searching.delivery(ID).is_live
    assert searching.problems() == []


async def test_a_search_that_fails_by_itself_asks_for_a_person(searching: Shop) -> None:
    heard(searching, S.FAILED)
    assert searching.problems() == [ProblemKind.DRIVER_CANCELLED]


async def test_picked_up_means_out_and_delivered_means_done(searching: Shop) -> None:
    heard(searching, S.PICKED_UP)
    assert searching.order(ID).stage is Stage.OUT
    heard(searching, S.DELIVERED)
    assert (searching.order(ID).stage, searching.board().queue) == (Stage.COMPLETED, ())


@pytest.mark.parametrize(("state", "stage"), [(S.DELIVERED, Stage.COMPLETED), (S.RETURNED, Stage.RETURNED)])
async def test_the_end_is_believed_though_the_pick_up_was_never_heard_of(
    searching: Shop, state: DeliveryState, stage: Stage
) -> None:
    heard(searching, state)
    assert searching.order(ID).stage is stage
    assert searching.words(ID).count("order_left") == 1


async def test_goods_on_their_way_back_ask_for_a_person(searching: Shop) -> None:
    heard(searching, S.PICKED_UP)
    heard(searching, S.RETURNING)
    assert (searching.problems(), searching.order(ID).stage) == ([ProblemKind.GOODS_RETURNING], Stage.OUT)
    heard(searching, S.RETURNED)
    assert searching.order(ID).stage is Stage.RETURNED


async def test_a_repeat_is_written_down_once(searching: Shop) -> None:
    told = searching.courier.says(searching.courier.job("J1"), S.AT_STORE)
    for _ in range(3):
        searching.hear(told)
    assert searching.words(ID).count("delivery_reported") == 2


async def test_another_driver_is_written_down_without_a_name(searching: Shop) -> None:
    for count, name in enumerate(["A-Ming", "A-Hua", "A-Hua"], start=1):
        driver = Driver(name=name, phone="+886912000333", plate="ABC-123")
        searching.hear(report(S.HEADING_TO_STORE, count, driver=driver))
    assert searching.words(ID).count("driver_changed") == 1
    assert "A-Hua" not in str(searching.history(ID))


async def test_a_job_of_nobody_is_passed_over(searching: Shop) -> None:
    assert not searching.hear(report(S.DELIVERED, 9, ref="stranger", our_key="strange"))
    assert searching.order(ID).stage is Stage.READY


async def test_a_refund_while_a_driver_searches_recalls_him(searching: Shop) -> None:
    searching.clock.move(minutes=1)
    searching.told(purchase(updated_at=after(30), payment=Payment.REFUNDED))
    await searching.send_due()
    assert searching.courier.live() == []
    assert searching.delivery(ID).courier == UBER
