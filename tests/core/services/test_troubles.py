"""Troubles open by themselves, are gone through step by step, and grow louder when nobody is at them."""

from dataclasses import replace

import pytest

from core.domain.bearer import Bearer
from core.domain.delivery import DeliveryState
from core.domain.events import ProblemClosed, ProblemGrew, ProblemNamed, StepDone
from core.domain.ids import OrderId
from core.domain.money import Money
from core.domain.problem import Problem, ProblemKind
from core.domain.record import Ending
from core.domain.refusal import Conflict, IllegalMove, NoSuchTrouble
from core.domain.trouble import NAMED
from core.domain.trouble_scripts import SCRIPTS, Task
from core.services.trouble_clock import TroubleClock
from tests.builders import after, purchase
from tests.core.shop import Shop

ID = purchase().order_id
KIND = ProblemKind
STATE = DeliveryState


async def out(shop: Shop, *states: DeliveryState, told: ProblemKind | None = None, **facts: object) -> OrderId:
    """With a driver, then as the courier says."""
    shop.make_ready(**facts)
    shop.ship(ID)
    await shop.send()
    for state in states:
        shop.clock.move(seconds=60)
        shop.hear(replace(shop.courier.says(shop.courier.job("J1"), state), trouble=told, fee=Money(8900, "TWD")))
    return ID


def one(shop: Shop) -> Problem:
    (problem,) = shop.read(lambda uow: uow.problems.all_open())
    return problem


def of(shop: Shop) -> list[Problem]:
    return shop.read(lambda uow: uow.problems.of(ID))


def name(shop: Shop, kind: ProblemKind, words: str = "") -> Problem:
    return shop.write(lambda uow: shop.services.troubles.name(uow, ID, kind, words, shop.now()))


async def look(shop: Shop) -> None:
    await TroubleClock(shop.database, shop.writer, shop.services.troubles, shop.lease, shop.clock).look()


@pytest.mark.parametrize("kind", [KIND.WRONG_ADDRESS, KIND.UNREACHABLE, KIND.REFUSED, KIND.DAMAGED, KIND.LOST])
async def test_a_couriers_reason_names_the_trouble_of_a_way_that_failed(shop: Shop, kind: ProblemKind) -> None:
    await out(shop, STATE.PICKED_UP, STATE.FAILED, told=kind)
    assert shop.problems() == [kind]
    assert one(shop).bearer == SCRIPTS[kind].bearer


async def test_a_job_that_ends_before_pick_up_was_called_off_by_the_courier(shop: Shop) -> None:
    await out(shop, STATE.HEADING_TO_STORE, STATE.FAILED, told=KIND.LOST)
    assert shop.problems() == [KIND.DRIVER_CANCELLED]


@pytest.mark.parametrize("kind", [KIND.REFUSED, KIND.UNREACHABLE, KIND.WEATHER])
async def test_goods_that_come_back_keep_the_reason_and_are_to_be_taken_in(any_shop: Shop, kind: ProblemKind) -> None:
    await out(any_shop, STATE.PICKED_UP, STATE.RETURNING, told=kind)
    any_shop.clock.move(seconds=60)
    any_shop.hear(any_shop.courier.says(any_shop.courier.job("J1"), STATE.RETURNED))
    assert any_shop.problems() == [kind]
    tasks = [step.task for step in SCRIPTS[kind].steps]
    assert Task.TAKE_IN not in tasks or tasks[one(any_shop).step] is Task.TAKE_IN


async def test_a_failure_nobody_explained_is_named_when_the_goods_come_back(shop: Shop) -> None:
    await out(shop, STATE.PICKED_UP, STATE.FAILED)
    assert shop.problems() == [KIND.DELIVERY_FAILED]
    shop.clock.move(seconds=60)
    shop.hear(shop.courier.says(shop.courier.job("J1"), STATE.RETURNING))
    assert [problem.kind for problem in of(shop)] == [KIND.GOODS_RETURNING]
    (named,) = (event for event in shop.history(ID) if isinstance(event, ProblemNamed))
    assert (named.was, named.kind) == ("delivery_failed", "goods_returning")


