"""Orders, drivers, problems and lamps of the board, a sentence each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from core.board.lamps import LampKind, LampLine, Light, SoundLamp
from core.board.load import LoadLine
from core.board.orders import Lane, NextStep, QueueLine
from core.board.problems import ProblemLine
from core.domain.call_advice import CallVerdict
from tui import labels
from tui.i18n import _, ngettext
from tui.labels.sound import sound
from tui.labels.words import word
from tui.plain import speech
from tui.plain.commands import typed
from tui.plain.speech import fact, lasting, sentence, spoken


@dataclass(frozen=True)
class Now:
    """The time, the shop's zone, and how many real seconds one of its clock takes."""

    at: datetime
    zone: tzinfo
    pace: float = 1.0

    def real(self, until: datetime) -> timedelta:
        """What a person still has, never below none."""
        return max(timedelta(), (until - self.at) * self.pace)


def order_line(line: QueueLine, now: Now, *, rings: bool = False) -> str:
    """Who, how much, what to do, until when, and what must not be overlooked."""
    return sentence(
        _("{order}: {todo}").format(order=speech.order(line.number), todo=_todo(line)),
        due(line, now),
        _call(line, now),
        fact(line.customer),
        labels.count_of(line.pieces),
        *_flags(line, now, rings),
    )


def due(line: QueueLine, now: Now) -> str:
    """Until when; how late, once it is over."""
    if line.due_at is None:
        return ""
    left = line.due_at - now.at
    if left < timedelta():
        return _("{time} late").format(time=lasting(left))
    if line.lane is Lane.NEW:
        return _("within {time}").format(time=lasting(left))
    said = _("to be ready in {time}") if line.lane is Lane.PREPARING else _("promised in {time}")
    return said.format(time=lasting(left))


def next_words(line: QueueLine) -> str:
    """What leads on, and what to type for it."""
    step = labels.step(line)
    if not step.key:
        return sentence(step.text)
    if step.key == "order.hand_over" and not step.is_loud:
        return f"{sentence(step.text)} {_('Type {key} when the driver is here.').format(key=typed(step.key))}"
    return _("Next: {step}, type {key}.").format(step=step.long_text, key=typed(step.key))


def problem_line(problem: ProblemLine, place: int, now: Now) -> str:
    """What is wrong, where, since when, and what to do."""
    number = speech.order(problem.number) if problem.number else ""
    since = _("{time} ago").format(time=lasting(now.at - problem.opened_at))
    title = labels.title(problem.kind)
    head = sentence(
        _("Problem {place}").format(place=place), number, title, labels.detail(problem.kind, problem.detail), since
    )
    return f"{head} {spoken(labels.advice(problem.kind))}"


def lamp_line(lamp: LampLine, now: Now) -> str:
    """How one part of the outside world stands."""
    name = word(LampKind.STATION).text if lamp.kind is LampKind.STATION else f"{word(lamp.kind).text} {lamp.name}"
    heard = _("heard {time} ago").format(time=lasting(now.at - lamp.heard_at)) if lamp.heard_at else ""
    told = labels.said(lamp.word)
    if lamp.vitals is not None:
        told = spoken(labels.courier_state(lamp.vitals, now.at, now.zone, now.pace))
    return sentence(name, word(lamp.light).text, told, "" if lamp.light is Light.UNKNOWN else heard)


def sound_line(lamp: SoundLamp, now: Now) -> str:
    """Whether the bell can be heard."""
    return sentence(spoken(sound(lamp, now.at, now.zone)))


def load_lines(load: LoadLine, now: Now) -> Iterable[str]:
    """The hour against the cap."""
    hour = load.at(now.at)
    yield sentence(_("this hour {count} of {cap} orders").format(count=hour.count, cap=hour.cap))
    if hour.next_free is not None:
        yield sentence(_("full, next free {at}").format(at=labels.clock(hour.next_free, now.zone)))
    work = _("{count} in work").format(count=hour.in_progress)
    waiting = _("{count} waiting").format(count=hour.waiting)
    hours = spoken(_("open {hours}").format(hours=load.hours)) if load.hours else ""
    yield sentence(work, waiting, hours)


def counts(lines: Iterable[QueueLine], problems: int) -> str:
    """How many need a hand, how many are open, how much is wrong."""
    every = tuple(lines)
    hands = sum(1 for line in every if line.needs_hand)
    trouble = ngettext("{count} problem", "{count} problems", problems).format(count=problems) if problems else ""
    if not hands:
        return sentence(_("nothing needs your hand"), _("{count} open").format(count=len(every)), trouble)
    needs = ngettext("{count} order needs your hand", "{count} orders need your hand", hands).format(count=hands)
    return sentence(needs, _("{count} open").format(count=len(every)), trouble)


def _todo(line: QueueLine) -> str:
    """What to do; the stage too, where there is only waiting."""
    if line.held_kind is not None and line.next_step is NextStep.HELD:
        return word(line.held_kind).text
    if line.lane is Lane.WAITING:
        return word(line.stage).text
    step = labels.step(line)
    words = (step.long_text,) if step.is_loud else (word(line.stage).text, step.text)
    return _(", ").join(dict.fromkeys(words))


def _call(line: QueueLine, now: Now) -> str:
    """How long until a driver is to be called; a call that is due is the next step anyway."""
    call = line.call
    if call is None or call.call_at is None or call.verdict(now.at) is not CallVerdict.LATER:
        return ""
    return _("call the driver in {time}").format(time=lasting(call.call_at - now.at))


def _flags(line: QueueLine, now: Now, rings: bool) -> Iterable[str]:
    if rings:
        yield _("it rings")
    if line.reminders and line.next_step is NextStep.ACCEPT:
        yield _("reminded, nobody accepts it")
    if line.hold is not None:
        yield _("on hold: {reason}").format(reason=fact(line.hold.reason))
    if line.held_until is not None and line.next_step is NextStep.HELD:
        yield _("leaves in {time}").format(time=lasting(now.real(line.held_until)))
    if line.is_changed:
        yield _("changed")
    if line.has_note:
        yield _("with a note")
    if line.is_short:
        yield _("partial")
    if line.problems:
        yield ngettext("{count} problem", "{count} problems", line.problems).format(count=line.problems)
