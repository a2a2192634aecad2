"""A search for a driver: the store's policy for it, and what was done so far (X6)."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from core.domain.delivery import NO_DRIVER_AFTER, Delivery
from core.domain.ids import CourierName
from core.domain.money import Money
from core.domain.send import Send, SendKind, SendState


class Deed(StrEnum):
    """What may be done for a search; the courier's own matching again (C63) needs none of it."""

    TELL = "tell"  # a person (C64, Y56)
    GIVE_UP = "give_up"
    NEXT_COURIER = "next_courier"
    CALL_AGAIN = "call_again"  # Y59
    TIP = "tip"  # Y57


class Cause(StrEnum):
    """Why it is done."""

    UNTAKEN = "untaken"  # no driver for so many minutes
    FAILED = "failed"  # the job ended before pick-up
    REFUSED = "refused"  # the courier did not take the call
    SILENT = "silent"  # the courier does not answer, and certainly booked nothing
    GIVEN_UP = "given_up"


CAME_TO_NOTHING: Final = (SendState.TAKEN_BACK, SendState.REFUSED)


@dataclass(frozen=True, kw_only=True)
class SearchRules:
    """One store's policy; a time of None is never. `extra_most`: tips and fees of what was called off, for one order.

    `calls_most`: how often a driver is called again by itself for one order, failed jobs included.
    """

    warn_after: timedelta = NO_DRIVER_AFTER
    tip_after: timedelta | None = None  # and again after as long
    tip: Money | None = None  # how much more each time
    tip_most: Money | None = None
    call_again_after: timedelta | None = None
    calls_most: int = 0
    next_after: timedelta | None = None  # of one courier's search
    next_when_refused: bool = True
    give_up_after: timedelta | None = None
    extra_most: Money | None = None

    @property
    def calls_by_itself(self) -> bool:
        """A driver may be called without a person: the search may be older than its live job."""
        return self.calls_most > 0 or self.next_after is not None

    @property
    def soonest(self) -> timedelta:
        """A search younger than this needs nothing."""
        times = (self.warn_after, self.tip_after, self.call_again_after, self.next_after, self.give_up_after)
        return min(time for time in times if time is not None)


@dataclass(frozen=True, kw_only=True)
class Step:
    """What is to be done now, and why. `ref`: the job to recall or to tip first; empty where a call may leave."""

    deed: Deed
    cause: Cause
    courier: CourierName  # whom it concerns; of a call, whom to call
    ref: str = ""
    minutes: int = 0  # without a driver so far
    tip: Money | None = None  # in all

    @property
    def packed(self) -> str:
        """As a send keeps it."""
        return json.dumps({"deed": self.deed, "cause": self.cause, "minutes": self.minutes}, separators=(",", ":"))


def deed_of(send: Send) -> Deed | None:
    """What a send was made for by this policy; None for a person's."""
    try:
        return Deed(json.loads(send.why)["deed"]) if send.why else None
    except (ValueError, TypeError, KeyError):
        return None


@dataclass(frozen=True, kw_only=True)
class Search:
    """What was done for an order so far; jobs and sends newest first.

    `others`: couriers that can carry it, whom to call next first. `told_at`: when a person was last told.
    `is_wanted`: packed and not called off; `is_read`: the customer changed nothing that nobody has read.
    """

    jobs: tuple[Delivery, ...] = ()
    sends: tuple[Send, ...] = ()
    others: tuple[CourierName, ...] = ()
    is_wanted: bool = True
    is_read: bool = True
    may_tip: frozenset[CourierName] = frozenset()
    may_recall: frozenset[CourierName] = frozenset()
    told_at: datetime | None = None

    @property
    def live(self) -> Delivery | None:
        """The job that may still bring a driver."""
        return next((job for job in self.jobs if job.is_live), None)

    @property
    def is_asked(self) -> bool:
        """A call or a recall is owed: what comes of it is waited for."""
        return any(send.is_open and send.kind is not SendKind.TIP_COURIER for send in self.sends)

    @property
    def calls(self) -> tuple[Send, ...]:
        """Of this search: since a person, or the timer, last called."""
        made = [send for send in self.sends if send.kind is SendKind.BOOK_COURIER]
        first = next((at for at, send in enumerate(made) if deed_of(send) is None), len(made) - 1)
        return tuple(made[: first + 1])

    @property
    def called_again(self) -> int:
        """How often by itself, for this order."""
        return sum(deed_of(send) is Deed.CALL_AGAIN for send in self._made(SendKind.BOOK_COURIER))

    @property
    def untried(self) -> tuple[CourierName, ...]:
        """Whom this search has not called yet."""
        tried = {call.courier for call in self.calls}
        return tuple(name for name in self.others if name not in tried)

    def is_answered(self, job: Delivery) -> bool:
        """Somebody has called since the job ended, or was told."""
        later = [send for send in self.calls if send.created_at > (job.ended_at or job.booked_at)]
        was_told = self.told_at is not None and self.told_at > (job.ended_at or job.booked_at)
        return bool(later) or was_told

    def recalls(self, job: Delivery) -> tuple[Send, ...]:
        """What was done to end a job."""
        return tuple(send for send in self._made(SendKind.CANCEL_COURIER) if _is_of(send, job))

    def tips(self, job: Delivery) -> tuple[Send, ...]:
        """What was offered for a job."""
        return tuple(send for send in self._made(SendKind.TIP_COURIER) if _is_of(send, job))

    def tip_of(self, job: Delivery) -> int:
        """Minor units in all; what may have been taken counts."""
        sent = [send.tip.minor for send in self.tips(job) if send.tip and send.state not in CAME_TO_NOTHING]
        return max([job.tip.minor if job.tip else 0, *sent])

    @property
    def lost(self) -> int:
        """Minor units paid for what was called off."""
        return sum(job.cancel_fee.minor for job in self.jobs if job.cancel_fee)

    def since(self, courier: CourierName | None = None) -> datetime | None:
        """Since when there is no driver: over all jobs of this search, or only those of a courier up to now."""
        keys = {call.key for call in self.calls}
        start: datetime | None = None
        for job in self.jobs:
            if start is not None and (job.key not in keys or courier not in (None, job.courier)):
                break
            if start is not None and (job.driver or job.picked_up_at):
                break
            start = job.state_since if job.is_live and job.state_since > job.booked_at else job.booked_at
            if start > job.booked_at:
                break
        return start

    def _made(self, kind: SendKind) -> tuple[Send, ...]:
        return tuple(send for send in self.sends if send.kind is kind)


def _is_of(send: Send, job: Delivery) -> bool:
    return send.courier == job.courier and send.ref == job.ref
