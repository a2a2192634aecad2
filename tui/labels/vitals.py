"""How a courier is, in words: one phrase for its lamp, a line for each thing that is known."""

from datetime import datetime, timedelta, tzinfo
from typing import Final

from core.domain.circuit import CircuitState
from core.domain.vitals import Vitals
from tui.i18n import N_, _, ngettext
from tui.labels.details import said
from tui.labels.times import ago, clock, day, day_clock, minutes, seconds_of
from tui.labels.words import word

FRESH: Final = timedelta(minutes=10)  # how long the speed of an answer says something
DAY: Final = timedelta(days=1)
SHORT: Final = 40  # signs of a trouble in a lamp
NAMES: Final = (
    N_("last answer"),
    N_("failed calls"),
    N_("calls"),
    N_("rate limit"),
    N_("token"),
    N_("webhook"),
    N_("last trouble"),
)


def courier_state(vitals: Vitals, now: datetime, zone: tzinfo, pace: float = 1.0, *, is_short: bool = False) -> str:
    """What is the matter, and when it is tried again; empty when nothing is. `pace`: real seconds in the shop's.

    `is_short`: what is the matter is left out where it is tried again.
    """
    if vitals.is_locked_out:
        return _("keys refused")
    if vitals.limited_until is not None and vitals.is_limited(now):
        return _("rate limit, until {time}").format(time=day_clock(vitals.limited_until, zone))
    trouble, again = _short(said(vitals.trouble)), _again(vitals, now, pace)
    if again and (is_short or not trouble):
        return again
    if again:
        return _("{trouble}, {again}").format(trouble=trouble, again=again)
    return trouble or _refused(vitals)


def answer_time(vitals: Vitals, now: datetime) -> str:
    """`0.2 s` while that is news, else how long ago it was heard; empty when it never was."""
    if vitals.took is not None and vitals.answered_at is not None and now - vitals.answered_at < FRESH:
        return _took(vitals.took)
    return ago(now - vitals.heard_at) if vitals.heard_at else ""


def vitals_lines(vitals: Vitals, now: datetime, zone: tzinfo, pace: float = 1.0) -> tuple[tuple[str, str], ...]:
    """Name and words of all that is known; the last trouble only until the next answer."""
    words = (
        _answer(vitals, now),
        _failed(vitals),
        _circuit(vitals, now, zone, pace),
        _limit(vitals, now, zone),
        _token(vitals, now, zone),
        _webhook(vitals, now),
        said(vitals.trouble),
    )
    return tuple((_(name), found) for name, found in zip(NAMES, words, strict=True) if found)


def answer_facts(vitals: Vitals, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    """What one answer showed: how fast it was; rate limit and token, where there are some."""
    took = _("it took {time}").format(time=_took(vitals.took)) if vitals.took is not None else ""
    limit = _limit(vitals, now, zone) if vitals.allowance or vitals.limited_until else ""
    token = _("token {words}").format(words=_token(vitals, now, zone)) if vitals.token else ""
    return tuple(words for words in (took, limit, token) if words)


def courier_advice(vitals: Vitals) -> str:
    """What a person should do; empty when nothing."""
    if vitals.is_locked_out:
        return _("Call the office: the keys in the config are refused.")
    if not vitals.circuit.is_closed:
        return _("It is tried again by itself; drivers can be recalled all the same.")
    return ""


def _again(vitals: Vitals, now: datetime, pace: float) -> str:
    state = vitals.circuit.state(now)
    if state is CircuitState.CLOSED:
        return ""
    if state is CircuitState.TRYING:
        return _("trying now")
    return _("next try in {time}").format(time=_left(vitals, now, pace))


def _answer(vitals: Vitals, now: datetime) -> str:
    if vitals.answered_at is None:
        return _("none yet")
    when = _("{time} ago").format(time=ago(now - vitals.answered_at))
    return when if vitals.took is None else _("{when}, it took {time}").format(when=when, time=_took(vitals.took))


def _failed(vitals: Vitals) -> str:
    calls, failed = len(vitals.circuit.calls), vitals.circuit.failed_calls
    if not calls:
        return _("the station has not called it yet")
    if not failed:
        return ngettext("none: the last one was answered", "none of the last {calls}", calls).format(calls=calls)
    return ngettext("the last one", "{failed} of the last {calls}", calls).format(failed=failed, calls=calls)


def _circuit(vitals: Vitals, now: datetime, zone: tzinfo, pace: float) -> str:
    state = vitals.circuit.state(now)
    if state is CircuitState.OPEN and vitals.circuit.until is not None:
        until = day_clock(vitals.circuit.until, zone)
        return _("not until {time}, in {left}").format(time=until, left=_left(vitals, now, pace))
    return word(state).text


def _limit(vitals: Vitals, now: datetime, zone: tzinfo) -> str:
    if vitals.limited_until is not None and vitals.is_limited(now):
        return _("it asked for a pause until {time}").format(time=day_clock(vitals.limited_until, zone))
    if (left := vitals.allowance) is None:
        return _("it names none")
    if left.anew_at is not None and left.anew_at <= now:
        return _("counted anew since {time}").format(time=day_clock(left.anew_at, zone))
    words = _("{count} calls left").format(count=left.left)
    if left.most is not None:
        words = _("{count} of {most} calls left").format(count=left.left, most=left.most)
    return (
        words
        if left.anew_at is None
        else _("{words}, anew at {time}").format(words=words, time=day_clock(left.anew_at, zone))
    )


def _token(vitals: Vitals, now: datetime, zone: tzinfo) -> str:
    if (token := vitals.token) is None:
        return _("no token")
    if token.ends <= now:
        return _("ended at {time}; the next call gets another").format(time=clock(token.ends, zone))
    age, left = ago(now - token.since), minutes(token.ends - now)
    if token.ends - now > DAY:
        return _("{age} old, ends on {day}").format(age=age, day=day(token.ends, zone))
    return _("{age} old, ends at {time}, in {left}").format(age=age, time=clock(token.ends, zone), left=left)


def _webhook(vitals: Vitals, now: datetime) -> str:
    if vitals.letter_trouble:
        return _refused(vitals)
    return _("{time} ago").format(time=ago(now - vitals.letter_at)) if vitals.letter_at else _("none yet")


def _refused(vitals: Vitals) -> str:
    if not vitals.letter_trouble:
        return ""
    return _("a webhook nobody can read: {trouble}").format(trouble=_short(said(vitals.letter_trouble)))


def _left(vitals: Vitals, now: datetime, pace: float) -> str:
    until = vitals.circuit.until or now
    return seconds_of(max(1, round((until - now).total_seconds() * pace)))


def _took(seconds: float) -> str:
    """Translators put the comma: no library is loaded for the first picture."""
    tenths = max(1, round(seconds * 10))
    return _("{whole}.{tenth} s").format(whole=tenths // 10, tenth=tenths % 10)


def _short(words: str) -> str:
    return words if len(words) <= SHORT else f"{words[: SHORT - 1].rstrip()}…"
