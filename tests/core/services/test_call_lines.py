"""The advice on the board: it comes with the orders, and goes on with the time."""

from datetime import timedelta

from core.board.board import Board
from core.board.orders import NextStep, QueueLine
from core.domain.call_advice import CallVerdict, TimerRules
from core.domain.ids import CourierName, OrderId
from core.domain.wish import DispatchRules, Policy, Wish
from core.services.picture import Painter
from core.services.timing import Timing
from tests.builders import PANDA, RULES, TAIPEI, UBER, after, minutes, purchase
from tests.core.learned import teach
from tests.core.shop import Shop


def timing(*couriers: CourierName, dispatch: DispatchRules | None = None) -> Timing:
    return Timing(TimerRules(), dispatch or DispatchRules(usual=Wish(prefer=couriers)), couriers, TAIPEI)


class Followed:
    """A counter's picture, looked at when the test says so."""

    def __init__(self, shop: Shop, known: Timing | None = None) -> None:
        self.shop = shop
        self.painter = Painter(RULES, known or timing(UBER))
        self.board = shop.read(lambda uow: self.painter.whole(uow, shop.clock.now()))

    def look(self, *told: OrderId) -> Board:
        self.board = self.shop.read(
            lambda uow: self.painter.next(uow, self.board, told, self.board.seen, self.shop.clock.now())
        )
        return self.board

    def line(self, order_id: OrderId) -> QueueLine:
        line = self.board.line(order_id)
        assert line is not None
        return line


def accepted(shop: Shop, number: str = "1042") -> OrderId:
    bought = purchase(number)
    shop.told(bought)
    return shop.accept(bought.order_id)[0].id


def test_a_start_is_not_kept_waiting_for_what_was_timed(shop: Shop) -> None:
    shop.write(teach)
    order_id = accepted(shop)
    seen = Followed(shop)
    assert seen.line(order_id).call is None
    seen.look()
    call = seen.line(order_id).call
    assert call is not None
    assert (call.courier, call.call_at, call.lead) == (UBER, after(6), minutes(9))


def test_it_becomes_due_by_itself(shop: Shop) -> None:
    shop.write(teach)
    order_id = accepted(shop)
    seen = Followed(shop)
    seen.look()
    shop.clock.move(minutes=5, seconds=58)
    assert (seen.look(), seen.line(order_id).next_step)[1] is NextStep.PICK
    shop.clock.move(seconds=2)
    seen.look()
    assert seen.line(order_id).next_step is NextStep.SHIP


def test_news_of_an_order_brings_its_advice_along(shop: Shop) -> None:
    shop.write(teach)
    seen = Followed(shop)
    seen.look()
    order_id = accepted(shop)
    seen.look(order_id)
    call = seen.line(order_id).call
    assert call is not None
    assert call.verdict(after(0)) is CallVerdict.LATER


def test_nothing_is_drawn_anew_while_nothing_differs(shop: Shop) -> None:
    shop.write(teach)
    accepted(shop)
    shop.make_ready("1043")
    seen = Followed(shop)
    queue = seen.look().queue
    shop.clock.move(seconds=10)
    assert seen.look().queue is queue
    shop.clock.move(seconds=21)
    assert seen.look().queue is queue


def test_with_few_records_it_says_how_many_there_are(shop: Shop) -> None:
    shop.write(lambda uow: teach(uow, days=3))
    order_id = accepted(shop)
    seen = Followed(shop)
    seen.look()
    call = seen.line(order_id).call
    assert call is not None
    assert (call.verdict(after(0)), call.rides, call.packings, call.needed) == (CallVerdict.TOO_FEW, 3, 3, 10)


def test_it_learns_again_after_some_minutes(shop: Shop) -> None:
    known = timing(UBER)
    assert shop.read(lambda uow: known.learn(uow, after(0)))
    assert not shop.read(lambda uow: known.learn(uow, after(4)))
    assert not shop.read(lambda uow: known.learn(uow, after(5)))  # and some seconds of ours, too
    known._read_at -= 5
    assert shop.read(lambda uow: known.learn(uow, after(5)))


def test_without_a_courier_nobody_is_to_be_called(shop: Shop) -> None:
    order_id = accepted(shop)
    seen = Followed(shop, timing())
    seen.look()
    assert seen.line(order_id).call is None


def test_the_preferred_courier_is_the_one_to_be_called(shop: Shop) -> None:
    shop.write(teach)
    order_id = accepted(shop)
    seen = Followed(shop, timing(PANDA, UBER))
    seen.look()
    call = seen.line(order_id).call
    assert call is not None
    assert (call.courier, call.rides) == (PANDA, 0)


def test_where_quotes_decide_it_is_who_was_called_most(shop: Shop) -> None:
    shop.write(teach)
    order_id = accepted(shop)
    cheapest = DispatchRules(usual=Wish(policy=Policy.CHEAPEST, prefer=(PANDA, UBER)), quotes_within=timedelta(1))
    seen = Followed(shop, timing(PANDA, UBER, dispatch=cheapest))
    seen.look()
    call = seen.line(order_id).call
    assert call is not None
    assert (call.courier, call.rides) == (UBER, 12)
