"""A screen whose parts are still being made: it shows what is known, and what is asked is answered later."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from threading import Event
from typing import cast

import pytest
from textual.pilot import Pilot

from core.board.board import Board
from core.board.orders import Lane
from core.domain.ids import OrderId
from core.ports.desk import Desk
from tests import samples
from tests.fakes import FakeAlerts, FakeClock, FakeFeed, RecordingDesk
from tests.tui.gallery import terminal
from tests.tui.play import lines_of
from tui.app import OrderbellApp
from tui.widgets.painted import Painted
from tui.wiring.late import Late, LateAlerts, LateDesk, LateFeed, Parts

WHOLE = samples.BUSY.board
GLANCE = Board(store=WHOLE.store, queue=WHOLE.queue[:2], beyond={Lane.OUT: 40}, is_glance=True)
ID = OrderId("1042")


class Workshop:
    """Makes the parts when `open` is set, or breaks with `trouble`."""

    def __init__(self, glance: Board | None = GLANCE) -> None:
        self.open, self.trouble = Event(), cast("Exception | None", None)
        self.desk, self.feed, self.alerts = RecordingDesk(samples.BUSY.sheets), FakeFeed(WHOLE), FakeAlerts()
        self.failed: list[Exception] = []
        self.late = Late(self._make, self.failed.append)
        self.late_desk = cast(Desk, LateDesk(self.late))
        self.late_alerts = LateAlerts(self.late)
        self.late_feed = LateFeed(self.late, lambda: glance)

    def _make(self) -> Parts:
        assert self.open.wait(30)
        if self.trouble is not None:
            raise self.trouble
        return Parts(self.desk, self.feed, self.alerts)

    def app(self) -> OrderbellApp:
        return OrderbellApp(
            desk=self.late_desk,
            feed=self.late_feed,
            alerts=self.late_alerts,
            clock=FakeClock(),
            terminal=terminal(),
        )


@pytest.fixture
def workshop() -> Iterator[Workshop]:
    made = Workshop()
    yield made
    made.open.set()
    gc.unfreeze()


def text(app: OrderbellApp) -> str:
    return "\n".join(line for widget in app.screen_stack[0].query(Painted) for line in lines_of(widget))


def page_text(app: OrderbellApp) -> str:
    return "\n".join(line for widget in app.screen.query(Painted) for line in lines_of(widget))


async def until(pilot: Pilot[None], claim: Callable[[], bool]) -> None:
    for _ in range(1500):
        if claim():
            return
        await pilot.pause(0.02)
    raise AssertionError(text(cast(OrderbellApp, pilot.app)))


async def soon(answer: Awaitable[None]) -> asyncio.Task[None]:
    task = asyncio.ensure_future(answer)
    await asyncio.sleep(0)
    return cast("asyncio.Task[None]", task)


async def test_orders_are_listed_while_everything_else_is_still_loaded(workshop: Workshop) -> None:
    app = workshop.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: f"#{GLANCE.queue[0].number}" in text(app))
        assert f"ORDERS {2 + 40}" in text(app)
        assert "Reading the orders" in text(app)
        assert "THIS HOUR" not in text(app)
        assert "No driver is under way" not in text(app)


async def test_the_whole_board_takes_the_place_of_the_glance(workshop: Workshop) -> None:
    app = workshop.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: f"#{GLANCE.queue[0].number}" in text(app))
        workshop.open.set()
        await until(pilot, lambda: f"ORDERS {len(WHOLE.queue)}" in text(app))
        assert "Reading the orders" not in text(app)


@pytest.mark.parametrize("page", ["f2", "f3"])
async def test_what_was_not_looked_at_is_not_called_empty(workshop: Workshop, page: str) -> None:
    app = workshop.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: f"#{GLANCE.queue[0].number}" in text(app))
        await pilot.press(page)
        await until(pilot, lambda: "Being read …" in page_text(app))
        workshop.open.set()
        await until(pilot, lambda: "Being read …" not in page_text(app))


async def test_the_bell_hears_no_glance(workshop: Workshop) -> None:
    app = workshop.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: f"#{GLANCE.queue[0].number}" in text(app))
        workshop.open.set()
        await until(pilot, lambda: bool(workshop.alerts.heard))
        assert workshop.alerts.heard[0] == WHOLE


async def test_a_key_pressed_early_acts_when_it_can(workshop: Workshop) -> None:
    app = workshop.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: f"#{GLANCE.queue[0].number}" in text(app))
        await pilot.press("g")
        await pilot.pause(0.2)
        assert workshop.desk.asked == []
        workshop.open.set()
        await until(pilot, lambda: ("see", GLANCE.queue[0].order_id) in workshop.desk.asked)


async def test_what_is_asked_of_the_desk_waits_for_it(workshop: Workshop) -> None:
    answer = await soon(workshop.late_desk.see(ID))
    assert not answer.done()
    workshop.open.set()
    await workshop.late.begin()
    await answer
    assert workshop.desk.asked == [("see", ID)]


async def test_what_is_asked_of_the_bell_before_it_hangs_is_asked_when_it_does(workshop: Workshop) -> None:
    workshop.late_alerts.mute(30)
    workshop.late_alerts.check_sound()
    workshop.open.set()
    await workshop.late.begin()
    running = await soon(workshop.late_alerts.run())
    workshop.late_alerts.unmute()
    assert workshop.alerts.asked == [("mute", 30), ("check_sound",), ("unmute",)]
    assert workshop.late_alerts.lamp == workshop.alerts.lamp
    running.cancel()


async def test_a_store_that_cannot_be_opened_is_told_once_and_nobody_is_answered(workshop: Workshop) -> None:
    workshop.trouble = RuntimeError("no room left")
    workshop.open.set()
    answer = await soon(workshop.late_desk.see(ID))
    await workshop.late.begin()
    assert workshop.failed == [workshop.trouble]
    assert not answer.done()
    answer.cancel()


async def test_a_feed_that_is_lost_does_not_show_the_glance_again(workshop: Workshop) -> None:
    workshop.open.set()
    updates = workshop.late_feed.updates()
    assert [(await anext(updates)).board for _ in range(2)] == [GLANCE, WHOLE]
    workshop.feed.tell(replace(WHOLE, seen=9))
    assert (await anext(updates)).board.seen == 9
    await updates.aclose()  # type: ignore[attr-defined]
    assert (await anext(workshop.late_feed.updates())).board == replace(WHOLE, seen=9)


async def test_without_a_glance_the_feed_comes_first(workshop: Workshop) -> None:
    workshop.open.set()
    assert (await anext(LateFeed(workshop.late, lambda: None).updates())).board == WHOLE