@pytest.mark.parametrize("kind", NAMED)
async def test_what_is_heard_on_the_telephone_can_be_named(any_shop: Shop, kind: ProblemKind) -> None:
    await out(any_shop, STATE.PICKED_UP)
    name(any_shop, kind, " the driver rang ")
    assert (one(any_shop).kind, one(any_shop).detail) == (kind, "the driver rang")


async def test_a_better_name_takes_the_place_of_the_first(shop: Shop) -> None:
    await out(shop, STATE.PICKED_UP)
    first = name(shop, KIND.UNREACHABLE)
    assert name(shop, KIND.WRONG_ADDRESS).id == first.id
    assert [problem.kind for problem in of(shop)] == [KIND.WRONG_ADDRESS]


async def test_lateness_is_the_weathers_when_somebody_says_so(shop: Shop) -> None:
    await out(shop, STATE.PICKED_UP)
    late = name(shop, KIND.LATE)
    weather = name(shop, KIND.WEATHER)
    assert (weather.id, weather.bearer) == (late.id, Bearer.SHARED)


async def test_what_opens_by_itself_cannot_be_named(shop: Shop) -> None:
    await out(shop)
    with pytest.raises(NoSuchTrouble):
        name(shop, KIND.NO_DRIVER)


def test_goods_that_are_still_packed_have_no_trouble_on_the_way(shop: Shop) -> None:
    shop.told(purchase())
    with pytest.raises(IllegalMove):
        name(shop, KIND.REFUSED)


async def test_what_was_feared_is_over_when_the_customer_has_it(shop: Shop) -> None:
    await out(shop, STATE.PICKED_UP)
    for kind in (KIND.UNREACHABLE, KIND.LATE):
        name(shop, kind)
    shop.clock.move(seconds=60)
    shop.hear(shop.courier.says(shop.courier.job("J1"), STATE.DELIVERED))
    assert shop.problems() == []
    assert {problem.result for problem in of(shop)} == {"the customer has it"}


async def test_damaged_goods_stay_damaged_when_they_arrive(shop: Shop) -> None:
    await out(shop, STATE.PICKED_UP)
    name(shop, KIND.DAMAGED)
    shop.clock.move(seconds=60)
    shop.hear(shop.courier.says(shop.courier.job("J1"), STATE.DELIVERED))
    assert shop.problems() == [KIND.DAMAGED]


async def test_a_step_that_is_done_leads_to_the_next_and_is_written_down(shop: Shop) -> None:
    await out(shop, STATE.PICKED_UP)
    problem = name(shop, KIND.UNREACHABLE)
    shop.write(lambda uow: shop.services.troubles.step_done(uow, problem.id, " no answer ", shop.now()))
    assert (one(shop).step, one(shop).said, one(shop).louder) == (1, "no answer", 0)
    (event,) = (event for event in shop.history(ID) if isinstance(event, StepDone))
    assert (event.task, event.said) == ("ring", "no answer")


async def test_the_last_step_stays_the_last(shop: Shop) -> None:
    await out(shop, STATE.PICKED_UP)
    problem = name(shop, KIND.LATE)
    for _ in range(9):
        shop.write(lambda uow: shop.services.troubles.step_done(uow, problem.id, "", shop.now()))
    assert one(shop).step == len(SCRIPTS[KIND.LATE].steps) - 1


async def test_what_is_closed_has_no_steps(shop: Shop) -> None:
    await out(shop, STATE.PICKED_UP)
    problem = name(shop, KIND.LATE)
    shop.write(lambda uow: shop.services.care.close_problem(uow, problem.id, "told", shop.now()))
    with pytest.raises(Conflict):
        shop.write(lambda uow: shop.services.troubles.step_done(uow, problem.id, "", shop.now()))


async def test_nobody_at_it_makes_it_louder_and_a_step_quiet_again(any_shop: Shop) -> None:
    await out(any_shop, STATE.PICKED_UP)
    problem = name(any_shop, KIND.REFUSED)
    await look(any_shop)
    assert one(any_shop).louder == 0
    for _ in range(2):
        any_shop.clock.move(minutes=SCRIPTS[KIND.REFUSED].steps[0].minutes)
        await look(any_shop)
    assert (one(any_shop).louder, one(any_shop).step) == (2, 0)
    assert [event.louder for event in any_shop.history(ID) if isinstance(event, ProblemGrew)] == [1, 2]
    any_shop.write(lambda uow: any_shop.services.troubles.step_done(uow, problem.id, "", any_shop.now()))
    assert one(any_shop).louder == 0


