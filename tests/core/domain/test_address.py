"""Addresses: no false alarm on real-looking ones in five languages, and no nonsense that passes (H5, H6)."""

from random import Random

import pytest
from hypothesis import given, strategies as st

from core.domain.address import Nonsense, Unclear, nonsense, unclear
from tests.core.domain.addresses import NONSENSE, REAL, TRICKY, UNCLEAR

ALL_REAL = [address for addresses in REAL.values() for address in addresses]


@pytest.mark.parametrize("address", ALL_REAL)
def test_a_real_looking_address_raises_no_alarm(address: str) -> None:
    assert (nonsense(address), unclear(address)) == (None, None)


@pytest.mark.parametrize("address", TRICKY)
def test_a_word_that_means_nothing_may_be_part_of_a_name(address: str) -> None:
    assert nonsense(address) is None


@pytest.mark.parametrize("address", NONSENSE)
def test_nonsense_is_seen(address: str) -> None:
    assert nonsense(address) is not None


@pytest.mark.parametrize("address", UNCLEAR)
def test_an_address_without_a_door_is_unclear_but_no_nonsense(address: str) -> None:
    assert nonsense(address) is None
    assert unclear(address) is not None


@pytest.mark.parametrize("address", UNCLEAR)
def test_with_a_place_on_the_map_it_is_clear_enough(address: str) -> None:
    assert unclear(address, has_place=True) is None


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", Nonsense.EMPTY),
        ("  ", Nonsense.EMPTY),
        ("?!", Nonsense.SIGNS),
        ("🏠", Nonsense.SIGNS),
        ("aaaa", Nonsense.ONE_SIGN),
        ("0912345678", Nonsense.DIGITS),
        ("asdfgh", Nonsense.DRUMMED),
        ("測試", Nonsense.SAYS_NOTHING),
    ],
)
def test_it_says_why_it_is_nonsense(address: str, why: Nonsense) -> None:
    assert nonsense(address) is why


def test_it_says_what_an_unclear_one_lacks() -> None:
    assert unclear("中山路") is Unclear.TOO_SHORT
    assert unclear("台北市中山區") is Unclear.NO_DOOR
    assert unclear("Calle Mayor, 28013 Madrid") is Unclear.NO_DOOR


@pytest.mark.parametrize("address", ALL_REAL)
def test_neither_case_nor_width_nor_blanks_matter(address: str) -> None:
    spaced = f"  {address.replace(' ', '   ')} "
    for other in (address.upper(), address.lower(), spaced):
        assert nonsense(other) is None


def test_every_word_drummed_on_one_row_is_nonsense() -> None:
    chance = Random(5)
    for _ in range(200):
        row, length = chance.choice(("qwertyuiop", "asdfghjkl", "zxcvbnm")), chance.randrange(4, 7)
        start = chance.randrange(len(row) - length + 1)
        assert nonsense(row[start : start + length]) is not None


@given(st.text(max_size=120))
def test_any_text_gets_an_answer(text: str) -> None:
    assert nonsense(text) is None or isinstance(nonsense(text), Nonsense)
    assert unclear(text) is None or isinstance(unclear(text), Unclear)
