"""Single values from outside: what is taken and what is turned away."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st
from pydantic_core import PydanticCustomError

from adapters import gathering, values

TAIPEI = ZoneInfo("Asia/Taipei")


@pytest.mark.parametrize("told", [2, "2", "2.00", Decimal("2.0"), "0002"])
def test_a_quantity_may_be_written_in_several_ways(told: object) -> None:
    assert values.quantity(told) == 2


@pytest.mark.parametrize(
    "told", [0, -1, "1.5", Decimal("0.5"), 10_000, "", None, True, [], "二", "٣", "1_0", Decimal("1E+99")]
)
def test_a_quantity_is_whole_positive_and_believable(told: object) -> None:
    with pytest.raises(PydanticCustomError, match="whole pieces from 1 to 9999"):
        values.quantity(told)


@pytest.mark.parametrize("told", [-1, "-0.01", "1,240.00", "NaN", "1e3", 10**10, Decimal("1E+99999"), False, {}])
def test_an_amount_is_a_plain_number_from_nought(told: object) -> None:
    with pytest.raises(PydanticCustomError, match="an amount"):
        values.amount(told)


@pytest.mark.parametrize(("told", "grams"), [(0, None), ("0.0", None), (620, 620), ("620", 620), (Decimal("0.4"), 1)])
def test_a_weight_of_nought_is_unknown(told: object, grams: int | None) -> None:
    assert values.grams(told) == grams


@pytest.mark.parametrize(
    "told",
    [
        "2026-02-30T10:00:00Z",
        "2026-11-21T10:00:00",
        "2026-11-21",
        "1999-12-31T23:59:59Z",
        1763700000,
        "now",
        "2026-11-21T25:00:00Z",
    ],
)
def test_a_moment_is_a_real_time_with_zone_in_this_century(told: object) -> None:
    with pytest.raises(PydanticCustomError, match="a time with zone"):
        values.moment(told)


@pytest.mark.parametrize(
    "told", ["2026-11-21 14:30:00", "2026-11-21 14:30", "2026-11-21 14:30:00 +0800", "2026-11-21T06:30:00Z"]
)
def test_a_time_without_zone_is_meant_in_the_shop(told: str) -> None:
    assert values.local_moment(told, TAIPEI) == datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("told", ["tomorrow", "2026-02-30 10:00", "2026-11-21 24:00", "", None, 20261121])
def test_a_time_nobody_can_read_is_refused(told: object) -> None:
    with pytest.raises(PydanticCustomError, match="a time like"):
        values.local_moment(told, TAIPEI)


@pytest.mark.parametrize(("told", "kept"), [(9007199254740993, "9007199254740993"), ("gid://x/1", "gid://x/1")])
def test_an_id_stays_what_it_was(told: object, kept: str) -> None:
    assert values.known_id(told) == kept


@pytest.mark.parametrize("told", ["", " 1", "訂單", "x" * 101, Decimal("1.0"), True, None, 10**200])
def test_an_id_is_short_and_visible(told: object) -> None:
    with pytest.raises(PydanticCustomError, match="an id"):
        values.known_id(told)


@pytest.mark.parametrize(
    ("told", "dialled"),
    [
        ("0900-000-017", "0900000017"),
        ("+886 (900) 000.017", "+886900000017"),
        ("00886900000017", "+886900000017"),
        ("０９００", "0900"),
        ("0900***017#12", "0900***017#12"),
        (None, ""),
    ],
)
def test_a_telephone_loses_its_fillers_and_keeps_its_masks(told: object, dialled: str) -> None:
    assert values.phone(told) == dialled


@pytest.mark.parametrize(("told", "degrees"), [("25.0523", 25.0523), (-90, -90.0), ("-33.5", -33.5)])
def test_degrees_may_be_text(told: object, degrees: float) -> None:
    assert values.degrees(told, 90) == degrees


def test_a_place_off_the_map_is_not_repeated() -> None:
    with pytest.raises(PydanticCustomError, match="found a place off the map") as caught:
        values.degrees("121.5", 90)
    assert "121.5" not in str(caught.value)


@pytest.mark.parametrize("code", ["2900000000018", "96385074", "036000291452", "10012345678902"])
def test_a_barcode_with_its_check_digit_is_one(code: str) -> None:
    assert gathering.gtin(code) == code


@pytest.mark.parametrize("code", ["2900000000019", "QC-001", "123", "", "４７１９９９００００００６"])
def test_a_vendor_code_is_no_barcode(code: str) -> None:
    assert gathering.gtin(code) == ""


@given(st.lists(st.sampled_from([None, "1", "2", "2.2", "3"])))
def test_every_line_gets_an_id_of_its_own(given_ids: list[str | None]) -> None:
    ids = list(gathering.own_ids(given_ids))
    assert len(set(ids)) == len(ids) == len(given_ids)
    assert ids == list(gathering.own_ids(given_ids))


def test_half_a_place_and_the_empty_form_are_no_place() -> None:
    assert gathering.place(25.0, None) == (None, None)
    assert gathering.place(0.0, 0.0) == (None, None)
    assert gathering.place(0.0, 32.5) == (0.0, 32.5)


@pytest.mark.parametrize(
    ("told", "is_yes"), [("", False), ("No", False), ("不需要", False), ("yes", True), ("三聯式", True)]
)
def test_a_free_text_says_yes_unless_it_says_no(told: str, is_yes: bool) -> None:
    assert gathering.is_yes(told) is is_yes
