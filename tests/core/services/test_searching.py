"""A search nobody answers goes on by the store's policy: one step, one transaction, never two jobs."""

from collections import deque
from datetime import timedelta

import pytest

from core.domain.delivery import DeliveryState
from core.domain.events import CancelCharged, SearchWentOn
from core.domain.ids import CourierName
from core.domain.job import Job
from core.domain.moment import Moment
from core.domain.money import Money
from core.domain.problem import ProblemKind
from core.domain.quote import Quote
from core.domain.search import SearchRules
from core.domain.send import SendKind
from core.domain.wish import DispatchRules, Wish
from core.ports.courier import Ability, CourierDown
from core.services import clockwork
from core.store.database import Database
from tests.builders import UBER, purchase, told_later
from tests.core.fake_courier import Answer
from tests.core.fake_shop import FakeShop, Said
from tests.core.shop import Shop

ID = purchase().order_id
PANDA = CourierName("panda")
S = DeliveryState
NEXT = SearchRules(next_after=timedelta(minutes=10))
AGAIN = SearchRules(call_again_after=timedelta(minutes=10), calls_most=1)
TIPS = SearchRules(
    tip_after=timedelta(minutes=5),
    tip=Money(2000, "TWD"),
    tip_most=Money(3000, "TWD"),
    extra_most=Money(3000, "TWD"),
)


def opened(database: Database, search: SearchRules | None = None) -> Shop:
    shop = Shop(database, others=(PANDA,), search=search)
    shop.make_ready()
    return shop


async def called(database: Database, search: SearchRules | None = None) -> Shop:
    """A driver is looked for since noon."""
    shop = opened(database, search)
    shop.ship(ID)
    await shop.send()
    return shop


async def minutes(shop: Shop, count: float) -> None:
    """Time passes, the station looks, and makes what is due."""
    shop.clock.move(minutes=count)
    shop.write(lambda uow: clockwork.tick(uow, Moment(shop.clock.now()), shop.searching))
    await shop.send_due()


def live(shop: Shop) -> list[tuple[str, str]]:
    return [(name, job.ref) for name, courier in shop.couriers.items() for job in courier.live()]


def details(shop: Shop) -> list[str]:
    return [problem.detail for problem in shop.read(lambda uow: uow.problems.all_open())]


@pytest.fixture
def database(sqlite: Database) -> Database:
    """The policy is the same on both; the store's tests look at PostgreSQL."""
    return sqlite


async def test_the_next_courier_is_called_only_when_the_recall_is_confirmed(database: Database) -> None:
    shop = await called(database, NEXT)
    shop.courier.answers(Answer.DOWN)
    await minutes(shop, 10)
    assert live(shop) == [(UBER, "J1")]
    await minutes(shop, 1)
    assert live(shop) == []
    await shop.send_due()
    assert live(shop) == [(PANDA, "J1")]


async def test_a_search_goes_on_while_the_shops_own_system_is_silent(database: Database) -> None:
    shop = Shop(database, others=(PANDA,), search=NEXT, shops=[FakeShop(script=deque([Said.DOWN] * 99))])
    shop.make_ready()
    shop.ship(ID)
    await shop.send()
    await minutes(shop, 11)
    await minutes(shop, 1)
    assert [name for name, _ in live(shop)] == [PANDA]


async def test_a_driver_who_took_it_meanwhile_keeps_the_job(database: Database) -> None:
    shop = await called(database, NEXT)
    shop.courier.says(shop.courier.job("J1"), S.HEADING_TO_STORE)
    await minutes(shop, 10)
    await minutes(shop, 10)
    assert (live(shop), shop.problems()) == ([(UBER, "J1")], [])


async def test_nobody_comes_of_a_recall_that_a_person_makes_his_own(database: Database) -> None:
    shop = await called(database, NEXT)
    shop.courier.answers(Answer.DOWN)
    await minutes(shop, 10)
    shop.recall(ID)
    await minutes(shop, 1)
    await shop.send_due()
    assert (live(shop), shop.open_send(ID)) == ([], None)


