"""Calling the driver, taking it back, handing over: typed and scanned."""

from dataclasses import replace

from core.domain.delivery import DeliveryState
from core.domain.handover import Handover
from core.domain.purchase import OrderType
from core.domain.refusal import WrongParcels, WrongWaybill
from tests import samples
from tests.samples import AT_THE_DOOR, BUSY, FIRST_BELL, PICKING
from tests.tui.plain.talk import asked, said, talking

READY = samples.shop((samples.ready("7"),))


async def test_s_calls_the_driver_of_the_first_courier_or_of_the_one_named() -> None:
    assert await asked(READY, "s 7", "ship 7 pandago") == [("ship", "7"), ("ship", "7", "pandago")]


async def test_the_answer_says_when_the_call_leaves_and_how_to_take_it_back() -> None:
    answer = await said(BUSY, "s 1038")
    assert answer == ["Order 1038, call a driver, uber, leaves in 4 seconds, type u to take it back."]


async def test_where_the_clock_runs_faster_the_seconds_left_are_those_of_the_person() -> None:
    async with talking(BUSY) as talk:
        talk.clock.pace = 0.25
        assert "leaves in 1 second," in (await talk.type("s 1038"))[0]


async def test_u_takes_back_the_held_call_whichever_order_is_meant() -> None:
    async with talking(BUSY) as talk:
        assert (await talk.type("1042", "u"))[-1] == "Taken back, order 1038."
        assert talk.asked == [("take_back", "1038")]


async def test_u_with_nothing_held_says_so() -> None:
    assert await said(FIRST_BELL, "u") == ["Nothing waits to be sent."]


async def test_recall_asks_once_and_no_is_the_answer_of_enter() -> None:
    assert await asked(BUSY, "v 1034", "yes") == [("recall", "1034")]
    assert await asked(BUSY, "v 1034", "") == []
    assert await asked(BUSY, "v 1034", "maybe") == []


async def test_a_driver_at_the_door_is_not_recalled() -> None:
    async with talking(BUSY) as talk:
        assert "driver at the door" in (await talk.type("v 1035"))[0]
        assert not talk.asked


async def test_h_asks_for_waybill_parcels_and_pin_a_line_each() -> None:
    async with talking(AT_THE_DOOR) as talk:
        answer = await talk.type("h 1035", "7F2K-88", "2", "4471")
        assert talk.asked == [("hand_over", "1035", Handover(waybill="7F2K-88", parcels=2, pin="4471"))]
        assert answer[0] == "Hand over order 1035 to Lin, NKL-8820."
        assert "The order's waybill is 7F2K-88. It has 2 parcels." in answer[1]


async def test_a_scanned_waybill_opens_the_handover() -> None:
    async with talking(AT_THE_DOOR) as talk:
        answer = await talk.type("7f2k88")
        assert answer[-1] == "Parcels counted?"
        await talk.type("2", "")
        assert talk.asked == [("hand_over", "1035", Handover(waybill="7f2k88", parcels=2, pin=None))]


async def test_a_wrong_waybill_is_asked_for_again_with_both_sides_named() -> None:
    async with talking(AT_THE_DOOR) as talk:
        talk.desk.refuse("hand_over", WrongWaybill("other", found="XX", allowed="7F2K-88"))
        answer = await talk.type("h 1035", "XX", "2", "", "")
        assert any("this is XX, the order's is 7F2K-88" in line for line in answer)
        assert answer[-2:] == ["Waybill: scan or type; Enter alone goes back.", "Nothing was handed over."]


async def test_parcels_counted_wrong_keep_the_waybill() -> None:
    async with talking(AT_THE_DOOR) as talk:
        talk.desk.refuse("hand_over", WrongParcels("other", found="1", allowed="2"))
        answer = await talk.type("h 1035", "7F2K-88", "1", "")
        assert answer[-2:] == ["You counted 1 parcels, the order has 2. (C50).", "Parcels counted?"]


async def test_enter_hands_nothing_over() -> None:
    assert await asked(AT_THE_DOOR, "h 1035", "") == []
    assert await asked(AT_THE_DOOR, "h 1035", "7F2K-88", "") == []


async def test_without_a_driver_nothing_is_handed_over() -> None:
    assert (await said(PICKING, "h 1040"))[0].startswith("No driver for order 1040 yet")


async def test_what_the_customer_fetches_is_handed_over_by_its_number() -> None:
    fetched = samples.ready("9", type=OrderType.PICKUP)
    async with talking(samples.shop((fetched,))) as talk:
        answer = await talk.type("h 9", "9", "1")
        assert answer[0] == "Hand over order 9 to whoever fetches it."
        assert talk.asked == [("hand_over", "9", Handover(waybill="9", parcels=1))]


async def test_a_driver_on_the_way_is_announced_without_hurry() -> None:
    shop = samples.shop((samples.ready("1036"),), deliveries=(replace(BUSY.sheets["1036"].deliveries[0]),))
    answer = await said(shop, "1036")
    assert answer[-1] == "Driver on the way. Type h when the driver is here."


async def test_undo_with_nothing_ever_called_says_so() -> None:
    assert (await said(FIRST_BELL, "1042", "u"))[-1] == "Nothing waits to be sent."


async def test_undo_after_the_call_has_left_is_too_late() -> None:
    shop = samples.shop((samples.ready("1"),), deliveries=(samples.delivery("1", DeliveryState.MATCHING, 1),))
    assert (await said(shop, "1", "u"))[-1] == "Too late: the call has left already."
