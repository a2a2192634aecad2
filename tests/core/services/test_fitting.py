"""Who can carry an order on a day, and the split that helps when nobody can."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.domain.fit import Limit, Misfit
from core.domain.ids import CourierName
from core.domain.limits import CAI_MM3, CourierLimits, Vehicle
from core.domain.measures import Box
from core.domain.order import Order
from core.services.fitting import Fitting
from tests.builders import PANDA, UBER, line, preparing

FOOTBOARD, THERMAL = Box(300, 600, 400), Box(400, 400, 400)
TODAY = date(2026, 11, 21)
SHIPPED = {
    UBER: CourierLimits(max_weight_g=13_000, boxes=(FOOTBOARD, THERMAL)),
    PANDA: CourierLimits(max_weight_g=20_000, boxes=(FOOTBOARD,), max_mm3=2 * CAI_MM3),
}


def order(*pieces: tuple[int, int, Box | None]) -> Order:
    """Lines of so many pieces, so heavy, so large."""
    lines = (line(str(at), count, weight_g=grams, size=size) for at, (count, grams, size) in enumerate(pieces))
    return preparing(lines=tuple(lines))


def limits_of(fitting: Fitting, wanted: Order) -> dict[str, list[Limit]]:
    return {one.courier: [misfit.limit for misfit in one.misfits] for one in fitting.of(wanted, TODAY)}


@pytest.mark.parametrize(
    ("wanted", "able"),
    [
        (order((2, 500, Box(70, 70, 210))), [UBER, PANDA]),
        (order((3, 5_000, None)), [PANDA]),
        (order((3, 7_000, None)), []),
        (order((1, 500, Box(390, 390, 390))), [UBER]),
        (order((1, 500, Box(600, 400, 240))), [UBER]),
        (order((1, 500, Box(610, 100, 100))), []),
        (order((2, None, None)), [UBER, PANDA]),
    ],
)
def test_the_couriers_that_can_carry_it_are_named_in_order(wanted: Order, able: list[CourierName]) -> None:
    assert list(Fitting(SHIPPED).able(wanted, TODAY)) == able


def test_who_is_out_is_said_with_the_reason() -> None:
    assert limits_of(Fitting(SHIPPED), order((1, 14_000, Box(390, 390, 390)))) == {
        UBER: [Limit.WEIGHT],
        PANDA: [Limit.EDGE],
    }


def test_several_vehicles_are_looked_at_each_by_itself() -> None:
    car = Vehicle(name="car", max_weight_g=50_000)
    fitting = Fitting({UBER: CourierLimits(vehicles=(Vehicle(name="moto", max_weight_g=13_000), car))})
    found = fitting.of(order((2, 9_000, None)), TODAY)
    assert [(one.vehicle, one.is_ok) for one in found] == [("moto", False), ("car", True)]
    assert fitting.able(order((2, 9_000, None)), TODAY) == (UBER,)


def test_limits_change_on_their_day() -> None:
    later = Vehicle(name="moto", max_weight_g=15_000, since=TODAY)
    fitting = Fitting({UBER: CourierLimits(vehicles=(Vehicle(name="moto", max_weight_g=13_000), later))})
    assert fitting.able(order((2, 7_000, None)), TODAY - timedelta(days=1)) == ()
    assert fitting.able(order((2, 7_000, None)), TODAY) == (UBER,)


def test_a_courier_is_out_when_its_last_vehicle_has_gone() -> None:
    gone = Vehicle(name="moto", until=TODAY - timedelta(days=1))
    fitting = Fitting({UBER: CourierLimits(vehicles=(gone,))})
    assert limits_of(fitting, order((1, 1, None))) == {UBER: [Limit.VEHICLE]}


def test_only_what_goes_is_looked_at() -> None:
    short = order((3, 7_000, None))
    lines = tuple(replace(one, shipped=1) for one in short.lines)
    short = replace(short, is_short=True, purchase=replace(short.purchase, lines=lines))
    assert Fitting(SHIPPED).able(short, TODAY) == (UBER, PANDA)


TWO_CASES = order((2, 4_000, Box(310, 310, 210)))


def test_the_fewest_parcels_that_one_courier_takes_are_proposed() -> None:
    split = Fitting(SHIPPED).split(TWO_CASES, TODAY)
    assert split is not None
    assert (split.courier, len(split.parcels), split.is_fewest) == (UBER, 2, True)
    assert Fitting(SHIPPED).able(replace(TWO_CASES, parcels=2), TODAY) == (UBER, PANDA)


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (order((1, 500, Box(70, 70, 210))), "one parcel does"),
        (order((1, 500, Box(650, 10, 10))), "a piece goes nowhere"),
        (order((3, 7_000, None)), "parcels do not make a job lighter"),
        (order((2, None, None)), "nothing is known"),
    ],
)
def test_nothing_is_proposed_that_does_not_help(wanted: Order, why: str) -> None:
    assert Fitting(SHIPPED).split(wanted, TODAY) is None, why


def test_a_split_that_another_courier_needs_is_not_proposed() -> None:
    roomy = {**SHIPPED, CourierName("van"): CourierLimits()}
    assert Fitting(roomy).split(TWO_CASES, TODAY) is None


def test_no_more_parcels_are_proposed_than_the_vehicle_takes() -> None:
    one = Vehicle(name="moto", boxes=(FOOTBOARD,), max_parcels=1)
    assert Fitting({UBER: CourierLimits(vehicles=(one,))}).split(TWO_CASES, TODAY) is None


def test_the_courier_that_takes_fewer_parcels_is_proposed_before_the_preferred_one() -> None:
    five = order((5, 500, Box(300, 300, 300)))
    fitting = Fitting({PANDA: SHIPPED[PANDA], UBER: CourierLimits(boxes=(Box(300, 300, 1_200),))})
    split = fitting.split(five, TODAY)
    assert split is not None
    assert (split.courier, len(split.parcels)) == (UBER, 2)


def test_as_one_parcel_it_may_be_asked_whatever_is_planned() -> None:
    planned = replace(TWO_CASES, parcels=2)
    (uber, _) = Fitting(SHIPPED).of(planned, TODAY, parcels=1)
    assert uber.misfits == (Misfit(Limit.TOGETHER, "2", "30×60×40"),)