async def test_an_order_called_off_meanwhile_gets_no_next_courier(database: Database) -> None:
    shop = await called(database, NEXT)
    shop.courier.answers(Answer.DOWN)
    await minutes(shop, 10)
    shop.cancel(ID)
    await minutes(shop, 1)
    await shop.send_due()
    assert live(shop) == []


async def test_the_courier_is_called_again_as_often_as_the_store_lets_it(database: Database) -> None:
    shop = await called(database, AGAIN)
    await minutes(shop, 10)
    await shop.send_due()
    assert live(shop) == [(UBER, "J2")]
    await minutes(shop, 10)
    assert live(shop) == [(UBER, "J2")]


async def test_a_person_is_told_of_half_an_hour_over_several_calls(database: Database) -> None:
    shop = await called(database, AGAIN)
    await minutes(shop, 10)
    await shop.send_due()
    await minutes(shop, 19)
    assert shop.problems() == []
    await minutes(shop, 1)
    assert details(shop) == ["uber: 30 min"]


async def test_who_gives_up_ends_the_search_and_tells_a_person(database: Database) -> None:
    shop = await called(database, SearchRules(give_up_after=timedelta(minutes=45)))
    await minutes(shop, 30)
    await minutes(shop, 15)
    assert (live(shop), details(shop)) == ([], ["uber: given up after 45 min"])
    await minutes(shop, 60)
    assert shop.open_send(ID) is None


async def test_the_tip_rises_in_all_and_stops_at_the_most(database: Database) -> None:
    shop = await called(database, TIPS)
    for _ in range(4):
        await minutes(shop, 5)
    assert [call for call in shop.courier.calls if call.startswith("tip")] == ["tip 20.00", "tip 30.00"]
    assert shop.delivery(ID).tip == Money(3000, "TWD")


async def test_a_tip_whose_answer_was_lost_is_asked_for_in_the_same_amount(database: Database) -> None:
    shop = await called(database, TIPS)
    shop.courier.answers(Answer.LOST)
    await minutes(shop, 5)
    await minutes(shop, 1)
    assert shop.courier.calls[-2:] == ["tip 20.00", "tip 20.00"]
    assert (shop.courier.job("J1").tip, shop.delivery(ID).tip) == (Money(2000, "TWD"), Money(2000, "TWD"))


async def test_a_refused_tip_is_noted_and_not_repeated(database: Database) -> None:
    shop = await called(database, TIPS)
    shop.courier.answers(Answer.REFUSED)
    await minutes(shop, 5)
    await minutes(shop, 10)
    assert (shop.courier.calls.count("tip 20.00"), shop.problems()) == (1, [])
    assert shop.delivery(ID).tip is None


async def test_a_tip_that_a_driver_overtook_is_not_asked_for_again(database: Database) -> None:
    shop = await called(database, TIPS)
    shop.courier.answers(Answer.DOWN)
    await minutes(shop, 5)
    shop.hear(shop.courier.says(shop.courier.job("J1"), S.HEADING_TO_STORE))
    await minutes(shop, 5)
    assert shop.courier.calls.count("tip 20.00") == 1
    assert shop.delivery(ID).tip == Money(2000, "TWD")  # it may have been taken: counted as spent


async def test_a_tip_keeps_nobody_from_a_recall(database: Database) -> None:
    shop = await called(database, TIPS)
    shop.courier.answers(Answer.DOWN)
    await minutes(shop, 5)
    shop.recall(ID)
    await shop.send_due()
    assert live(shop) == []


