"""Pieces in a box, against trying every place there is."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import assume, example, given, settings, strategies as st

from core.domain.boxing import Packing, pack, too_long, volume_of
from core.domain.boxing_blocks import blocks
from core.domain.boxing_bounds import tightest
from core.domain.boxing_corners import corners
from core.domain.boxing_search import GaveUp, Place, search
from core.domain.boxing_turns import Edges
from core.domain.measures import Box
from tests.core.domain.grid_packing import fits_by_trying

FOOTBOARD = Box(300, 600, 400)
small = st.integers(1, 4)
edges = st.tuples(small, small, small)
few = st.lists(edges, min_size=1, max_size=6)
Boxed = tuple[list[Edges], Edges]


def volume(*pieces: Edges) -> int:
    return sum(a * b * c for a, b, c in pieces)


@st.composite
def boxed(draw: st.DrawFn) -> Boxed:
    """A box, and pieces none of which is out by itself or by volume."""
    box = draw(edges)
    wanted = draw(st.lists(st.tuples(*(st.integers(1, edge) for edge in box)), min_size=1, max_size=7))
    pieces: list[Edges] = []
    for piece in sorted(wanted, key=volume, reverse=True):
        if volume(*pieces, piece) <= volume(box):
            pieces.append(piece)
    return pieces, box


def packed(pieces: list[Edges], box: Edges) -> Packing:
    return pack(Counter(Box(*piece) for piece in pieces), Box(*box))


def down(piece: Edges) -> Edges:
    longest, middle, shortest = sorted(piece, reverse=True)
    return longest, middle, shortest


@settings(deadline=None, max_examples=300)
@given(boxed())
@example(([(2, 2, 1)] * 6, (3, 3, 3)))  # five go in by layers, six by turning round the middle
@example(([(3, 1, 1), (3, 1, 1), (3, 1, 1), (2, 2, 2)], (3, 3, 3)))
@example(([(2, 2, 2), (2, 2, 2)], (3, 3, 3)))
def test_it_says_what_trying_every_place_says(task: Boxed) -> None:
    pieces, box = task
    assert packed(pieces, box) is (Packing.FITS if fits_by_trying(pieces, box) else Packing.MISFITS)


@settings(deadline=None, max_examples=200)
@given(boxed())
def test_each_quick_answer_is_true_and_the_search_misses_nothing(task: Boxed) -> None:
    pieces, box = task
    goods, room, kinds = [down(piece) for piece in pieces], down(box), Counter(down(piece) for piece in pieces)
    truth, counts = fits_by_trying(pieces, box), tightest(kinds, room)
    assert truth or not blocks(kinds, room)
    assert truth or not corners(goods, room)
    assert not (truth and counts[0].is_too_much)
    assert truth is (search(goods, room) is not None)


def overlap(one: Place, other: Place) -> bool:
    pairs = zip(*one, *other, strict=True)
    return all(a < b + wide and b < a + long for a, long, b, wide in pairs)


@settings(deadline=None, max_examples=100)
@given(st.lists(edges, min_size=1, max_size=8), st.tuples(*(st.integers(3, 6),) * 3))
def test_places_found_by_search_lie_in_the_box_and_share_nothing(pieces: list[Edges], box: Edges) -> None:
    goods = [down(piece) for piece in pieces]
    try:
        places = search(goods, box, steps=500)
    except GaveUp:
        assume(False)
    assume(places is not None)
    assert Counter(down(turned) for _, turned in places or ()) == Counter(goods)
    assert not any(overlap(one, other) for one, other in combinations(places or (), 2))
    assert all(a + b <= c for at, turned in places or () for a, b, c in zip(at, turned, box, strict=True))


@settings(deadline=None, max_examples=100)
@given(few, edges, st.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_any_order(pieces, box, rng) -> None:
    shuffled = [tuple(rng.sample(piece, 3)) for piece in rng.sample(pieces, len(pieces))]
    assert packed(shuffled, tuple(rng.sample(box, 3))) is packed(pieces, box)


@settings(deadline=None, max_examples=100)
@given(boxed(), st.data())
def test_a_smaller_piece_never_stops_fitting(task: Boxed, data) -> None:
    pieces, box = task
    assume(packed(pieces, box) is Packing.FITS)
    at = data.draw(st.integers(0, len(pieces) - 1))
    smaller = tuple(data.draw(st.integers(1, edge)) for edge in pieces[at])
    assert packed([*pieces[:at], smaller, *pieces[at + 1 :]], box) is Packing.FITS
    assert packed([*pieces[:at], *pieces[at + 1 :]], box) is Packing.FITS


def test_what_greedy_packers_get_wrong_goes_in() -> None:
    assert packed([(40, 30, 30)] * 3, (90, 40, 30)) is Packing.FITS
    assert packed([(65, 66, 83)] * 27, (200, 200, 300)) is Packing.FITS
    assert packed([(3, 1, 2)] * 5, (6, 1, 5)) is Packing.FITS


def test_a_long_thing_lies_slanted_in_no_box() -> None:
    assert packed([(650, 10, 10)], (600, 400, 300)) is Packing.MISFITS


def test_half_the_volume_may_be_too_much() -> None:
    assert packed([(21, 21, 21)] * 2, (40, 40, 40)) is Packing.MISFITS


@pytest.mark.parametrize(
    ("pieces", "answer"),
    [
        ({Box(60, 60, 200): 10_000}, Packing.MISFITS),
        ({Box(1, 1, 1): 10_000_000}, Packing.FITS),
        ({Box(30, 20, 10): 9_999, Box(1, 1, 1): 9_999}, Packing.FITS),
        ({Box(101 + count, 97, 89): 1 for count in range(60)}, Packing.UNSETTLED),
    ],
)
def test_any_number_of_pieces_gets_an_answer(pieces: dict[Box, int], answer: Packing) -> None:
    assert pack(pieces, FOOTBOARD) is answer


def test_what_takes_too_long_to_find_out_is_not_settled() -> None:
    with pytest.raises(GaveUp):
        search([(7, 5, 3)] * 8, (11, 10, 9), steps=1)


def test_nothing_fits_anywhere() -> None:
    assert pack({}, FOOTBOARD) is Packing.FITS
    assert pack({Box(900, 900, 900): 0}, FOOTBOARD) is Packing.FITS


def test_the_edge_that_keeps_a_piece_out_is_named() -> None:
    assert too_long(Box(100, 420, 410), FOOTBOARD) == (410, 400)
    assert too_long(Box(310, 310, 310), FOOTBOARD) == (310, 300)
    assert too_long(Box(400, 600, 300), FOOTBOARD) is None


def test_volumes_add_up() -> None:
    assert volume_of([(Box(10, 10, 10), 3), (Box(1, 1, 1), 4)]) == 3_004
