"""A reason is kept with its numbers and comes back the same."""

import pytest
from hypothesis import given, strategies as st

from core.domain.ids import CourierName
from core.domain.money import Money
from core.domain.why import Reason, Why, unpacked

MONEY = st.none() | st.builds(Money, st.integers(0, 10**9), st.sampled_from(["TWD", "USD", "KWD"]))
NAMES = st.none() | st.text(min_size=1, max_size=20).map(CourierName)
MINUTES = st.none() | st.integers(0, 999)


@given(
    st.builds(
        Why,
        reason=st.sampled_from(Reason),
        fee=MONEY,
        minutes=MINUTES,
        next=NAMES,
        next_fee=MONEY,
        next_minutes=MINUTES,
        max_fee=MONEY,
        max_minutes=MINUTES,
    )
)
def test_every_reason_comes_back_as_it_was_kept(why: Why) -> None:
    assert unpacked(why.packed) == why


def test_only_what_is_known_is_kept() -> None:
    assert Why(reason=Reason.NAMED).packed == '{"reason":"named"}'


@pytest.mark.parametrize(
    "text", ["", "cheapest", "[]", "{}", '{"reason":"love"}', '{"reason":"named","x":1}', '{"reason":"only","fee":[1]}']
)
def test_words_of_another_version_are_no_reason(text: str) -> None:
    assert unpacked(text) is None
