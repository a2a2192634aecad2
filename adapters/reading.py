"""From raw bytes to a checked payload: whatever a sender does, the answer is a model or `Unreadable`."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, tzinfo
from decimal import Decimal
from typing import Any, Final, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from adapters.values import described
from core.ports.letter import Unreadable

LARGEST_BODY: Final = 2 * 1024 * 1024  # bytes; the largest any feed announces
MOST_PARTS: Final = 50_000  # lists and objects; an order of 500 lines needs ten thousand
DEEPEST: Final = 32  # levels; real orders need eight
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_PLAIN: Final = {
    "missing": ("nothing", "a value"),
    "model_type": (None, "an object"),
    "list_type": (None, "a list"),
}

Payload = TypeVar("Payload", bound=BaseModel)


class _Trouble(ValueError):
    """JSON that is well-formed and still not taken; its text is safe to show."""


def json_object(body: bytes, key: str) -> dict[str, Any]:
    """The JSON object in `body`, numbers exact; raises `Unreadable` under `key`."""
    if len(body) > LARGEST_BODY:
        raise Unreadable(f"body: found {len(body)} bytes, allowed at most {LARGEST_BODY}", key)
    try:
        return _as_object(_parsed(body))
    except _Trouble as trouble:
        raise Unreadable(f"body: {trouble}", key) from None
    except RecursionError:
        raise Unreadable(f"body: found JSON nested without end, allowed {DEEPEST} levels", key) from None
    # ArithmeticError: an exponent beyond any number; ValueError: no UTF-8, no JSON, an endless whole number.
    except (ValueError, ArithmeticError) as error:
        raise Unreadable(f"body: found {_fault(error)}, allowed one JSON object in UTF-8", key) from None


def checked(model: type[Payload], raw: object, key: str, *, zone: tzinfo = UTC) -> Payload:
    """`raw` as `model`, times without a zone in `zone`; raises `Unreadable` with path, found and allowed."""
    try:
        return model.model_validate(raw, context={"zone": zone})
    except ValidationError as error:
        raise Unreadable(_first_fault(error), key) from None


def _parsed(body: bytes) -> object:
    text = body.decode()
    if text.count("[") + text.count("{") > MOST_PARTS:
        raise _Trouble(f"found more than {MOST_PARTS} brackets, allowed {MOST_PARTS}")
    value = json.loads(text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_once_each)
    for part, depth in _containers(value):
        _look_at(part, depth)
    return value


def _as_object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Trouble(f"found {described(value)}, allowed an object")
    return value


def _no_constant(word: str) -> NoReturn:
    raise _Trouble(f"found {word}, allowed numbers")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Trouble("found a name twice in one object, allowed once")
    return found


def _containers(value: object) -> Iterator[tuple[dict[str, Any] | list[Any], int]]:
    waiting = [(value, 1)]
    while waiting:
        part, depth = waiting.pop()
        if isinstance(part, dict | list):
            yield part, depth
            waiting.extend((inner, depth + 1) for inner in _inner(part) if isinstance(inner, dict | list))


def _look_at(part: dict[str, Any] | list[Any], depth: int) -> None:
    if depth > DEEPEST:
        raise _Trouble(f"found JSON nested deeper than {DEEPEST} levels, allowed {DEEPEST}")
    for text in (*part, *_inner(part)):
        if isinstance(text, str) and _SURROGATE.search(text):
            raise _Trouble("found half a surrogate pair, allowed whole signs")


def _inner(part: dict[str, Any] | list[Any]) -> Iterator[Any]:
    return iter(part.values() if isinstance(part, dict) else part)


def _fault(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"no JSON at line {error.lineno} column {error.colno}"
    return "bytes that are no UTF-8" if isinstance(error, UnicodeDecodeError) else "a number beyond reading"


def _first_fault(error: ValidationError) -> str:
    """The first complaint; pydantic's own words would repeat what the customer wrote."""
    fault = error.errors(include_url=False)[0]
    found, allowed = _words(fault["type"], fault.get("ctx", {}), fault["input"])
    return f"{_path(fault['loc'])}: found {found}, allowed {allowed}"


def _words(kind: str, context: dict[str, Any], value: object) -> tuple[str, str]:
    if kind == "refused":
        return context["found"], context["allowed"]
    if kind == "too_long":
        return f"more than {context['max_length']} entries", f"at most {context['max_length']}"
    if kind == "too_short":
        return "an empty list", f"at least {context['min_length']} entry"
    found, allowed = _PLAIN.get(kind, (None, "another kind of value"))
    return found or described(value), allowed


def _path(location: tuple[int | str, ...]) -> str:
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return path.removeprefix(".") or "body"
