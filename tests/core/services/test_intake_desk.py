"""The intake's door: answers only after the commit, and says when it cannot take more."""

from unittest.mock import PropertyMock, patch

import pytest

from core.board.lamps import Light
from core.ports.intake import CannotTake
from core.services.health import Health, lamps
from core.services.intake_desk import StationDesk
from core.store.database import StoreUnusable
from core.store.writer import Writer
from tests.builders import letter, purchase, reading
from tests.core.shop import Shop

ID = purchase().order_id


@pytest.fixture
def health() -> Health:
    told = Health()
    told.know(["web"], [])
    return told


@pytest.fixture
def door(shop: Shop, health: Health) -> StationDesk:
    return StationDesk(shop.writer, shop.intake, health, shop.clock)


async def test_what_was_answered_is_on_disk(shop: Shop, door: StationDesk, health: Health) -> None:
    await door.take(letter(), reading(purchase(), key="k"))
    assert shop.order(ID).number == "1042"
    await door.take(letter(), reading(purchase(), key="k"))
    assert health.counts == {"read": 1, "repeat": 1}


async def test_a_letter_nobody_can_read_turns_the_lamp(shop: Shop, door: StationDesk, health: Health) -> None:
    await door.refuse(letter(b"{"), "not JSON")
    (lamp,) = lamps(health.told())
    assert (lamp.light, lamp.word) == (Light.FAIL, "not JSON")
    await door.take(letter(), reading(purchase()))
    assert lamps(health.told())[0].light is Light.OK


async def test_a_stranger_is_counted_and_not_kept(shop: Shop, door: StationDesk, health: Health) -> None:
    door.turned_away("channels/web", "bad signature")
    assert health.counts == {"turned_away": 1}
    assert shop.read(lambda uow: uow.inbox.counts()) == {}


async def test_past_what_the_disk_can_do_the_sender_is_asked_to_come_again(shop: Shop, door: StationDesk) -> None:
    with patch.object(Writer, "waiting", PropertyMock(return_value=501)), pytest.raises(CannotTake) as asked:
        await door.take(letter(), reading(purchase()))
    assert asked.value.retry_after == 2
    assert shop.board().queue == ()


async def test_a_store_that_fails_asks_the_sender_to_come_again(shop: Shop, door: StationDesk) -> None:
    with (
        patch.object(shop.intake, "take", side_effect=StoreUnusable("disk full")),
        pytest.raises(CannotTake, match="disk full"),
    ):
        await door.take(letter(), reading(purchase()))
