"""What is done when nobody takes a job, a courier refuses it, or it fails before pick-up: one table (X6)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from core.domain.delivery import Delivery, DeliveryState
from core.domain.money import Money
from core.domain.search import CAME_TO_NOTHING, Cause, Deed, Search, SearchRules, Step, deed_of
from core.domain.send import SendState


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
    if any(send.is_open or send.state in CAME_TO_NOTHING for send in offered):  # a no is not asked again
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
