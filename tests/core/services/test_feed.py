"""Who follows the journal sees the first board at once, then what changed."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from core.board.board import Board
from core.domain.delivery import DeliveryState, Driver
from core.domain.events import OrderAccepted, OrderReceived
from core.ports.feed import FeedLost, Update
from core.services.feed import StoreFeed
from core.services.picture import Painter
from core.store.database import Database
from tests.builders import RULES, purchase, report
from tests.core.fakes import FakeClock
from tests.core.shop import Shop


class Following:
    """A feed that is read with patience."""

    def __init__(self, updates: AsyncIterator[Update]) -> None:
        self._updates = updates

    async def next(self) -> Update:
        return await asyncio.wait_for(anext(self._updates), 5)

    async def until(self, number: int) -> Board:
        while (update := await self.next()).board.seen < number:
            continue
        return update.board


@pytest.fixture
async def following(any_shop: Shop) -> AsyncIterator[Following]:
    updates = StoreFeed(any_shop.database, any_shop.painter, any_shop.clock).updates()
    yield Following(updates)
    await updates.aclose()  # type: ignore[attr-defined]


async def test_the_first_board_is_there_at_once(any_shop: Shop, following: Following) -> None:
    any_shop.told(purchase())
    first = await following.next()
    assert (first.board, first.events) == (any_shop.board(), ())


async def test_what_another_wrote_comes_as_one_update_with_its_events(any_shop: Shop, following: Following) -> None:
    any_shop.told(purchase("1"))
    first = (await following.next()).board
    any_shop.told(purchase("2"))
    second = await following.next()
    assert isinstance(second.events[0], OrderReceived)
    assert second.board.line(purchase("1").order_id) is first.line(purchase("1").order_id)
    assert second.board == any_shop.board()


async def test_an_update_comes_within_half_a_second(any_shop: Shop, following: Following) -> None:
    any_shop.told(purchase())
    await following.next()
    waiting = asyncio.create_task(following.next())
    await asyncio.sleep(0.1)
    start = asyncio.get_running_loop().time()
    any_shop.accept(purchase().order_id)
    update = await waiting
    assert asyncio.get_running_loop().time() - start < 0.5
    assert [type(event) for event in update.events] == [OrderAccepted]


async def test_a_burst_is_a_few_boards_and_loses_nothing(any_shop: Shop, following: Following) -> None:
    await following.next()
    for number in range(30):
        any_shop.told(purchase(str(number)))
    last = any_shop.read(lambda uow: uow.journal.last())
    assert await following.until(last) == any_shop.board()
    assert len(any_shop.board().queue) == 30


async def test_silence_brings_no_boards(any_shop: Shop, following: Following) -> None:
    await following.next()
    waiting = asyncio.create_task(following.next())
    await asyncio.sleep(0.8)
    assert not waiting.done()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


async def test_a_load_that_falls_with_time_shows_without_any_event(any_shop: Shop, following: Following) -> None:
    any_shop.told(purchase())
    any_shop.accept(purchase().order_id)
    assert len((await following.next()).board.load.accepted) == 1
    any_shop.clock.move(minutes=61)
    assert (await following.next()).board.load.accepted == ()


async def test_a_store_that_cannot_be_read_is_a_feed_that_is_lost() -> None:
    nowhere = Database("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(FeedLost):
        await anext(StoreFeed(nowhere, Painter(RULES), FakeClock()).updates())


async def test_a_couriers_word_that_no_event_tells_shows_amid_other_news(shop: Shop) -> None:
    shop.make_ready()
    shop.ship(purchase().order_id)
    await shop.send()
    shop.hear(report(DeliveryState.HEADING_TO_STORE, 1))
    updates = StoreFeed(shop.database, shop.painter, shop.clock).updates()
    following = Following(updates)
    await following.next()
    shop.hear(report(DeliveryState.HEADING_TO_STORE, 2, driver=Driver(name="A-Ming")))
    shop.told(purchase("7"))
    while (await following.next()).board.drivers[0].driver != "A-Ming":
        continue
    await updates.aclose()  # type: ignore[attr-defined]