async def test_a_courier_that_refuses_is_followed_by_the_next_at_once(database: Database) -> None:
    shop = opened(database)
    shop.courier.answers(Answer.REFUSED)
    shop.ship(ID)
    await shop.send()
    await shop.send_due()
    assert (live(shop), shop.problems()) == ([(PANDA, "J1")], [])
    (went_on,) = [event for event in shop.history(ID) if isinstance(event, SearchWentOn)]
    assert (went_on.deed, went_on.cause, went_on.courier) == ("next_courier", "refused", PANDA)


@pytest.mark.parametrize(("most", "comes"), [(8900, [(PANDA, "J1")]), (8899, [])])
async def test_who_is_dearer_than_the_store_allows_is_never_the_next_by_itself(
    database: Database, most: int, comes: list[tuple[CourierName, str]]
) -> None:
    shop = Shop(database, others=(PANDA,), dispatch=at_most(most))
    panda = shop.couriers[PANDA]
    panda.abilities |= {Ability.QUOTE}
    shop.make_ready()
    shop.courier.answers(Answer.REFUSED)
    shop.ship(ID)
    await shop.send()
    await shop.send_due()
    assert (live(shop), panda.calls[0]) == (comes, "quote")
    assert [detail for detail in details(shop) if "over the store's limits" in detail] == (
        [] if comes else ["panda: 89.00 TWD is over the store's limits"]
    )


async def test_a_next_courier_whose_price_is_not_told_waits_uncalled(database: Database) -> None:
    shop = Shop(database, others=(PANDA,), dispatch=at_most(8900))
    panda = shop.couriers[PANDA]
    panda.abilities |= {Ability.QUOTE}
    panda.quote = _never  # type: ignore[method-assign]
    shop.make_ready()
    shop.courier.answers(Answer.REFUSED)
    shop.ship(ID)
    await shop.send()
    await shop.send_due()
    assert (live(shop), panda.calls) == ([], [])


def at_most(minor: int) -> DispatchRules:
    """For one driver."""
    return DispatchRules(usual=Wish(prefer=(UBER, PANDA), max_fee=Money(minor, "TWD")))


async def _never(job: Job) -> Quote:
    raise CourierDown("no answer")


async def test_when_all_refuse_a_person_is_asked(database: Database) -> None:
    shop = opened(database)
    for courier in shop.couriers.values():
        courier.answers(Answer.REFUSED)
    shop.ship(ID)
    await shop.send()
    await shop.send_due()
    assert (live(shop), shop.problems()) == ([], [ProblemKind.COURIER_REFUSED])


@pytest.mark.parametrize("search", [None, SearchRules(next_when_refused=False)])
async def test_a_refusal_that_others_would_repeat_or_that_the_store_keeps_is_a_persons_at_once(
    database: Database, search: SearchRules | None
) -> None:
    shop = opened(database, search)
    shop.courier.answers(Answer.HOPELESS if search is None else Answer.REFUSED)
    shop.ship(ID)
    await shop.send()
    assert (shop.open_send(ID), shop.problems()) == (None, [ProblemKind.COURIER_REFUSED])


async def test_a_call_taken_back_while_it_was_refused_goes_to_nobody_else(database: Database) -> None:
    shop = opened(database)
    shop.courier.answers(Answer.DOWN, Answer.GOOD, Answer.REFUSED)
    shop.ship(ID)
    await shop.send()
    shop.recall(ID)
    await shop.send(5)
    assert shop.open_send(ID) is None


async def silent_for(shop: Shop, answer: Answer, count: int) -> None:
    """So many minutes, a try in each."""
    shop.ship(ID)
    await shop.send()
    for _ in range(count):
        shop.courier.script.clear()
        shop.courier.answers(Answer.GOOD, answer)  # nobody knows the key, and the call fails again
        await minutes(shop, 1)


async def test_a_courier_that_is_silent_for_long_and_certainly_booked_nothing_is_followed(database: Database) -> None:
    shop = opened(database, NEXT)
    shop.courier.answers(Answer.NEVER_LEFT)
    await silent_for(shop, Answer.NEVER_LEFT, 11)
    assert (live(shop), shop.problems()) == ([(PANDA, "J1")], [])


