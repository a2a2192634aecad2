"""The calls we owe are made exactly once, whatever becomes of the answers."""

import pytest

from core.domain.delivery import DeliveryState
from core.domain.problem import ProblemKind
from core.domain.send import Send, SendState
from core.domain.stage import Stage
from core.services.station_lease import StationLease
from tests.builders import purchase
from tests.core.fake_courier import Answer
from tests.core.shop import Shop

ID = purchase().order_id


@pytest.fixture
def owing(any_shop: Shop) -> Shop:
    """A call for a driver is held, on each kind of database."""
    any_shop.make_ready()
    any_shop.ship(ID)
    return any_shop


def the_send(shop: Shop) -> Send:
    send = shop.read(lambda uow: uow.outbox.keyed(shop.courier.booked[0].key))
    assert send is not None
    return send


async def test_a_driver_is_called_once_with_all_he_needs(owing: Shop) -> None:
    await owing.send()
    (job,) = owing.courier.booked
    assert (job.number, job.parcels, job.store.name, job.door.phone) == ("1042", 1, "台北南西店", "+886912000111")
    assert [(item.name, item.quantity) for item in job.items] == [("Tea 1", 2), ("Tea 2", 1)]
    assert (the_send(owing).state, the_send(owing).ref) == (SendState.DONE, "J1")


async def test_the_answer_becomes_a_delivery(owing: Shop) -> None:
    await owing.send()
    journey = owing.delivery(ID)
    assert (journey.state, journey.ref, journey.waybill) == (DeliveryState.MATCHING, "J1", "W-J1")
    assert journey.key == owing.courier.booked[0].key
    assert owing.words(ID)[-3:] == ["send_started", "send_done", "delivery_reported"]


async def test_an_answered_call_is_made_no_more(owing: Shop) -> None:
    await owing.send()
    for _ in range(3):
        await owing.send(60)
    assert owing.courier.calls == ["book"]


async def test_a_refusal_is_final_and_asks_for_a_person(owing: Shop) -> None:
    owing.courier.answers(Answer.REFUSED)
    await owing.send()
    await owing.send(600)
    assert owing.courier.calls == ["book"]
    (problem,) = owing.board().problems
    assert (problem.kind, problem.detail) == (ProblemKind.COURIER_REFUSED, "uber: no drivers in this area")
    assert owing.open_send(ID) is None


async def test_after_a_refusal_another_call_is_possible(owing: Shop) -> None:
    owing.courier.answers(Answer.REFUSED)
    await owing.send()
    owing.ship(ID)
    await owing.send()
    assert len(owing.courier.live(ID)) == 1


async def test_silence_is_answered_with_growing_patience(owing: Shop) -> None:
    owing.courier.answers(*[Answer.DOWN] * 4)
    pauses = []
    for _ in range(4):
        await owing.send(60)
        send = owing.open_send(ID)
        assert send is not None
        pauses.append((send.due_at - owing.clock.now()).total_seconds())
    assert pauses == [2, 5, 10, 20]


async def test_before_its_pause_is_over_nothing_is_tried(owing: Shop) -> None:
    owing.courier.answers(Answer.DOWN)
    await owing.send()
    await owing.send(1.9)
    assert owing.courier.calls == ["book"]
    await owing.send(0.1)
    assert owing.courier.calls == ["book", "find", "book"]


async def test_a_courier_that_stays_silent_is_told_to_staff_and_settles_itself(owing: Shop) -> None:
    owing.courier.answers(*[Answer.DOWN] * 3)
    await owing.send(60)
    await owing.send(60)
    assert owing.problems() == []
    await owing.send(60)
    assert owing.problems() == [ProblemKind.COURIER_DOWN]
    await owing.send(60)
    assert owing.problems() == []
    assert len(owing.courier.live(ID)) == 1


async def test_refused_keys_are_told_at_once_and_tried_rarely(owing: Shop) -> None:
    owing.courier.answers(Answer.LOCKED_OUT)
    await owing.send()
    assert owing.problems() == [ProblemKind.COURIER_LOCKED_OUT]
    await owing.send(299)
    assert owing.courier.calls == ["book"]
    await owing.send(1)
    assert owing.problems() == []


async def test_an_answer_that_was_lost_is_asked_after_first(owing: Shop) -> None:
    owing.courier.answers(Answer.LOST)
    await owing.send()
    await owing.send()
    assert owing.courier.calls == ["book", "find"]
    assert len(owing.courier.jobs) == 1
    assert owing.delivery(ID).ref == "J1"


