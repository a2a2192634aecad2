"""The published schema and the reader take in the same bodies, and the guide for senders is true."""

import json
import re
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator, FormatChecker

import adapters.channels
from adapters.signatures import standard_signature
from core.ports.letter import Unreadable
from tests.adapters.channels.letters import changed, of_standard, only, payload, standard_shop

SCHEMA = json.loads((Path(adapters.channels.__file__).parent / "standard.schema.json").read_text(encoding="utf-8"))
GUIDE = (Path(__file__).parents[3] / "docs" / "standard-orders.md").read_text(encoding="utf-8")
GUIDE = GUIDE.partition("## What we tell you")[0]  # the rest is the other way round
FORMATS = FormatChecker(formats=())


@FORMATS.checks("date-time", raises=ValueError)
def is_on_the_calendar(told: object) -> bool:
    return not isinstance(told, str) or bool(datetime.fromisoformat(told))


VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FORMATS)
PAID = payload("standard")
SMALLEST = payload("standard", "smallest")


def is_read(body: object) -> bool:
    try:
        return bool(standard_shop().read(of_standard(body)).purchases)
    except Unreadable:
        return False


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("body", [PAID, SMALLEST], ids=["full", "smallest"])
def test_real_bodies_are_valid_and_read(body: dict[str, Any]) -> None:
    VALIDATOR.validate(body)
    assert is_read(body)


@pytest.mark.parametrize("field", ["id", "payment", "lines", "total"])
def test_the_smallest_body_can_lose_nothing(field: str) -> None:
    body = deepcopy(SMALLEST)
    del body["data"][field]
    assert not VALIDATOR.is_valid(body)
    assert not is_read(body)


EDGES = st.sampled_from(
    [
        *(
            None,
            "",
            " ",
            "0",
            "1",
            "-1",
            "1.0",
            "1.5",
            "0001",
            "12345",
            "99999999999",
            "1e3",
            "NaN",
            "true",
            "paid",
            "void",
        ),
        *(0, 1, -1, 1.5, 2.0, 9999, 10_000, 999_999, 1_000_000, 10**10, 10**10 - 1, 90, 90.1, -180, 181, True, False),
        *("2026-11-21T10:00:00Z", "2026-02-30T10:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21 10:00:00Z"),
        *("2026-11-21T10:00:00+08:00", "2026-11-21T10:00:00", "1999-01-01T00:00:00Z", "2026-11-21T10:00:00.5Z"),
        *("90", "-90.0", "90.1", "180", "-180", "181", "25.0523", "TWD", "twd", "TWDX", "delivery", "pickup", "flying"),
        *("order.paid", "order.created", "order.cancelled", "order.paid ", "x" * 101, "訂單"),
        *([], {}, ["a"], ["a", None, 3], [[]], [{}], ["x"] * 51, {"name": 1}),
    ]
)


def spots(value: object, path: str = "") -> list[str]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [spot for key, part in inner for spot in (f"{path}{key}", *spots(part, f"{path}{key}."))]


SPOTS = spots(PAID)


@given(path=st.sampled_from(SPOTS), told=EDGES | st.text("0123456789.-:TZ+ ", max_size=12) | st.integers() | st.none())
@settings(max_examples=600, deadline=None)
def test_schema_and_reader_agree(path: str, told: object) -> None:
    body = changed(PAID, path, told)
    assert VALIDATOR.is_valid(body) == is_read(body), (path, told)


@given(path=st.sampled_from(SPOTS))
def test_they_agree_on_what_may_be_missing(path: str) -> None:
    body = deepcopy(PAID)
    *steps, last = [int(step) if step.isdecimal() else step for step in path.split(".")]
    part: Any = body
    for step in steps:
        part = part[step]
    del part[last]
    assert VALIDATOR.is_valid(body) == is_read(body), path


def test_names_nobody_knows_are_passed_over() -> None:
    body = changed(PAID, "data.colour", {"of": "the bag"})
    VALIDATOR.validate(body)
    assert only(standard_shop(), of_standard(body)) == only(standard_shop(), of_standard(PAID))


@pytest.mark.parametrize(("count", "fits"), [(500, True), (501, False)])
def test_five_hundred_lines_fit(count: int, fits: bool) -> None:
    body = changed(SMALLEST, "data.lines", [{"name": "Tea", "quantity": 1}] * count)
    assert VALIDATOR.is_valid(body) is fits
    assert is_read(body) is fits


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)\n```", GUIDE, flags=re.DOTALL)


def test_every_body_in_the_guide_is_valid_and_read() -> None:
    bodies = [json.loads(block) for block in blocks("json")]
    assert len(bodies) >= 2
    for body in bodies:
        VALIDATOR.validate(body)
        assert is_read(body)


def test_the_signed_example_in_the_guide_can_be_worked_out() -> None:
    (example,) = blocks("http")
    head, body = example.split("\n\n")
    headers = dict(line.split(": ", 1) for line in head.splitlines()[1:])
    (secret,) = re.findall(r"`(whsec_[A-Za-z0-9+/=]+)`", GUIDE)
    worked = standard_signature(secret, headers["webhook-id"], headers["webhook-timestamp"], body.encode())
    assert headers["webhook-signature"] == worked
    assert is_read(json.loads(body))


def test_every_field_of_the_schema_is_in_the_guide() -> None:
    definitions = SCHEMA["$defs"]
    names = {name for part in ("order", "line", "customer") for name in definitions[part]["properties"]}
    assert {name for name in names if f"`{name}`" not in GUIDE} == set()