async def test_one_that_may_have_booked_is_followed_by_nobody(database: Database) -> None:
    shop = opened(database, NEXT)
    shop.courier.answers(Answer.DOWN)
    await silent_for(shop, Answer.DOWN, 20)
    assert (live(shop), shop.problems()) == ([], [ProblemKind.COURIER_DOWN])
    owed = shop.open_send(ID)
    assert owed is not None
    assert owed.courier == UBER


async def test_a_job_that_fails_before_pick_up_warns_and_is_called_again(database: Database) -> None:
    shop = await called(database, SearchRules(calls_most=1))
    job = shop.courier.job("J1")
    shop.clock.move(minutes=3)
    shop.hear(shop.courier.says(job, S.HEADING_TO_STORE))
    shop.clock.move(minutes=3)
    shop.hear(shop.courier.says(job, S.FAILED))
    assert shop.problems() == [ProblemKind.DRIVER_CANCELLED]
    await shop.send_due()
    assert live(shop) == [(UBER, "J2")]
    shop.clock.move(minutes=1)
    shop.hear(shop.courier.says(shop.courier.job("J2"), S.HEADING_TO_STORE))
    assert shop.problems() == []


async def test_by_default_a_failed_job_is_a_persons(database: Database) -> None:
    shop = await called(database)
    shop.clock.move(minutes=3)
    shop.hear(shop.courier.says(shop.courier.job("J1"), S.FAILED))
    assert (shop.open_send(ID), shop.problems()) == (None, [ProblemKind.DRIVER_CANCELLED])


async def test_news_nobody_has_read_is_not_told_to_another_courier(database: Database) -> None:
    shop = await called(database, SearchRules(calls_most=1))
    shop.told(told_later(shop.order(ID).purchase, 5, note="the back door"))
    shop.clock.move(minutes=3)
    shop.hear(shop.courier.says(shop.courier.job("J1"), S.FAILED))
    assert (shop.open_send(ID), shop.problems()) == (None, [ProblemKind.DRIVER_CANCELLED])


async def test_a_restart_forgets_nothing_of_a_search(database: Database) -> None:
    shop = await called(database, NEXT)
    shop.clock.move(minutes=10)
    shop.write(lambda uow: clockwork.tick(uow, Moment(shop.clock.now()), shop.searching))
    await shop.crash()
    await shop.send_due()
    await shop.crash()
    await shop.send_due()
    assert live(shop) == [(PANDA, "J1")]


async def test_a_recall_refused_for_a_cancelled_order_costs_the_delivery_fee(database: Database) -> None:
    shop = await called(database)
    shop.courier.cancel_fee = Money(4500, "TWD")
    shop.courier.says(shop.courier.job("J1"), S.HEADING_TO_STORE)
    shop.cancel(ID)
    await shop.send_due()
    assert shop.delivery(ID).cancel_fee == Money(4500, "TWD")
    (charged,) = [event for event in shop.history(ID) if isinstance(event, CancelCharged)]
    assert (charged.courier, charged.ref, charged.amount, charged.currency) == (UBER, "J1", "45.00", "TWD")


async def test_a_look_at_a_young_search_is_not_worth_its_reading(database: Database) -> None:
    shop = await called(database)
    job = shop.delivery(ID)
    assert not shop.searching.may_be_due(job, shop.now())
    shop.clock.move(minutes=30)
    assert shop.searching.may_be_due(job, shop.now())


async def test_what_is_called_by_itself_says_so(database: Database) -> None:
    shop = await called(database, NEXT)
    await minutes(shop, 10)
    (recall,) = shop.read(lambda uow: [one for one in uow.outbox.of(ID) if one.kind is SendKind.CANCEL_COURIER])
    assert (recall.created_by, "next_courier" in recall.why) == ("system", True)