async def test_a_refused_question_is_no_refused_booking(owing: Shop) -> None:
    owing.courier.answers(Answer.LOST, Answer.REFUSED)
    await owing.send()
    await owing.send(60)
    assert owing.open_send(ID) is not None
    await owing.send(60)
    assert owing.courier.calls == ["book", "find", "find"]
    assert owing.delivery(ID).ref == "J1"


async def test_a_mistake_of_ours_is_tried_again_and_books_once(owing: Shop, caplog: pytest.LogCaptureFixture) -> None:
    owing.courier.answers(Answer.BROKEN)
    await owing.send()
    await owing.send()
    assert len(owing.courier.live(ID)) == 1
    assert "failed here" in caplog.text
    assert "+886912000111" not in caplog.text


@pytest.mark.parametrize("answer", [Answer.SILENT])
async def test_a_station_that_dies_in_mid_call_never_books_twice(owing: Shop, answer: Answer) -> None:
    owing.courier.answers(answer)
    owing.clock.move(seconds=5)
    owing.start_due()
    await owing.courier.took_effect.wait()
    await owing.crash()
    await owing.send_due()
    assert owing.courier.calls == ["book", "find"]
    assert len(owing.courier.live(ID)) == 1
    assert owing.delivery(ID).is_live


async def test_a_station_that_dies_before_the_courier_hears_calls_again(owing: Shop) -> None:
    owing.clock.move(seconds=5)
    owing.write(lambda uow: uow.outbox.save(uow.outbox.due(owing.clock.now())[0].started()))
    await owing.crash()
    await owing.send_due()
    assert owing.courier.calls == ["find", "book"]
    assert len(owing.courier.live(ID)) == 1


async def test_the_couriers_own_call_may_overtake_its_answer(owing: Shop) -> None:
    owing.courier.answers(Answer.SILENT)
    owing.clock.move(seconds=5)
    owing.start_due()
    await owing.courier.took_effect.wait()
    assert owing.hear(owing.courier.says(owing.courier.job("J1"), DeliveryState.HEADING_TO_STORE))
    assert the_send(owing).state is SendState.DONE
    await owing.crash()
    await owing.send(60)
    assert owing.courier.calls == ["book"]
    assert [one.state for one in owing.deliveries(ID)] == [DeliveryState.HEADING_TO_STORE]


async def test_the_couriers_own_call_settles_what_its_silence_was_a_problem_for(owing: Shop) -> None:
    owing.courier.answers(Answer.LOST, Answer.DOWN, Answer.DOWN)
    for _ in range(3):
        await owing.send(60)
    assert owing.problems() == [ProblemKind.COURIER_DOWN]
    owing.hear(owing.courier.says(owing.courier.job("J1"), DeliveryState.HEADING_TO_STORE))
    assert owing.problems() == []


async def test_an_answer_after_the_couriers_own_call_changes_nothing(owing: Shop) -> None:
    owing.courier.answers(Answer.LOST)
    await owing.send()
    owing.hear(owing.courier.says(owing.courier.job("J1"), DeliveryState.AT_STORE))
    await owing.send(60)
    assert owing.words(ID).count("send_done") == 1
    assert owing.delivery(ID).state is DeliveryState.AT_STORE


async def test_a_job_without_our_key_is_not_ours(owing: Shop) -> None:
    owing.courier.answers(Answer.LOST)
    await owing.send()
    assert not owing.hear(owing.courier.says(owing.courier.job("J1"), with_key=False))
    assert owing.deliveries(ID) == []


async def test_a_station_whose_lease_was_taken_never_calls(owing: Shop) -> None:
    owing.write(lambda uow: uow.leases.give_back("station", owing.lease.holder))
    owing.write(StationLease("http://127.0.0.1:9999").take)
    await owing.send()
    assert owing.courier.calls == []
    assert owing.open_send(ID) is not None


async def test_a_call_under_way_is_not_begun_twice(owing: Shop) -> None:
    owing.clock.move(seconds=5)
    owing.start_due()
    owing.start_due()
    await owing.sending.stop()
    assert owing.courier.calls == ["book"]


async def test_goods_that_were_not_shippable_when_the_seconds_were_over_call_nobody(owing: Shop) -> None:
    owing.cancel(ID)
    await owing.send()
    assert (owing.order(ID).stage, owing.courier.calls) == (Stage.CANCELLED, [])
