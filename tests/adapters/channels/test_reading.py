"""Whatever the bytes are, the answer is an object or `Unreadable`."""

import json
from contextlib import suppress
from time import perf_counter

import pytest
from hypothesis import given, strategies as st
from pydantic import BaseModel

from adapters import fields
from adapters.reading import DEEPEST, LARGEST_BODY, checked, json_object
from core.ports.letter import Unreadable


class _Thing(BaseModel):
    count: fields.Quantity
    parts: list["_Thing"] = []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"", "no JSON at line 1 column 1"),
        (b"[]", "found a list, allowed an object"),
        (b"null", "found nothing"),
        (b'"{}"', "found a text of 2 signs"),
        (b'{"a": NaN}', "found NaN"),
        (b'{"a": -Infinity}', "found -Infinity"),
        (b'{"a": 1, "a": 2}', "a name twice"),
        (b'{"a": "\\ud800"}', "half a surrogate pair"),
        (b'{"\\udfff": 1}', "half a surrogate pair"),
        (b'{"a": ["\\ud800"]}', "half a surrogate pair"),
        (b'{"a": "\xff"}', "bytes that are no UTF-8"),
        (b"\xef\xbb\xbf{}", "no JSON"),
        ("{}".encode("utf-16"), "bytes that are no UTF-8"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number beyond reading"),
        (b'{"a": 1e' + b"9" * 30 + b"}", "a number beyond reading"),
        (b'{"a":' * 40_000, "JSON nested without end"),
        (b"[" * 40_000, "JSON nested without end"),
        (b"[" * 60_000, "more than 50000 brackets"),
        (b'{"a":' + b"[" * DEEPEST + b"]" * DEEPEST + b"}", "nested deeper than 32"),
        (b" " * (LARGEST_BODY + 1), "found 2097153 bytes"),
    ],
    ids=lambda told: f"{len(told)} bytes" if isinstance(told, bytes) else told,
)
def test_what_is_no_orderly_object_is_unreadable(body: bytes, found: str) -> None:
    with pytest.raises(Unreadable) as caught:
        json_object(body, "k1")
    assert found in caught.value.reason
    assert caught.value.key == "k1"


def test_a_whole_surrogate_pair_is_a_sign() -> None:
    assert json_object(b'{"a": "\\ud83c\\udf75"}', "") == {"a": "🍵"}


@pytest.mark.parametrize(
    "body",
    [b"[" * LARGEST_BODY, b'{"a":[' + b"0," * 900_000 + b"0]}", b'{"a":[' + b"[]," * 600_000 + b"0]}"],
    ids=["brackets", "numbers", "lists"],
)
def test_the_largest_body_does_not_hold_up_the_station(body: bytes) -> None:
    before = perf_counter()
    with suppress(Unreadable):
        json_object(body, "")
    assert perf_counter() - before < 3


def test_large_ids_and_amounts_stay_exact() -> None:
    read = json_object(b'{"id": 9007199254740993, "price": 0.1}', "")
    assert (str(read["id"]), str(read["price"])) == ("9007199254740993", "0.1")


def test_a_fault_is_told_with_its_path() -> None:
    with pytest.raises(Unreadable) as caught:
        checked(_Thing, {"count": 1, "parts": [{"count": 2}, {"count": 0}]}, "k2")
    assert caught.value.reason == "parts[1].count: found 0, allowed whole pieces from 1 to 9999"


def test_a_missing_field_is_told() -> None:
    with pytest.raises(Unreadable, match=r"^count: found nothing, allowed a value$"):
        checked(_Thing, {}, "")


@pytest.mark.parametrize(
    "private", ["Chen 0900000017", "0900000017", 900000017, ["0900000017"], {"phone": "0900000017"}]
)
def test_a_fault_never_repeats_what_could_be_a_person(private: object) -> None:
    with pytest.raises(Unreadable) as caught:
        checked(_Thing, {"count": private}, "")
    assert "9000" not in caught.value.reason
    assert "Chen" not in caught.value.reason


@given(st.binary(max_size=200))
def test_any_bytes_are_an_object_or_unreadable(body: bytes) -> None:
    reason = ""
    try:
        json_object(body, "")
    except Unreadable as unreadable:
        reason = unreadable.reason
    assert reason == "" or reason.startswith("body: found")


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.booleans() | st.none()))
def test_what_an_orderly_sender_writes_is_read_back(told: dict[str, object]) -> None:
    assert json_object(json.dumps(told, ensure_ascii=False).encode(), "") == told
