"""The board drawn step by step is the board drawn whole."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from core.board.board import Board
from core.domain.delivery import DeliveryState, Driver
from core.domain.measures import Place
from core.domain.payment import Payment
from core.domain.refusal import OrderRefusal
from core.services import clockwork
from core.services.picture import Painter
from core.store.deliveries import Deliveries
from core.store.unit_of_work import UnitOfWork
from tests.builders import RULES, line, purchase, report, told_later
from tests.core.fake_courier import Answer
from tests.core.shop import Shop

ID = purchase().order_id


def next_board(shop: Shop, board: Board) -> Board:
    """As the feed draws it: from the journal's new rows."""

    def draw(uow: UnitOfWork) -> Board:
        entries = uow.journal.after(board.seen)
        told = {entry.order_id for entry in entries if entry.order_id}
        seen = entries[-1].number if entries else board.seen
        return Painter(RULES).next(uow, board, told, seen, shop.clock.now())

    return shop.read(draw)


def test_an_empty_store_is_an_empty_board(any_shop: Shop) -> None:
    board = any_shop.board()
    assert (board.queue, board.drivers, board.problems, board.seen) == ((), (), (), 0)
    assert (board.store, board.load.cap) == ("台北南西店", 50)


def test_only_the_line_that_changed_is_new(any_shop: Shop) -> None:
    for number in ("1", "2", "3"):
        any_shop.told(purchase(number))
    before = any_shop.board()
    any_shop.accept(purchase("2").order_id)
    after = next_board(any_shop, before)
    assert after == any_shop.board()
    for number in ("1", "3"):
        assert after.line(purchase(number).order_id) is before.line(purchase(number).order_id)
    assert after.line(purchase("2").order_id) != before.line(purchase("2").order_id)


def test_what_has_ended_leaves_the_queue(shop: Shop) -> None:
    shop.told(purchase())
    before = shop.board()
    shop.cancel(ID)
    assert next_board(shop, before).queue == ()


async def test_a_drivers_name_and_time_show_though_nothing_else_happened(shop: Shop) -> None:
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    shop.hear(report(DeliveryState.HEADING_TO_STORE, 1))
    before = shop.board()
    shop.hear(report(DeliveryState.HEADING_TO_STORE, 2, driver=Driver(name="A-Ming"), eta_store=shop.clock.now()))
    (ride,) = next_board(shop, before).drivers
    assert (ride.driver, ride.eta_store) == ("A-Ming", shop.clock.now())


S = DeliveryState
STATES = [S.MATCHING, S.HEADING_TO_STORE, S.HEADING_TO_STORE, S.AT_STORE, S.PICKED_UP, S.DELIVERED, S.FAILED]


ORDERS = 6


class Walk:
    """Someone does this and that, again and again, from a seed."""

    def __init__(self, shop: Shop, seed: int) -> None:
        self.shop = shop
        self.random = Random(seed)

    async def step(self) -> None:
        self.shop.clock.move(seconds=self.random.choice([1, 5, 60, 300]))
        deed = self.random.choice([*self._deeds(), *[self._send] * 3])
        try:
            result = deed()
            if result is not None:
                await result  # type: ignore[misc]
        except OrderRefusal:
            return

    def _deeds(self) -> list[Callable[[], object]]:
        shop, services, some = self.shop, self.shop.services, purchase(str(self.random.randrange(ORDERS)))
        id = some.order_id
        write = shop.write
        minute = (shop.clock.now() - some.updated_at).total_seconds() / 60
        return [
            lambda: self._do(lambda: shop.told(told_later(some, minute))),
            lambda: self._do(lambda: shop.told(told_later(some, minute, payment=Payment.UNPAID))),
            lambda: self._do(lambda: shop.told(told_later(some, minute, note=f"{minute}", lines=(line("1", 2),)))),
            lambda: self._do(lambda: shop.told(told_later(some, minute, cancel_reason="asked"))),
            lambda: self._do(lambda: write(lambda uow: services.orders.see(uow, id, shop.now()))),
            lambda: self._do(lambda: write(lambda uow: services.orders.see_changes(uow, id, shop.now()))),
            lambda: self._do(lambda: shop.accept(id)),
            lambda: self._do(lambda: shop.pack(id)),
            *[lambda: self._do(lambda: shop.ship(id))] * 3,
            lambda: self._do(lambda: shop.take_back(id)),
            lambda: self._do(lambda: shop.recall(id)),
            lambda: self._do(lambda: shop.cancel(id)),
            lambda: self._do(lambda: shop.hand_over(id, shop.delivery(id).waybill)) if shop.deliveries(id) else None,
            lambda: self._do(lambda: write(lambda uow: clockwork.tick(uow, shop.now()))),
            *[self._report] * 4,
        ]

    def _do(self, deed: Callable[[], object]) -> None:
        deed()

    def _report(self) -> None:
        """Mostly news of the same state: another driver, another time."""
        live = self.shop.courier.live()
        if live:
            state = self.random.choice([None, *STATES])
            told = self.shop.courier.says(self.random.choice(live), state)
            driver = Driver(name=self.random.choice(["A-Ming", "A-Hua"]))
            place = Place(25.0, 121.5 + self.random.random(), self.shop.clock.now())
            self.shop.hear(replace(told, driver=driver, place=place, eta_door=self.shop.clock.now()))

    async def _send(self) -> None:
        self.shop.courier.script.clear()
        self.shop.courier.answers(self.random.choice([Answer.GOOD, Answer.GOOD, Answer.LOST, Answer.REFUSED]))
        await self.shop.send_due()


@pytest.mark.parametrize("seed", range(6))
async def test_after_any_history_the_board_drawn_step_by_step_is_the_board_drawn_whole(shop: Shop, seed: int) -> None:
    walk, board = Walk(shop, seed), shop.board()
    for number in range(ORDERS):
        shop.make_ready(str(number))
    for _ in range(60):
        await walk.step()
        board = next_board(shop, board)
        assert board == shop.board()


async def test_the_walks_see_something_of_the_world(shop: Shop) -> None:
    walk = Walk(shop, 1)
    for number in range(ORDERS):
        shop.make_ready(str(number))
    for _ in range(150):
        await walk.step()
    kinds = shop.read(lambda uow: uow.journal.counts())
    assert {"order_accepted", "packing_finished", "send_done", "delivery_reported", "order_cancelled"} <= set(kinds)


async def test_a_driver_who_moves_costs_one_line_and_no_order(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    shop.hear(report(S.HEADING_TO_STORE, 1, driver=Driver(name="A-Ming")))
    before = shop.board()
    shop.hear(report(S.UNKNOWN, 2, word="", place=Place(25.0, 121.5)))
    whole = shop.board()
    monkeypatch.setattr(Deliveries, "live_of_many", lambda *_: pytest.fail("the delivery was read whole"))
    after = next_board(shop, before)
    assert after == whole
    assert after.queue is before.queue
    assert after.drivers != before.drivers
