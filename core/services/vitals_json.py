"""A courier's vitals as a lease carries them: what is not known is left out.

By hand: every counter reads them for its first whole picture, and a schema would take it a tenth of a second to make.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import datetime
from typing import Any, Final

from core.domain.circuit import Circuit
from core.domain.vitals import Allowance, TokenLife, Vitals

_INSIDE: Final[Mapping[str, type]] = {"circuit": Circuit, "allowance": Allowance, "token": TokenLife}
_TIMES: Final = frozenset({"last_at", "until", "answered_at", "limited_until", "letter_at", "anew_at", "since", "ends"})
_PLAIN: Final[Mapping[str, type | tuple[type, ...]]] = {
    "calls": str,
    "judged": int,
    "opened": int,
    "is_trying": bool,
    "took": (int, float),
    "trouble": str,
    "letter_trouble": str,
    "is_locked_out": bool,
    "left": int,
    "most": int,
}


def to_json(one: Any) -> dict[str, Any]:
    """Of vitals, or of a part of them."""
    known = ((part.name, getattr(one, part.name), _default(part)) for part in fields(one))
    return {name: _plain(value) for name, value, usual in known if value != usual}


def from_json(entry: object) -> Vitals:
    """As told; a station of another version may tell what can't be read: unknown, then."""
    try:
        read: Vitals = _read(Vitals, entry)
    except (TypeError, ValueError):
        return Vitals()
    return read


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return to_json(value) if isinstance(value, tuple(_INSIDE.values())) else value


def _default(part: "Field[Any]") -> Any:
    make: Callable[[], Any] | Any = part.default_factory
    return part.default if make is MISSING else make()


def _read(kind: type, entry: object) -> Any:
    if not isinstance(entry, Mapping):
        raise TypeError("not an object")
    names = (part.name for part in fields(kind))
    return kind(**{name: _value(name, entry[name]) for name in names if name in entry})


def _value(name: str, told: object) -> Any:
    if name in _INSIDE:
        return _read(_INSIDE[name], told)
    if name in _TIMES:
        return _moment(told)
    if not isinstance(told, _PLAIN[name]):
        raise TypeError(name)
    return told


def _moment(told: object) -> datetime:
    at = datetime.fromisoformat(told) if isinstance(told, str) else None
    if at is None or at.tzinfo is None:
        raise TypeError("not a moment")
    return at
