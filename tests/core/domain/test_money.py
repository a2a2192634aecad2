"""Money in whole minor units."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from core.domain.money import LARGEST_MINOR, BadMoney, Money, decimals_of, total_of

CURRENCIES = st.sampled_from(["TWD", "EUR", "USD", "JPY", "KRW", "KWD"])
MINOR = st.integers(-LARGEST_MINOR, LARGEST_MINOR)
AMOUNTS = st.builds(Money, MINOR, CURRENCIES)


@given(AMOUNTS)
def test_an_amount_survives_being_written_down(amount: Money) -> None:
    assert Money.parse(amount.text, amount.currency) == amount


@given(AMOUNTS)
def test_an_amount_is_written_with_its_currencys_decimals(amount: Money) -> None:
    _, point, behind = amount.text.partition(".")
    assert len(behind) == decimals_of(amount.currency)
    assert bool(point) == bool(behind)


@given(st.lists(MINOR, max_size=20), CURRENCIES)
def test_sums_add_up_to_the_cent(minors: list[int], currency: str) -> None:
    assert total_of((Money(minor, currency) for minor in minors), currency) == Money(sum(minors), currency)


@given(AMOUNTS, MINOR, st.integers(0, 99))
def test_taking_away_and_multiplying_are_exact(amount: Money, minor: int, count: int) -> None:
    other = Money(minor, amount.currency)
    assert amount + other - other == amount
    assert amount * count == total_of([amount] * count, amount.currency)


@given(st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, places=2))
def test_a_decimal_keeps_every_cent(amount: Decimal) -> None:
    assert Money.parse(amount, "TWD").minor == int(amount * 100)


@given(st.integers(-(10**9), 10**9))
def test_a_float_of_whole_cents_is_read_as_written(minor: int) -> None:
    assert Money.parse(minor / 100, "EUR").minor == minor


@given(st.one_of(st.text(), st.floats(), st.integers(), st.decimals()))
def test_anything_else_is_no_amount(given: str | float | int | Decimal) -> None:
    try:
        amount = Money.parse(given, "TWD")
    except BadMoney:
        return
    assert isinstance(amount.minor, int)
    assert abs(amount.minor) <= LARGEST_MINOR


@pytest.mark.parametrize("text", ["", "12,50", "NT$5", "NaN", "Infinity", "-Infinity", "1e30", "1e9999999999", "0x10"])
def test_what_no_shop_charges_is_refused(text: str) -> None:
    with pytest.raises(BadMoney):
        Money.parse(text, "TWD")


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1240", "TWD", 124_000),
        ("0.005", "EUR", 1),
        ("1240", "JPY", 1240),
        ("1.2345", "KWD", 1235),
        ("-2.50", "USD", -250),
    ],
)
def test_half_a_cent_is_rounded_up(text: str, currency: str, minor: int) -> None:
    assert Money.parse(text, currency).minor == minor


def test_currencies_do_not_mix() -> None:
    with pytest.raises(BadMoney):
        Money(1, "TWD") + Money(1, "EUR")
    with pytest.raises(BadMoney):
        Money(1, "TWD") - Money(1, "EUR")


def test_nothing_adds_up_to_zero() -> None:
    assert total_of([], "TWD") == Money(0, "TWD")


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9))
def test_no_float_ever_gets_inside(amount: float) -> None:
    assert type(Money.parse(amount, "TWD").minor) is int
