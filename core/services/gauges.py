"""How each courier is, for machines: JSON for `/health`, Prometheus text for `/metrics`."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from core.domain.circuit import CircuitState
from core.domain.vitals import Vitals

_HELP: Final = {
    "up": "1: called as ever, and our keys are taken",
    "calls": "last calls looked at, twenty at most",
    "error_ratio": "part of them that failed",
    "answer_seconds": "how long the last answer took",
    "answer_age_seconds": "since the last answer",
    "circuit": "1 for the state it is in",
    "next_try_seconds": "until a call may leave; 0: now",
    "calls_left": "before the rate limit, by its own headers",
    "token_seconds_left": "until the token it gave us ends",
    "letter_age_seconds": "since its last webhook",
}


def courier_words(vitals: Vitals, now: datetime) -> dict[str, Any]:
    """One courier's part of `/health`; times are ISO 8601, None is not known."""
    next_try, allowance, token = vitals.next_try(now), vitals.allowance, vitals.token
    return {
        "up": vitals.is_up,
        "circuit": vitals.circuit.state(now).value,
        "next_try": _iso(next_try),
        "rate_limited": vitals.is_limited(now),
        "keys_refused": vitals.is_locked_out,
        "answered_at": _iso(vitals.answered_at),
        "answer_seconds": vitals.took,
        "calls": len(vitals.circuit.calls),
        "failed": vitals.circuit.failed_calls,
        "calls_left": allowance.left if allowance else None,
        "token_ends": _iso(token.ends) if token else None,
        "letter_at": _iso(vitals.letter_at),
        "trouble": vitals.trouble or vitals.letter_trouble,
    }


def gauges(couriers: Mapping[str, Vitals], now: datetime) -> Iterator[str]:
    """Lines of Prometheus text, grouped by name; what is not known has no line."""
    for name, meaning in _HELP.items():
        yield f"# HELP orderbell_courier_{name} {meaning}"
        yield f"# TYPE orderbell_courier_{name} gauge"
        for courier, vitals in sorted(couriers.items()):
            yield from _lines(name, courier, vitals, now)


def _lines(name: str, courier: str, vitals: Vitals, now: datetime) -> Iterator[str]:
    label = f'courier="{_escaped(courier)}"'
    if name == "circuit":
        shown = vitals.circuit.state(now)
        yield from (f'orderbell_courier_circuit{{{label},state="{one}"}} {int(one is shown)}' for one in CircuitState)
    elif (value := _value(name, vitals, now)) is not None:
        yield f"orderbell_courier_{name}{{{label}}} {value:g}"


def _value(name: str, vitals: Vitals, now: datetime) -> float | None:
    calls = len(vitals.circuit.calls)
    values: dict[str, float | None] = {
        "up": float(vitals.is_up),
        "calls": calls,
        "error_ratio": vitals.circuit.failed_calls / calls if calls else None,
        "answer_seconds": vitals.took,
        "answer_age_seconds": _since(vitals.answered_at, now),
        "next_try_seconds": _to(vitals.next_try(now), now) or 0,
        "calls_left": vitals.allowance.left if vitals.allowance else None,
        "token_seconds_left": _to(vitals.token.ends, now) if vitals.token else None,
        "letter_age_seconds": _since(vitals.letter_at, now),
    }
    return values[name]


def _since(at: datetime | None, now: datetime) -> float | None:
    return None if at is None else round((now - at).total_seconds(), 1)


def _to(at: datetime | None, now: datetime) -> float | None:
    return None if at is None else max(0.0, round((at - now).total_seconds(), 1))


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _escaped(name: str) -> str:
    return name.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
