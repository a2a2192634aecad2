"""Where a driver is and when he comes: as told, with its age, and never a guess."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.board.alerts import at_the_door, passed
from core.board.board import Board
from core.board.drivers import FRESH, NEAR_M, SWAP_SHOWS, DriverLine, Ground, driver_line, ground_of
from core.domain.alert import Chime
from core.domain.delivery import Delivery, DeliveryState, Driver
from core.domain.measures import Place
from core.domain.purchase import Customer
from core.services.occasions import Occasions
from tests.builders import MEI, RULES, after, delivery, ready, report

S = DeliveryState
STORE = Place(25.0523, 121.5202)
GROUND = Ground(STORE)
A_METRE = 1 / 111_195  # degrees of latitude
ORDER = ready(customer=Customer(name="Ms Chen", phone="", address="", latitude=25.0623, longitude=121.5202))


def off(metres: float, count: float = 0) -> Place:
    """So far south of the store."""
    return Place(STORE.latitude - metres * A_METRE, STORE.longitude, after(count))


def line(state: DeliveryState = S.HEADING_TO_STORE, **told: object) -> DriverLine:
    return driver_line(delivery(state, **told), ORDER, GROUND)


def board(*lines: DriverLine) -> Board:
    return Board(drivers=tuple(sorted(lines, key=lambda one: one.rank)))


def test_distances_are_measured_to_both_ends() -> None:
    shown = line(place=off(250))
    assert shown.to_store == 250
    assert shown.to_door == pytest.approx(1362, abs=2)


def test_without_a_position_nothing_is_measured() -> None:
    assert (line().to_store, line().to_door, line().is_near) == (None, None, False)


def test_without_the_stores_own_place_nobody_is_near_it() -> None:
    shown = driver_line(delivery(S.HEADING_TO_STORE, place=off(10)), ORDER)
    assert (shown.to_store, shown.is_near) == (None, False)
    assert shown.to_door is not None


def test_the_stores_own_place_and_times_come_from_its_rules() -> None:
    usual = {S.MATCHING: (2, 4)}
    ground = ground_of(replace(RULES, latitude=1.0, longitude=2.0, usual_minutes=usual))
    assert ground == Ground(Place(1.0, 2.0), usual)
    assert driver_line(delivery(), ORDER, ground).usual == (2, 4)
    assert driver_line(delivery(S.AT_STORE), ORDER, ground).usual is None


@pytest.mark.parametrize(("metres", "is_near"), [(0, True), (NEAR_M - 1, True), (NEAR_M + 1, False), (5000, False)])
def test_near_is_within_a_few_steps(metres: float, is_near: bool) -> None:
    assert line(place=off(metres)).is_near is is_near


@pytest.mark.parametrize("state", sorted(set(S) - {S.HEADING_TO_STORE}))
def test_only_one_who_is_on_the_way_here_comes_near(state: DeliveryState) -> None:
    assert not line(state, place=off(5)).is_near


def test_a_position_is_fresh_for_two_minutes() -> None:
    shown = line(place=off(5))
    assert shown.is_fresh(after(0) + FRESH)
    assert not shown.is_fresh(after(0) + FRESH + timedelta(seconds=1))
    assert not line().is_fresh(after(0))


def test_the_position_of_one_who_rode_before_is_nobodys() -> None:
    before = delivery().hear(report(S.HEADING_TO_STORE, 1, driver=Driver(name="A-Ming"), place=off(20, 1)))
    shown = driver_line(before.hear(report(S.HEADING_TO_STORE, 5, driver=Driver(name="Lin"))), ORDER, GROUND)
    assert (shown.driver, shown.place, shown.to_store) == ("Lin", None, None)


def test_what_was_reckoned_for_one_who_rode_before_is_nobodys() -> None:
    before = delivery().hear(report(S.HEADING_TO_STORE, 1, driver=Driver(name="A-Ming"), eta_store=after(9)))
    shown = driver_line(before.hear(report(S.HEADING_TO_STORE, 5, driver=Driver(name="Lin"))), ORDER, GROUND)
    assert shown.eta_store is None


def test_a_time_reckoned_before_there_was_a_driver_stays_until_another_is_told() -> None:
    found = delivery().hear(report(S.MATCHING, 1, eta_store=after(9)))
    assert driver_line(found.hear(report(S.HEADING_TO_STORE, 5, driver=Driver(name="Lin"))), ORDER).eta_store


def test_a_swap_shows_for_five_minutes() -> None:
    shown = line(former_driver="A-Ming", driver_changed_at=after(1), driver=Driver(name="Lin"))
    assert shown.has_swapped(after(1) + SWAP_SHOWS)
    assert not shown.has_swapped(after(1) + SWAP_SHOWS + timedelta(seconds=1))


def test_a_job_given_back_by_nobody_in_particular_shows_too() -> None:
    assert line(S.MATCHING, driver_changed_at=after(1)).has_swapped(after(2))
    assert not line(S.MATCHING).has_swapped(after(2))


def test_who_stands_at_the_door_comes_first_and_who_is_near_next() -> None:
    far = line(place=off(900), state_since=after(-9))
    near = replace(line(place=off(20)), delivery_id="near")
    here = replace(line(S.AT_STORE), delivery_id="here")
    assert board(far, near, here).drivers == (here, near, far)


def rung(before: Board, now: Board, count: float) -> list[Chime]:
    occasions = Occasions(MEI)
    list(occasions.hear(before, (), after(count)))
    return [alert.chime for alert in occasions.hear(now, (), after(count))]


def test_a_driver_seen_in_front_of_the_store_is_heard() -> None:
    assert rung(board(line(place=off(300))), board(line(place=off(40))), 1) == [Chime.DRIVER_HERE]


def test_one_who_was_heard_by_position_is_not_heard_again_when_the_courier_says_so() -> None:
    near = line(place=off(40))
    assert rung(board(near), board(replace(near, state=S.AT_STORE)), 1) == []


def test_an_old_position_makes_no_noise() -> None:
    assert rung(board(line(place=off(300, -9))), board(line(place=off(40, -9))), 1) == []
    assert at_the_door(board(line(place=off(40, -9))), after(1)) == {}


def test_one_who_stays_where_he_is_is_heard_once() -> None:
    near = line(place=off(40, -9))
    assert rung(board(near), board(replace(near, place=off(41, 1), to_store=41)), 1) == []


def heard(state: DeliveryState, usual: tuple[int, int] | None, minutes: float) -> dict[str, str]:
    job: Delivery = delivery(state, state_since=after(0))
    ground = Ground(usual={} if usual is None else {state: usual})
    return passed(board(driver_line(job, ORDER, ground)), after(minutes))


def test_a_stage_is_late_past_the_stores_own_upper_end() -> None:
    assert not heard(S.MATCHING, (2, 4), 4)
    assert heard(S.MATCHING, (2, 4), 4.1)
    assert not heard(S.MATCHING, None, 400)
