"""Whether to call a courier now: not while it keeps failing, and one call at a time to see whether it answers again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

IN_A_ROW: Final = 3
KEPT: Final = 20  # calls
FEWEST: Final = 10  # calls of which half must fail
GAP: Final = timedelta(minutes=10)  # after so long without a call what was before says nothing
PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (5, 10, 20, 40, 80, 120))
TRY_LASTS: Final = timedelta(seconds=60)  # a try of which nothing is heard keeps others away no longer
LASTING: Final = 3  # times opened in a row


class CircuitState(StrEnum):
    """Open: nobody calls. Trying: one may."""

    CLOSED = "closed"
    OPEN = "open"
    TRYING = "trying"


@dataclass(frozen=True, kw_only=True)
class Circuit:
    """`calls` are the last ones, oldest first, `+` answered and `-` not; `last_at` is the end of the last.

    `judged`: how many of them count for opening. `until`: no call leaves before; `opened`: how often in a row.
    """

    calls: str = ""
    last_at: datetime | None = None
    judged: int = 0
    opened: int = 0
    until: datetime | None = None
    is_trying: bool = False

    @property
    def failed_calls(self) -> int:
        """Of `calls`."""
        return self.calls.count("-")

    @property
    def is_closed(self) -> bool:
        """Calls go out as ever."""
        return self.until is None

    @property
    def is_lasting(self) -> bool:
        """Tried again more than once, and still nothing."""
        return self.opened >= LASTING

    def state(self, now: datetime) -> CircuitState:
        """As shown."""
        if self.until is None:
            return CircuitState.CLOSED
        return CircuitState.TRYING if self.is_trying or now >= self.until else CircuitState.OPEN

    def admits(self, now: datetime) -> bool:
        """Whether a call may leave."""
        return self.until is None or now >= self.until

    def started(self, now: datetime) -> "Circuit":
        """A call leaves that was admitted: where it is a try, no other leaves until it has ended, or taken too long."""
        return self if self.until is None else replace(self, until=now + TRY_LASTS, is_trying=True)

    def answered(self, now: datetime) -> "Circuit":
        """Any answer closes it; a refusal is one."""
        told = self._told("+", now)
        return told if self.until is None else replace(told, judged=1, opened=0, until=None, is_trying=False)

    def failed(self, now: datetime, wait: timedelta | None = None) -> "Circuit":
        """No answer; `wait` is how long the courier asked us to. Of a call that was no try, an open one learns nothing.

        It opens after several in a row, or when half of many failed.
        """
        told = self._told("-", now)
        if self.until is None:
            return told._opened(now, wait) if told._is_bad else told
        return told._opened(now, wait) if self.is_trying else told

    @property
    def _is_bad(self) -> bool:
        recent = self.calls[-self.judged :] if self.judged else ""
        return recent.endswith("-" * IN_A_ROW) or (len(recent) >= FEWEST and recent.count("-") * 2 >= len(recent))

    def _told(self, sign: str, now: datetime) -> "Circuit":
        is_old = self.last_at is not None and now - self.last_at > GAP
        calls = (("" if is_old else self.calls) + sign)[-KEPT:]
        judged = min(len(calls), self.judged + 1)
        return replace(self, calls=calls, last_at=now, judged=judged)

    def _opened(self, now: datetime, wait: timedelta | None) -> "Circuit":
        pause = max(PAUSES[min(self.opened, len(PAUSES) - 1)], wait or timedelta())
        return replace(self, opened=self.opened + 1, until=now + pause, is_trying=False)
