"""Every feed against hostile bodies: an order with harmless texts, or `Unreadable`, never anything else."""

import json
import unicodedata
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from core.ports.channel import Channel
from core.ports.letter import BadSignature, Letter, Reading, Unreadable
from tests.adapters.channels.letters import (
    cyberbiz_shop,
    letter,
    of_cyberbiz,
    of_shopify,
    of_standard,
    payload,
    shopify_shop,
    standard_shop,
    texts,
)

MOST_SIGNS = 500
HARMFUL = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
FEEDS = {
    "shopify": (shopify_shop(window_from="Delivery from", window_to="Delivery until"), of_shopify),
    "cyberbiz": (cyberbiz_shop(weight_unit="g", slots=("", "", "13:00-18:00")), of_cyberbiz),
    "standard": (standard_shop(), of_standard),
}
Feed = tuple[Channel, Callable[[object], Letter], dict[str, Any]]


@pytest.fixture(params=FEEDS, scope="module")
def feed(request) -> Feed:
    return *FEEDS[request.param], payload(request.param)


NASTY_TEXT = st.sampled_from(
    [
        "",
        " ",
        "\x1b[31mred",
        "\u202etxt.exe",
        "a\x00b",
        "\u0301" * 50,
        "字" * 5000,
        "\n\r\t",
        "1" * 300,
        "-1",
        "1e9",
        "٣",
    ]
)
NASTY_NUMBER = st.sampled_from([0, -1, 1.5, 10**18, 10**300, -(10**18), 1e300, 1e-300, True, False])
NASTY = (
    st.none()
    | NASTY_TEXT
    | NASTY_NUMBER
    | st.text(max_size=30)
    | st.integers()
    | st.floats(allow_nan=True)
    | st.lists(st.none() | st.integers() | st.text(max_size=5), max_size=4)
    | st.dictionaries(st.text(max_size=5), st.none() | st.text(max_size=5), max_size=3)
)


def places(value: object) -> list[tuple[Any, Any]]:
    """Every spot in a body where something else could stand."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [spot for key, part in inner for spot in ((value, key), *places(part))]


def mutate(data: st.DataObject, body: dict[str, Any]) -> dict[str, Any]:
    spoiled = deepcopy(body)
    for _ in range(data.draw(st.integers(1, 4))):
        part, key = data.draw(st.sampled_from(places(spoiled) or [({"": 0}, "")]))
        if data.draw(st.booleans()):
            part[key] = data.draw(NASTY)
        else:
            del part[key]
    return spoiled


def heard(channel: Channel, sent: Letter) -> Reading:
    """The reading; one without orders when it was turned away in the one way that is allowed."""
    try:
        return channel.read(sent)
    except Unreadable as unreadable:
        return Reading(key=unreadable.key, ignored=unreadable.reason)


def is_harmless(text: str) -> bool:
    bad = [sign for sign in text if unicodedata.category(sign) in HARMFUL and sign != "\u200d"]
    return not bad and len(text) <= MOST_SIGNS


def assert_usable(reading: Reading) -> None:
    assert reading.key
    assert is_harmless(reading.key)
    assert is_harmless(reading.ignored)
    for purchase in reading.purchases:
        assert all(is_harmless(text) for text in texts(purchase))
        assert purchase.updated_at.utcoffset() == timedelta(0)
        assert len({line.id for line in purchase.lines}) == len(purchase.lines) > 0
        assert all(line.name and 0 < line.quantity < 10_000 for line in purchase.lines)
        assert all(line.weight_g is None or line.weight_g > 0 for line in purchase.lines)
        assert purchase.total.minor >= 0


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_a_spoiled_body_is_read_harmlessly_or_refused(feed: Feed, data: st.DataObject) -> None:
    channel, sign, body = feed
    assert_usable(heard(channel, sign(mutate(data, body))))


@given(raw=st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_are_refused(feed: Feed, raw: bytes) -> None:
    channel, sign, _ = feed
    reading = heard(channel, sign(raw))
    assert_usable(reading)
    assert reading.purchases == ()


@given(cut=st.integers(0, 3000), put=st.binary(max_size=6))
@settings(deadline=None)
def test_a_torn_body_is_read_harmlessly_or_refused(feed: Feed, cut: int, put: bytes) -> None:
    channel, sign, body = feed
    raw = json.dumps(body, ensure_ascii=False).encode()
    assert_usable(heard(channel, sign(raw[:cut] + put + raw[cut + len(put) :])))


@given(headers=st.dictionaries(st.sampled_from([
    "x-shopify-topic", "x-shopify-webhook-id", "x-shopify-event-id", "x-shopify-hmac-sha256", "x-shopify-test",
    "x-cyberbiz-event", "x-cyberbiz-domain", "x-cyberbiz-hmac-sha256",
    "webhook-id", "webhook-timestamp", "webhook-signature",
]), st.text(max_size=300)))  # fmt: skip
@settings(deadline=None)
def test_strange_headers_neither_open_the_door_nor_break_it(feed: Feed, headers: dict[str, str]) -> None:
    channel, _, body = feed
    sent = letter("web", body, headers)
    with pytest.raises(BadSignature):
        channel.verify(sent)
    assert_usable(channel.read(sent))


@pytest.mark.parametrize(
    "raw",
    [b"[" * 100_000, b'{"data":' * 40_000, b" " * 10_000_000, b'{"id": ' + b"1" * 9000 + b"}"],
    ids=["brackets", "nested", "10 MB", "endless number"],
)
def test_bodies_made_to_hurt_are_refused(feed: Feed, raw: bytes) -> None:
    channel, sign, _ = feed
    with pytest.raises(Unreadable):
        channel.read(sign(raw))


def test_a_real_body_passes_the_door_and_is_one_order(feed: Feed) -> None:
    channel, sign, body = feed
    sent = sign(body)
    channel.verify(sent)
    reading = channel.read(sent)
    assert_usable(reading)
    assert len(reading.purchases) == 1


def test_the_same_letter_twice_reads_the_same(feed: Feed) -> None:
    channel, sign, body = feed
    assert channel.read(sign(body)) == channel.read(sign(body))


def test_the_feed_bears_the_name_of_its_section(feed: Feed) -> None:
    channel, sign, body = feed
    assert channel.name == "web"
    assert {purchase.channel for purchase in channel.read(sign(body)).purchases} == {"web"}
