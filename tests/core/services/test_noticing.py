"""A person is told once by each way; where that fails it is tried again, and seen at the counter."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from core.domain.ids import OrderId
from core.domain.notice import Notice, NoticeKind
from core.domain.problem import ProblemKind
from core.domain.send import Send, SendState
from core.ports.notice import NotTold
from core.services import noticing
from core.services.noticing import MOST_TRIES, NoticeCalls
from core.services.sending import Sending
from tests.builders import purchase
from tests.core.shop import Shop

ID = purchase().order_id


@dataclass
class FakeTeller:
    """Fails as often as told."""

    name: str = "url"
    fails: int = 0
    told: list[Notice] = field(default_factory=list)
    meanwhile: Callable[[], object] = list

    async def tell(self, notice: Notice) -> None:
        self.told.append(notice)
        self.meanwhile()
        if self.fails:
            self.fails -= 1
            raise NotTold("503: not now")

    async def close(self) -> None:
        return None


@pytest.fixture
def teller() -> FakeTeller:
    return FakeTeller()


@pytest.fixture
def send(shop: Shop, teller: FakeTeller) -> Send:
    """Owed just now, to a station that has this way."""
    notices = NoticeCalls(shop.writer, {"url": teller}, shop.rules, shop.clock, say=lambda notice: notice.number)
    shop.sending = Sending(
        shop.writer, shop.couriers, shop.journeys, shop.rules, shop.clock, shop.lease, notices=notices
    )
    shop.told(purchase())
    return owe(shop, "url")


def owe(shop: Shop, way: str) -> Send:
    order = shop.order(ID)
    return shop.write(lambda uow: noticing.owe(uow, order, way, NoticeKind.NOT_ACCEPTED, shop.now()))


def state(shop: Shop, send: Send) -> SendState:
    return shop.read(lambda uow: uow.outbox.get(send.id)).state


async def test_a_person_is_told_once(shop: Shop, teller: FakeTeller, send: Send) -> None:
    for _look in range(3):
        await shop.send(30)
    (notice,) = teller.told
    assert (notice.words, notice.number, notice.store, notice.key) == ("1042", "1042", shop.rules.name, send.key)
    assert shop.words(OrderId(ID))[-1] == "person_told"
    assert state(shop, send) is SendState.DONE


async def test_it_keeps_no_key_from_working_and_nobody_takes_it_back(shop: Shop, send: Send) -> None:
    assert shop.open_send(OrderId(ID)) is None
    assert shop.accept(ID)


async def test_one_that_fails_is_tried_again_under_the_same_key(shop: Shop, teller: FakeTeller, send: Send) -> None:
    teller.fails = 1
    await shop.send(0)
    assert shop.words(OrderId(ID))[-1] == "person_not_told"
    await shop.send(1)
    assert len(teller.told) == 1  # not before its pause is over
    await shop.send(60)
    assert [notice.key for notice in teller.told] == [send.key] * 2
    assert shop.words(OrderId(ID))[-1] == "person_told"


async def test_what_goes_on_failing_is_a_problem_at_the_counter_until_it_works(
    shop: Shop, teller: FakeTeller, send: Send
) -> None:
    teller.fails = 3
    for _look in range(3):
        await shop.send(60)
    (problem,) = shop.board().problems
    assert (problem.kind, problem.detail) == (ProblemKind.NOBODY_TOLD, "url: 503: not now")
    await shop.send(60)
    assert shop.problems() == []


async def test_after_many_tries_it_is_given_up(shop: Shop, teller: FakeTeller, send: Send) -> None:
    teller.fails = 100
    for _look in range(MOST_TRIES + 3):
        await shop.send(60)
    assert len(teller.told) == MOST_TRIES
    assert state(shop, send) is SendState.REFUSED
    assert shop.problems() == [ProblemKind.NOBODY_TOLD]


async def test_taken_up_meanwhile_nobody_is_told(shop: Shop, teller: FakeTeller, send: Send) -> None:
    shop.accept(ID)
    await shop.send(0)
    assert teller.told == []
    assert state(shop, send) is SendState.TAKEN_BACK


async def test_a_way_that_is_gone_from_the_config_is_said_so(shop: Shop, send: Send) -> None:
    owe(shop, "command")
    for _look in range(3):
        await shop.send(60)
    (problem,) = shop.board().problems
    assert problem.detail == "command: command is not in the config any more"


async def test_killed_before_its_answer_was_written_down_the_same_notice_goes_once_more(
    shop: Shop, teller: FakeTeller, send: Send
) -> None:
    shop.write(lambda uow: uow.outbox.save(uow.outbox.get(send.id).started()))
    await shop.send(0)
    assert [notice.key for notice in teller.told] == [send.key]
    assert state(shop, send) is SendState.DONE
