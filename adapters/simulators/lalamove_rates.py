"""How often the simulated Lalamove may be called (3)."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

WINDOW: Final = 60  # seconds of the simulated clock
SANDBOX: Final = {"Postquotation": 30, "Postorder": 30, "Deleteorder": 30, "Postpriorityfee": 30, "Deletedriver": 30}
OTHERS: Final = 50


class Rates:
    """Counts the calls of each minute; resets are told on the wall's clock, by which they are measured."""

    def __init__(self, now: Callable[[], datetime], speed: float) -> None:
        self._now = now
        self._speed = speed
        self._window = 0
        self._counts: Counter[str] = Counter()

    def count(self, name: str) -> tuple[bool, dict[str, str]]:
        """Whether a call is within its limit, and the headers that say so."""
        seconds = self._now().timestamp()
        if (window := int(seconds // WINDOW)) != self._window:
            self._window, self._counts = window, Counter()
        self._counts[name] += 1
        left = SANDBOX.get(name, OTHERS) - self._counts[name]
        wait = (WINDOW - seconds % WINDOW) / self._speed
        reset = str(int(datetime.now(UTC).timestamp() + wait) + 1)
        return left >= 0, self._headers(name, left, reset)

    def _headers(self, name: str, left: int, reset: str) -> dict[str, str]:
        told = {"Limit": str(SANDBOX.get(name, OTHERS)), "Remaining": str(max(left, 0)), "Reset": reset}
        named = {f"RateLimits-{what}-{name}": value for what, value in told.items()}
        return named | {f"RateLimit-{what}": value for what, value in told.items()}
