"""Why a courier was chosen: a reason and its numbers, kept with the call and told in words on the screen."""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.domain.ids import CourierName
from core.domain.money import Money


class Reason(StrEnum):
    """PREFERRED asked nobody's price; OVER_LIMITS and NOBODY chose none."""

    PREFERRED = "preferred"
    WITHIN = "within"  # the preferred one, within the store's limits
    CHEAPEST = "cheapest"
    FASTEST = "fastest"
    ONLY = "only"  # nobody else answered
    NO_QUOTES = "no_quotes"  # nobody answered in time: the preferred one
    NAMED = "named"  # a person chose it
    OVER_LIMITS = "over_limits"
    NOBODY = "nobody"


@dataclass(frozen=True, kw_only=True)
class Why:
    """`fee` and `minutes` (to the door) of the one chosen; `next` came second; of OVER_LIMITS `next` came nearest."""

    reason: Reason
    fee: Money | None = None
    minutes: int | None = None
    next: CourierName | None = None
    next_fee: Money | None = None
    next_minutes: int | None = None
    max_fee: Money | None = None
    max_minutes: int | None = None

    @property
    def packed(self) -> str:
        """As it is kept: what is known, in JSON."""
        told = {name: _plain(value) for name, value in vars(self).items() if value is not None}
        return json.dumps(told, separators=(",", ":"))


def unpacked(text: str) -> Why | None:
    """What `packed` kept; None for none, and for one this version does not know."""
    try:
        told: dict[str, Any] = json.loads(text)
        facts: dict[str, Any] = {name: _money(one) if isinstance(one, list) else one for name, one in told.items()}
        return Why(**facts | {"reason": Reason(told["reason"])})
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _plain(value: object) -> object:
    return [value.minor, value.currency] if isinstance(value, Money) else value


def _money(value: list[Any]) -> Money:
    minor, currency = value
    return Money(int(minor), str(currency))
