"""When to call a driver, and why then: short for a row, in sentences for who wants to know."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from math import ceil

from core.domain.call_advice import Advice, CallVerdict
from tui.i18n import _, ngettext
from tui.labels.times import clock


def call_words(advice: Advice, now: datetime) -> str:
    """`call in 4 min`, `driver ≈ 9 min` once it is time, `too few records`."""
    verdict = advice.verdict(now)
    if verdict is CallVerdict.TOO_FEW:
        return _("too few records")
    if advice.call_at is not None and verdict is CallVerdict.LATER:
        return _("call in {time}").format(time=_time(advice.call_at - now))
    return _("driver ≈ {time}").format(time=_time(advice.lead)) if advice.lead else ""


def short_call(advice: Advice, now: datetime) -> str:
    """`4 min` until the call, `≈9 min` for the way of who is called now; nothing where nothing is known."""
    if advice.call_at is not None and advice.verdict(now) is CallVerdict.LATER:
        return _time(advice.call_at - now)
    return f"≈{_time(advice.lead)}" if advice.lead and advice.call_at else ""


def call_title(advice: Advice, now: datetime, zone: tzinfo) -> str:
    """`call now`, `call in 4 min, at 14:36`, `call when the bag is closed`."""
    if advice.call_at is None:
        return _("call when the bag is closed")
    if advice.verdict(now) is CallVerdict.NOW:
        return _("call now")
    in_time = _("call in {time}").format(time=_time(advice.call_at - now))
    return _("{when}, at {clock}").format(when=in_time, clock=clock(advice.call_at, zone))


def call_reasons(advice: Advice, now: datetime) -> Iterator[str]:
    """What it rests on, a sentence each."""
    if advice.lead is None:
        yield _("Too few records of {courier}: {count} of {needed} rides.").format(
            courier=advice.courier, count=advice.rides, needed=advice.needed
        )
    else:
        yield _("{courier} needs about {time} ({here} rides at this hour, {count} in all).").format(
            courier=advice.courier, time=_time(advice.lead), here=advice.rides_this_hour, count=advice.rides
        )
    yield from _packing(advice, now)
    if advice.is_approximate:
        yield _("{courier} does not tell when a driver comes: it is guessed from when goods were fetched.").format(
            courier=advice.courier
        )
    if advice.is_guess:
        yield _("Which courier it is, their prices decide when you call.")
    if advice.is_for_promise:
        yield _("Called sooner, it would be there before the promised time.")


def _packing(advice: Advice, now: datetime) -> Iterator[str]:
    if advice.ready_at is not None:
        yield _("Packing needs about {time} more ({count} orders).").format(
            time=_time(max(timedelta(), advice.ready_at - now)), count=advice.packings
        )
    elif advice.call_at is None and advice.packings < advice.needed:
        yield _("Too few records of packing: {count} of {needed} orders.").format(
            count=advice.packings, needed=advice.needed
        )


def _time(span: timedelta) -> str:
    """`4 min`, a begun one counted; hours as `2h05`."""
    minutes = max(0, ceil(span.total_seconds() / 60))
    if minutes >= 60:
        return f"{minutes // 60}h{minutes % 60:02}"
    return ngettext("{count} min", "{count} min", minutes).format(count=minutes)
