"""Calls that may be made all the same, but not often."""

from datetime import datetime, timedelta


class Ration:
    """One about each thing in so long."""

    def __init__(self, every: timedelta) -> None:
        self._every = every
        self._last: dict[str, datetime] = {}

    def grants(self, about: str, now: datetime) -> bool:
        """Whether one may leave now; if so it is counted."""
        self._last = {name: at for name, at in self._last.items() if now - at < self._every}
        if about in self._last:
            return False
        self._last[about] = now
        return True
