"""How many calls a service still allows, as its own headers tell it."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from core.ports.wire import CallsLeft

Until = Callable[[float], float | None]
"""Seconds until a moment in Unix seconds, None when that cannot be known."""
REMAINING: Final = re.compile(r"((?:x-)?rate-?limits?)-remaining(-[a-z0-9-]+)?")
LONGEST_RESET: Final = 10_000_000  # seconds; a larger number is a moment


def calls_left(headers: Mapping[str, str], until: Until) -> CallsLeft | None:
    """`RateLimit-Remaining` and its cousins, with `X-` or the name of a call behind; of several the one with the
    fewest calls left."""
    told = {name.lower(): value for name, value in headers.items()}
    found = (REMAINING.fullmatch(name) for name in told)
    limits = (_limit(told, until, name[1], name[2] or "") for name in found if name)
    return min(filter(None, limits), key=lambda one: one.left, default=None)


def _limit(told: Mapping[str, str], until: Until, family: str, which: str) -> CallsLeft | None:
    left = _whole(told[f"{family}-remaining{which}"])
    if left is None:
        return None
    anew = _whole(told.get(f"{family}-reset{which}", ""))
    anew_in = until(anew) if anew is not None and anew > LONGEST_RESET else anew
    return CallsLeft(left=left, most=_whole(told.get(f"{family}-limit{which}", "")), anew_in=anew_in)


def _whole(value: str) -> int | None:
    return int(value) if re.fullmatch("[0-9]{1,12}", value.strip()) else None
