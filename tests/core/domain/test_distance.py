"""Metres as the crow flies."""

import pytest

from core.domain.measures import metres_between

STORE, DOOR = (25.0523, 121.5202), (25.0416, 121.5436)


def test_across_the_city() -> None:
    assert metres_between(*STORE, *DOOR) == pytest.approx(2_640, rel=0.01)


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres() -> None:
    assert metres_between(0, 0, 1, 0) == pytest.approx(111_195, rel=0.001)


def test_both_ways_are_as_long() -> None:
    assert metres_between(*STORE, *DOOR) == pytest.approx(metres_between(*DOOR, *STORE))


def test_the_same_place_is_no_way_at_all() -> None:
    assert metres_between(*STORE, *STORE) == 0


def test_an_end_that_is_not_on_the_map_has_no_distance() -> None:
    assert metres_between(None, None, *DOOR) is None
    assert metres_between(*STORE, 25.0, None) is None
