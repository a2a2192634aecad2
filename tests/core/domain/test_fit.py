"""A vehicle and the goods: every limit with both numbers, and nothing held against what nobody knows."""

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from core.domain.fit import Doubt, Fit, Limit, Misfit, Unknown, fit, nothing_comes
from core.domain.goods import Goods
from core.domain.limits import CAI_MM3, Vehicle
from core.domain.measures import Box
from tests.builders import UBER

FOOTBOARD, THERMAL = Box(300, 600, 400), Box(400, 400, 400)
MOTO = Vehicle(name="motorcycle", max_weight_g=13_000, boxes=(FOOTBOARD, THERMAL))
PANDA = Vehicle(max_weight_g=20_000, boxes=(FOOTBOARD,), max_mm3=2 * CAI_MM3)


def goods(quantity: int = 1, size: Box | None = None, weight_g: int | None = 500, name: str = "tea") -> Goods:
    return Goods(name=name, quantity=quantity, size=size, weight_g=weight_g)


def told(vehicle: Vehicle, *wanted: Goods, parcels: int = 1) -> Fit:
    return fit(wanted, UBER, vehicle, parcels)


def test_what_fits_names_the_box() -> None:
    found = told(MOTO, goods(3, Box(100, 200, 300)))
    assert (found.is_ok, found.is_sure, found.box, found.vehicle) == (True, True, FOOTBOARD, "motorcycle")


def test_the_second_box_may_take_what_the_first_does_not() -> None:
    assert told(MOTO, goods(1, Box(390, 390, 390))).box == THERMAL


@pytest.mark.parametrize(
    ("vehicle", "wanted", "misfits"),
    [
        (MOTO, goods(29, weight_g=500), (Misfit(Limit.WEIGHT, "14.5", "13"),)),
        (PANDA, goods(1, Box(420, 410, 100)), (Misfit(Limit.EDGE, "41", "40"),)),
        (MOTO, goods(1, Box(420, 410, 100)), (Misfit(Limit.EDGE, "41", "40"),)),
        (MOTO, goods(1, Box(900, 10, 10)), (Misfit(Limit.EDGE, "90", "60"),)),
        (PANDA, goods(1, Box(600, 400, 240)), (Misfit(Limit.CAI, "2.14", "2"),)),
        (PANDA, goods(55, Box(100, 100, 100), 100), (Misfit(Limit.CAI, "2.04", "2"),)),
        (MOTO, goods(73, Box(100, 100, 100), 100), (Misfit(Limit.VOLUME, "73", "72"),)),
        (MOTO, goods(2, Box(310, 310, 210)), (Misfit(Limit.TOGETHER, "2", "30×60×40"),)),
        (
            MOTO,
            goods(2, Box(700, 310, 310), 7_000),
            (Misfit(Limit.WEIGHT, "14", "13"), Misfit(Limit.EDGE, "70", "60")),
        ),
        (replace(PANDA, boxes=()), goods(1, Box(900, 900, 900)), (Misfit(Limit.CAI, "27", "2"),)),
    ],
)
def test_each_limit_is_told_with_both_numbers(vehicle: Vehicle, wanted: Goods, misfits: tuple[Misfit, ...]) -> None:
    assert told(vehicle, wanted).misfits == misfits


def test_what_is_over_never_looks_like_what_is_allowed() -> None:
    (misfit,) = told(PANDA, goods(1, Box(600, 400, 226)), goods(1, Box(1, 1, 1))).misfits
    assert misfit == Misfit(Limit.CAI, "2.01", "2")


def test_weight_at_the_limit_is_carried() -> None:
    assert told(MOTO, goods(26, weight_g=500)).is_ok
    assert not told(MOTO, goods(26, weight_g=500), goods(1, weight_g=1)).is_ok


def test_unknown_sizes_and_weights_are_said_and_not_held_against_anyone() -> None:
    found = told(MOTO, goods(3), goods(2, Box(10, 10, 10), None))
    assert found.is_ok
    assert found.unknowns == (Unknown(Doubt.SIZE, 3, 5), Unknown(Doubt.WEIGHT, 2, 5))


def test_what_nobody_limits_nobody_needs_to_know() -> None:
    assert told(Vehicle(), goods(3, None, None)).is_sure


def test_what_is_known_may_be_too_much_by_itself() -> None:
    found = told(MOTO, goods(2, weight_g=7_000), goods(1, weight_g=None))
    assert found.misfits == (Misfit(Limit.WEIGHT, "14", "13"),)


def test_what_cannot_be_settled_is_a_doubt_and_no_refusal() -> None:
    many = [goods(1, Box(101 + at, 97, 89), 10, f"thing {at}") for at in range(60)]
    found = told(replace(MOTO, boxes=(FOOTBOARD,)), *many)
    assert (found.is_ok, found.unknowns) == (True, (Unknown(Doubt.TOGETHER, 60, 60),))


TWO = goods(2, Box(310, 310, 210))


def test_in_two_parcels_each_has_a_box_of_its_own() -> None:
    assert told(MOTO, TWO, parcels=2).is_ok
    assert told(MOTO, TWO, parcels=3).is_ok


def test_parcels_do_not_make_a_job_lighter() -> None:
    assert told(MOTO, goods(2, weight_g=7_000), parcels=2).misfits == (Misfit(Limit.WEIGHT, "14", "13"),)


def test_too_few_parcels_are_named() -> None:
    assert told(MOTO, goods(3, Box(310, 310, 210)), parcels=2).misfits == (Misfit(Limit.PARCELS, "3", "2"),)


def test_more_parcels_than_the_vehicle_takes_are_named() -> None:
    assert told(replace(MOTO, max_parcels=1), TWO, parcels=2).misfits == (Misfit(Limit.PARCELS, "2", "1"),)


def test_no_number_of_parcels_helps_a_piece_that_is_too_large() -> None:
    assert told(MOTO, goods(1, Box(700, 10, 10)), TWO, parcels=3).misfits == (Misfit(Limit.EDGE, "70", "60"),)
    assert told(PANDA, goods(1, Box(590, 390, 290)), parcels=2).misfits == (Misfit(Limit.CAI, "2.48", "2"),)


def test_a_courier_without_a_vehicle_that_day_is_out() -> None:
    assert not nothing_comes(UBER).is_ok


edge = st.integers(50, 450)
sizes = st.one_of(st.none(), st.builds(Box, edge, edge, edge))
some = st.lists(
    st.builds(
        Goods,
        name=st.sampled_from("abc"),
        quantity=st.integers(1, 3),
        size=sizes,
        weight_g=st.one_of(st.none(), st.integers(0, 4_000)),
    ),
    max_size=4,
)


@settings(deadline=None, max_examples=60)
@given(some, st.sampled_from([MOTO, PANDA]), st.randoms(use_true_random=False))
def test_the_order_of_lines_makes_no_difference(wanted: list[Goods], vehicle: Vehicle, rng) -> None:
    assert told(vehicle, *rng.sample(wanted, len(wanted))) == told(vehicle, *wanted)


@settings(deadline=None, max_examples=60)
@given(some, st.sampled_from([MOTO, PANDA]))
def test_knowing_less_never_puts_anyone_out(wanted: list[Goods], vehicle: Vehicle) -> None:
    before = told(vehicle, *wanted)
    for at, one in enumerate(wanted):
        less = told(vehicle, *wanted[:at], replace(one, size=None, weight_g=None), *wanted[at + 1 :])
        assert less.is_ok or not before.is_ok
