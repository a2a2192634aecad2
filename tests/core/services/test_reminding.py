"""Reminders of orders nobody accepts: each once, over counters, restarts and closing times; then a person is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.events import OrderReminded
from core.domain.hours import OpeningHours
from core.domain.ids import OrderId
from core.domain.problem import ProblemKind
from core.domain.reminders import ReminderRules
from core.domain.send import SendKind
from core.services.reminding import Reminding
from core.services.waiting import WaitingOrders
from core.store.database import Database
from tests.builders import BO, RULES, TAIPEI, after, purchase
from tests.conftest import NOON
from tests.core.shop import Shop

ID = purchase().order_id
LATER = replace(RULES, hours=OpeningHours.parse("12:30-21:00", TAIPEI))


@pytest.fixture
def reminding(shop: Shop) -> Reminding:
    return Reminding(ReminderRules(), shop.rules, ("command", "url"))


def go(shop: Shop, reminding: Reminding, **by: float) -> None:
    """Time passes; the station looks."""
    shop.clock.move(**by)
    for order_id in shop.read(lambda uow: reminding.due(uow, shop.clock.now())):
        shop.write(lambda uow, id=order_id: reminding.go_on(uow, id, shop.now()))


def see(shop: Shop) -> None:
    shop.write(lambda uow: shop.services.orders.see(uow, ID, shop.now(BO)))


def notices(shop: Shop) -> list[str]:
    sends = shop.read(lambda uow: uow.outbox.of(OrderId(ID)))
    return sorted(send.ref for send in sends if send.kind is SendKind.TELL_PERSON)


def nths(shop: Shop) -> list[int]:
    return [event.nth for event in shop.history(OrderId(ID)) if isinstance(event, OrderReminded)]


def test_each_step_is_taken_once(shop: Shop, reminding: Reminding) -> None:
    shop.told(purchase())
    go(shop, reminding, seconds=119)
    assert shop.order(ID).reminders == 0
    for _second in range(200):
        go(shop, reminding, seconds=1)
    assert nths(shop) == [1, 2, 3]
    assert notices(shop) == ["command", "url"]
    assert shop.problems() == [ProblemKind.NOT_ACCEPTED]
    assert shop.order(ID).reminders == 5


def test_what_was_seen_and_left_rings_again_on_every_terminal(shop: Shop, reminding: Reminding) -> None:
    shop.told(purchase())
    shop.clock.move(seconds=60)
    see(shop)
    assert not shop.order(ID).may_ring(shop.clock.now())
    go(shop, reminding, seconds=60)
    assert shop.order(ID).may_ring(shop.clock.now())
    see(shop)
    assert not shop.order(ID).may_ring(shop.clock.now())


def test_an_accepted_order_is_left_alone(shop: Shop, reminding: Reminding) -> None:
    shop.told(purchase())
    shop.accept(ID)
    go(shop, reminding, minutes=10)
    assert (nths(shop), notices(shop), shop.problems()) == ([], [], [])


def test_after_a_stop_of_the_station_only_one_makes_a_noise_and_a_person_is_told(
    shop: Shop, reminding: Reminding
) -> None:
    shop.told(purchase())
    go(shop, reminding, minutes=30)
    assert nths(shop) == [3]
    assert notices(shop) == ["command", "url"]
    assert shop.problems() == [ProblemKind.NOT_ACCEPTED]


def test_another_station_repeats_nothing(shop: Shop, reminding: Reminding) -> None:
    shop.told(purchase())
    go(shop, reminding, seconds=260)
    anew = Reminding(ReminderRules(), shop.rules, ("command", "url"))
    go(shop, anew)
    assert nths(shop) == [3]
    assert notices(shop) == ["command", "url"]


def test_the_channels_earlier_deadline_wins(shop: Shop, reminding: Reminding) -> None:
    shop.told(purchase(accept_by=after(2)))
    go(shop, reminding, seconds=40)
    assert nths(shop) == [1]
    go(shop, reminding, seconds=60)
    assert notices(shop) == ["command", "url"]


def test_the_problem_closes_itself_with_how_late_it_was(shop: Shop, reminding: Reminding) -> None:
    shop.told(purchase())
    go(shop, reminding, seconds=310)
    shop.accept(ID)
    go(shop, reminding, seconds=1)
    (problem,) = shop.read(lambda uow: uow.problems.of(OrderId(ID)))
    assert (problem.is_open, problem.result) == (False, "accepted 10 s late")


def test_a_held_order_is_not_reminded_of_but_its_deadline_counts(shop: Shop, reminding: Reminding) -> None:
    shop.told(purchase())
    shop.write(lambda uow: shop.services.holding.put_on(uow, ID, "address unclear", shop.now()))
    go(shop, reminding, seconds=270)
    assert (nths(shop), notices(shop)) == ([], [])
    go(shop, reminding, seconds=31)
    assert (nths(shop), notices(shop), shop.problems()) == ([], [], [ProblemKind.NOT_ACCEPTED])


def test_a_lifted_one_takes_up_where_it_would_be(shop: Shop, reminding: Reminding) -> None:
    shop.told(purchase())
    shop.write(lambda uow: shop.services.holding.put_on(uow, ID, "address unclear", shop.now()))
    go(shop, reminding, seconds=170)
    shop.write(lambda uow: shop.services.holding.lift(uow, ID, shop.now()))
    go(shop, reminding, seconds=1)
    assert nths(shop) == [2]


def test_of_a_test_order_nobody_is_reminded(shop: Shop, reminding: Reminding) -> None:
    shop.told(purchase("1", is_test=True))
    go(shop, reminding, minutes=9)
    assert shop.problems() == []


@pytest.fixture
def too_early(sqlite: Database) -> Iterator[Shop]:
    opened = Shop(sqlite, rules=LATER)
    yield opened
    opened.close()


def test_nobody_is_woken_while_the_store_is_closed(too_early: Shop) -> None:
    assert not LATER.hours.is_open(NOON)
    reminding = Reminding(ReminderRules(), LATER, ("url",))
    too_early.told(purchase())
    go(too_early, reminding, minutes=29)
    assert (nths(too_early), too_early.problems()) == ([], [])
    go(too_early, reminding, seconds=60 + 119)
    assert nths(too_early) == []  # from the opening on it has its five minutes
    go(too_early, reminding, seconds=2)
    assert nths(too_early) == [1]


async def test_the_station_does_it_by_itself_and_one_that_lost_its_lease_does_not(shop: Shop) -> None:
    reminding = Reminding(ReminderRules(), shop.rules)
    looks = WaitingOrders(shop.database, shop.writer, reminding, shop.services.holding, shop.lease, shop.clock)
    shop.told(purchase())
    until = shop.clock.now() + timedelta(minutes=1)
    shop.write(lambda uow: shop.services.holding.put_on(uow, ID, "phone back", shop.now(), until=until))
    shop.clock.move(minutes=2)
    shop.write(shop.lease.give_back)
    await looks.look()
    assert shop.words(OrderId(ID))[-1] == "hold_put_on"
    shop.open_station()
    looks = WaitingOrders(shop.database, shop.writer, reminding, shop.services.holding, shop.lease, shop.clock)
    await looks.look()
    assert shop.words(OrderId(ID))[-2:] == ["hold_ran_out", "order_reminded"]
