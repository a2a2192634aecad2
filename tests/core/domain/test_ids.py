"""The names things go by."""

from hypothesis import given, strategies as st

from core.domain.ids import fresh_id, order_id
from tests.builders import purchase

NAMES = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=20)


@given(NAMES, NAMES, NAMES)
def test_the_same_order_always_gets_the_same_id(channel: str, shop: str, number: str) -> None:
    assert order_id(channel, shop, number) == order_id(channel, shop, number)


@given(st.lists(st.tuples(NAMES, NAMES, NAMES), unique=True, max_size=10))
def test_different_orders_get_different_ids(names: list[tuple[str, str, str]]) -> None:
    assert len({order_id(*name) for name in names}) == len(names)


def test_an_order_is_named_by_its_channels_key_never_by_its_number() -> None:
    assert purchase("7", channel_order_id="x").order_id == purchase("8", channel_order_id="x").order_id
    assert purchase("7", channel_order_id="x").order_id != purchase("7", channel_order_id="y").order_id


def test_a_fresh_id_is_thirty_two_hex_digits_nobody_had() -> None:
    ids = {fresh_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(id) == 32 and int(id, 16) >= 0 for id in ids)
