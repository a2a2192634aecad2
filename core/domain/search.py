"""What is done when nobody takes a job, a courier refuses it, or it fails before pick-up: one policy (X6)."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from core.domain.delivery import NO_DRIVER_AFTER, Delivery, DeliveryState
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
        sent = [send.tip.minor for send in self.tips(job) if send.tip and send.state not in _CAME_TO_NOTHING]
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


_CAME_TO_NOTHING: Final = (SendState.TAKEN_BACK, SendState.REFUSED)


def next_step(search: Search, rules: SearchRules, now: datetime) -> Step | None:
    """The first row of the table that holds; None: nothing is to be done yet, or nothing any more."""
    if not search.is_wanted:
        return None
    job = search.live
    if job is None:
        return _after_the_end(search, rules, now)
    if job.state is not DeliveryState.MATCHING:
        return None
    rows = TABLE[:1] if search.is_asked else TABLE
    return next((step for row in rows if (step := row(search, job, rules, now))), None)


def after_refusal(search: Search, rules: SearchRules, now: datetime, cause: Cause) -> Step | None:
    """A call came to nothing, and another courier may still say yes: who is called now."""
    may_go_on = rules.next_when_refused if cause is Cause.REFUSED else rules.next_after is not None
    if not (search.is_wanted and may_go_on) or search.live or search.is_asked:
        return None
    return _next_courier(search, rules, cause, now)


def _tell(search: Search, job: Delivery, rules: SearchRules, now: datetime) -> Step | None:
    since = search.since() or now
    if now - since < rules.warn_after or (search.told_at is not None and search.told_at >= since):
        return None
    return _step(Deed.TELL, search, job, now)


def _give_up(search: Search, job: Delivery, rules: SearchRules, now: datetime) -> Step | None:
    is_over = _has_passed(rules.give_up_after, search.since(), now)
    return _step(Deed.GIVE_UP, search, job, now) if is_over and _may_recall(search, job) else None


def _to_the_next(search: Search, job: Delivery, rules: SearchRules, now: datetime) -> Step | None:
    is_over = _has_passed(rules.next_after, search.since(job.courier), now)
    if not (is_over and search.untried and _may_recall(search, job) and _may_go_on(search, rules)):
        return None
    return _step(Deed.NEXT_COURIER, search, job, now)


def _again(search: Search, job: Delivery, rules: SearchRules, now: datetime) -> Step | None:
    is_over = _has_passed(rules.call_again_after, job.state_since, now)
    if not (is_over and _may_call(search, rules) and _may_recall(search, job)):
        return None
    return _step(Deed.CALL_AGAIN, search, job, now)


def _tip(search: Search, job: Delivery, rules: SearchRules, now: datetime) -> Step | None:
    offered = search.tips(job)
    if job.courier not in search.may_tip or rules.tip is None or rules.tip_after is None:
        return None
    if any(send.is_open or send.state in _CAME_TO_NOTHING for send in offered):  # a no is not asked again
        return None
    if now - job.state_since < rules.tip_after * (len(offered) + 1):
        return None
    before = search.tip_of(job)
    more = min(before + rules.tip.minor, _most_tip(search, rules))
    return _step(Deed.TIP, search, job, now, tip=Money(more, rules.tip.currency)) if more > before else None


Row = Callable[[Search, Delivery, SearchRules, datetime], Step | None]
TABLE: Final[tuple[Row, ...]] = (_tell, _give_up, _to_the_next, _again, _tip)


def _after_the_end(search: Search, rules: SearchRules, now: datetime) -> Step | None:
    """The last job has ended before pick-up: by our own recall, which had a purpose, or by itself."""
    job = next(iter(search.jobs), None)
    if search.is_asked or job is None or job.state is not DeliveryState.FAILED or _has_left(job):
        return None
    recalls = [send for send in search.recalls(job) if send.state is not SendState.TAKEN_BACK]
    if not recalls:
        return _failed(search, job, rules, now) if _is_newest(search, job) else None
    return _recalled(search, job, rules, deed_of(recalls[0]), now)


def _recalled(search: Search, job: Delivery, rules: SearchRules, purpose: Deed | None, now: datetime) -> Step | None:
    """What it was called off for; where that can't be done any more, a person decides."""
    if purpose is None or search.is_answered(job):
        return None
    step = None
    if purpose is Deed.NEXT_COURIER and _is_newest(search, job):
        step = _next_courier(search, rules, Cause.UNTAKEN, now)
    if purpose is not Deed.GIVE_UP and _is_newest(search, job):
        step = step or _call_again(search, rules, job, Cause.UNTAKEN, now)
    cause = Cause.GIVEN_UP if purpose is Deed.GIVE_UP else Cause.UNTAKEN
    return step or Step(deed=Deed.TELL, cause=cause, courier=job.courier, minutes=_minutes(search, now))


def _failed(search: Search, job: Delivery, rules: SearchRules, now: datetime) -> Step | None:
    """The same courier again, as often as the store lets it; then another, where it lets a search go on by itself."""
    if step := _call_again(search, rules, job, Cause.FAILED, now):
        return step
    return _next_courier(search, rules, Cause.FAILED, now) if rules.next_after is not None else None


def _call_again(search: Search, rules: SearchRules, job: Delivery, cause: Cause, now: datetime) -> Step | None:
    if not _may_call(search, rules):
        return None
    return Step(deed=Deed.CALL_AGAIN, cause=cause, courier=job.courier, minutes=_minutes(search, now))


def _next_courier(search: Search, rules: SearchRules, cause: Cause, now: datetime) -> Step | None:
    if not search.untried or not _may_go_on(search, rules):
        return None
    return Step(deed=Deed.NEXT_COURIER, cause=cause, courier=search.untried[0], minutes=_minutes(search, now))


def _is_newest(search: Search, job: Delivery) -> bool:
    """No other call was made since."""
    return bool(search.calls) and search.calls[0].key == job.key


def _has_left(job: Delivery) -> bool:
    return job.picked_up_at is not None or job.handed_over_at is not None


def _step(deed: Deed, search: Search, job: Delivery, now: datetime, tip: Money | None = None) -> Step:
    minutes = _minutes(search, now)
    return Step(deed=deed, cause=Cause.UNTAKEN, courier=job.courier, ref=job.ref, minutes=minutes, tip=tip)


def _minutes(search: Search, now: datetime) -> int:
    return max(0, int((now - (search.since() or now)).total_seconds() // 60))


def _has_passed(limit: timedelta | None, since: datetime | None, now: datetime) -> bool:
    return limit is not None and since is not None and now - since >= limit


def _may_recall(search: Search, job: Delivery) -> bool:
    """Once a job: a no, or a person's own word, stands."""
    return job.courier in search.may_recall and not search.recalls(job)


def _may_call(search: Search, rules: SearchRules) -> bool:
    return search.called_again < rules.calls_most and _may_go_on(search, rules)


def _may_go_on(search: Search, rules: SearchRules) -> bool:
    """Not with news nobody has read, nor once as much was lost as may be: then a person decides."""
    most = rules.extra_most.minor if rules.extra_most else 0
    return search.is_read and (not search.lost or search.lost < most)


def _most_tip(search: Search, rules: SearchRules) -> int:
    """Minor units; nothing where the store has not said how much."""
    limits = (rules.tip_most, rules.extra_most)
    tip, extra = (limit.minor if limit else 0 for limit in limits)
    return min(tip, extra - search.lost)


def _is_of(send: Send, job: Delivery) -> bool:
    return send.courier == job.courier and send.ref == job.ref
