"""The fewest parcels, against trying every way to share the pieces out."""

from collections import Counter
from collections.abc import Iterator

from hypothesis import given, settings, strategies as st

from core.domain.boxing import Packing
from core.domain.goods import Goods, pieces_of, sizes_of
from core.domain.limits import Vehicle
from core.domain.measures import Box
from core.domain.parcelling import divide, take
from tests.core.domain.grid_packing import Edges, fits_by_trying

small = st.integers(1, 3)
edges = st.tuples(small, small, small)
FOOTBOARD = Box(300, 600, 400)


def goods(*sizes: Edges) -> tuple[Goods, ...]:
    return tuple(Goods(name=f"thing {size}", quantity=count, size=Box(*size)) for size, count in Counter(sizes).items())


def shared_out(pieces: list[Edges]) -> Iterator[list[list[Edges]]]:
    """Every way to make parcels of them."""
    if not pieces:
        yield []
        return
    first, *others = pieces
    for parcels in shared_out(others):
        yield [[first], *parcels]
        for at, parcel in enumerate(parcels):
            yield [*parcels[:at], [first, *parcel], *parcels[at + 1 :]]


def fewest_by_trying(pieces: list[Edges], boxes: list[Edges], most: int) -> int | None:
    """None when some piece goes nowhere."""

    def taken(parcel: list[Edges]) -> bool:
        fits = any(fits_by_trying(parcel, box) for box in boxes)
        return fits and sum(a * b * c for a, b, c in parcel) <= most

    counts = [len(parcels) for parcels in shared_out(pieces) if all(taken(parcel) for parcel in parcels)]
    return min(counts, default=None)


@settings(deadline=None, max_examples=150)
@given(st.lists(edges, min_size=1, max_size=5), st.lists(edges, min_size=1, max_size=2), st.integers(4, 27))
def test_it_is_the_number_found_by_trying_every_way(pieces: list[Edges], boxes: list[Edges], most: int) -> None:
    vehicle = Vehicle(boxes=tuple(Box(*box) for box in boxes), max_mm3=most)
    told, truth = divide(goods(*pieces), vehicle, len(pieces)), fewest_by_trying(pieces, boxes, most)
    assert (len(told.parcels) or None) == truth
    assert told.is_fewest
    assert told.answer is (Packing.MISFITS if truth is None else Packing.FITS)


@settings(deadline=None, max_examples=100)
@given(st.lists(edges, min_size=1, max_size=6), edges, st.integers(1, 4))
def test_every_piece_lies_in_one_parcel_and_every_parcel_in_its_box(pieces: list[Edges], box: Edges, most: int) -> None:
    vehicle = Vehicle(boxes=(Box(*box),))
    told = divide(goods(*pieces), vehicle, most)
    if told.answer is Packing.FITS:
        assert len(told.parcels) <= most
        assert sum((sizes_of(parcel) for parcel in told.parcels), Counter()) == Counter(Box(*piece) for piece in pieces)
        assert all(take(parcel, vehicle).answer is Packing.FITS for parcel in told.parcels)
    else:
        assert told.parcels == ()


def test_pieces_without_a_size_lie_in_the_first_parcel() -> None:
    known = Goods(name="box", quantity=2, size=Box(310, 310, 210))
    unknown = Goods(name="ribbon", quantity=3)
    told = divide((unknown, known), Vehicle(boxes=(FOOTBOARD,)), 5)
    assert [[one.name for one in parcel] for parcel in told.parcels] == [["box", "ribbon"], ["box"]]
    assert pieces_of(told.parcels[0]) == 4


def test_goods_without_any_size_are_one_parcel() -> None:
    told = divide((Goods(name="ribbon", quantity=3),), Vehicle(boxes=(FOOTBOARD,)), 5)
    assert len(told.parcels) == 1


def test_many_pieces_are_shared_out_and_said_not_to_be_proven_the_fewest() -> None:
    many = tuple(Goods(name=f"{at}", quantity=1, size=Box(200 + 3 * at, 190 + at, 170)) for at in range(30))
    told = divide(many, Vehicle(boxes=(FOOTBOARD,)), 30)
    assert (told.answer, told.is_fewest) == (Packing.FITS, False)
    assert sum(pieces_of(parcel) for parcel in told.parcels) == 30


def test_ten_thousand_pieces_get_an_answer() -> None:
    many = (Goods(name="tea", quantity=10_000, size=Box(70, 70, 210)),)
    assert divide(many, Vehicle(boxes=(FOOTBOARD,)), 10_000).answer is Packing.UNSETTLED
