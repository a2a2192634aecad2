"""What is said by itself."""

from dataclasses import replace

from core.board.lamps import Light
from core.domain.alert import Alert, Chime
from core.domain.delivery import DeliveryState
from core.domain.events import (
    DeliveryReported,
    OrderAccepted,
    OrderCancelled,
    OrderCompleted,
    OrderSeen,
    ProblemOpened,
    SendRefused,
)
from core.domain.ids import CUSTOMER, StaffId
from core.domain.problem import ProblemKind
from tests import samples
from tests.samples import BUSY, EMPTY, FIRST_BELL, MEI, NOW, PICKING, SILENT
from tests.tui.plain.talk import talking

BO = StaffId("Bo")


async def test_what_rings_at_the_start_is_said_after_the_greeting() -> None:
    async with talking(FIRST_BELL) as talk:
        assert talk.lines == [
            "Orderbell, 台北南西店, type help for the commands.",
            "1 order needs your hand, 1 open.",
            "New order 1042, Ms Chen, 4 items, NT$1,240, with a note, accept within 3 minutes 12.",
        ]


async def test_an_order_that_comes_is_said_once() -> None:
    async with talking(EMPTY) as talk:
        assert (await talk.tell(FIRST_BELL.board))[0].startswith("New order 1042, Ms Chen")
        assert await talk.tell(replace(FIRST_BELL.board, seen=9)) == []


async def test_many_at_once_are_counted() -> None:
    orders = [samples.order(str(2000 + at)) for at in range(9)]
    async with talking(EMPTY) as talk:
        (line,) = await talk.tell(samples.shop(orders).board)
        assert line == "9 orders ring: 2000, 2001, 2002, 2003, 2004 and others."


async def test_an_order_that_was_left_is_said_to_ring_again() -> None:
    seen = samples.shop((samples.order("1046", **samples.SEEN),))
    async with talking(FIRST_BELL) as talk:
        await talk.tell(seen.board)
        talk.clock.go(170)
        talk.new()
        await talk.until(lambda: len(talk.lines) > 3)
        assert talk.new()[0].startswith("New order 1046")


async def test_what_others_do_is_said_with_their_name() -> None:
    events = (OrderSeen(order_id="1042", at=NOW, by=BO), OrderAccepted(order_id="1042", at=NOW, by=BO, ready_by=NOW))
    async with talking(BUSY) as talk:
        told = await talk.tell(replace(BUSY.board, seen=2), *events)
        assert told == ["Order 1042, seen, the bell stops, Bo.", "Order 1042, accepted, to be ready by 14:32, Bo."]


async def test_what_was_done_here_is_not_said_twice() -> None:
    async with talking(BUSY) as talk:
        await talk.type("a 1042")
        done = OrderAccepted(order_id="1042", at=NOW, by=MEI, ready_by=NOW)
        assert await talk.tell(replace(BUSY.board, seen=2), done) == []


async def test_a_cancelled_order_is_said_though_it_is_gone_from_the_board() -> None:
    off = OrderCancelled(order_id="1040", at=NOW, by=CUSTOMER, stage="preparing", reason="changed my mind")
    async with talking(PICKING) as talk:
        (line,) = await talk.tell(EMPTY.board, off)
        assert line == "Order 1040, cancelled while preparing: changed my mind."


async def test_a_driver_at_the_door_is_said_with_what_to_type() -> None:
    here = DeliveryReported(order_id="1035", at=NOW, courier="uber", ref="r", state="at_store", word="here")
    async with talking(BUSY) as talk:
        (line,) = await talk.tell(replace(BUSY.board, seen=2), here)
        assert line == "Order 1035, driver at the door, uber, Lin, NKL-8820. Type h 1035 to hand over."


async def test_the_end_is_said_once() -> None:
    events = (
        DeliveryReported(order_id="1029", at=NOW, courier="uber", ref="r", state="delivered", word="done"),
        OrderCompleted(order_id="1029", at=NOW),
    )
    async with talking(BUSY) as talk:
        assert await talk.tell(replace(BUSY.board, seen=2), *events) == ["Order 1029, the customer has it."]


async def test_a_word_nobody_knows_stays_unknown() -> None:
    odd = DeliveryReported(order_id="1029", at=NOW, courier="uber", ref="r", state="teleported", word="?")
    async with talking(BUSY) as talk:
        (line,) = await talk.tell(replace(BUSY.board, seen=2), odd)
        assert "state unknown" in line


async def test_trouble_is_said_with_what_to_type_also_when_it_follows_from_ones_own_doing() -> None:
    event = ProblemOpened(
        order_id="1040", at=NOW, by=MEI, problem_id="p", kind=ProblemKind.REFUND_DUE, detail="1240.00 TWD"
    )
    async with talking(PICKING) as talk:
        await talk.type("1040", "d")
        (line,) = await talk.tell(replace(PICKING.board, seen=2), event)
        assert line.startswith("Trouble, order 1040: money must go back, NT$1,240.")
        assert line.endswith("Type trouble for what can be done.")


async def test_a_refused_call_is_said() -> None:
    event = SendRefused(order_id="1038", at=NOW, send_id="s", kind="book_courier", reason="address_undeliverable")
    async with talking(BUSY) as talk:
        (line,) = await talk.tell(replace(BUSY.board, seen=2), event)
        assert line.startswith("Order 1038, call a driver: refused")


async def test_a_lamp_that_goes_out_and_comes_back_is_said() -> None:
    broken = tuple(replace(lamp, light=Light.FAIL, word="no answer") for lamp in BUSY.board.lamps[:1])
    async with talking(CALM := samples.CALM) as talk:
        assert await talk.tell(replace(CALM.board, lamps=broken)) == [
            "Station, broken, no answer, heard 1 second ago.",
        ]
        assert await talk.tell(replace(CALM.board, lamps=BUSY.board.lamps[:1])) == ["Station, ok, heard 1 second ago."]


async def test_a_bell_that_is_lost_is_said() -> None:
    async with talking(EMPTY) as talk:
        await talk.until(lambda: talk.front._news._light is not None)
        talk.alerts.lamp = SILENT
        await talk.until(lambda: "NO SOUND: no sound device." in talk.text)


async def test_what_is_overdue_is_said() -> None:
    async with talking(BUSY) as talk:
        talk.alerts.lamp = replace(talk.alerts.lamp, calls=1, called=Alert(Chime.OVERDUE, ("1040",)))
        await talk.until(lambda: "Overdue: order 1040." in talk.text)


async def test_a_lost_store_is_said_and_that_it_is_back() -> None:
    async with talking(BUSY) as talk:
        talk.feed.lose()
        await talk.until(lambda: "The store cannot be read. What you hear is of 14:32:07." in talk.text)
        assert talk.alerts.losses == 1
        talk.feed.mend()
        await talk.until(lambda: "The store can be read again." in talk.text)


async def test_an_accident_of_the_feed_gets_a_mark() -> None:
    async with talking(BUSY) as talk:
        talk.feed._news.put_nowait(object())
        await talk.until(lambda: "Noted as E-" in talk.text)


async def test_a_driver_who_is_found_is_named() -> None:
    event = DeliveryReported(
        order_id="1036", at=NOW, courier="pandago", ref="r", state=DeliveryState.HEADING_TO_STORE, word="x"
    )
    async with talking(BUSY) as talk:
        (line,) = await talk.tell(replace(BUSY.board, seen=2), event)
        assert line == "Order 1036, driver on the way, pandago, A-Ming, MEW-2231."
