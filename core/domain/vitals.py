"""How a courier is, as far as our own calls and its letters tell."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.domain.circuit import Circuit


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """Calls that may still be made, of how many, and when they are counted anew; None where it is not said."""

    left: int
    most: int | None = None
    anew_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class TokenLife:
    """Since when we hold the token the courier gave us, and when it ends."""

    since: datetime
    ends: datetime


@dataclass(frozen=True, kw_only=True)
class Vitals:
    """`took`: seconds from the last question to its answer; `trouble`: why the last call failed.

    `letter_at`: its own last call to us; `letter_trouble`: why that was refused. `token` None: it gives none.
    """

    circuit: Circuit = field(default_factory=Circuit)
    answered_at: datetime | None = None
    took: float | None = None
    trouble: str = ""
    is_locked_out: bool = False
    limited_until: datetime | None = None
    allowance: Allowance | None = None
    token: TokenLife | None = None
    letter_at: datetime | None = None
    letter_trouble: str = ""

    @property
    def heard_at(self) -> datetime | None:
        """The last word of any kind."""
        return max((at for at in (self.answered_at, self.letter_at) if at is not None), default=None)

    @property
    def is_up(self) -> bool:
        """It is called as ever, and takes our keys."""
        return self.circuit.is_closed and not self.is_locked_out

    def is_limited(self, now: datetime) -> bool:
        """It asked for a pause that is not over."""
        return self.limited_until is not None and now < self.limited_until

    def next_try(self, now: datetime) -> datetime | None:
        """When a call that can wait may leave; None: at once."""
        limited = self.limited_until if self.is_limited(now) else None
        barred = None if self.circuit.admits(now) else self.circuit.until
        return max((at for at in (limited, barred) if at is not None), default=None)

    def answered(self, now: datetime) -> "Vitals":
        """It said yes, or no."""
        told = replace(self, circuit=self.circuit.answered(now), answered_at=now)
        return replace(told, trouble="", is_locked_out=False, limited_until=None)

    def limited(self, now: datetime, wait: timedelta) -> "Vitals":
        """Too many calls: it is there, and wants a pause."""
        return replace(self.answered(now), limited_until=now + wait)

    def locked_out(self, trouble: str, now: datetime) -> "Vitals":
        """It is there, and refuses our keys."""
        return replace(self.answered(now), trouble=trouble, is_locked_out=True)

    def failed(self, trouble: str, now: datetime, wait: timedelta | None = None) -> "Vitals":
        """No answer, or none that helps."""
        return replace(self, circuit=self.circuit.failed(now, wait), trouble=trouble)

    def started(self, now: datetime) -> "Vitals":
        """A call leaves."""
        return replace(self, circuit=self.circuit.started(now))

    def showed(self, took: float, allowance: Allowance | None, token: TokenLife | None) -> "Vitals":
        """What the wire shows beside an answer; not every answer tells what is left."""
        return replace(self, took=took, allowance=allowance or self.allowance, token=token or self.token)

    def wrote(self, now: datetime, trouble: str = "") -> "Vitals":
        """A letter of its own came; one that was refused is no word."""
        return replace(self, letter_at=self.letter_at if trouble else now, letter_trouble=trouble)
