"""A driver who moves every second: where he is now is kept, the letters that told it are not."""

import pytest

from core.domain.delivery import Delivery, DeliveryState, Driver
from core.domain.measures import Place
from core.services.intake import Taken
from core.store.inbox import LetterState
from tests import builders
from tests.builders import after, purchase, report
from tests.core.shop import Shop

S = DeliveryState
ID = purchase().order_id


@pytest.fixture
async def riding(any_shop: Shop) -> Shop:
    """A driver is on the way."""
    any_shop.make_ready()
    any_shop.ship(ID)
    await any_shop.send()
    told(any_shop, 1, driver=Driver(name="A-Ming"))
    return any_shop


def told(shop: Shop, count: float, state: S = S.HEADING_TO_STORE, *, key: str = "", **more: object) -> Taken:
    """A letter of the courier."""
    reading = builders.reading(key=key, reports=(report(state, count, **more),))
    letter = builders.letter(sender="couriers/uber", received_at=shop.clock.now())
    return shop.write(lambda uow: shop.intake.take(uow, letter, reading))


def letters(shop: Shop) -> int:
    return sum(shop.read(lambda uow: uow.inbox.counts()).values())


def events(shop: Shop) -> int:
    return shop.read(lambda uow: uow.journal.last())


def job(shop: Shop) -> Delivery:
    return shop.delivery(ID)


@pytest.mark.parametrize("state", [S.HEADING_TO_STORE, S.UNKNOWN])
def test_a_place_is_kept_with_the_delivery_and_its_letter_is_not(riding: Shop, state: S) -> None:
    before = letters(riding), events(riding)
    word = "" if state is S.UNKNOWN else state.value
    for second in range(30):
        place = Place(25.0, 121.5 + second, after(2 + second / 60))
        assert told(riding, 2 + second / 60, state, word=word, place=place).state is LetterState.READ
    assert (letters(riding), events(riding)) == before
    assert job(riding).place == place


def test_a_time_that_moves_is_no_letter_either(riding: Shop) -> None:
    before = letters(riding)
    told(riding, 2, eta_store=after(9))
    assert (letters(riding), job(riding).eta_store) == (before, after(9))


@pytest.mark.parametrize(
    "news",
    [
        {"state": S.AT_STORE},
        {"driver": Driver(name="A-Hua")},
        {"word": "at the traffic light"},
        {"pin": "4471"},
        {"waybill": "W-9"},
        {"reason": "traffic"},
    ],
)
def test_whatever_else_is_told_is_kept_whole(riding: Shop, news: dict[str, object]) -> None:
    before = letters(riding)
    told(riding, 2, place=Place(25.0, 121.5), **news)
    assert letters(riding) == before + 1


def test_a_letter_that_was_kept_is_known_again(riding: Shop) -> None:
    first = told(riding, 2, S.AT_STORE, key="evt_1")
    again = told(riding, 2, S.AT_STORE, key="evt_1")
    assert (first.is_repeat, again.is_repeat) == (False, True)


def test_of_a_job_nobody_knows_the_letter_is_kept(riding: Shop) -> None:
    before = letters(riding)
    told(riding, 2, ref="stranger", our_key="strange")
    assert letters(riding) == before + 1


def test_what_did_not_change_is_not_written(riding: Shop) -> None:
    told(riding, 2, place=Place(25.0, 121.5), pin="4471", fee=None)
    before = job(riding)
    told(riding, 3, place=Place(25.1, 121.5))
    assert (job(riding).pin, job(riding).driver, job(riding).booked_at) == (before.pin, before.driver, before.booked_at)
    assert job(riding).place == Place(25.1, 121.5, after(3))