async def test_a_station_that_lost_its_place_makes_nothing_louder(shop: Shop) -> None:
    await out(shop, STATE.PICKED_UP)
    name(shop, KIND.REFUSED)
    clock = TroubleClock(shop.database, shop.writer, shop.services.troubles, shop.lease, shop.clock)
    shop.open_station()
    shop.clock.move(minutes=30)
    await clock.look()
    assert one(shop).louder == 0


async def test_the_loudest_stands_first_on_the_board(shop: Shop) -> None:
    await out(shop, STATE.PICKED_UP)
    name(shop, KIND.LATE)
    shop.clock.move(minutes=1)
    name(shop, KIND.UNREACHABLE)
    assert [line.kind for line in shop.board().problems] == [KIND.LATE, KIND.UNREACHABLE]
    shop.clock.move(minutes=SCRIPTS[KIND.UNREACHABLE].steps[0].minutes)
    await look(shop)
    assert [line.kind for line in shop.board().problems] == [KIND.UNREACHABLE, KIND.LATE]


async def test_a_driver_past_the_promise_is_told_once(any_shop: Shop) -> None:
    await out(any_shop, STATE.PICKED_UP, promised_to=after(20))
    await look(any_shop)
    assert any_shop.problems() == []
    any_shop.clock.move(minutes=32)
    for _ in range(2):
        await look(any_shop)
    assert (any_shop.problems(), one(any_shop).bearer) == ([KIND.LATE], Bearer.PLATFORM)
    any_shop.write(lambda uow: any_shop.services.care.close_problem(uow, one(any_shop).id, "told", any_shop.now()))
    await look(any_shop)
    assert any_shop.problems() == []


async def test_a_driver_too_long_in_one_stage_is_late_without_any_promise(shop: Shop) -> None:
    await out(shop, STATE.HEADING_TO_STORE)
    shop.clock.move(minutes=29)
    await look(shop)
    assert shop.problems() == []
    shop.clock.move(minutes=3)
    await look(shop)
    assert (shop.problems(), one(shop).detail) == ([KIND.LATE], "uber: 2 min")


async def test_a_search_is_never_late_here_for_one_owner_sees_to_it(shop: Shop) -> None:
    await out(shop)
    shop.clock.move(minutes=120)
    await look(shop)
    assert shop.problems() == []


async def test_goods_that_left_after_their_promise_are_the_stores_to_pay(shop: Shop) -> None:
    await out(shop, promised_to=after(1))
    shop.clock.move(minutes=5)
    shop.hear(shop.courier.says(shop.courier.job("J1"), STATE.PICKED_UP))
    await look(shop)
    assert (shop.problems(), one(shop).bearer) == ([KIND.LATE], Bearer.STORE)


async def test_a_closed_trouble_knows_what_its_way_cost(any_shop: Shop) -> None:
    await out(any_shop, STATE.PICKED_UP, STATE.FAILED, told=KIND.LOST)
    any_shop.write(lambda uow: any_shop.services.care.close_problem(uow, one(any_shop).id, "claimed", any_shop.now()))
    (problem,) = of(any_shop)
    assert (problem.cost, problem.bearer) == (Money(8900, "TWD"), "platform")


async def test_a_person_may_say_what_it_cost_and_who_pays(shop: Shop) -> None:
    await out(shop, STATE.PICKED_UP)
    problem = name(shop, KIND.LATE)
    ends = Ending(cost=Money(5000, "TWD"), bearer=Bearer.STORE)
    shop.write(lambda uow: shop.services.care.close_problem(uow, problem.id, "coupon", shop.now(), ends))
    (closed,) = of(shop)
    assert (closed.cost, closed.bearer, closed.result) == (Money(5000, "TWD"), "store", "coupon")
    assert [event.result for event in shop.history(ID) if isinstance(event, ProblemClosed)] == ["coupon"]
